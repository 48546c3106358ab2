"""Tables whose columns nothing draws: figures' edges, header words and the known columns make the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from jsextract.layout.detect import read_layout
from jsextract.model.document import Table
from jsextract.model.report import TableCell
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.rules.ruleset import load_rules
from tests.made import read_cells
from tests.readers.drawn import Sheet, pdf

DEFINITIONS = load_rules().tables
FUND = "政府性基金预算财政拨款收入支出决算表"


def tables(*pages: Callable[[Sheet], None]) -> tuple[Table, ...]:
    return read_layout(read_pdf(pdf(*pages)), definitions=DEFINITIONS).tables


def cells(*pages: Callable[[Sheet], None]) -> tuple[TableCell, ...]:
    return read_cells(tables(*pages), DEFINITIONS)


def figures(found: Sequence[TableCell]) -> dict[tuple[str, str], str]:
    return {(c.code or c.item, c.column): c.value_text for c in found if c.value_text}


def heading(sheet: Sheet, title: str = FUND) -> None:
    sheet.text(180, 60, title, 14)
    sheet.text(480, 80, "单位：万元")


HEADS = {250: "年初结转和结余", 320: "本年收入", 390: "小计", 440: "基本支出", 490: "项目支出", 545: "年末结转和结余"}


def centred(sheet: Sheet, x: float, y: float, text: str, size: float = 7.0) -> None:
    sheet.text(x - len(text) * size / 2, y, text, size)


def head(sheet: Sheet) -> None:
    for x, text in HEADS.items():
        centred(sheet, x, 118 if text in ("小计", "基本支出", "项目支出") else 109, text)
    centred(sheet, 440, 100, "本年支出")
    centred(sheet, 120, 100, "项目")
    centred(sheet, 80, 118, "功能分类科目编码")
    centred(sheet, 180, 118, "科目名称")


BODY = (
    ("", "合计", {250: "9.10", 320: "164.15", 390: "173.25", 490: "173.25"}),
    ("212", "城乡社区支出", {250: "9.10", 320: "164.15", 390: "173.25", 490: "173.25"}),
    ("21208", "国有土地使用权出让", {250: "9.10", 320: "164.15", 390: "173.25", 490: "173.25"}),
)


def body(sheet: Sheet, top: float = 140, rows: Sequence[tuple[str, str, dict[int, str]]] = BODY) -> None:
    for i, (code, name, amounts) in enumerate(rows):
        y = top + 16 * i
        sheet.text(55, y, code, 7)
        sheet.text(130, y, name, 7)
        for x, amount in amounts.items():
            sheet.right(x + 22, y, amount, 7)


def nothing(_: Sheet) -> None:
    """No ruling and no fill."""


def stripes(sheet: Sheet) -> None:
    for y in (130, 162):
        sheet.bar(50, y, 575, y + 16, 0.9)


def filled_cells(sheet: Sheet) -> None:
    for left, right in ((50, 120), (120, 215), (215, 285), (285, 365), (365, 515), (515, 575)):
        for y in (130, 162):
            sheet.bar(left, y, right, y + 16, 0.9)


def filled_header(sheet: Sheet) -> None:
    for left, right in ((50, 215), (215, 285), (285, 365), (365, 515), (515, 575)):
        sheet.bar(left, 90, right, 124, 0.8)


def frame(sheet: Sheet) -> None:
    sheet.grid((50, 575), (90, 190))


def frame_and_middle(sheet: Sheet) -> None:
    sheet.grid((50, 215, 575), (90, 190))


def three_lines(sheet: Sheet) -> None:
    for y in (90, 126, 182):
        sheet.line(50, y, 575, y)


@pytest.mark.parametrize("drawn", [nothing, stripes, filled_cells, filled_header, frame, frame_and_middle, three_lines])
def test_columns_are_read_whatever_is_drawn_about_them(drawn):
    def page(sheet):
        drawn(sheet)
        heading(sheet)
        head(sheet)
        body(sheet)

    found = cells(page)
    assert {c.column for c in found} == {
        "年初结转和结余", "本年收入", "本年支出/合计", "本年支出/基本支出", "本年支出/项目支出", "年末结转和结余",
    }  # fmt: skip
    assert len(found) == 18
    assert figures(found)["21208", "本年支出/项目支出"] == "173.25"
    assert ("21208", "年末结转和结余") not in figures(found)
    assert ("212", "本年支出/基本支出") not in figures(found)


def test_page_without_header_and_without_its_blank_columns_goes_on_by_the_edges_of_its_figures():
    def first(sheet):
        heading(sheet)
        head(sheet)
        body(sheet)

    def second(sheet):
        body(sheet, 60, [("2120804", "农村基础设施建设", {490: "173.25"})])

    (table,) = tables(first, second)
    assert table.pages == (1, 2)
    assert figures(read_cells([table], DEFINITIONS))["2120804", "本年支出/项目支出"] == "173.25"


def test_wrapped_names_stand_about_their_figures():
    rows = [("212", "城乡社区支出", {250: "9.10", 320: "1.00"}), ("213", "农林水支出", {250: "2.00", 320: "3.00"})]

    def page(sheet):
        heading(sheet)
        head(sheet)
        body(sheet, rows=rows)
        sheet.text(55, 180, "21208", 7)
        sheet.right(272, 180, "5.00", 7)
        for y, line in ((176, "国有土地使用权出让"), (184, "收入安排的支出")):
            sheet.text(130, y, line, 7)

    assert {c.item for c in cells(page)} == {"城乡社区支出", "农林水支出", "国有土地使用权出让收入安排的支出"}


def test_header_words_that_touch_are_cut_by_the_names_of_the_columns():
    def page(sheet):
        heading(sheet, "收入决算表")
        sheet.text(55, 110, "科目编码", 9)
        sheet.text(120, 110, "科目名称", 9)
        sheet.text(180, 110, "本年收入合计财政拨款收入上级补助收入", 9)
        for i, (code, name) in enumerate((("201", "服务"), ("20106", "财政事务"), ("2010601", "行政运行"))):
            sheet.text(55, 130 + 16 * i, code, 9)
            sheet.text(120, 130 + 16 * i, name, 9)
            for x, amount in ((232, "20.00"), (286, "18.00"), (340, "2.00")):
                sheet.right(x, 130 + 16 * i, amount, 9)

    found = figures(cells(page))
    assert [found["2010601", c] for c in ("本年收入合计", "财政拨款收入", "上级补助收入")] == ["20.00", "18.00", "2.00"]


def test_blank_amount_of_one_side_is_told_from_the_name_of_the_other_that_touches_it():
    def page(sheet):
        heading(sheet, "收入支出决算总表")
        for x, text in ((60, "项目"), (260, "决算数"), (330, "项目"), (500, "决算数")):
            sheet.text(x, 110, text, 9)
        names = (("一、财政拨款收入", "20.00"), ("二、上级补助收入", "0"), ("三、事业收入", "—"))
        others = (("一、一般公共服务支出", "9.00"), ("二、外交支出", "0"), ("三、国防支出", "11.00"))
        for i, ((left, a), (right, b)) in enumerate(zip(names, others, strict=True)):
            sheet.text(60, 130 + 16 * i, left, 9)
            sheet.right(288, 130 + 16 * i, a, 9)
            sheet.text(290, 130 + 16 * i, right, 9)
            sheet.right(528, 130 + 16 * i, b, 9)

    found = {(c.side, c.item): c.value_text for c in cells(page)}
    assert found["收入", "上级补助收入"] == "0"
    assert found["支出", "外交支出"] == "0"
    assert found["支出", "国防支出"] == "11.00"


SET_APART = (
    {250: "—", 320: "164.15", 390: "173.25", 440: "—", 490: "173.25", 545: "—"},
    {250: "9.10", 320: "—", 390: "9.10", 440: "9.10", 490: "—", 545: "—"},
    {250: "9.10", 320: "155.05", 390: "164.15", 440: "—", 490: "164.15", 545: "—"},
)


def test_marks_at_the_left_of_cells_are_in_the_column_of_the_amounts_at_their_right():
    """As accounting formats set them; a column of marks alone stays one."""

    def marked(sheet: Sheet) -> None:
        heading(sheet)
        head(sheet)
        for i, ((code, name, _), values) in enumerate(zip(BODY, SET_APART, strict=True)):
            y = 140 + 16 * i
            sheet.text(55, y, code, 7)
            sheet.text(130, y, name, 7)
            for x, value in values.items():
                if value == "—":
                    sheet.text(x - 20, y, value, 7)
                else:
                    sheet.right(x + 22, y, value, 7)

    found = cells(marked)
    read = figures(found)
    assert {c.column for c in found} == {
        "年初结转和结余", "本年收入", "本年支出/合计", "本年支出/基本支出", "本年支出/项目支出", "年末结转和结余"
    }  # fmt: skip
    assert (read["合计", "本年收入"], read["合计", "年初结转和结余"]) == ("164.15", "—")
    assert (read["212", "本年收入"], read["212", "本年支出/基本支出"]) == ("—", "9.10")
    assert {read[row, "年末结转和结余"] for row in ("合计", "212", "21208")} == {"—"}


def test_running_text_with_amounts_is_no_table():
    def page(sheet):
        for i in range(6):
            sheet.text(60, 100 + 20 * i, f"{i + 1}、本年收入合计2946.25万元，比上年增加12.00万元，增长0.41%。")

    assert tables(page) == ()


WIDE = (("201", "服务", "20.00"), ("20106", "财政事务", "18.00"), ("2010601", "行政运行", "2.00"))


@pytest.mark.parametrize("down", [0, 30])
def test_columns_on_the_next_page_stand_beside_the_rows_at_their_height(down):
    def names(sheet):
        heading(sheet, "支出决算表")
        for x, text in ((55, "科目编码"), (130, "科目名称"), (300, "本年支出合计")):
            sheet.text(x, 110, text, 9)
        for i, (code, name, amount) in enumerate(WIDE):
            sheet.text(55, 130 + 16 * i, code, 9)
            sheet.text(130, 130 + 16 * i, name, 9)
            sheet.right(350, 130 + 16 * i, amount, 9)

    def rest(sheet):
        for x, text in ((60, "基本支出"), (160, "项目支出")):
            sheet.text(x, 110 - down, text, 9)
        for i, (_, _, amount) in enumerate(WIDE):
            sheet.right(100, 130 - down + 16 * i, amount, 9)
            sheet.right(200, 130 - down + 16 * i, "0.00", 9)

    (table,) = tables(names, rest)
    found = read_cells([table], DEFINITIONS)
    assert figures(found)["20106", "基本支出"] == "18.00"
    assert {c.page for c in found if c.column == "项目支出"} == {2}


def test_words_over_several_columns_that_nothing_below_fits_leave_the_table_in_doubt():
    def page(sheet):
        heading(sheet)
        head(sheet)
        centred(sheet, 320, 95, "结转")
        body(sheet)

    assert tables(page)[0].leftover or any("结转" in c.text for c in tables(page)[0].cells)


def test_two_pages_on_a_sheet_are_read_one_after_the_other():
    def sheet(page):
        for left, title, amount in ((0, "收入决算表", "7.00"), (420, "支出决算表", "5.00")):
            page.text(left + 150, 300, title, 12)
            page.text(left + 320, 315, "单位：万元", 8)
            for x, text in ((30, "科目编码"), (100, "科目名称"), (300, "本年收入合计" if not left else "本年支出合计")):
                page.text(left + x, 330, text, 8)
            for i, (code, name, _) in enumerate(WIDE):
                page.text(left + 30, 350 + 16 * i, code, 8)
                page.text(left + 100, 350 + 16 * i, name, 8)
                page.right(left + 340, 350 + 16 * i, amount, 8)

    source = read_pdf(pdf(sheet, pagesize=(842.0, 842.0 / 1.41)))
    found = read_layout(source, definitions=DEFINITIONS).tables
    assert [t.title for t in found] == ["收入决算表", "支出决算表"]
    assert [figures(read_cells([t], DEFINITIONS))["20106", c] for t, c in zip(found, ("本年收入合计", "本年支出合计"), strict=True)] == [
        "7.00", "5.00",
    ]  # fmt: skip


def ruled(sheet: Sheet, xs: Sequence[float], rows: Sequence[Sequence[str]], top: float) -> None:
    edges = [top + 18 * i for i in range(len(rows) + 1)]
    sheet.grid(xs, edges)
    sheet.rows(xs, edges, rows)


RULED = (50, 110, 230, 310, 390, 470)
RULED_HEAD = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]


def test_ruled_page_without_the_last_columns_goes_on_by_its_edges():
    def first(sheet):
        heading(sheet, "支出决算表")
        ruled(sheet, RULED, [RULED_HEAD, ["201", "服务", "3.00", "3.00", ""]], 100)

    def second(sheet):
        ruled(sheet, RULED[:4], [["20106", "财政事务", "3.00"], ["2010601", "行政运行", "3.00"]], 60)

    (table,) = tables(first, second)
    assert figures(read_cells([table], DEFINITIONS))["2010601", "本年支出合计"] == "3.00"


def test_the_same_table_of_another_unit_is_a_table_of_its_own():
    def of(unit: str) -> Callable[[Sheet], None]:
        def page(sheet):
            sheet.text(240, 60, "支出决算表", 14)
            sheet.text(50, 90, f"部门：{unit}")
            sheet.text(400, 90, "单位：万元")
            ruled(
                sheet, RULED, [RULED_HEAD, ["", "合计", "3.00", "3.00", ""], ["201", "服务", "3.00", "3.00", ""]], 100
            )

        return page

    assert len(tables(of("某某局"), of("某某局（本级）"))) == 2
    assert len(tables(of("某某局"), of("某某局"))) == 1


def continued_page(title: str, over: float) -> Callable[[Sheet], None]:
    """A page of the table with its header, all of it `over` points farther to the right."""

    def page(sheet):
        sheet.text(180, 60, title, 14)
        for x, word in (
            (50, "科目编码"),
            (120, "科目名称"),
            (300, "本年支出合计"),
            (400, "基本支出"),
            (500, "项目支出"),
        ):
            centred(sheet, x + over + 20, 100, word)
        for y, code, name in ((120, "", "合计"), (136, "201", "服务")) if not over else ((120, "205", "教育支出"),):
            sheet.text(50 + over, y, code, 7)
            sheet.text(120 + over, y, name, 7)
            for x in (300, 400, 500):
                sheet.right(x + 70 + over * 0.5, y, "3.00", 7)

    return page


@pytest.mark.parametrize("title", ["续表", "续表：支出决算表", "支出决算表（续表）"])
def test_pages_that_say_that_they_go_on_may_have_their_columns_at_other_places(title):
    (table,) = tables(continued_page("支出决算表", 0), continued_page(title, -18))
    found = figures(read_cells([table], DEFINITIONS))
    assert table.pages == (1, 2)
    assert [found[key, "本年支出合计"] for key in ("合计", "201", "205")] == ["3.00"] * 3
    assert len(found) == 9
