"""Rows that count the columns, and columns that count the rows, of which a picture was misread."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.model.document import Table
from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from jsextract.tables.header import is_number_row, slots_of
from jsextract.tables.misread_counts import with_counts
from tests.tables.made import table

INCOME = """
项目 | < | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 附属单位上缴收入 | 其他收入
科目编码 | 科目名称 | ^ | ^ | ^ | ^ | ^ | ^ | ^
{}
合计 | < | 9.00 | 9.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00
201 | 一般公共服务支出 | 9.00 | 9.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00
"""


def scanned(drawing: str) -> Table:
    return replace(table(drawing, title="收入决算表"), reader="ocr")


def counts(row: str) -> str:
    """What the count row of a made grid becomes."""
    grid = scanned(INCOME.format(row))
    return " ".join(c.text for c in with_counts(grid).cells if c.row == 2 and c.col > 1)


@pytest.mark.parametrize(
    "row",
    [
        "栏次 | < | 7 | 2 | 3 | 4 | 5 | 6 | 7",
        "栏次 | < | l | 2 | 3 | 4. | 5 | . | 7",
        "栏次 | < | 1 | 2 | 3 | 4 | 5 | 6 | 1",
        "栏次 | < | 1 | 2 | 3 | 一 | 5 | 6 | \ufffd",
        "栏次 | < | 1 | 2 | 3 |  | 5 | 6 | 7",
        "栏次 | < | 1 | 22 | 3 |  | 5 | 6 | 7",
        "栏次 | < | 0.1 | 2 | 3 | 4.00 | 5 | 6 | 7",
        "栏欢 | < | .1 | 2 | 3 | 4.00 | 5 | 6 | 7",
    ],
)
def test_misread_counts_are_those_of_the_line(row: str) -> None:
    assert counts(row) == "1 2 3 4 5 6 7"


@pytest.mark.parametrize(
    "row",
    [
        " | < | 1 | 2 | 3 | 4.00 | 5 | 6 | 7",  # an amount
        " | < | 1 | 2 | 3 | 0 | 5 | 6 | 7",
        " | < | 9 | 8 | 3 | 7 | 5 | 2 | 7",  # not in line
        "行政 | < | 0.1 | 2 | 3.5 | 4.00 | 5.6 | 6 | 7",  # few in line
        "机关 | < | 7 | 2 | 3 | 4 | 5 | 6 | 7",  # a row of data
        "201 | 01 | 7 | 2 | 3 | 4 | 5 | 6 | 7",
        " | < | 1 | 2 | 3 | 4 | 5 | 6 | 2024",  # too long for a misread count
    ],
)
def test_what_is_no_line_of_counts_stays(row: str) -> None:
    grid = scanned(INCOME.format(row))
    assert with_counts(grid) == grid


@pytest.mark.parametrize("row", ["栏次 | < | 9 | 8.00 | a | 7 | 5 | 2 | 7", "栏次 | < | 0.1 | \ufffd | 3 |  |  |  | "])
def test_a_row_that_is_named_so_counts_whatever_stands_in_it(row: str) -> None:
    (read,) = read_tables([with_counts(scanned(INCOME.format(row)))], load_rules().tables)
    assert {c.item for c in read.cells} == {"合计", "一般公共服务支出"}
    assert {c.column for c in read.cells} >= {"本年收入合计", "其他收入"}


def test_native_tables_and_rows_of_data_stay() -> None:
    native = table(INCOME.format("栏次 | < | 7 | 2 | 3 | 4 | 5 | 6 | 7"))
    assert with_counts(native) is native
    below = scanned(INCOME.format("栏次 | < | 1 | 2 | 3 | 4 | 5 | 6 | 7") + " | 栏目 | 1 | 2 | 8 | 4 | 5 | 6 | 7")
    assert with_counts(below) is below


def test_labels_under_a_head_of_codes_are_known_by_their_place() -> None:
    drawing = """
        {} | < | < | 科目名称 | 合计 | 本年收入 | 其他收入 | 事业收入
        炎 | 欲 | 顶 | 拦次 | {}
        201 |  |  | 一般公共服务支出 | 9.00 | 9.00 | 0.00 | 0.00
        """
    mended = with_counts(scanned(drawing.format("支出功能分类科目编码", "1 | 2 | \ufffd | 4")))
    assert " ".join(c.text for c in mended.cells if c.row == 1) == "类 款 项 栏次 1 2 3 4"
    untold = with_counts(scanned(drawing.format("支出功能分类科目编码", "1 | t | 1 | x")))
    assert is_number_row(slots_of(untold)[1], 1)
    other = with_counts(scanned(drawing.format("单位", "1 | 2 | \ufffd | 4")))
    assert " ".join(c.text for c in other.cells if c.row == 1).startswith("炎 欲 顶")


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ("类 | 致 | 项 | 栏次 | 1. |  | 3 | \ufffd", "类 款 项 栏次 1.  3 \ufffd"),
        ("类 | 致 | 项 | 栏次 | 1. |  | 3 | 4", "类 款 项 栏次 1 2 3 4"),
        ("类 | 款 | 顶 | 次 | 1 | \ufffd | 3 | 4", "类 款 项 栏次 1 2 3 4"),
        ("类 | 款 | 顶 |  | 1 | \ufffd | 3 | 4", "类 款 项  1 2 3 4"),
        # half of the labels are no labels
        ("种 | 数 | 项 | 值 | 1 | 2 | 3 | 4", "种 数 项 值 1 2 3 4"),
    ],
)
def test_misread_labels_before_the_counts_are_those_of_their_places(row: str, right: str) -> None:
    grid = scanned(f"""
        项目 | < | < | < | 合计 | 本年收入 | 其他收入 | 事业收入
        {row}
        201 |  |  | 一般公共服务支出 | 9.00 | 9.00 | 0.00 | 0.00
        """)
    assert " ".join(c.text for c in with_counts(grid).cells if c.row == 1) == right


def test_a_misread_count_costs_no_column_its_name() -> None:
    misread = with_counts(scanned(INCOME.format("栏次 | < | 7 | 2 | 3 | 4 | 5 | 6 | 7")))
    assert [c.flags for c in misread.cells if c.flags] == [("ocr_corrected",)]
    whole = scanned(INCOME.format("栏次 | < | 1 | 2 | 3 | 4 | 5 | 6 | 7"))
    read, right = (read_tables([t], load_rules().tables)[0] for t in (misread, whole))
    assert [(c.item, c.column, c.value) for c in read.cells] == [(c.item, c.column, c.value) for c in right.cells]
    assert len(read.cells) == 14


ROWS = """
收入 | < | <
项目 | {} | 金额
一、事业收入 | 1 | 9.00
二、经营收入 | 2 | 1.00
三、其他收入 | {} | 0.00
四、上级补助收入 | 4 | 0.00
五、附属单位上缴收入 | {} | 0.00
六、财政拨款收入 | 6 | 0.00
"""


@pytest.mark.parametrize(("head", "third", "fifth"), [("", "8", "5"), ("行汝", "\ufffd", "S"), ("次次", "", "5")])
def test_misread_counts_of_rows_are_those_of_the_line(head: str, third: str, fifth: str) -> None:
    mended = with_counts(scanned(ROWS.format(head, third, fifth)))
    assert [c.text for c in mended.cells if c.col == 1 and c.row > 1] == ["1", "2", "3", "4", "5", "6"]


def test_a_column_under_another_head_counts_no_rows() -> None:
    grid = scanned(ROWS.format("人数", "8", "5"))
    assert with_counts(grid) is grid
