"""Simulated results of many small accounts, and what putting them together takes, in a process of its own."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from jsextract.accounts.account_summary import summary_of
from jsextract.accounts.assemble import assemble
from jsextract.dataset.fingerprint import form_id
from jsextract.dataset.folder import HIDDEN
from jsextract.dataset.result_file import packed, with_seal
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import Store
from jsextract.model.ids import document_id
from jsextract.model.report import Report
from tests import made

ROOT = Path(__file__).resolve().parents[2]
WORK = "import sys; from pathlib import Path; from tests.faults.scale import work; work(Path(sys.argv[1]))"


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
        path.write_text(with_seal(packed(report, "r", form, summary_of(report)), sha256, 1))
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
    command = [sys.executable, "-c", WORK, str(out)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    files = [out / resource_.file for resource_ in RESOURCES]
    rows = 0
    for path in files:
        with path.open("rb") as handle:
            rows += sum(chunk.count(b"\n") for chunk in iter(lambda: handle.read(1 << 20), b"")) - 1
    size = sum(path.stat().st_size for path in files) / (1 << 20)
    return Cost(documents, rows, csv_mb=size, **json.loads(done.stdout.splitlines()[-1]))
