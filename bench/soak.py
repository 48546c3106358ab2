"""Ten thousand documents through one worker: the memory of parent and worker from tenth to tenth.

    python bench/soak.py [--documents 10000] [--fixtures trap_*.pdf]

The documents are drawn fixtures with other bytes at their ends. Memory (resident, MiB) is sampled as documents finish;
the mean of the last tenth must lie within 5 % of that of the second tenth, in the parent and in the worker, and the
parent may grow by no more than 1 MB per 1,000 documents. Exits with 1 if not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jsextract.batch.outcome import Outcome  # noqa: E402
from jsextract.batch.run import run  # noqa: E402
from jsextract.batch.run_settings import Settings  # noqa: E402
from jsextract.batch.sources import find_sources  # noqa: E402
from tests.faults.kill import copies  # noqa: E402 (found from the project's folder)

_EVERY = 10  # documents between two samples


class Samples:
    """Memory of this process and of its workers, as documents finish."""

    def __init__(self) -> None:
        self.parent: list[float] = []
        self.worker: list[float] = []
        self.documents = 0
        self.failed = 0
        self._process = psutil.Process()

    def add(self, outcome: Outcome) -> None:
        self.documents += 1
        self.failed += outcome.head.status == "failed"
        if self.documents % _EVERY:
            return
        self.parent.append(self._process.memory_info().rss / (1 << 20))
        try:
            self.worker.append(sum(child.memory_info().rss for child in self._process.children()) / (1 << 20))
        except psutil.NoSuchProcess:  # a worker that has done its share makes room for the next
            self.worker.append(self.worker[-1])


def tenths(samples: list[float]) -> list[float]:
    size = len(samples) // 10
    return [mean(samples[i * size : (i + 1) * size]) for i in range(10)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--fixtures", default="trap_*.pdf")
    options = parser.parse_args()
    samples = Samples()
    with tempfile.TemporaryDirectory(prefix="jsextract-soak-") as name:
        folder = Path(name)
        copies(folder / "in", options.documents, sorted((ROOT / "fixtures").glob(options.fixtures)))
        start = time.monotonic()
        run(find_sources([folder / "in"]), folder / "out", Settings(jobs=1), samples.add)
        seconds = time.monotonic() - start
    parent, worker = tenths(samples.parent), tenths(samples.worker)
    print(f"{samples.documents} documents, {samples.failed} failed, {seconds:.0f} s")
    print("| tenth | " + " | ".join(str(i) for i in range(1, 11)) + " |")
    print("|---" * 11 + "|")
    for label, values in (("parent MiB", parent), ("worker MiB", worker)):
        print(f"| {label} | " + " | ".join(f"{value:.1f}" for value in values) + " |")
    drift = {"parent": parent[9] / parent[1] - 1, "worker": worker[9] / worker[1] - 1}
    growth = (parent[9] - parent[1]) / (0.8 * samples.documents / 1000)
    print(f"last tenth against second: {drift}; parent grows by {growth:.3f} MiB per 1,000 documents")
    sys.exit(any(value > 0.05 for value in drift.values()) or growth > 1)


if __name__ == "__main__":
    main()
