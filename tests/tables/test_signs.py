"""Signs and marks that stand with figures, and red figures whose sign only the sums tell."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from msgspec.structs import replace

from jsextract.check.score import score_table
from jsextract.model.document import Mark, Page
from jsextract.model.geometry import Box
from jsextract.rules.ruleset import load_rules
from jsextract.tables.marks import marked, marked_facts, with_signs
from jsextract.tables.values import read_value
from jsextract.vocabulary import Flag
from tests.made import fact
from tests.tables.made import read, table


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("△12.50", "-12.50", "万元"),
        ("▲1,200.00", "-1200.00", "万元"),
        ("负12.50万元", "-12.50", "万元"),
        ("①12.50", "12.50", "万元"),
        ("12.50注1", "12.50", "万元"),
        ("12.50*", "12.50", "万元"),
        ("12.50[1]", "12.50", "万元"),
        ("12.50（2）", "12.50", "万元"),
        ("(12.50)", "-12.50", "万元"),
        ("RMB12.50", "12.50", "万元"),
        ("1 2 . 5 0", "12.50", "万元"),
        ("12.50元", "12.50", "元"),
        ("1 2 3", None, "万元"),
        ("12.50 13.50", None, "万元"),
        ("△-12.50", None, "万元"),
        ("12.50b", None, "万元"),
    ],
)
def test_the_number_of_a_cell(printed, value, unit):
    found = read_value(table(printed).cells[0], "万元")
    assert (found.value, found.unit) == (None if value is None else Decimal(value), unit)


T3 = """
科目编码|科目名称|本年支出合计|基本支出|项目支出
        |合计    |{total}     |30.00   |2.50
201     |一般公共服务支出|{total}|30.00 |2.50
"""


def in_red(total: str, column: str):
    cells = read(T3.format(total=total), title="支出决算表").cells
    places = [Mark(Flag.COLOUR_NEGATIVE, cell.box) for cell in cells if cell.column == column and cell.value]
    cells = marked(cells, [Page(number=1, width=600, height=800, marks=tuple(places))])
    return with_signs(cells, partial(score_table, rules=load_rules()))


def signs(cells, column: str):
    return {(str(cell.value), Flag.COLOUR_NEGATIVE in cell.flags) for cell in cells if cell.column == column}


def test_red_is_negative_where_the_table_adds_up_only_so():
    assert signs(in_red("27.50", "项目支出"), "项目支出") == {("-2.50", True)}


def test_red_that_adds_up_as_printed_is_no_sign():
    assert signs(in_red("32.50", "项目支出"), "项目支出") == {("2.50", False)}


def test_red_that_nothing_decides_stays_as_printed_and_says_so():
    assert signs(in_red("99.00", "项目支出"), "项目支出") == {("2.50", True)}


def test_figures_on_top_of_each_other_have_no_value():
    cell = read(T3.format(total="32.50"), title="支出决算表").cells[0]
    (found,) = marked([cell], [Page(number=1, width=600, height=800, marks=(Mark(Flag.OVERPRINTED, cell.box),))])
    assert (found.value, found.amount_yuan, found.value_text) == (None, None, cell.value_text)
    assert replace(found, flags=()) != replace(cell, flags=())


def test_a_fact_whose_figure_another_is_printed_over_is_none():
    pages = [Page(number=1, width=600, height=800, marks=(Mark(Flag.OVERPRINTED, Box(100, 90, 104, 100)),))]
    facts = [fact(page=1, box=Box(98, 90, 130, 100), flags=()), fact(page=1, box=Box(98, 190, 130, 200), flags=())]
    assert marked_facts(facts, pages) == ((facts[1],), 1)
