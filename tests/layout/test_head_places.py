"""Header words that stand otherwise than the figures below them: at the left of their columns, over several at once."""

from __future__ import annotations

import pytest

from jsextract.layout.open_regions import Row
from jsextract.layout.texts import is_figure, table_texts
from tests.layout.made import gapped
from tests.layout.test_columns import FUND, cells, centred, figures, heading
from tests.readers.drawn import Sheet

THREE = "财政拨款“三公”经费支出决算表"
AMOUNTS = ("9.00", "8.00", "", "", "6.00", "5.50", "", "", "6.00", "5.50", "3.00", "2.50")


def test_words_at_the_left_of_columns_whose_figures_stand_at_the_right():
    lefts = (180, 250, 320, 390, 450, 510)
    words = ("年初结转和结余", "本年收入", "合计", "基本支出", "项目支出", "年末结转和结余")

    def page(sheet: Sheet) -> None:
        heading(sheet, FUND)
        sheet.text(320, 100, "本年支出", 6)
        for x, word in zip((50, 100), ("科目编码", "科目名称"), strict=True):
            sheet.text(x, 112, word, 6)
        for x, word in zip(lefts, words, strict=True):
            sheet.text(x, 112, word, 6)
        for y, code in ((130, ""), (146, "212")):
            sheet.text(50, y, code or "合计", 6)
            sheet.text(100, y, "城乡社区支出" if code else "", 6)
            for x, amount in zip(lefts, ("1.00", "2.00", "2.50", "0.50", "2.00", "0.50"), strict=True):
                sheet.right(x + 58, y, amount, 6)

    found = figures(cells(page))
    assert [found["212", f"本年支出/{word}"] for word in words[2:5]] == ["2.50", "0.50", "2.00"]
    assert [found["合计", word] for word in (words[0], words[1], words[5])] == ["1.00", "2.00", "0.50"]


def test_words_over_three_items_of_two_measures_each_reach_over_all_six():
    def page(sheet: Sheet) -> None:
        heading(sheet, THREE)
        for x, word in (
            (80, "合计"),
            (160, "因公出国（境）费"),
            (320, "公务用车购置及运行维护费"),
            (480, "公务接待费"),
        ):
            centred(sheet, x, 100, word, 5)
        for x, word in ((240, "小计"), (320, "公务用车购置费"), (400, "公务用车运行维护费")):
            centred(sheet, x, 109, word, 5)
        for n, amount in enumerate(AMOUNTS):
            centred(sheet, 60 + 40 * n, 118, "决算数" if n % 2 else "预算数", 5)
            sheet.right(78 + 40 * n, 136, amount or "0.00", 5)

    found = {(c.item, c.column): c.value_text for c in cells(page)}
    assert found["公务用车购置及运行维护费/小计", "预算数"] == "6.00"
    assert found["合计", "预算数"] == "9.00"
    assert len(found) == 12


def test_characters_of_a_total_far_apart_over_code_and_name_are_one_word():
    def page(sheet: Sheet) -> None:
        heading(sheet, "支出决算表")
        for x, word in zip(
            (50, 120, 330, 400, 470), ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"), strict=True
        ):
            sheet.text(x, 110, word, 7)
        sheet.text(50, 130, "合", 7)
        sheet.text(290, 130, "计", 7)
        sheet.text(50, 146, "201", 7)
        sheet.text(120, 146, "一般公共服务支出", 7)
        for y in (130, 146):
            for x in (330, 400, 470):
                sheet.right(x + 40, y, "3.00", 7)

    assert {c.item for c in cells(page)} == {"合计", "一般公共服务支出"}


def test_currency_and_unit_are_of_their_figure_however_far_apart_they_stand():
    first = table_texts(gapped(("合计", 10), ("2,378.47万元", 100), ("¥", 200), ("1,969.04", 260), ("0元", 330), y=10))
    assert [text.text for text in first] == ["合计", "2,378.47万元", "¥ 1,969.04", "0元"]
    assert [is_figure(text) for text in first] == [False, True, True, True]
    second = table_texts(gapped(("一、服务", 10), ("1", 100), ("¥", 200), ("-", 260), y=10))
    assert [text.text for text in second] == ["一、服务", "1", "¥ -"]


def test_tables_whose_titles_stand_on_one_line_are_read_one_after_the_other():
    def table(sheet: Sheet, left: float, title: str, heads: tuple[str, ...], amounts: tuple[str, ...]) -> None:
        sheet.text(left + 60, 60, title, 10)
        sheet.text(left + 170, 80, "单位：万元", 6)
        for x, word in zip((0, 50, 120, 170, 220), ("科目编码", "科目名称", *heads), strict=True):
            sheet.text(left + x, 100, word, 5)
        for y, code, name in ((116, "", "合计"), (132, "201", "公共服务")):
            sheet.text(left, y, code, 6)
            sheet.text(left + 50, y, name, 6)
            for x, amount in zip((120, 170, 220), amounts, strict=True):
                sheet.right(left + x + 24, y, amount, 6)

    def page(sheet: Sheet) -> None:
        table(sheet, 30, "收入决算表", ("本年收入合计", "财政拨款收入", "其他收入"), ("3.00", "2.00", "1.00"))
        table(sheet, 320, "支出决算表", ("本年支出合计", "基本支出", "项目支出"), ("9.00", "5.00", "4.00"))

    def alone(sheet: Sheet) -> None:
        heading(sheet, FUND)

    found = {(c.table, c.code or c.item, c.column): c.value_text for c in cells(alone, page)}
    assert found["T2", "201", "其他收入"] == "1.00"
    assert found["T3", "合计", "项目支出"] == "4.00"
    assert len(found) == 12


def test_a_total_of_nothing_whose_characters_stand_far_apart_is_a_row():
    parts = [("合", 10), ("计", 90), *(("—", 150 + 50 * n) for n in range(6))]
    line = gapped(*parts, y=10)
    assert Row(line, table_texts(line)).is_body
    head = gapped(("项目", 10), ("合计", 150), ("基本支出", 250), y=10)
    assert not Row(head, table_texts(head)).is_body


@pytest.mark.parametrize("set_in", [0, 10])
def test_words_at_the_left_of_several_columns_reach_up_to_those_that_begin_above_them(set_in):
    def page(sheet: Sheet) -> None:
        heading(sheet, THREE)
        sheet.text(210, 100, "公务用车购置及运行维护费", 5)
        for x, word in ((50, "合计"), (130, "因公出国（境）费"), (450, "公务接待费")):
            sheet.text(x, 105, word, 5)
        for x, word in ((210, "小计"), (290, "公务用车购置费"), (370, "公务用车运行维护费")):
            sheet.text(x, 110, word, 5)
        for n, amount in enumerate(AMOUNTS):
            sheet.text(50 + set_in + 40 * n, 119, "决算数" if n % 2 else "预算数", 5)
            sheet.right(85 + 40 * n, 136, amount or "0.00", 5)

    found = {(c.item, c.column): c.value_text for c in cells(page)}
    assert found["公务接待费", "预算数"] == "3.00"
    assert found["公务用车购置及运行维护费/公务用车运行维护费", "决算数"] == "5.50"
    assert len(found) == 12


def test_a_total_alone_on_its_line_among_words_of_the_header_is_no_row():
    def page(sheet: Sheet) -> None:
        heading(sheet, "一般公共预算财政拨款支出决算表")
        for x, above, below in ((400, "基本支", "出"), (500, "项目支", "出")):
            centred(sheet, x, 100, above)
            centred(sheet, x, 116, below)
        centred(sheet, 300, 108, "合计")
        centred(sheet, 70, 124, "科目编码")
        centred(sheet, 160, 124, "科目名称")
        for y, code, name in ((142, "201", "公共服务"), (158, "20103", "行政事务"), (174, "2010301", "行政运行")):
            sheet.text(50, y, code, 7)
            sheet.text(140, y, name, 7)
            for x, amount in ((300, "3.00"), (400, "2.00"), (500, "1.00")):
                sheet.right(x + 15, y, amount, 7)

    found = figures(cells(page))
    assert [found["2010301", word] for word in ("合计", "基本支出", "项目支出")] == ["3.00", "2.00", "1.00"]


def test_labels_of_the_parts_of_a_code_that_nearly_touch_stand_over_a_column_each():
    def page(sheet: Sheet) -> None:
        heading(sheet, "支出决算表")
        sheet.text(66, 100, "科目编码", 7)
        for x, word in ((50, "类"), (72, "款"), (83, "项"), (120, "栏次"), (350, "1"), (420, "2"), (490, "3")):
            sheet.text(x, 116, word, 7)
        for x, word in ((120, "科目名称"), (330, "本年支出合计"), (400, "基本支出"), (470, "项目支出")):
            sheet.text(x, 104, word, 7)
        for y, code in ((130, ("207", "", "")), (144, ("207", "01", "")), (158, ("207", "01", "04"))):
            for x, part in zip((50, 72, 83), code, strict=True):
                sheet.text(x, y, part, 7)
            sheet.text(120, y, "文化和旅游", 7)
            for x in (360, 430, 500):
                sheet.right(x, y, "5.00", 7)

    assert {(code, column) for code, column in figures(cells(page))} == {
        (code, column) for code in ("207", "20701", "2070104") for column in ("本年支出合计", "基本支出", "项目支出")
    }


def test_a_level_of_words_need_not_reach_over_all_columns():
    def page(sheet: Sheet) -> None:
        heading(sheet, THREE)
        for x, word in (
            (76, "合计"),
            (138, "因公出国（境）费"),
            (262, "公务用车购置及运行维护费"),
            (386, "公务接待费"),
        ):
            centred(sheet, x, 100, word, 5)
        for x, word in ((200, "小计"), (262, "公务用车购置费"), (324, "公务用车运行维护费")):
            centred(sheet, x, 109, word, 5)
        for n, amount in enumerate(AMOUNTS):
            centred(sheet, 61 + 31 * n, 118, "决算数" if n % 2 else "预算数", 8)
            sheet.right(72 + 31 * n, 136, amount or "—", 5)

    found = {(c.item, c.column): c.value_text for c in cells(page)}
    assert found["公务用车购置及运行维护费/小计", "预算数"] == "6.00", found
    assert found["公务用车购置及运行维护费/小计", "决算数"] == "5.50", found
