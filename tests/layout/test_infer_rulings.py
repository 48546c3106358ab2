"""Grids with a ruling missing, and what their texts make of them."""

from __future__ import annotations

from jsextract.layout.assign import fill
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.infer_rulings import infer_rulings
from jsextract.model.document import Line
from tests.layout.made import gapped

XS, YS = (0.0, 100.0, 200.0, 300.0), (0.0, 20.0, 40.0, 60.0)


def inferred(spans: list[tuple[int, int, int, int]], lines: list[Line], xs: tuple[float, ...] = XS) -> list[str]:
    """Row by row the cells: their texts, and after a star over how many rows and columns they reach."""
    grid = Grid(1, xs, YS, tuple(CellSpan(*span) for span in spans))
    cells = infer_rulings(fill(grid, lines), lines).cells
    return [c.text + (f"*{c.row_span}x{c.col_span}" if (c.row_span, c.col_span) != (1, 1) else "") for c in cells]


def test_no_header_cell_reaches_into_the_body():
    lines = [
        gapped(("项目", 40), ("事业收入", 130), ("经营收入", 230), y=10),
        gapped(("合计", 40), ("12.50", 160), y=30),
        gapped(("教育支出", 10), ("12.50", 160), y=50),
    ]
    spans = [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 3, 1), (1, 0, 1, 1), (1, 1, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1)]
    assert inferred(spans, lines) == ["项目", "事业收入", "经营收入", "合计", "12.50", "", "教育支出", "12.50", ""]


def test_a_column_that_only_its_header_fills_is_one():
    lines = [
        gapped(("项目", 40), ("项目支出", 105), ("上缴上级支出", 160), ("经营支出", 250), y=10),
        gapped(("合计", 40), ("12.50", 120), ("3.25", 270), y=30),
        gapped(("教育支出", 10), ("2.50", 125), ("1.25", 270), y=50),
    ]
    spans = [(row, col, 1, 1) for row in range(3) for col in range(2)]
    assert inferred(spans, lines, xs=(0.0, 100.0, 300.0)) == [
        *("项目", "项目支出", "上缴上级支出", "经营支出"),
        *("合计", "12.50", "", "3.25"),
        *("教育支出", "2.50", "", "1.25"),
    ]


def test_a_name_centred_over_columns_stays_whole():
    lines = [
        gapped(("科目名称", 30), ("决算数", 135), ("决算数", 235), y=10),
        gapped(("工资", 10), ("12.50", 160), ("3.25", 270), y=30),
        gapped(("公用经费合计", 120), ("15.75", 265), y=50),
    ]
    spans = [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)]
    assert inferred([*spans, (2, 0, 1, 2), (2, 2, 1, 1)], lines)[-2:] == ["公用经费合计*1x2", "15.75"]


def test_rows_below_the_numbers_of_the_columns_are_body():
    lines = [
        gapped(("栏次", 40), ("1", 150), ("2", 250), y=10),
        gapped(("结余分配", 10), y=30),
        gapped(("教育支出", 10), ("2.50", 155), ("1.25", 270), y=50),
    ]
    spans = [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 1, 2), (2, 0, 1, 1), (2, 1, 1, 2)]
    assert inferred(spans, lines)[3:] == ["结余分配", "", "", "教育支出", "2.50", "1.25"]


def test_a_total_under_the_words_of_its_header_is_a_row():
    words = gapped(("年初结转", 130), ("本年收入", 230), y=28)
    lines = [gapped(("项目", 40), y=10), gapped(("科目名称", 30), y=27), words, gapped(("合计", 40), y=50)]
    spans = [(0, 0, 1, 1), (0, 1, 3, 1), (0, 2, 3, 1), (1, 0, 2, 1)]
    assert inferred(spans, lines)[-4:] == ["科目名称", "合计", "", ""]
