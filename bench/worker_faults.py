"""Ways in which a worker can go wrong, whatever the cause, and what each costs a run: its document, no other.

    python bench/worker_faults.py [--documents N] [--jobs N]

Each fault is put at five positions of a run over N documents; a run must give N - 1 rows that are ok, and one that
names the fault. The faults are called in the worker instead of reading (where processes are forked).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jsextract.batch.limits import Limits  # noqa: E402
from jsextract.batch.pool import read_all  # noqa: E402
from jsextract.batch.run_settings import Settings  # noqa: E402
from jsextract.batch.sources import SourceFile  # noqa: E402
from tests.faults.workers import FAULTS, NAMES, planted  # noqa: E402
from tests.pdfs import account, write  # noqa: E402


def outcome(sources: list[SourceFile], name: str, at: int, settings: Settings) -> tuple[int, str, float]:
    """One run with one fault: rows that are ok, the problem of the other, seconds."""
    start = time.monotonic()
    with planted({sources[at].file: FAULTS[name]}):
        done = [d.report for d in read_all(sources, settings)]
    problems = [f"{r.file} {r.problem}" for r in done if r.status != "ok"]
    good = len(done) == len(sources) and problems == [f"{sources[at].file} {NAMES.get(name, 'crashed')}"]
    return sum(r.status == "ok" for r in done), problems[0] if good else f"WRONG: {problems}", time.monotonic() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    settings = Settings(jobs=options.jobs, limits=Limits(seconds=5.0))
    count, wrong = options.documents, 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = [write(folder / f"{number:03}.pdf", account(f"第{number}份")) for number in range(count)]
        sources = [SourceFile(path, path.name) for path in paths]
        print("| fault | position | rows ok | the other | seconds |\n|---|---|---|---|---|")
        for name in FAULTS:
            for at in (0, count // 4, count // 2, 3 * count // 4, count - 1):
                good, problem, seconds = outcome(sources, name, at, settings)
                wrong += good != count - 1 or problem.startswith("WRONG")
                print(f"| {name} | {at} | {good} | {problem} | {seconds:.1f} |", flush=True)
    print(f"\n{wrong} runs went wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
