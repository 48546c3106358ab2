"""T7 with a row for each unit and year."""

from __future__ import annotations

import pytest

from jsextract.tables import TableReading
from jsextract.tables.unit_rows import main_year
from tests.tables.made import read

HEAD = """
    单位名称 | 年度 | 合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行维护费 | < | <
    ^ | ^ | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费
"""
TITLE = "财政拨款“三公”经费支出决算表"


def totals(got: TableReading) -> list[tuple[str, int, str, str]]:
    """Unit, row, column and value of each cell of 合计."""
    return [(c.unit_name, c.row, c.column, c.value_text) for c in got.cells if c.item == "合计"]


def test_each_unit_has_its_row_whatever_the_order_of_the_items():
    got = read(
        HEAD
        + """
        局本级 | 2022 | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00
        河道管护中心 | 2022 | 4.00 | 0.00 | 1.00 | 3.00 | 0.00 | 3.00
        合计 | 2022 | 9.00 | 1.00 | 2.00 | 6.00 | 0.00 | 6.00
        """,
        TITLE,
    )
    assert totals(got) == [
        ("局本级", 0, "决算数", "5.00"),
        ("河道管护中心", 0, "决算数", "4.00"),
        ("", 0, "决算数", "9.00"),
    ]
    guests = {c.unit_name: c.value_text for c in got.cells if c.item == "公务接待费"}
    assert guests == {"局本级": "1.00", "河道管护中心": "1.00", "": "2.00"}


def test_another_year_than_the_accounts_stands_below_the_column():
    got = read(
        HEAD
        + """
        局本级 | 2021年 | 6.00 | 1.00 | 1.00 | 4.00 | 0.00 | 4.00
        ^ | 2022年 | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00
        合计 | 2021年 | 6.00 | 1.00 | 1.00 | 4.00 | 0.00 | 4.00
        ^ | 2022年 | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00
        """,
        TITLE,
    )
    years = [("决算数/2021年", "6.00"), ("决算数", "5.00")]
    assert totals(got) == [(u, 0, *told) for u in ("局本级", "") for told in years]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("临江市水务局 | 2022 | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00", [("", "5.00")]),
        (
            """
            临江市水务局 | 2022 | 9.00 | 1.00 | 2.00 | 6.00 | 0.00 | 6.00
            局本级 | 2022 | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00
            河道管护中心 | 2022 | 4.00 | 0.00 | 1.00 | 3.00 | 0.00 | 3.00
            """,
            [("", "9.00"), ("局本级", "5.00"), ("河道管护中心", "4.00")],
        ),
        (
            """
            局本级 | 2022 | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00
            河道管护中心 | 2022 | 4.00 | 0.00 | 1.00 | 3.00 | 0.00 | 3.00
            """,
            [("局本级", "5.00"), ("河道管护中心", "4.00")],
        ),
        (
            """
            合计 | 2022 | 9.00 | 1.00 | 2.00 | 6.00 | 0.00 | 6.00
            一般公共预算财政拨款 | 2022 | 9.00 | 1.00 | 2.00 | 6.00 | 0.00 | 6.00
            """,
            [("", "9.00")],
        ),
    ],
    ids=["the only one", "the sum of the others", "none is the account", "a source of money"],
)
def test_which_row_is_the_accounts_own(rows, told):
    assert [(unit, value) for unit, _, _, value in totals(read(HEAD + rows, TITLE))] == told


def test_rows_that_name_measures():
    got = read(
        HEAD
        + """
        预算数 | 2022 | 6.00 | 1.00 | 1.00 | 4.00 | 0.00 | 4.00
        决算数 | 2022 | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00
        """,
        TITLE,
    )
    assert totals(got) == [("", 0, "预算数", "6.00"), ("", 0, "决算数", "5.00")]


def test_a_row_of_words_alone_is_not_the_row_with_the_values():
    got = read(HEAD + " |  |  | 其中 |  |  |  | \n |  | 5.00 | 1.00 | 1.00 | 3.00 | 0.00 | 3.00", TITLE)
    assert totals(got) == [("", 0, "决算数", "5.00")]


def test_the_year_of_the_title_comes_before_the_last_one():
    assert main_year([2021, 2022, None], "2021年度支出表") == 2021
    assert main_year([2021, 2022], "支出表") == 2022
    assert main_year([None], "2021年度支出表") is None
