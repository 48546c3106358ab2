"""Sheets too wide for a page without rulings, and how sure it is which columns figures stand in."""

from __future__ import annotations

from jsextract.layout.detect import read_layout
from jsextract.model.document import Layout
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.rules.ruleset import load_rules
from tests.layout.test_tables_read import heading, rows
from tests.readers.drawn import Sheet, pdf

HEIGHTS = (150, 168, 186, 204, 222)
LEFT = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["", "合计", "120.00", "100.00", "20.00"],
    ["201", "一般公共服务支出", "120.00", "100.00", "20.00"],
    ["20101", "人大事务", "120.00", "100.00", "20.00"],
    ["2010101", "行政运行", "100.00", "100.00", ""],
]


def layout(*pages) -> Layout:
    return read_layout(read_pdf(pdf(*pages)), definitions=load_rules().tables)


def left(sheet: Sheet) -> None:
    heading(sheet, "支出决算表")
    for y, row in zip(HEIGHTS, LEFT, strict=True):
        for x, text in zip((60, 110, 260, 360, 450), row, strict=True):
            sheet.text(x, y, text)


def test_columns_without_figures_on_the_next_page_are_blank_columns():
    def right(sheet):
        for x, text in zip((60, 200, 320), ("上缴上级支出", "经营支出", "对附属单位补助支出"), strict=True):
            sheet.text(x, 60, text)

    (table,) = layout(left, right).tables
    found = rows(table)
    assert found[0] == [*LEFT[0], "上缴上级支出", "经营支出", "对附属单位补助支出"]
    assert found[2] == [*LEFT[2], "", "", ""]
    assert table.flags == ()


def test_numbers_of_columns_on_the_next_page_tell_where_its_rows_are():
    def counted(sheet):
        left(sheet)
        for x, text in zip((110, 270, 370, 460), ("栏次", "1", "2", "3"), strict=True):
            sheet.text(x, HEIGHTS[0] + 9, text)

    def right(sheet):
        for x, text, number in zip(
            (60, 200, 320), ("上缴上级支出", "经营支出", "对附属单位补助支出"), "456", strict=True
        ):
            sheet.text(x, 60, text)
            sheet.text(x + 10, 69, number)
        for y in HEIGHTS[1:]:
            sheet.text(200, y - HEIGHTS[0] + 60, f"{y}.00")

    (table,) = layout(counted, right).tables
    assert [row[-2] for row in rows(table)] == ["经营支出", "5", *(f"{y}.00" for y in HEIGHTS[1:])]


def test_words_of_a_page_are_no_columns():
    def right(sheet):
        sheet.text(60, 60, "联系人：张三")
        sheet.text(300, 60, "经营支出")

    (table,) = layout(left, right).tables
    assert rows(table)[0] == LEFT[0]


def doubted(x: float) -> bool:
    """Whether a table is in doubt whose one column of figures begins at x, below two names."""

    def page(sheet):
        heading(sheet, "一般公共预算财政拨款支出决算表")
        for x0, text in ((60, "科目编码"), (120, "科目名称"), (300, "基本支出"), (400, "项目支出")):
            sheet.text(x0, 150, text)
        for i, (code, name) in enumerate((("201", "一般公共服务支出"), ("20101", "人大事务"), ("2010101", "行政运行"))):
            sheet.text(60, 170 + 18 * i, code)
            sheet.text(120, 170 + 18 * i, name)
            sheet.text(x, 170 + 18 * i, "1,120.00")

    (table,) = layout(page).tables
    return "low_confidence" in table.flags


def test_figures_between_two_names_are_in_doubt():
    assert [doubted(x) for x in (300, 348, 400)] == [False, True, False]
