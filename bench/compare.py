"""The whole jsextract job beside pdfplumber, camelot and pdfium's bare parse, all in one run.

    python bench/compare.py [FOLDER] [--accounts FOLDER] [--cold FILE] [--rounds N] [--write]

- cold: one account, a new process each time (modules compiled, as those of an installed package are).
- accounts: final accounts alone, since budgets skip the narrative; each reader in one process that has read all of
  them once before. jsextract does its whole job: text, tables, facts, checks, files.
- memory: the peak of a process for each account.
- all files: each reader in a process of its own, from its start.

pdfplumber gives `extract_text` and `extract_tables` of each page; camelot its lattice tables with the vector engine;
"bare" is what pdfium's own parse takes in C: each page and its text page loaded, characters and objects counted, no
text handed over. Ratios are what to compare: seconds depend on the machine and on what else it does. `--write` puts
the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import io
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
PACKAGES = {"jsextract": "jsextract", "pdfplumber": "pdfplumber", "camelot": "camelot-py", "bare": "pypdfium2"}
LABELS = {
    "jsextract": "jsextract, the whole job",
    "pdfplumber": "pdfplumber, extract_text + extract_tables",
    "camelot": 'camelot, lattice, engine="vector"',
    "bare": "pdfium, bare parse",
}
COLD_PAGES, COLD_ROUNDS = 24, 9
COLD_CPU, COLD_WALL, WARM_SHARE, PEAK_MB = 0.45, 0.55, 0.21, 110
"""What is aimed at: seconds of one account, the share of pdfplumber's time, memory of one account."""
_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children needed; seconds and MB."""

    cpu: float
    wall: float
    peak_mb: float
    failed: int = 0


def count_pages(folder: Path, pattern: str = "*") -> dict[Path, int]:
    """The PDFs that pdfium opens without a password, with their pages: only those are compared."""
    import pypdfium2

    found = {}
    for path in sorted(p for p in folder.rglob(pattern) if p.suffix.lower() == ".pdf" and p.is_file()):
        with contextlib.suppress(pypdfium2.PdfiumError), contextlib.closing(pypdfium2.PdfDocument(path)) as document:
            found[path] = len(document)
    return found


def read_with_jsextract(paths: Sequence[Path]) -> int:
    from jsextract.cli.main import run_cli

    with tempfile.TemporaryDirectory() as out, contextlib.redirect_stdout(io.StringIO()):
        return int(run_cli([*map(str, paths), "-o", out, "--jobs", "0"]) != 0)


def _each(paths: Sequence[Path], read: Callable[[Path], object]) -> int:
    """Reads the files one by one; how many could not be read."""
    failed = 0
    for path in paths:
        try:
            read(path)
        except Exception as error:  # noqa: BLE001 (whatever it raises is counted and named)
            failed += 1
            print(f"{path.name}: {type(error).__name__}", file=sys.stderr)
    return failed


def read_with_pdfplumber(paths: Sequence[Path]) -> int:
    import pdfplumber

    def read(path: Path) -> None:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_text()
                page.extract_tables()
                page.close()

    return _each(paths, read)


def read_with_camelot(paths: Sequence[Path]) -> int:
    import camelot

    return _each(paths, lambda path: camelot.read_pdf(str(path), pages="all", flavor="lattice", engine="vector"))


def read_bare(paths: Sequence[Path]) -> int:
    import pypdfium2
    import pypdfium2.raw as pdfium

    def read(path: Path) -> None:
        with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
            for page in document:
                text = pdfium.FPDFText_LoadPage(page)
                pdfium.FPDFText_CountChars(text)
                pdfium.FPDFPage_CountObjects(page)
                pdfium.FPDFText_ClosePage(text)
                page.close()

    return _each(paths, read)


READERS: dict[str, Callable[[Sequence[Path]], int]] = {
    "jsextract": read_with_jsextract,
    "pdfplumber": read_with_pdfplumber,
    "camelot": read_with_camelot,
    "bare": read_bare,
}


def work(reader: str, times: int, paths: Sequence[Path]) -> None:
    """The child's part: reads everything `times` times, then says on stdout what the last time cost."""
    for _ in range(times - 1):
        READERS[reader](paths)
    before, start = _used(), time.monotonic()
    failed = READERS[reader](paths)
    wall = time.monotonic() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = _used() - (before if times > 1 else 0.0)  # a first time pays for its start, too
    print(json.dumps({"cpu": cpu, "wall": wall, "peak_mb": peak / _MB, "failed": failed}))


def _used() -> float:
    """CPU seconds of this process and its children."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def measure(reader: str, paths: Sequence[Path], times: int = 1) -> Cost:
    """One reader over all files in a child process."""
    command = [sys.executable, __file__, "--work", reader, str(times), *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def best(costs: Sequence[Cost]) -> Cost:
    """The least of each."""
    return Cost(*(min(getattr(cost, name) for cost in costs) for name in ("cpu", "wall", "peak_mb", "failed")))


def rounds_of(readers: Sequence[str], paths: Sequence[Path], rounds: int, times: int = 1) -> dict[str, Cost]:
    """The best of each reader, all taking turns, so that what else the machine does strikes all alike."""
    costs: dict[str, list[Cost]] = {reader: [] for reader in readers}
    for _ in range(rounds):
        for reader in readers:
            costs[reader].append(measure(reader, paths, times))
    return {reader: best(found) for reader, found in costs.items()}


def one_run(path: Path) -> Cost:
    """One file through the command line, from the start of the process to its end."""
    with tempfile.TemporaryDirectory() as out:
        start = time.monotonic()
        command = [sys.executable, "-m", "jsextract", str(path), "-o", out, "--quiet"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, spent = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
    return Cost(spent.ru_utime + spent.ru_stime, wall, spent.ru_maxrss / _MB, int(process.returncode != 0))


def cold_section(path: Path, pages: int) -> Iterator[str]:
    runs = [one_run(path) for _ in range(COLD_ROUNDS)]
    cpu, wall = (statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "wall"))
    least = best(runs)
    yield f"## One account, cold\n\n{path.name}, {pages} pages, a new process each of {COLD_ROUNDS} times.\n"
    yield "| | median | least | aim |\n|---|---|---|---|"
    yield f"| CPU s | {cpu:.2f} | {least.cpu:.2f} | {COLD_CPU} |"
    yield f"| wall s | {wall:.2f} | {least.wall:.2f} | {COLD_WALL} |\n"


def warm_section(readers: Sequence[str], accounts: dict[Path, int], rounds: int) -> Iterator[str]:
    costs = rounds_of(readers, list(accounts), rounds, times=2)
    whole = {reader: costs[reader].cpu for reader in costs}
    pages = sum(accounts.values())
    yield f"## Final accounts, warm\n\n{len(accounts)} accounts with {pages} pages, read a second time."
    yield f"jsextract's aim is {WARM_SHARE} of pdfplumber.\n"
    yield "| reader | CPU s | of pdfplumber | × bare | peak memory MB |\n|---|---|---|---|---|"
    for reader, cost in costs.items():
        shares = [f"{cost.cpu / whole[other]:.2f}" if other in whole else "" for other in ("pdfplumber", "bare")]
        yield f"| {LABELS[reader]} | {cost.cpu:.2f} | {shares[0]} | {shares[1]} | {cost.peak_mb:.0f} |"
    yield ""


def memory_section(accounts: dict[Path, int]) -> Iterator[str]:
    peaks = sorted(((one_run(path).peak_mb, path.name) for path in accounts), reverse=True)
    over = [(peak, name) for peak, name in peaks if peak > PEAK_MB]
    yield f"## Memory of one account\n\nThe peak of a process for each of {len(peaks)}; the aim is {PEAK_MB} MB.\n"
    yield "| most MB | median MB | accounts above the aim |\n|---|---|---|"
    names = ", ".join(f"{name} ({peak:.0f})" for peak, name in over) or "none"
    yield f"| {peaks[0][0]:.0f} | {statistics.median(peak for peak, _ in peaks):.0f} | {names} |\n"


def table_section(readers: Sequence[str], files: dict[Path, int], shown: str, rounds: int) -> Iterator[str]:
    costs = rounds_of(readers, list(files), rounds)
    pages, base = sum(files.values()), costs[readers[0]].cpu
    yield f"## All files of {shown}, each reader from its start\n\n{len(files)} files with {pages} pages.\n"
    yield "| reader | version | CPU s | CPU, jsextract = 1 | pages a CPU second | peak memory MB | files not read |"
    yield "|---|---|---|---|---|---|---|"
    for reader, cost in costs.items():
        numbers = (
            f"{cost.cpu:.2f} | {cost.cpu / base:.1f} | {pages / cost.cpu:.0f} | {cost.peak_mb:.0f} | {cost.failed}"
        )
        yield f"| {LABELS[reader]} | {version(PACKAGES[reader])} | {numbers} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "fixtures")
    parser.add_argument("--accounts", type=Path, help="a folder of final accounts; the fixtures' own unless given")
    parser.add_argument("--cold", type=Path, help=f"one account; that nearest to {COLD_PAGES} pages unless given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--readers", nargs="+", choices=list(READERS), default=list(READERS))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    files = count_pages(options.folder)
    accounts = count_pages(options.accounts) if options.accounts else count_pages(ROOT / "fixtures", "account_*")
    if not files or not accounts:
        sys.exit("no PDF in the folders")
    cold = options.cold or min(accounts, key=lambda path: abs(accounts[path] - COLD_PAGES))
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    compileall.compile_dir(ROOT / "src", quiet=1)  # as installing does, and did for the other readers
    shown = options.folder.name
    machine = (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    )
    lines = [
        "# Performance\n",
        f"Made by `python bench/compare.py {shown}` in one run; {machine}.",
        f"Readers take turns; the best of {options.rounds} rounds. Seconds depend on the machine, ratios less so.\n",
        *cold_section(cold, count_pages(cold.parent, cold.name)[cold]),
        *warm_section(options.readers, accounts, options.rounds),
        *memory_section(accounts),
        *table_section(options.readers, files, shown, options.rounds),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], int(sys.argv[3]), [Path(path) for path in sys.argv[4:]])
    else:
        main()
