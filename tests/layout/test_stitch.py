"""Grids joined over pages."""

from __future__ import annotations

from jsextract.layout.stitch import Sheet, drop_rows, repeated_header, same_columns, stitch
from jsextract.model.document import Cell
from jsextract.model.geometry import Box


def sheet(rows: list[list[str]], places: tuple[float, ...] | None = None, page: int = 1) -> Sheet:
    width = len(rows[0])
    places = places or tuple(i / width for i in range(width + 1))
    cells = tuple(
        Cell(
            row=r,
            col=c,
            row_span=1,
            col_span=1,
            page=page,
            box=Box(c * 10, r * 10, c * 10 + 10, r * 10 + 10),
            text=text,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Sheet(places, cells, len(rows))


def rows(made: Sheet) -> list[list[str]]:
    return [[c.text for c in row] for row in made.rows()]


HEAD = ["项目", "决算数"]


def test_tail_without_a_header():
    joined = stitch(sheet([HEAD, ["甲", "1.00"]]), sheet([["乙", "2.00"]], page=2))
    assert rows(joined) == [HEAD, ["甲", "1.00"], ["乙", "2.00"]]
    assert [c.page for c in joined.cells] == [1, 1, 1, 1, 2, 2]


def test_repeated_header_is_dropped_with_its_number_row():
    first = sheet([HEAD, ["栏次", "1"], ["甲", "1.00"]])
    second = sheet([HEAD, ["栏次", "1"], ["乙", "2.00"]], page=2)
    assert repeated_header(first, second) == 2
    assert rows(stitch(first, second)) == [HEAD, ["栏次", "1"], ["甲", "1.00"], ["乙", "2.00"]]


def test_equal_data_rows_are_no_header():
    first, second = sheet([["甲", "1.00"], ["乙", ""]]), sheet([["甲", "1.00"], ["丙", ""]])
    assert repeated_header(first, second) == 0


def test_blank_rows_below_a_repeated_header_are_kept():
    first, second = sheet([HEAD, ["", ""], ["", ""]]), sheet([HEAD, ["", ""], ["", ""]])
    assert repeated_header(first, second) == 1


def test_fewer_columns_on_the_later_page_are_spread_over_the_same_places():
    first = sheet(
        [["类", "款", "项", "名称", "合计"], ["205", "02", "02", "小学教育", "1.00"]], (0, 0.1, 0.2, 0.3, 0.6, 1)
    )
    second = sheet([["206", "科学技术支出", "2.00"]], (0, 0.3, 0.601, 1), page=2)
    assert same_columns(first, second)
    joined = stitch(first, second)
    assert joined.n_cols == 5
    assert [(c.col, c.col_span, c.text) for c in joined.rows()[-1]] == [
        (0, 3, "206"),
        (3, 1, "科学技术支出"),
        (4, 1, "2.00"),
    ]


def test_other_columns_are_another_table():
    assert not same_columns(sheet([["a", "b", "c", "d"]]), sheet([["a", "b"]], (0, 0.37, 1)))


def test_rows_dropped_shorten_what_spans_into_the_rest():
    tall = Sheet((0, 1), (Cell(row=0, col=0, row_span=3, col_span=1, page=1, box=Box(0, 0, 10, 30), text="甲"),), 3)
    assert [(c.row, c.row_span, c.text) for c in drop_rows(tall, 1).cells] == [(0, 2, "")]
