"""Sheets that are too wide for a page: the columns that stand on the next one, beside the same rows (左右分页)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.texts import is_figure
from jsextract.model.document import Cell
from jsextract.model.geometry import Box, union
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_code
from jsextract.vocabulary import Reader


def is_bare(filled: FilledGrid) -> bool:
    """Whether a grid has neither names nor codes in its rows: figures alone, or header words over nothing."""
    first = _first_row(filled)
    own = [line for cell in filled.cells if cell.row >= first for line in cell.lines]
    return all(is_figure(line) for line in own) and (first < filled.grid.n_rows or _is_empty(filled))


def _is_empty(filled: FilledGrid) -> bool:
    """Whether nothing stands below its header: columns that no ruling draws and no figure fills."""
    if filled.reader != Reader.STREAM or filled.continues:
        return False
    counted = _counted_row(filled)
    return not any(is_figure(line) for cell in filled.cells if cell.row != counted for line in cell.lines)


def _counted_row(filled: FilledGrid) -> int | None:
    """The row that numbers the columns (栏次 1 2 3), which may begin at 4 on the right half of a sheet."""
    rows: dict[int, list[str]] = defaultdict(list)
    for cell in filled.cells:
        if cell.text:
            rows[cell.row].append(squeeze(cell.text))
    for row, texts in sorted(rows.items()):
        figures = [int(text) for text in texts if text.isdigit()]
        steps = {b - a for a, b in pairwise(figures)}
        if steps == {1} and {text for text in texts if not text.isdigit()} <= {"栏次", "行次"}:
            return row
    return None


def _first_row(filled: FilledGrid) -> int:
    """The first row below the words of a header and the numbers of its columns."""
    words = [c.row + c.row_span for c in filled.cells if any(not is_figure(line) for line in c.lines)]
    counted = _counted_row(filled)
    return max([*words, *(() if counted is None else (counted + 1,))], default=0)


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

    Where the second page begins higher or lower, as many rows must stand at the same distances, or the words of both
    headers tell by how much.
    """
    mine, other = _heights(left), _heights(right)
    start, first = _first_data_row(left), _first_row(right)
    own = [row for row in mine if row >= start]
    data = [row for row in other if row >= first]
    if own and _is_empty(right):
        return {row: max(0, start - right.grid.n_rows + row) for row in range(right.grid.n_rows)}
    if not own or not data:
        return None
    shifts = [0.0, *([mine[own[0]] - other[data[0]]] if len(own) == len(data) else []), *_between_heads(left, right)]
    for by in shifts:
        rows = {row: min(own, key=lambda r: abs(mine[r] - other[row] - by)) for row in data}
        near = all(abs(mine[r] - other[row] - by) <= LAYOUT.columns.abreast for row, r in rows.items())
        if near and len(set(rows.values())) == len(rows):
            head = {row: max(0, start - first + row) for row in range(first)}
            between = {
                row: min(rows.get(row - 1, start), left.grid.n_rows - 1) for row in range(first, right.grid.n_rows)
            }
            return head | between | rows
    return None


def _between_heads(left: FilledGrid, right: FilledGrid) -> Iterator[float]:
    """By how much the first header stands lower than the second: the numbers of its columns, or words beside it."""
    counted, again = _counted_row(left), _counted_row(right)
    if counted is not None and again is not None:
        yield _heights(left)[counted] - _heights(right)[again]
    mine, other = _words_of(left, left.grid.n_cols - 1), _words_of(right, 0)
    if mine and other:
        yield union(mine).cy - union(other).cy


def _words_of(filled: FilledGrid, col: int) -> list[Box]:
    """Where the header words over a column stand."""
    return [
        line.box
        for cell in filled.cells
        if cell.col == col
        for line in cell.lines
        if line.box is not None and not is_figure(line)
    ]


def _first_data_row(filled: FilledGrid) -> int:
    """The first row with an amount or a code, after the one that numbers the columns."""
    counted = _counted_row(filled)
    after = -1 if counted is None else counted
    return min(
        (c.row for c in filled.cells if c.row > after and any(is_figure(t) or is_code(t.normal) for t in c.lines)),
        default=after + 1,
    )


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
    right: dict[int, FilledGrid] = {}  # for each page that was widened what stands beside its last grid
    open_left: list[int] = []  # pages whose last grid has nothing beside it yet
    for number in sorted(pages):
        grids = found[number]
        if grids and open_left and number not in titled and is_bare(grids[0]):
            wide = next(((n, j) for n in open_left if (j := joined(found[n][-1], grids[0])) is not None), None)
            if wide is not None:
                found[wide[0]] = (*found[wide[0]][:-1], wide[1])
                found[number] = grids[1:]
                right[wide[0]] = grids[0]
                open_left.remove(wide[0])
                continue
        open_left = [*(n for n in open_left if grids and grids[0].continues), number] if grids else []
    return found | dict(_widened(found, right))


def _widened(
    pages: Mapping[int, Sequence[FilledGrid]], right: dict[int, FilledGrid]
) -> Iterator[tuple[int, tuple[FilledGrid, ...]]]:
    """The pages that go on a table whose columns go on to the right and on which these are blank, with them."""
    for before, number in pairwise(sorted(pages)):
        grids = pages[number]
        if not grids or not grids[0].continues or number in right or before not in right:
            continue
        right[number] = right[before]
        blank = _without_rows(right[before], _first_row(right[before]))
        wide = joined(grids[0], blank if _first_data_row(grids[0]) else _without_text(blank))
        if wide is not None:
            yield number, (wide, *grids[1:])


def _without_rows(filled: FilledGrid, first: int) -> FilledGrid:
    """The header rows of a grid."""
    cells = tuple(c for c in filled.cells if c.row < first)
    ys = filled.grid.ys[: first + 1]
    spans = tuple(CellSpan(c.row, c.col, c.row_span, c.col_span) for c in cells)
    return replace(filled, grid=Grid(filled.grid.page, filled.grid.xs, ys, spans), cells=cells, reader=Reader.STREAM)


def _without_text(filled: FilledGrid) -> FilledGrid:
    """A grid with nothing in it."""
    return replace(filled, cells=tuple(replace(c, text="", lines=()) for c in filled.cells))
