"""The same standard table again, for a sub-unit."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.rules.ruleset import load_rules
from jsextract.tables import TableReading, read_tables
from tests.tables.made import table

DRAWN = """
    科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
    合计 | < | {0} | {0} |
    2010301 | 行政运行 | {0} | {0} |
"""


def readings(*above: str) -> list[TableReading]:
    """支出决算表 as often as lines are given that stand over it."""
    made = [table(DRAWN.format(f"{9 - at}.00"), "支出决算表", page=at + 1) for at in range(len(above))]
    tables = [replace(one, above=(line,)) for one, line in zip(made, above, strict=True)]
    return list(read_tables(tables, load_rules().tables))


def test_the_table_of_a_unit_has_its_name():
    own, unit = readings("部门：临江市水务局", "单位：临江市水务局（本级）")
    assert (own.place, {c.unit_name for c in own.cells}) == ("T3", {""})
    assert (unit.place, {c.unit_name for c in unit.cells}) == ("T3@临江市水务局（本级）", {"临江市水务局（本级）"})
    assert {c.row for c in unit.cells} == {0, 1}


def test_another_table_of_the_same_body_or_of_one_that_need_not_be_its_unit_is_no_units():
    for above in ("部门：临江市水务局", "部门：北原市水利局"):
        _, other = readings("部门：临江市水务局", above)
        assert (other.place, {c.unit_name for c in other.cells}) == ("X1", {""})
