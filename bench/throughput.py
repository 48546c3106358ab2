"""Pages a processor second for the whole job, and what a second process brings, beside pdfplumber in the same run.

    python bench/throughput.py [FOLDER...] [--copies 4] [--rounds 3] [--write]

Each document is read `copies` times under other bytes, so that starting up does not hide the rest. Processor seconds
are those of the run and its workers and hardly depend on what else the machine does; wall time does, so the load
average stands beside it, and the gain of a second process is also given as it follows from processor time: what is
done by the run itself before and after reading cannot be shared.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import compare  # noqa: E402 (a script beside the package)
from bench.page import put_between  # noqa: E402

PAGE = ROOT / "docs" / "scale.md"
START, END = "<!-- measured by bench/throughput.py -->\n", "<!-- end of throughput -->\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """One run.

    Attributes:
        parent: processor seconds of the run itself, `alone` of them before the first and after the last document.
        workers: processor seconds of its worker processes.
    """

    wall: float
    parent: float
    alone: float
    workers: float

    @property
    def cpu(self) -> float:
        return self.parent + self.workers


def copy_all(paths: list[Path], folder: Path, copies: int) -> None:
    for i in range(copies):
        for number, path in enumerate(paths):
            (folder / f"{number}-{i}.pdf").write_bytes(path.read_bytes() + f"\n% {i}\n".encode())


def work(source: str, jobs: str) -> None:
    """The child's part: one whole run, then what it cost as JSON on the last line."""
    from jsextract.batch import run as run_module
    from jsextract.cli.main import run_cli

    reading: list[tuple[float, float]] = []
    real = run_module._Run._read

    def timed(self: object, sources: object) -> None:
        before = time.process_time()
        real(self, sources)  # type: ignore[arg-type]
        reading.append((before, time.process_time()))

    run_module._Run._read = timed  # type: ignore[assignment, method-assign]
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as out, contextlib.redirect_stdout(io.StringIO()):
        code = run_cli([source, "-o", out, "--jobs", jobs, "--quiet"])
    wall = time.monotonic() - start
    assert code == 0
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    parent = time.process_time()
    alone = parent - sum(after - before for before, after in reading)
    workers = children.ru_utime + children.ru_stime
    print(json.dumps({"wall": wall, "parent": parent, "alone": alone, "workers": workers}))


def measure(source: Path, jobs: int) -> Cost:
    command = [sys.executable, __file__, "--work", str(source), str(jobs)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def gain(cost: Cost) -> float:
    """How much faster two processes are than one, as it follows from one run's processor seconds.

    With one worker the run's own work goes on beside it; with two, three processes share two processors.
    """
    shared = cost.parent - cost.alone + cost.workers
    one = cost.alone + max(cost.workers, cost.parent - cost.alone)
    return one / (cost.alone + shared / 2)


def report(folder: Path, copies: int, rounds: int) -> list[str]:
    paths, pages = compare.count_pages(compare.pdfs(folder))
    one, two, plumber = [], [], []
    with tempfile.TemporaryDirectory(prefix="jsextract-throughput-") as name:
        copy_all(paths, Path(name), copies)
        for _ in range(rounds):
            one.append(measure(Path(name), 1))
            two.append(measure(Path(name), 2))
            plumber.append(compare.measure("pdfplumber", paths).cpu)
    best, pair = min(one, key=lambda cost: cost.cpu), min(two, key=lambda cost: cost.wall)
    wall = min(cost.wall for cost in one)
    total = pages * copies
    return [
        f"| {folder.name} | {len(paths) * copies} | {total} | {total / best.cpu:.0f} | {total / best.workers:.0f} "
        f"| {pages / min(plumber):.0f} | {total / best.cpu / (pages / min(plumber)):.1f} "
        f"| {best.alone:.2f} + {best.parent - best.alone:.2f} + {best.workers:.2f} | {gain(best):.2f} "
        f"| {wall:.1f} / {pair.wall:.1f} = {wall / pair.wall:.2f} | {os.getloadavg()[0]:.1f} |"
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "fixtures"])
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    options = parser.parse_args()
    lines = [
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors; "
        f"the best of {options.rounds} rounds; seconds are processor seconds but for the wall times.",
        "",
        "| documents of | documents | pages | pages a second a core, whole job | of the workers alone "
        "| pdfplumber | ratio | the run before and after + beside reading + workers, s "
        "| gain of a second process, from these | wall s, one / two processes | load |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for folder in options.folders:
        lines += report(folder, options.copies, options.rounds)
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        put_between(PAGE, START, END, text)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:4])
    else:
        main()
