"""Two items whose figures stand under each other's names in one table, and not in the other."""

from __future__ import annotations

import pytest

from jsextract.check.equations import equations
from jsextract.model.report import CheckResult, Report
from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from tests.tables.made import table as drawn

INCOME = """
科目编码|科目名称|本年收入合计|财政拨款收入
        |合计|60.50|60.50
2010301|行政运行|{}|{}
2010302|一般行政管理事务|{}|{}
2010350|事业运行|4.00|4.00
"""
SPENT = """
科目编码|科目名称|本年支出合计|基本支出
        |合计|60.50|60.50
2010301|行政运行|34.25|34.25
2010302|一般行政管理事务|22.25|22.25
2010350|事业运行|4.00|4.00
"""


def results(first: str, second: str) -> tuple[CheckResult, ...]:
    income = drawn(INCOME.format(first, first, second, second), "收入决算表")
    tables = read_tables([income, drawn(SPENT, "支出决算表")], load_rules().tables)
    report = Report(document_id="d", file="", sha256="", bytes=0, cells=tuple(c for t in tables for c in t.cells))
    return equations(report, load_rules())


def found(first: str, second: str) -> list[str]:
    return [check.item for check in results(first, second) if check.check_id == "cross.items_exchanged"]


@pytest.mark.parametrize(
    ("first", "second", "items"),
    [
        ("34.25", "22.25", []),
        ("22.25", "34.25", ["T2 2010301 2010302"]),
        ("22.25", "34.26", []),
    ],
)
def test_items_with_each_others_figures_are_found(first, second, items):
    assert found(first, second) == items
