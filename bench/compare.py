"""The whole jsextract job beside pdfplumber and camelot on the same pages, in one run.

    python bench/compare.py [FOLDER] [--rounds N] [--write]

Each reader works through all files in a process of its own; CPU seconds, peak memory and wall time are that process's
and its children's. jsextract does its whole job (text, tables, facts, files), its modules compiled, as those of an
installed package are; pdfplumber gives `extract_text` and `extract_tables` of each page; camelot its lattice tables
with the vector engine. Ratios are what to compare: seconds depend on the machine. `--write` puts the table into
docs/performance.md.
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
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
READERS = ("jsextract", "pdfplumber", "camelot")
LABELS = {
    "jsextract": "jsextract, the whole job",
    "pdfplumber": "pdfplumber, extract_text + extract_tables",
    "camelot": 'camelot, lattice, engine="vector"',
}
HEAD = """# Performance

Made by `{command}` on {files} files with {pages} pages; {machine}.
Each reader in a process of its own, the best of {rounds} rounds. Seconds depend on the machine, ratios less so.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reader needed for all files."""

    cpu: float
    wall: float
    peak_mb: float
    failed: int


def pdfs(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())


def count_pages(paths: list[Path]) -> tuple[list[Path], int]:
    """The files that pdfium opens without a password, and their pages: only those are compared."""
    import pypdfium2

    good, pages = [], 0
    for path in paths:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            continue
        good.append(path)
        pages += len(document)
        document.close()
    return good, pages


def read_with_jsextract(paths: list[Path]) -> int:
    from jsextract.cli.main import run_cli

    with tempfile.TemporaryDirectory() as out, contextlib.redirect_stdout(io.StringIO()):
        return int(run_cli([*map(str, paths), "-o", out, "--jobs", "1"]) != 0)


def read_with_pdfplumber(paths: list[Path]) -> int:
    import pdfplumber

    failed = 0
    for path in paths:
        try:
            with pdfplumber.open(path) as document:
                for page in document.pages:
                    page.extract_text()
                    page.extract_tables()
                    page.close()
        except Exception as error:  # noqa: BLE001 (whatever it raises is counted and named)
            failed += 1
            print(f"pdfplumber: {path.name}: {type(error).__name__}", file=sys.stderr)
    return failed


def read_with_camelot(paths: list[Path]) -> int:
    import camelot

    failed = 0
    for path in paths:
        try:
            camelot.read_pdf(str(path), pages="all", flavor="lattice", engine="vector")
        except Exception as error:  # noqa: BLE001 (whatever it raises is counted and named)
            failed += 1
            print(f"camelot: {path.name}: {type(error).__name__}", file=sys.stderr)
    return failed


def work(reader: str, paths: list[Path]) -> None:
    """The child's part: read everything, then say on the last line of stdout what it cost."""
    start = time.monotonic()
    read = {"jsextract": read_with_jsextract, "pdfplumber": read_with_pdfplumber, "camelot": read_with_camelot}[reader]
    failed = read(paths)
    wall = time.monotonic() - start
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peak = max(own.ru_maxrss, children.ru_maxrss) / unit
    print(json.dumps({"cpu": cpu, "wall": wall, "peak_mb": peak, "failed": failed}))


def measure(reader: str, paths: list[Path]) -> Cost:
    """One reader over all files in a child process."""
    command = [sys.executable, __file__, "--work", reader, *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def best(costs: list[Cost]) -> Cost:
    return Cost(*(min(getattr(c, f) for c in costs) for f in ("cpu", "wall", "peak_mb", "failed")))


def table(costs: dict[str, Cost], pages: int) -> list[str]:
    base = costs["jsextract"].cpu
    lines = [
        "| reader | version | CPU s | CPU, jsextract = 1 | pages a CPU second | peak memory MB | files not read |",
        "|---|---|---|---|---|---|---|",
    ]
    for reader, cost in costs.items():
        package = "camelot-py" if reader == "camelot" else reader
        lines.append(
            f"| {LABELS[reader]} | {version(package)} | {cost.cpu:.2f} | {cost.cpu / base:.1f} "
            f"| {pages / cost.cpu:.0f} | {cost.peak_mb:.0f} | {cost.failed} |"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "fixtures")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--readers", nargs="+", choices=READERS, default=list(READERS))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    paths, pages = count_pages(pdfs(options.folder))
    if not paths:
        sys.exit(f"no PDF in {options.folder}")
    compileall.compile_dir(ROOT / "src", quiet=1)  # as installing does, and did for the other readers
    costs = {reader: best([measure(reader, paths) for _ in range(options.rounds)]) for reader in options.readers}
    machine = (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    )
    shown = options.folder.name if options.folder == ROOT / "fixtures" else str(options.folder)
    head = HEAD.format(
        command=f"python bench/compare.py {shown}",
        files=len(paths),
        pages=pages,
        machine=machine,
        rounds=options.rounds,
    )
    text = head + "\n" + "\n".join(table(costs, pages)) + "\n"
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], [Path(p) for p in sys.argv[3:]])
    else:
        main()
