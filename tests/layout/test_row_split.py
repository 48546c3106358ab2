"""Rows without a ruling between them, parted by their amounts."""

from __future__ import annotations

from jsextract.layout.assign import fill
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.row_split import split_rows
from tests.layout.made import gapped

GRID = Grid(1, (0.0, 100.0, 200.0), (0.0, 60.0), (CellSpan(0, 0, 1, 1), CellSpan(0, 1, 1, 1)))


def test_amounts_under_each_other_part_rows():
    grid = split_rows(fill(GRID, [gapped(("合计", 40), ("12.50", 150), y=15), gapped(("项", 40), ("2.50", 155), y=45)]))
    assert grid is not None
    assert grid.ys == (0.0, 30.0, 60.0)


def test_digits_under_their_amount_or_code_are_no_row():
    lines = [
        gapped(("21", 5), ("1,532,470.5", 140), y=10),
        gapped(("城乡社区支出", 30), y=15),
        gapped(("2", 10), ("1", 195), y=20),
        gapped(("款", 40), ("2.50", 155), y=40),
        gapped(("项", 40), ("0.00", 155), y=55),
    ]
    spans = tuple(CellSpan(0, col, 1, 1) for col in range(3))
    grid = split_rows(fill(Grid(1, (0.0, 25.0, 100.0, 200.0), (0.0, 60.0), spans), lines))
    assert grid is not None
    assert grid.ys == (0.0, 27.5, 47.5, 60.0)
