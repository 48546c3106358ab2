"""Time and memory of putting a dataset together, from ten thousand results to a million.

    python bench/scale.py [--sizes 10000 100000] [--folder DIR] [--write]

Results are simulated: small accounts of departments and their units in two years, written without waiting for the disk.
What is measured is the last step of a run, from the results to the CSV files, in a process of its own: processor
seconds, wall time, peak memory. Sizes that were not measured are extrapolated from the largest that was, and marked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.page import put_between  # noqa: E402 (a script beside the package)
from jsextract.accounts.assemble import assemble  # noqa: E402
from jsextract.accounts.summary import summary_of  # noqa: E402
from jsextract.dataset.fingerprint import form_id  # noqa: E402
from jsextract.dataset.folder import HIDDEN  # noqa: E402
from jsextract.dataset.schema import RESOURCES  # noqa: E402
from jsextract.dataset.store import Store, packed  # noqa: E402
from jsextract.model.ids import document_id  # noqa: E402
from jsextract.model.report import Report  # noqa: E402
from tests import made  # noqa: E402

MILLION = 1_000_000
PAGE = ROOT / "docs" / "scale.md"
START, END = "<!-- measured by bench/scale.py -->\n", "<!-- end -->\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What putting together took."""

    documents: int
    rows: int
    cpu: float
    wall: float
    peak_mb: float
    csv_mb: float
    measured: bool = True


def simulated(number: int) -> Report:
    """One of ten accounts of a department and its units, every second ten of the year after.

    So each is held against others: last year's own account, the department's, the units' sums.
    """
    group, place = divmod(number, 10)
    year, department = 2023 + group % 2, f"某某市第{group // 2}局"
    units = [f"{department}{letter}所" for letter in "甲乙丙丁戊己庚辛壬"]
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    return made.report(
        sha256=sha256,
        document_id=document_id(sha256),
        file="",
        kind="单位决算" if place else "部门决算",
        entity=units[place - 1] if place else department,
        year=year,
        cells=(made.cell(), made.cell(table="T5", item="合计", column="合计")),
        facts=(made.fact(), made.fact(fact_id="p", measure="prior_year", year=year - 1)),
        sections=(made.section(heading="机构", path="机构", text="" if place else "、".join(units), topic="staffing"),),
    )


def simulate(out: Path, first: int, count: int) -> None:
    """Adds `count` results to the dataset without writing its CSV files."""
    store, form = Store(out), form_id()
    for i in range(first, first + count):
        report = simulated(i)
        sha256 = report.sha256
        path = out / HIDDEN / "results" / sha256[:2] / f"{sha256}.json"
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        path.write_text(packed(report, "r", form, summary_of(report)))
        store._index.put(sha256, "r", settled=True)
        store.assign(sha256[:16], f"某省/某市/某区/第{i:07}单位2024年度部门决算.pdf", sha256, "r")
    store.commit()
    store.close()


def work(out: Path) -> None:
    """The child's part: puts together, then says on stdout what it cost."""
    store = Store(out)
    start, before = time.monotonic(), time.process_time()
    assemble(store)
    wall, cpu = time.monotonic() - start, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    print(json.dumps({"cpu": cpu, "wall": wall, "peak_mb": peak}))


def measure(out: Path, documents: int) -> Cost:
    command = [sys.executable, __file__, "--work", str(out)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    files = [out / resource_.file for resource_ in RESOURCES]
    rows = 0
    for path in files:
        with path.open("rb") as handle:
            rows += sum(chunk.count(b"\n") for chunk in iter(lambda: handle.read(1 << 20), b"")) - 1
    size = sum(path.stat().st_size for path in files) / (1 << 20)
    return Cost(documents, rows, csv_mb=size, **json.loads(done.stdout.splitlines()[-1]))


def extrapolated(cost: Cost, documents: int) -> Cost:
    factor = documents / cost.documents
    return Cost(
        documents, round(cost.rows * factor), cost.cpu * factor, cost.wall * factor, cost.peak_mb, cost.csv_mb * factor,
        measured=False,
    )  # fmt: skip


def table(costs: list[Cost]) -> str:
    lines = [
        "| documents | rows | processor s | µs a row | wall s | peak memory MB | CSV MB | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {c.documents:,} | {c.rows:,} | {c.cpu:,.1f} | {c.cpu / c.rows * 1e6:.0f} | {c.wall:,.1f} | {c.peak_mb:.0f} "
        f"| {c.csv_mb:,.0f} | {'measured' if c.measured else 'extrapolated'} |"
        for c in costs
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where the simulated dataset goes (4 KB and a file a document)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jsextract-scale-", dir=options.folder))
    costs: list[Cost] = []
    try:
        for size in sorted(options.sizes):
            simulate(folder, costs[-1].documents if costs else 0, size - (costs[-1].documents if costs else 0))
            costs.append(measure(folder, size))
            print(costs[-1], flush=True)
    finally:
        shutil.rmtree(folder)
    if costs[-1].documents < MILLION:
        costs.append(extrapolated(costs[-1], MILLION))
    text = table(costs)
    print(text)
    if options.write:
        put_between(PAGE, START, END, text)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(Path(sys.argv[2]))
    else:
        main()
