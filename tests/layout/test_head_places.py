"""Header words that stand otherwise than the figures below them: at the left of their columns, over several at once."""

from __future__ import annotations

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
