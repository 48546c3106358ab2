"""Small datasets with every awkward value, and their exports as rows of plain Python."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from jsextract.accounts.assemble import assemble
from jsextract.dataset.keys import content_key
from jsextract.dataset.store import Store
from jsextract.model.report import Report
from tests import made

AWKWARD = (
    made.cell(),
    made.cell(row=1, value=None, value_text="", amount_yuan=None, box=None, item='=HYPERLINK("http://x","y")'),
    made.cell(
        row=2, code="0201", item="＝1+1", value=Decimal("-3.50"), value_text="-3.50", amount_yuan=Decimal(-35000)
    ),
    made.cell(row=3, item="@一，“引号”\n换行,逗号", value=Decimal("0.10"), value_text="0.1", amount_yuan=Decimal(1000)),
    made.cell(row=4, item="+86", title="𠮷林省", value_text="12", value=Decimal(12), amount_yuan=Decimal("120000.0")),
)
LONG = "正文很长。" * 8000
REPORTS = (
    made.report(b"1", file="一.pdf", cells=AWKWARD, sections=(made.section(), made.section(order=1, text=LONG))),
    made.report(b"2", file="二.pdf", year=2023, facts=(made.fact(year=2022),)),
    made.report(b"3", file="三.pdf", entity="", cells=(made.cell(value=Decimal("0.1") ** 3),)),
    made.report(b"4", file="四.pdf", status="failed", cells=(), facts=(), checks=(), projects=(), sections=()),
)


def put(out: Path, *reports: Report) -> Path:
    store = Store(out)
    for report in reports or REPORTS:
        key = content_key(report.sha256, ".pdf")
        store.put(key, report, "r")
        store.assign(report.file, report.file, key, "r")
    assemble(store)
    store.commit()
    store.close()
    return out


def rows(out: Path, name: str) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 24)
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))
