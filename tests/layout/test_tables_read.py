"""Whole pages: tables told from running text, joined over pages, with titles, units and notes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from jsextract.layout.detect import read_layout
from jsextract.model.document import Layout, Table
from jsextract.readers.pdf.pdfium import read_pdf
from tests.readers.drawn import HEIGHT, WIDTH, Sheet, pdf

XS = (60, 240, 400, 540)
HEAD = ["科目名称", "决算数", "预算数"]


def layout(*pages, **options) -> Layout:
    return read_layout(read_pdf(pdf(*pages, **options)))


def ys(top: float, rows: int) -> list[float]:
    return [top + 18 * i for i in range(rows + 1)]


def draw(sheet: Sheet, rows: Sequence[Sequence[str]], top: float = 150, xs: Sequence[float] = XS) -> None:
    sheet.grid(xs, ys(top, len(rows)))
    sheet.rows(xs, ys(top, len(rows)), rows)


def heading(sheet: Sheet, title: str, unit: str = "单位：万元", top: float = 150) -> None:
    sheet.text(240, top - 34, title, 14)
    sheet.text(480, top - 8, unit)


def rows(table: Table) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        found[cell.row].append(cell.text)
    return found


def test_title_unit_table_note_and_prose():
    def page(sheet):
        sheet.text(60, 60, "第二部分 2024年度部门决算表", 16)
        heading(sheet, "支出决算表")
        draw(sheet, [HEAD, ["教育支出", "1,234.50", "0.00"], ["合计", "1,234.50", ""]])
        sheet.text(60, 220, "注：本表反映支出情况。")
        sheet.text(60, 300, "本年支出合计1234.50万元。")

    got = layout(page)
    table = got.tables[0]
    assert (table.title, table.unit, table.notes) == ("支出决算表", "万元", ("注：本表反映支出情况。",))
    assert rows(table) == [HEAD, ["教育支出", "1,234.50", "0.00"], ["合计", "1,234.50", ""]]
    assert [line.text for line in got.prose] == ["第二部分 2024年度部门决算表", "本年支出合计1234.50万元。"]


def first_page(sheet):
    heading(sheet, "支出决算表")
    draw(sheet, [HEAD, ["教育支出", "1.00", ""], ["科学技术支出", "2.00", ""]])


TAIL = [["卫生健康支出", "3.00", ""], ["合计", "6.00", ""]]


def tail(sheet):
    draw(sheet, TAIL, top=60)


def tail_with_header(sheet):
    draw(sheet, [HEAD, *TAIL], top=60)


def tail_with_mark(sheet):
    sheet.text(240, 40, "续表")
    draw(sheet, [HEAD, *TAIL], top=60)


def tail_with_title(sheet):
    heading(sheet, "支出决算表", top=110)
    draw(sheet, [HEAD, *TAIL], top=110)


def tail_wider(sheet):
    xs = [30 + (x - XS[0]) * 1.1 for x in XS]
    draw(sheet, TAIL, top=60, xs=xs)


@pytest.mark.parametrize("second", [tail, tail_with_header, tail_with_mark, tail_with_title, tail_wider])
def test_continuation_is_one_table(second):
    got = layout(first_page, second)
    assert len(got.tables) == 1
    table = got.tables[0]
    assert rows(table) == [HEAD, ["教育支出", "1.00", ""], ["科学技术支出", "2.00", ""], *TAIL]
    assert table.pages == (1, 2)
    assert "continued" in table.flags
    assert {c.page for c in table.cells if c.row >= 3} == {2}
    assert got.prose == ()


def test_table_after_running_text_is_another_one():
    def second(sheet):
        sheet.text(60, 50, "这里是另外一段文字。")
        draw(sheet, TAIL, top=90)

    assert len(layout(first_page, second).tables) == 2


def test_table_with_another_title_is_another_one():
    def second(sheet):
        heading(sheet, "收入决算表", "单位：元", top=110)
        draw(sheet, [HEAD, *TAIL], top=110)

    got = layout(first_page, second)
    assert [(t.title, t.unit) for t in got.tables] == [("支出决算表", "万元"), ("收入决算表", "元")]


def test_note_at_the_top_of_the_next_page_belongs_to_the_table():
    def second(sheet):
        sheet.text(60, 60, "注：本表反映支出情况。")
        sheet.text(60, 120, "第三部分 情况说明")

    got = layout(first_page, second)
    assert got.tables[0].notes == ("注：本表反映支出情况。",)
    assert [line.text for line in got.prose] == ["第三部分 情况说明"]


def test_page_numbers_and_running_heads_do_not_part_a_table():
    def numbered(page, number):
        def page_with_number(sheet):
            page(sheet)
            sheet.text(60, 30, "某某局2024年度部门决算", 9)
            sheet.text(290, 820, f"- {number} -", 9)

        return page_with_number

    def last(sheet):
        sheet.text(60, 100, "正文。")

    got = layout(*[numbered(page, i + 1) for i, page in enumerate([first_page, tail, last, last])])
    assert len(got.tables) == 1
    assert len(got.furniture) == 8
    assert [line.text for line in got.prose] == ["正文。", "正文。"]


def test_stray_grid_without_text_is_dropped_and_counted():
    def second(sheet):
        sheet.grid(XS, ys(60, 1))

    got = layout(first_page, second)
    assert len(got.tables) == 1
    assert got.tables[0].n_rows == 3
    assert got.dropped_grids == 1


def test_frame_around_prose_is_no_table():
    def page(sheet):
        sheet.grid((50, 545), (90, 200))
        sheet.text(60, 110, "框内的文字，只是一段说明。")
        sheet.text(60, 130, "第二行。")

    got = layout(page)
    assert got.tables == ()
    assert [line.text for line in got.prose] == ["框内的文字，只是一段说明。", "第二行。"]


def bars(sheet: Sheet):
    def bar(x0, y0, x1, y1):
        sheet.bar(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3)

    return bar


def doubled(sheet: Sheet):
    def double(x0, y0, x1, y1):
        shift = (0, 1.4) if y0 == y1 else (1.4, 0)
        sheet.line(x0, y0, x1, y1)
        sheet.line(x0 + shift[0], y0 + shift[1], x1 + shift[0], y1 + shift[1])

    return double


def dashed(sheet: Sheet):
    def dashes(x0, y0, x1, y1):
        sheet.canvas.setDash(3, 3)
        sheet.line(x0, y0, x1, y1)

    return dashes


def pieces(sheet: Sheet):
    """Each cell draws its own sides, as spreadsheets do."""

    def piece(x0, y0, x1, y1):
        steps = 5
        for i in range(steps):
            a, b = i / steps, (i + 1) / steps
            sheet.line(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)

    return piece


@pytest.mark.parametrize("pen", [bars, doubled, dashed, pieces])
def test_rulings_of_every_make(pen):
    body = [HEAD, ["教育支出", "1,234.50", "0.00"], ["合计", "1,234.50", ""]]

    def page(sheet):
        heading(sheet, "支出决算表")
        sheet.grid(XS, ys(150, 3), pen(sheet))
        sheet.rows(XS, ys(150, 3), body)

    assert rows(layout(page).tables[0]) == body


def test_filled_header_without_rulings_around_it():
    body = [HEAD, ["教育支出", "1,234.50", "0.00"], ["合计", "1,234.50", ""]]

    def page(sheet):
        heading(sheet, "支出决算表")
        for left, right in itertools.pairwise(XS):
            sheet.bar(left, 150, right, 168, grey=0.8)
        sheet.grid(XS, ys(168, 2))
        sheet.rows(XS, ys(150, 3), body)

    assert rows(layout(page).tables[0]) == body


def test_title_and_unit_inside_the_grid_are_lifted_out():
    def page(sheet):
        sheet.line(XS[0], 120, XS[-1], 120)
        sheet.line(XS[0], 120, XS[0], 150)
        sheet.line(XS[-1], 120, XS[-1], 150)
        sheet.text(250, 132, "支出决算表")
        sheet.line(XS[0], 135, XS[-1], 135)
        sheet.text(480, 147, "单位：元")
        draw(sheet, [HEAD, ["教育支出", "1.00", ""], ["合计", "1.00", ""]])

    table = layout(page).tables[0]
    assert (table.title, table.unit) == ("支出决算表", "元")
    assert rows(table)[0] == HEAD


def test_note_in_the_last_row_of_the_grid():
    def page(sheet):
        heading(sheet, "支出决算表")
        draw(sheet, [HEAD, ["教育支出", "1.00", ""], ["合计", "1.00", ""]])
        sheet.grid((XS[0], XS[-1]), (204, 224))
        sheet.text(65, 217, "注：本表反映支出情况。")

    table = layout(page).tables[0]
    assert table.notes == ("注：本表反映支出情况。",)
    assert table.n_rows == 3


def test_notes_that_the_columns_of_a_grid_cut_up_are_no_rows():
    def page(sheet):
        heading(sheet, "支出决算表")
        draw(
            sheet,
            [
                HEAD,
                ["合计", "0.00", "0.00"],
                ["注：本表反映本单位", "本年度支出情况。", ""],
                ["说明：没有此项", "支出。", ""],
            ],
        )

    table = layout(page).tables[0]
    assert table.n_rows == 2
    assert table.notes == ("注：本表反映本单位本年度支出情况。", "说明：没有此项支出。")


def test_plain_text_source_has_no_tables():
    from jsextract.model.document import Document, Line, Page

    source = Document(pages=(Page(number=0, width=0.0, height=0.0, lines=(Line(0, "2024年度部门决算"),)),))
    got = read_layout(source)
    assert got.tables == ()
    assert [line.text for line in got.prose] == ["2024年度部门决算"]


def test_landscape_page_turned_by_its_matrix_gives_the_same_cells():
    body = [HEAD, ["教育支出", "1,234.50", "0.00"], ["合计", "1,234.50", ""]]

    def page(sheet):
        sheet.canvas.translate(WIDTH + (HEIGHT - WIDTH), 0)
        sheet.canvas.rotate(90)
        heading(sheet, "支出决算表", top=330)
        draw(sheet, body, top=330)

    got = layout(page, pagesize=(HEIGHT, WIDTH))
    assert rows(got.tables[0]) == body
    assert got.tables[0].unit == "万元"


def test_rows_without_rulings_between_them_are_parted_by_their_baselines():
    body = [["201", "行政运行", "1,234.50"], ["202", "机关服务", "3.00"], ["合计", "", "1,237.50"]]

    def page(sheet):
        heading(sheet, "支出决算表")
        sheet.grid(XS, (150, 168, 240))
        sheet.rows(XS, ys(150, 1), [["科目编码", "科目名称", "决算数"]])
        sheet.rows(XS, [168, 192, 216, 240], body)

    assert rows(layout(page).tables[0])[1:] == body


BARE = [
    ["科目编码", "科目名称", "决算数"],
    ["201", "一般公共服务支出", "1,234.50"],
    ["20101", "人大事务", "34.50"],
    ["合计", "", "1,269.00"],
]


@pytest.mark.parametrize("rules", ["none", "horizontal"])
def test_table_without_verticals_is_read_by_its_white_gutters(rules):
    def page(sheet):
        sheet.text(60, 60, "正文第一段，说明收入支出情况，支出合计1,269.00万元，其中基本支出1,000.00万元。")
        heading(sheet, "支出决算表")
        sheet.rows(XS, ys(150, 4), BARE)
        if rules == "horizontal":
            for y in ys(150, 4):
                sheet.line(XS[0], y, XS[-1], y)
        sheet.text(60, 250, "注：本表反映支出情况。")
        sheet.text(60, 320, "其他支出1.00万元，占0.08%。")

    got = layout(page)
    table = got.tables[0]
    assert rows(table) == BARE
    assert (table.title, table.unit, table.reader) == ("支出决算表", "万元", "stream")
    assert table.flags == ()  # each column stands under one name: no ruling is needed to tell
    assert table.notes == ("注：本表反映支出情况。",)
    assert len(got.prose) == 2


def test_contents_and_prose_are_no_open_table():
    def page(sheet):
        sheet.text(60, 60, "目录")
        for i, name in enumerate(["一、收入支出决算总表", "二、收入决算表", "三、支出决算表", "四、财政拨款表"]):
            sheet.text(60, 90 + 20 * i, name)
            sheet.text(500, 90 + 20 * i, str(5 + i))

    got = layout(page)
    assert got.tables == ()
    assert len(got.prose) == 5
