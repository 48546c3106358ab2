"""Tables that flowed into lines are put together where one reading holds, and are no tables where none or several do."""

from __future__ import annotations

import pytest

from fixtures.draw.web import TEXTS, draw_page
from jsextract import extract
from jsextract.model.report import Report
from tests.readers.pages import ACCOUNTS, CELL, rows

READ = {
    ("shanghai", "tabs"): "T1 T2 T3 T4 T5 T6 T7 T8",
    ("shanghai", "cells"): "T1 T2 T3 T4 T5 T6 T7 T8",
    ("hubei", "tabs"): "T1 T2 T3 T4 T5 T7 T9",
    ("yuan", "tabs"): "T1 T2 T3 T4 T5 T7 T8",
}
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


@pytest.mark.parametrize(("name", "manner"), READ)
def test_an_account_as_copied_text_gives_the_cells_of_its_pdf(name: str, manner: str) -> None:
    data, expected = draw_page(*ACCOUNTS[name], manner)
    report = extract(data, file="决算.txt")
    got, want = rows((c for c in report.cells if c.table.startswith("T")), CELL), rows(expected.cells, CELL)
    tables = READ[name, manner].split()
    assert got == type(want)({row: number for row, number in want.items() if row[0] in tables})
    assert {cell.reader for cell in report.cells if cell.table.startswith("T")} == {"flowed"}


@pytest.mark.parametrize("manner", TEXTS)
def test_what_is_not_sure_gives_no_cell(manner: str) -> None:
    for name in ACCOUNTS:
        data, expected = draw_page(*ACCOUNTS[name], manner)
        report = extract(data, file="决算.txt")
        standard = [cell for cell in report.cells if cell.table.startswith("T")]
        assert not rows(standard, CELL) - rows(expected.cells, CELL)
        lost = {cell.table for cell in expected.cells} - {cell.table for cell in standard}
        assert (report.status == "partial") == bool(lost)
        assert (report.unread_cells > 0) == any(cell.value for cell in expected.cells if cell.table in lost)


def test_a_row_that_lost_its_blank_cells_is_no_guess() -> None:
    whole = read(*NAMES, *(text for row in ROWS for text in row), *TOTAL)
    assert [cell.value_text for cell in whole.cells[:3]] == ["30.00", "20.00", "10.00"]
    assert len(whole.cells) == 15
    assert not any(cell.flags for cell in whole.cells)
    lost = read(*NAMES, *(text for row in ROWS for text in row if text != "0.00"), *TOTAL)
    assert lost.cells == ()


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
