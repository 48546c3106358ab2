"""Ten thousand documents through one worker: memory and open files of parent and worker from tenth to tenth.

    python bench/soak.py [--documents 10000] [--minutes M] [--fixtures trap_*.pdf]

The documents are drawn fixtures with other bytes at their ends; after so many minutes no more are taken. Memory
(resident, MiB) and open files are sampled as documents finish; the mean of the last tenth must lie within 5 % of that
of the second tenth, in the parent and in the worker, the parent may grow by no more than 1 MB per 1,000 documents, and
the folder for temporary files must be empty at the end. Exits with 1 if not.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jsextract.batch.outcome import Outcome  # noqa: E402
from jsextract.batch.run import StopRequest, run  # noqa: E402
from jsextract.batch.run_settings import Settings  # noqa: E402
from jsextract.batch.sources import find_sources  # noqa: E402
from tests.faults.kill import copies  # noqa: E402 (found from the project's folder)

_EVERY = 10  # documents between two samples


class Samples:
    """Memory and open files of this process and of its workers, as documents finish.

    Attributes:
        taken: by what was measured, one value a sample.
        asked: told to finish when the time is over.
    """

    def __init__(self, minutes: float) -> None:
        self.taken: dict[str, list[float]] = {
            name: [] for name in ("parent MiB", "worker MiB", "parent files", "worker files")
        }
        self.documents = 0
        self.failed = 0
        self.asked = StopRequest()
        self._until = time.monotonic() + minutes * 60
        self._process = psutil.Process()

    def add(self, outcome: Outcome) -> None:
        self.documents += 1
        self.failed += outcome.head.status == "failed"
        self.asked.to_finish = time.monotonic() > self._until
        if self.documents % _EVERY:
            return
        self._sample("parent", [self._process])
        try:
            self._sample("worker", self._process.children())
        except psutil.NoSuchProcess:  # a worker that has done its share makes room for the next
            for what in ("MiB", "files"):
                self.taken[f"worker {what}"] += self.taken[f"worker {what}"][-1:]

    def _sample(self, who: str, processes: list[psutil.Process]) -> None:
        memory = sum(process.memory_info().rss for process in processes) / (1 << 20)
        files = sum(process.num_fds() for process in processes)
        self.taken[f"{who} MiB"].append(memory)
        self.taken[f"{who} files"].append(files)


def tenths(samples: list[float]) -> list[float]:
    size = len(samples) // 10
    return [mean(samples[i * size : (i + 1) * size]) for i in range(10)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--fixtures", default="trap_*.pdf")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jsextract-soak-") as name:
        folder = Path(name)
        copies(folder / "in", options.documents, sorted((ROOT / "fixtures").glob(options.fixtures)))
        temporary = folder / "tmp"
        temporary.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
        samples = Samples(options.minutes)
        start = time.monotonic()
        run(find_sources([folder / "in"]), folder / "out", Settings(jobs=1), samples.add, samples.asked)
        seconds = time.monotonic() - start
        left = sorted(path.name for path in temporary.rglob("*"))
    sys.exit(not told(samples, seconds, left))


def told(samples: Samples, seconds: float, left: list[str]) -> bool:
    """Prints what was measured, and whether it is as it must be."""
    rows = {name: tenths(values) for name, values in samples.taken.items()}
    print(f"{samples.documents} documents, {samples.failed} failed, {seconds:.0f} s; temporary files left: {left}")
    print("| tenth | " + " | ".join(str(i) for i in range(1, 11)) + " |")
    print("|---" * 11 + "|")
    for label, values in rows.items():
        print(f"| {label} | " + " | ".join(f"{value:.1f}" for value in values) + " |")
    drift = {name: values[9] / values[1] - 1 for name, values in rows.items()}
    growth = (rows["parent MiB"][9] - rows["parent MiB"][1]) / (0.8 * samples.documents / 1000)
    print(f"last tenth against second: {drift}; parent grows by {growth:.3f} MiB per 1,000 documents")
    return not left and growth <= 1 and all(value <= 0.05 for value in drift.values())


if __name__ == "__main__":
    main()
