"""Two pages on one sheet: told by the white between them and by a table on one side, whatever other sheets there are."""

from __future__ import annotations

from jsextract.layout.detect import read_layout
from jsextract.layout.two_up import parted_sheets
from jsextract.model.document import Document, Line, Page, Ruling, numbered
from jsextract.model.geometry import Box
from jsextract.rules.ruleset import load_rules

ROWS = (("项目", "决算数"), ("教育支出", "1.50"), ("科学技术支出", "2.00"), ("合计", "3.50"))


def line(number: int, text: str, x: float, y: float) -> Line:
    edges = tuple((x + 10 * i, x + 10 * i + 10) for i in range(len(text)))
    return Line(number, text, Box(x, y, edges[-1][1], y + 10), edges, 10.0)


def sheet(number: int, width: float, table: float, words: float | None = None) -> Page:
    """A sheet with a table from `table` on, 300 points wide, and words on one of its rows from `words` on."""
    lines = [
        line(number, text, table + 5 + 150 * i, 105 + 20 * y)
        for y, row in enumerate(ROWS)
        for i, text in enumerate(row)
    ]
    lines += [line(number, "某某局二〇二三年度", words, 125)] if words is not None else []
    level = [Ruling(table, 100 + 20 * y, table + 300, 100 + 20 * y) for y in range(len(ROWS) + 1)]
    upright = [Ruling(x, 100, x, 100 + 20 * len(ROWS)) for x in (table, table + 150, table + 300)]
    return Page(
        number=number, width=width, height=width / 1.4, source="ocr", lines=numbered(lines), rulings=(*level, *upright)
    )


def test_a_table_on_one_side_and_words_on_the_other_are_two_pages() -> None:
    _, middles = parted_sheets([sheet(1, 1190, 700, 100), sheet(2, 842, 300)])
    assert middles == {1: 595}


def test_a_table_over_the_middle_or_by_itself_is_one_page() -> None:
    assert parted_sheets([sheet(1, 1190, 500, 100)])[1] == {}
    assert parted_sheets([sheet(1, 1190, 700)])[1] == {}
    assert parted_sheets([sheet(1, 1190, 700, 100), sheet(2, 1200, 500)])[1] == {}


def test_words_of_the_other_page_are_not_left_over_from_a_table() -> None:
    layout = read_layout(Document(pages=(sheet(1, 1190, 700, 100),)), definitions=load_rules().tables)
    (table,) = layout.tables
    assert (table.leftover, len(table.cells)) == ("", 8)
