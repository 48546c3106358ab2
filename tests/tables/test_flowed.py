"""Tables that flowed into lines are put together where one reading holds, and are no tables where none or several do."""

from __future__ import annotations

import pytest

from fixtures.draw.copied import draw_text
from jsextract import extract
from jsextract.model.report import Report
from tests.readers.pages import ACCOUNTS, CELL, FACT, rows

WHOLE = ("tabs", "paragraphs", "cells", "spaces")
HEAD = "2023年度青溪县粮食局部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n"
NAMES = ("项目", "合计", "基本支出", "项目支出", "功能分类科目编码", "科目名称")
ROWS = (
    ("201", "一般公共服务支出", "30.00", "20.00", "10.00"),
    ("20101", "人大事务", "30.00", "20.00", "10.00"),
    ("2010101", "行政运行", "20.00", "20.00", "0.00"),
    ("2010102", "一般行政管理事务", "10.00", "0.00", "10.00"),
)
TOTAL = ("合计", "30.00", "20.00", "10.00")


def read(*texts: str) -> Report:
    return extract((HEAD + "\n".join(texts)).encode(), file="决算.txt")


@pytest.mark.parametrize("manner", WHOLE)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_an_account_as_copied_text_gives_the_rows_of_its_pdf(name: str, manner: str) -> None:
    data, expected = draw_text(*ACCOUNTS[name], manner)
    report = extract(data, file="决算.txt")
    standard = [cell for cell in report.cells if cell.table.startswith("T")]
    assert rows(standard, CELL) == rows(expected.cells, CELL)
    assert rows(report.facts, FACT) == rows(expected.facts, FACT)
    assert {(cell.reader, cell.box, cell.flags) for cell in standard if cell.table != "T1"} == {("flowed", None, ())}
    assert (report.status, report.unread_cells) == ("ok", 0)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_where_blank_cells_were_dropped_only_what_sums_and_other_tables_settle_is_read(name: str) -> None:
    data, expected = draw_text(*ACCOUNTS[name], "bare")
    report = extract(data, file="决算.txt")
    standard = [cell for cell in report.cells if cell.table.startswith("T")]
    got, want = rows(standard, CELL), rows(expected.cells, CELL)
    lost = want - got
    assert not got - want
    assert rows(report.facts, FACT) == rows(expected.facts, FACT)
    assert {row[0] for row in lost} == ({"T7"} if name == "shanghai" else set())
    assert report.unread_cells == sum(1 for row in lost if row[5])
    assert (report.status == "partial") == bool(lost)
    assert not any(check.status == "fail" for check in report.checks)
    inferred = [cell for cell in standard if "column_inferred" in cell.flags]
    assert bool(inferred) == (name != "yuan")  # which prints every zero
    assert all(cell.reader == "flowed" for cell in inferred)
    assert {cell.evidence for cell in inferred if cell.value} <= {"confirmed", "inferred"}


def test_a_row_that_lost_its_blank_cells_is_settled_by_the_sums_above_it() -> None:
    whole = read(*NAMES, *(text for row in ROWS for text in row), *TOTAL)
    assert [cell.value_text for cell in whole.cells[:3]] == ["30.00", "20.00", "10.00"]
    assert len(whole.cells) == 15
    assert not any(cell.flags for cell in whole.cells)
    lost = read(*NAMES, *(text for row in ROWS for text in row if text != "0.00"), *TOTAL)
    assert [(cell.value_text or "0.00", cell.column) for cell in lost.cells] == [
        (cell.value_text, cell.column) for cell in whole.cells
    ]
    assert {cell.code for cell in lost.cells if cell.flags} == {"2010101", "2010102"}
    assert lost.unread_cells == 0


def test_a_row_that_nothing_settles_is_left_out_and_counted() -> None:
    table = [list(row) for row in ROWS]
    for row, figures in zip(table, (("20.00", "10.00", "10.00"),) * 2 + (("10.00", "10.00"),) * 2, strict=True):
        row[2:] = figures
    found = read(*NAMES, *(text for row in table for text in row), "合计", "20.00", "10.00", "10.00")
    assert [(cell.code, cell.column, cell.value_text) for cell in found.cells if len(cell.code) == 7] == [
        ("2010101", "合计", "10.00"), ("2010102", "合计", "10.00"),
    ]  # fmt: skip
    assert (found.status, found.unread_cells) == ("partial", 2)


def test_columns_apart_by_spaces_are_those_of_the_names_above_them() -> None:
    found = read(
        "项目                               合计   基本支出  项目支出",
        "功能分类科目编码  科目名称",
        "201               一般公共服务支出  30.00     20.00     10.00",
        "20101             人大事务          30.00     20.00     10.00",
        "2010101           行政运行          20.00     20.00",
        "2010102           一般行政管理事务  10.00               10.00",
        "合计                                30.00     20.00     10.00",
    )
    shown = {(cell.code, cell.column): cell.value_text for cell in found.cells}
    assert len(shown) == 15
    assert shown["2010102", "基本支出"] == ""
    assert shown["2010102", "项目支出"] == "10.00"
    assert not any(cell.flags for cell in found.cells)


def test_a_table_whose_identities_fail_is_told_or_left() -> None:
    wrong = [list(row) for row in ROWS]
    wrong[2][2] = "21.00"
    told = read(*NAMES, *(text for row in wrong for text in row), *TOTAL)
    assert {flag for cell in told.cells for flag in cell.flags} in ({"low_confidence"}, set())
    nonsense = [(*row[:2], "1.00", "7.00", "9.00") for row in ROWS]
    assert read(*NAMES, *(text for row in nonsense for text in row), *TOTAL).cells == ()


def test_tabs_stand_for_blank_cells_at_the_ends_of_a_line() -> None:
    names = ("\t".join(NAMES[:4]), "\t".join(NAMES[4:]))
    blank = ["\t".join("" if text == "0.00" else text for text in row) for row in ROWS]
    report = read(*names, *blank, "\t".join(TOTAL))
    assert [cell.value_text for cell in report.cells if cell.code == "2010101"] == ["20.00", "20.00", ""]


def test_a_header_without_end_is_given_up() -> None:
    assert read(*("基本支出", "项目支出", "合计") * 9, "1.00").cells == ()
