"""What the rules cost: loading them, and reading the narrative of a document.

    python bench/rules.py [FOLDER] [--rounds N]

CPU seconds, the best of N rounds. Loading is measured in processes of their own: Python's start, the imports and the
rules apart. The narrative is measured after one round of warm-up, on documents opened before.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_LOAD, LIMIT_NARRATIVE = 0.3, 0.04
LOADED = """
import time
before = time.process_time()
from jsextract import pipeline
imported = time.process_time()
from jsextract.rules.ruleset import load_rules
load_rules()
print(imported - before, time.process_time() - imported)
"""
VERSION = "import time; from jsextract.cli.main import run_cli; run_cli(['--version']); print(time.process_time())"


def fresh(code: str, rounds: int) -> list[float]:
    """The figures of the last line that `code` prints, the least of each over some processes."""
    runs = []
    for _ in range(rounds):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        runs.append([float(part) for part in done.stdout.splitlines()[-1].split()])
    return [min(column) for column in zip(*runs, strict=True)]


def narrative(folder: Path, rounds: int) -> dict[str, float]:
    """Seconds that the narrative of each document takes."""
    from jsextract.errors import DocumentError
    from jsextract.narrative.prose import read_prose
    from jsextract.pipeline import analyse, read
    from jsextract.rules.ruleset import load_rules

    best: dict[str, float] = {}
    documents = {}
    for path in sorted(p for p in folder.iterdir() if p.suffix in {".pdf", ".txt"}):
        try:
            documents[path.name] = analyse(read(path), load_rules())
        except DocumentError:
            continue
    for _ in range(rounds + 1):
        for name, found in documents.items():
            before = time.process_time()
            reading = read_prose(found.outline, found.setting, facts=found.identity.kind.endswith("决算"))
            if reading.facts and name in best:
                best[name] = min(best[name], time.process_time() - before)
            elif reading.facts:
                best[name] = float("inf")  # the warm-up
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "fixtures")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    imports, rules = fresh(LOADED, args.rounds)
    (version,) = fresh(VERSION, args.rounds)
    print(f"--version  {version * 1000:6.0f} ms, Python's start included")
    print(f"imports    {imports * 1000:6.0f} ms")
    print(f"rules      {rules * 1000:6.0f} ms (limit {LIMIT_LOAD * 1000:.0f})")
    best = narrative(args.folder, args.rounds)
    for name, seconds in sorted(best.items(), key=lambda pair: -pair[1]):
        print(f"narrative  {seconds * 1000:6.1f} ms  {name}")
    mean = statistics.mean(best.values())
    print(f"narrative  {mean * 1000:6.1f} ms a document (limit {LIMIT_NARRATIVE * 1000:.0f}), {len(best)} documents")
    if rules > LIMIT_LOAD or mean > LIMIT_NARRATIVE:
        sys.exit("over the limit")


if __name__ == "__main__":
    main()
