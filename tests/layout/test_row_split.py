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


def test_digits_under_their_amount_are_no_row():
    lines = [
        gapped(("1,532,470.5", 140), y=10), gapped(("合计", 40), y=15), gapped(("1", 195), y=20),
        gapped(("项", 40), ("2.50", 155), y=40), gapped(("款", 40), ("0.00", 155), y=55),
    ]  # fmt: skip
    grid = split_rows(fill(GRID, lines))
    assert grid is not None
    assert grid.ys == (0.0, 27.5, 47.5, 60.0)
