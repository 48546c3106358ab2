"""How long the narrative's patterns take on hostile text, and its stage on real documents.

    python bench/hostile_text.py [FILE...] [--size 100000] [--worst 12]

Each rule, the scanner, the patterns of sections, glossary and self-evaluations run over paragraphs of `--size`
bytes that are made to trip them up: long runs of digits, brackets, 万, 其中, quotes, names and commas. With
files, the narrative stage is timed over them after a warm-up, and the slowest steps are printed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jsextract.narrative.prose import read_prose
from jsextract.pipeline import analyse, read
from jsextract.rules.ruleset import load_rules
from tests.faults.hostile_text import measured

LIMIT_MS = 50


def stage(path: str, rounds: int = 5) -> float:
    """CPU milliseconds of the narrative stage of one document, the best of some rounds after a warm-up."""
    document = analyse(read(path), load_rules())
    cells = tuple(cell for table in document.tables for cell in table.cells)
    read_prose(document.outline, document.setting, cells)
    times = []
    for _ in range(rounds):
        started = time.process_time()
        read_prose(document.outline, document.setting, cells)
        times.append((time.process_time() - started) * 1000)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--worst", type=int, default=12)
    parser.add_argument("--only", default="", help="patterns whose name contains this")
    options = parser.parse_args()
    for path in options.files:
        print(f"{stage(path):8.1f} ms  narrative of {path}")
    results = sorted(measured(options.size, lambda what: options.only in what), reverse=True)
    for milliseconds, what, name in results[: options.worst]:
        print(f"{milliseconds:8.1f} ms  {what} on {name}")
    slow = [result for result in results if result[0] > LIMIT_MS]
    print(f"{len(results)} runs over {options.size} bytes, {len(slow)} above {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
