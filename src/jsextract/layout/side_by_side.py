"""Sheets that are too wide for a page: the columns that stand on the next one, beside the same rows (左右分页)."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.texts import is_figure
from jsextract.model.document import Cell
from jsextract.model.geometry import Box
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import is_code
from jsextract.vocabulary import Reader


def is_bare(filled: FilledGrid) -> bool:
    """Whether a grid has figures in its rows and neither names nor codes."""
    first = _first_row(filled)
    own = [line for cell in filled.cells if cell.row >= first for line in cell.lines]
    return bool(own) and all(is_figure(line) for line in own)


def _first_row(filled: FilledGrid) -> int:
    """The first row without words."""
    words = [c.row + c.row_span for c in filled.cells if any(not is_figure(line) for line in c.lines)]
    return max(words, default=0)


def joined(left: FilledGrid, right: FilledGrid) -> FilledGrid | None:
    """The two as one grid where the rows of the second stand at the heights of rows of the first; else None.

    Args:
        left: with the names of the rows.
        right: of the page after it, bare.
    """
    rows = _matching_rows(left, right)
    if rows is None:
        return None
    width = left.grid.n_cols
    xs = (*left.grid.xs, *(x - right.grid.xs[0] + left.grid.xs[-1] for x in right.grid.xs[1:]))
    moved = [replace(c, row=rows[c.row], row_span=_span(c, rows), col=c.col + width) for c in right.cells]
    taken = {(r, k) for c in moved for r in range(c.row, c.row + c.row_span) for k in range(c.col, c.col + c.col_span)}
    blank = [
        _blank(left.grid, right.grid, row, col)
        for row in range(left.grid.n_rows)
        for col in range(right.grid.n_cols)
        if (row, col + width) not in taken
    ]
    cells = tuple(sorted((*left.cells, *moved, *blank), key=lambda c: (c.row, c.col)))
    spans = tuple(CellSpan(c.row, c.col, c.row_span, c.col_span) for c in cells)
    return replace(left, grid=Grid(left.grid.page, xs, left.grid.ys, spans), cells=cells)


def _span(cell: Cell, rows: dict[int, int]) -> int:
    """Over how many rows of the first grid a cell of the second reaches."""
    last = cell.row + cell.row_span - 1
    return max(1, rows.get(last, rows[cell.row]) - rows[cell.row] + 1)


def _blank(left: Grid, right: Grid, row: int, col: int) -> Cell:
    """A place of the second page beside a row that has nothing there."""
    box = Box(right.xs[col], left.ys[row], right.xs[col + 1], left.ys[row + 1])
    return Cell(row=row, col=left.n_cols + col, row_span=1, col_span=1, page=right.page, box=box, text="")


def _matching_rows(left: FilledGrid, right: FilledGrid) -> dict[int, int] | None:
    """For each row of the second grid the row of the first at its height; None where some data row has none.

    Where the second page begins higher or lower, as many rows must stand at the same distances.
    """
    mine, other = _heights(left), _heights(right)
    start, first = _first_data_row(left), _first_row(right)
    own = [row for row in mine if row >= start]
    data = [row for row in other if row >= first]
    if not own or not data:
        return None
    shift = mine[own[0]] - other[data[0]]
    for by in (0.0, *((shift,) if len(own) == len(data) else ())):
        rows = {row: min(own, key=lambda r: abs(mine[r] - other[row] - by)) for row in data}
        near = all(abs(mine[r] - other[row] - by) <= LAYOUT.columns.abreast for row, r in rows.items())
        if near and len(set(rows.values())) == len(rows):
            head = {row: max(0, start - first + row) for row in range(first)}
            between = {
                row: min(rows.get(row - 1, start), left.grid.n_rows - 1) for row in range(first, right.grid.n_rows)
            }
            return head | between | rows
    return None


def _first_data_row(filled: FilledGrid) -> int:
    """The first row with an amount or a code."""
    return min((c.row for c in filled.cells if any(is_figure(t) or is_code(t.normal) for t in c.lines)), default=0)


def _heights(filled: FilledGrid) -> dict[int, float]:
    """For each row its middle: between its rulings; without any that of its figures, of its words where it has none."""
    if filled.reader != Reader.STREAM:
        return {row: (a + b) / 2 for row, (a, b) in enumerate(pairwise(filled.grid.ys))}
    found: dict[int, float] = {}
    for row in range(filled.grid.n_rows):
        lines = [t for c in filled.cells if c.row == row and c.row_span == 1 for t in c.lines if t.box]
        own = [t for t in lines if is_figure(t)] or lines
        if own:
            found[row] = sum(t.box.cy for t in own if t.box) / len(own)
    return found


def beside_each_other(
    pages: dict[int, tuple[FilledGrid, ...]], titled: Collection[int]
) -> dict[int, tuple[FilledGrid, ...]]:
    """The grids of each page, those that only go on a sheet to the right joined to the page before.

    Args:
        pages: for each page its grids from top to bottom.
        titled: the pages on which a title stands over the first grid.
    """
    found = dict(pages)
    open_left: list[int] = []  # pages whose last grid has nothing beside it yet
    for number in sorted(pages):
        grids = found[number]
        if grids and open_left and number not in titled and is_bare(grids[0]):
            wide = next(((n, j) for n in open_left if (j := joined(found[n][-1], grids[0])) is not None), None)
            if wide is not None:
                found[wide[0]] = (*found[wide[0]][:-1], wide[1])
                found[number] = grids[1:]
                open_left.remove(wide[0])
                continue
        open_left = [*(n for n in open_left if grids and grids[0].continues), number] if grids else []
    return found
