"""Pages that go on a table without its header and without some of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from jsextract.check.score import score_table
from jsextract.layout.detect import read_layout
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from jsextract.tables.arbitration.placements import with_placements
from tests.layout.test_tables_read import heading
from tests.readers.drawn import Sheet, pdf

HEAD = (
    "科目编码",
    "科目名称",
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
)
XS = (60, 110, 225, 290, 345, 410, 465, 545)
FIRST = (
    ("", "合计", "150.00", "100.00", "20.00", "", "30.00", ""),
    ("208", "社会保障和就业支出", "50.00", "50.00", "", "", "", ""),
    ("20805", "行政事业单位养老支出", "50.00", "50.00", "", "", "", ""),
    ("201", "一般公共服务支出", "100.00", "50.00", "20.00", "", "30.00", ""),
)
LEFT_OUT = (
    ("20101", "人大事务", "100.00", "50.00", "20.00", "30.00"),
    ("2010101", "行政运行", "100.00", "50.00", "20.00", "30.00"),
)
ALIKE = (("20101", "人大事务", "80.00", "50.00", "30.00"), ("2010199", "其他人大事务支出", "80.00", "50.00", "30.00"))


def write(sheet: Sheet, top: float, rows: Sequence[Sequence[str]], xs: Sequence[float]) -> None:
    for i, row in enumerate(rows):
        for x, text in zip(xs, row, strict=True):
            if text and text[0].isdigit() and "." in text:
                sheet.right(x, top + 16 * i, text, 6)
            elif text:
                sheet.text(x, top + 16 * i, text, 6)


def table_of(first: Sequence[Sequence[str]], rest: Sequence[Sequence[str]], xs: Sequence[float]):
    def page(sheet: Sheet) -> None:
        heading(sheet, "支出决算表")
        for x, word in zip(XS, HEAD, strict=True):
            sheet.text(x if x < 200 else x - 6 * len(word), 150, word, 6)
        write(sheet, 168, first, XS)

    rules = load_rules()
    pages = read_pdf(pdf(page, lambda sheet: write(sheet, 60, rest, xs)))
    (table,) = read_layout(pages, definitions=rules.tables).tables
    return table, with_placements((table,), rules.tables, partial(score_table, rules=rules))[0], rules


@pytest.mark.parametrize("shift", [0, 40])
def test_sums_tell_which_columns_were_left_out(shift):
    xs = (60, 110, *(x + shift for x in (225, 290, 345, 400)))
    read, placed, rules = table_of(FIRST, LEFT_OUT, xs)
    assert read.chosen == (2,)
    assert "low_confidence" in read.flags
    cells = {(c.code, c.column): c.value_text for r in read_tables((placed,), rules.tables) for c in r.cells}
    assert cells["20101", "经营支出"] == cells["2010101", "经营支出"] == "30.00"
    assert [cells["20101", word] for word in HEAD[2:]] == ["100.00", "50.00", "20.00", "", "30.00", ""]
    assert "low_confidence" not in placed.flags


def test_columns_that_no_sum_tells_stay_in_doubt():
    first = [row for row in FIRST if row[0].startswith("208")]
    read, placed, _ = table_of(first, ALIKE, (60, 110, 265, 330, 385))
    assert read.chosen == (2,)
    assert placed == read
    assert "low_confidence" in placed.flags
