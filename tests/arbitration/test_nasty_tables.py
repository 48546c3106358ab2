"""Tables as they are really drawn: broken, doubled, dashed, filled, open, merged, crowded.

Each is read right, or what is wrong with it is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import pytest

from jsextract.check.score import score_table
from jsextract.layout.detect import read_layout
from jsextract.model.report import TableCell
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.rules.ruleset import load_rules
from jsextract.tables.arbitration import second_opinions
from jsextract.tables.arbitration.reread import read_again
from tests.readers.drawn import HEIGHT, WIDTH, Sheet, pdf

RULES = load_rules()
SCORE = partial(score_table, rules=RULES)

XS = [60, 130, 250, 330, 410, 490]
TOP = 110
HIGH = 18
HEAD = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
ROWS = [
    ["", "合计", "1,117.75", "1,012.75", "105.00"],
    ["201", "一般公共服务支出", "915.50", "812.50", "103.00"],
    ["20103", "政府办公厅事务", "915.50", "812.50", "103.00"],
    ["2010301", "行政运行", "812.50", "812.50", ""],
    ["2010302", "一般行政管理事务", "103.00", "", "103.00"],
    ["221", "住房保障支出", "202.25", "200.25", "2.00"],
    ["22102", "住房改革支出", "202.25", "200.25", "2.00"],
    ["2210201", "住房公积金", "200.25", "200.25", ""],
    ["2210203", "购房补贴", "2.00", "", "2.00"],
]
WANT = {(r[0], HEAD[i]): r[i].replace(",", "") for r in ROWS for i in (2, 3, 4)}
Draw = Callable[[Sheet, float, float, float, float], None]


def ys(rows: Sequence[object] = ROWS, top: float = TOP) -> list[float]:
    return [top + HIGH * i for i in range(len(rows) + 2)]


def title(sheet: Sheet) -> None:
    sheet.text(220, 70, "2023年度支出决算表", 14)
    sheet.text(430, 98, "单位：万元", 9)


def texts(
    sheet: Sheet, rows: Sequence[Sequence[str]] = ROWS, top: float = TOP, size: float = 9, shift: float = 0
) -> None:
    for n, row in enumerate([HEAD, *rows]):
        base = top + HIGH * n + HIGH / 2 + size * 0.36
        for left, right, text in zip(XS, XS[1:], row, strict=False):
            if "." in text:
                sheet.right(right - 3 + shift, base, text, size)
            elif text:
                sheet.text(left + 3, base, text, size)


def hear(data: bytes) -> tuple[TableCell, ...]:
    source = read_pdf(data)
    heard = second_opinions(source, read_layout(source), RULES.tables, SCORE, partial(read_again, data, None))
    return tuple(cell for reading in heard.readings for cell in reading.cells)


def figures(cells: Sequence[TableCell]) -> dict[tuple[str, str], str]:
    return {(c.code, c.column): c.value_text.replace(",", "") for c in cells if c.table == "T3"}


def read(*pages: Callable[[Sheet], None], **options: object) -> dict[tuple[str, str], str]:
    return figures(hear(pdf(*pages, **options)))


def ruled(draw: Draw, skip: Sequence[tuple[str, float]] = ()) -> Callable[[Sheet], None]:
    """The table with its rulings drawn in some manner, some left out: ("x", place) or ("y", place)."""

    def page(sheet: Sheet) -> None:
        title(sheet)
        rows = ys()
        for y in rows:
            if ("y", y) not in skip:
                draw(sheet, XS[0], y, XS[-1], y)
        for x in XS:
            if ("x", x) not in skip:
                draw(sheet, x, rows[0], x, rows[-1])
        texts(sheet)

    return page


def line(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    sheet.line(x0, y0, x1, y1)


def doubled(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    flat = y0 == y1
    for off in (-1.2, 1.2):
        sheet.line(x0, y0 + off, x1, y1 + off) if flat else sheet.line(x0 + off, y0, x1 + off, y1)


def pieces(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    """A hairline in pieces of 11 points with gaps of 2, as some printers drivers write it."""
    _run(sheet, x0, y0, x1, y1, 11, 2, 0.1)


def dashes(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    _run(sheet, x0, y0, x1, y1, 3, 3, 0.5)


def dash_pattern(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    sheet.canvas.setDash(4, 3)
    sheet.line(x0, y0, x1, y1)
    sheet.canvas.setDash()


def _run(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, on: float, off: float, width: float) -> None:
    at, end = 0.0, max(x1 - x0, y1 - y0)
    while at < end:
        stop = min(at + on, end)
        if y0 == y1:
            sheet.line(x0 + at, y0, x0 + stop, y1, width)
        else:
            sheet.line(x0, y0 + at, x1, y0 + stop, width)
        at += on + off


def bars(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    sheet.bar(x0 - 0.6, y0 - 0.6, x1 + 0.6, y1 + 0.6)


def pictures(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    """Each ruling a picture of one black pixel, stretched."""
    from PIL import Image

    dot = Image.new("RGB", (1, 1), "black")
    wide, high = max(x1 - x0, 0.7), max(y1 - y0, 0.7)
    sheet.canvas.drawInlineImage(dot, x0, HEIGHT - y0 - high, wide, high)


@pytest.mark.parametrize(
    "draw", [line, doubled, pieces, dashes, dash_pattern, bars, pictures], ids=lambda d: d.__name__
)
def test_rulings_of_every_make(draw: Draw) -> None:
    assert read(ruled(draw)) == WANT


def test_one_rectangle_for_each_cell() -> None:
    def page(sheet: Sheet) -> None:
        title(sheet)
        rows = ys()
        for top, bottom in pairwise(rows):
            for left, right in pairwise(XS):
                sheet.canvas.rect(left + 0.5, HEIGHT - bottom + 0.5, right - left - 1, bottom - top - 1)
        texts(sheet)

    assert read(page) == WANT


def test_cells_filled_with_colour_and_no_ruling() -> None:
    def page(sheet: Sheet) -> None:
        title(sheet)
        rows = ys()
        for n, (top, bottom) in enumerate(pairwise(rows)):
            for left, right in pairwise(XS):
                sheet.bar(left + 0.4, top + 0.4, right - 0.4, bottom - 0.4, 0.85 if n % 2 else 0.92)
        texts(sheet)

    assert read(page) == WANT


@pytest.mark.parametrize(
    "skip",
    [
        [("x", XS[0]), ("x", XS[-1])],
        [("y", ys()[0]), ("y", ys()[-1])],
        [("x", XS[0])],
        [("y", ys()[-1])],
    ],
    ids=["sides", "top and bottom", "left", "bottom"],
)
def test_outer_borders_missing(skip: list[tuple[str, float]]) -> None:
    assert read(ruled(line, skip)) == WANT


@pytest.mark.parametrize("x", XS[1:-1])
def test_one_vertical_missing(x: float) -> None:
    assert read(ruled(line, [("x", x)])) == WANT


def test_all_verticals_missing_but_the_outer_ones() -> None:
    assert read(ruled(line, [("x", x) for x in XS[1:-1]])) == WANT


@pytest.mark.parametrize("y", ys()[1:-1])
def test_one_horizontal_missing(y: float) -> None:
    assert read(ruled(line, [("y", y)])) == WANT


def test_rows_without_horizontals() -> None:
    assert read(ruled(line, [("y", y) for y in ys()[2:-1]])) == WANT


def test_no_horizontal_but_the_outer_ones() -> None:
    assert read(ruled(line, [("y", y) for y in ys()[1:-1]])) == WANT


@pytest.mark.parametrize("shift", [1, 3, 5, -4])
def test_figures_that_cross_a_ruling(shift: float) -> None:
    def page(sheet: Sheet) -> None:
        title(sheet)
        sheet.grid(XS, ys())
        texts(sheet, shift=shift + 3)

    assert read(page) == WANT


def test_tiny_type() -> None:
    def page(sheet: Sheet) -> None:
        title(sheet)
        sheet.grid(XS, ys())
        texts(sheet, size=3)

    assert read(page) == WANT


def test_names_wider_than_their_cells() -> None:
    long = [[r[0], r[1] + "（含以前年度结转的各项资金）" if n == 4 else r[1], *r[2:]] for n, r in enumerate(ROWS)]

    def page(sheet: Sheet) -> None:
        title(sheet)
        sheet.grid(XS, ys())
        for n, row in enumerate([HEAD, *long]):
            base = TOP + HIGH * n + 12
            for left, right, text in zip(XS, XS[1:], row, strict=False):
                if "." in text:
                    sheet.right(right - 3, base, text, 9)
                elif text:
                    sheet.text(left + 3, base, text, 6.6)

    assert read(page) == WANT


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages(rotation: int) -> None:
    def page(sheet: Sheet) -> None:
        if rotation in (90, 270):  # ReportLab swaps the sides of such a page when it writes it
            sheet.canvas.setPageSize((HEIGHT, WIDTH))
        sheet.canvas.setPageRotation(rotation)
        ruled(line)(sheet)

    data = pdf(page)
    found = figures(hear(data))
    assert found == WANT


def test_two_tables_side_by_side() -> None:
    """Neither takes a figure of the other."""
    left, right = [40, 110, 200, 270], [310, 380, 470, 540]

    def page(sheet: Sheet) -> None:
        sheet.text(60, 80, "支出明细一览表", 12)
        sheet.text(330, 80, "收入明细一览表", 12)
        for xs, word in ((left, "支"), (right, "收")):
            sheet.grid(xs, [100, 120, 140, 160])
            sheet.rows(
                xs,
                [100, 120, 140, 160],
                [["编号", "项目", "金额"], ["甲", f"{word}一", "1.50"], ["乙", f"{word}二", "2.50"]],
            )

    tables = read_layout(read_pdf(pdf(page))).tables
    assert [[c.text for c in t.cells] for t in tables] == [
        ["编号", "项目", "金额", "甲", "支一", "1.50", "乙", "支二", "2.50"],
        ["编号", "项目", "金额", "甲", "收一", "1.50", "乙", "收二", "2.50"],
    ]


@pytest.mark.parametrize("repeated", [True, False])
def test_three_pages_with_and_without_headers(repeated: bool) -> None:
    parts = [ROWS[:3], ROWS[3:6], ROWS[6:]]

    def page(sheet: Sheet, part: int) -> None:
        if part == 0:
            title(sheet)
        rows = [*([HEAD] if repeated or part == 0 else []), *parts[part]]
        top = TOP if part == 0 else 60
        bounds = [top + HIGH * i for i in range(len(rows) + 1)]
        sheet.grid(XS, bounds)
        for row, y in zip(rows, bounds, strict=False):
            for left, right, text in zip(XS, XS[1:], row, strict=False):
                if "." in text:
                    sheet.right(right - 3, y + 12, text, 9)
                elif text:
                    sheet.text(left + 3, y + 12, text, 9)

    assert read(*(partial(page, part=n) for n in range(3))) == WANT


def test_a_header_tree_with_merged_cells() -> None:
    def page(sheet: Sheet) -> None:
        title(sheet)
        y0, y1, rows = 100, 118, ys()[1:]
        sheet.line(XS[0], y0, XS[-1], y0)
        for x0, x1 in ((XS[0], XS[2]), (XS[2], XS[5])):
            sheet.line(x0, y1, x1, y1)
        for y in rows:
            sheet.line(XS[0], y, XS[-1], y)
        for x in XS:
            sheet.line(x, y0 if x in (XS[0], XS[2], XS[5]) else y1, x, rows[-1])
        sheet.text(90, 113, "项目", 9)
        sheet.text(380, 113, "本年支出", 9)
        for left, text in zip(XS, ["科目编码", "科目名称", "合计", "基本支出", "项目支出"], strict=False):
            sheet.text(left + 3, 125, text, 8)
        for n, row in enumerate(ROWS):
            for left, right, text in zip(XS, XS[1:], row, strict=False):
                if "." in text:
                    sheet.right(right - 3, rows[n] + 12, text, 9)
                elif text:
                    sheet.text(left + 3, rows[n] + 12, text, 9)

    found = read(page)
    assert {value for key, value in found.items() if key[0] == "2010301"} == {"812.50", ""}
    assert len(found) == len(WANT)


def is_marked(cells: Sequence[TableCell]) -> bool:
    results = SCORE(cells, "T3").results
    return any("low_confidence" in c.flags for c in cells) or any(r.status != "pass" for r in results)


def changed(row: int, column: int, text: str) -> Callable[[Sheet], None]:
    rows = [[text if (n, i) == (row, column) else t for i, t in enumerate(r)] for n, r in enumerate(ROWS)]

    def page(sheet: Sheet) -> None:
        title(sheet)
        sheet.grid(XS, ys())
        for n, r in enumerate([HEAD, *rows]):
            for left, right, cell in zip(XS, XS[1:], r, strict=False):
                lines = cell.split("\n")
                for k, part in enumerate(lines):
                    base = TOP + HIGH * n + (12 if len(lines) == 1 else 7.5 + 8 * k)
                    if part[:1].isdigit() and left > XS[1]:
                        sheet.right(right - 3, base, part, 9 if len(lines) == 1 else 7)
                    else:
                        sheet.text(left + 3, base, part, 9 if len(lines) == 1 else 7)

    return page


@pytest.mark.parametrize("text", ["812.50 103.00", "812.50\n103.00", "812.5O", "8l2.50", "八百"])
def test_a_cell_that_is_no_plain_figure_is_marked(text: str) -> None:
    cells = hear(pdf(changed(3, 2, text)))
    value = next(c for c in cells if c.code == "2010301" and c.column == "本年支出合计")
    assert value.value is None or is_marked(cells) or str(value.value) == "812.50"
    assert is_marked(cells)


def test_a_figure_beside_the_grid_is_marked() -> None:
    def page(sheet: Sheet) -> None:
        title(sheet)
        sheet.grid(XS[:-1], ys())
        texts(sheet)

    cells = hear(pdf(page))
    assert figures(cells) == WANT or is_marked(cells)
