"""Printed lines into the cells of a grid: cut at the rulings, character by character."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.cell_text import cell_text, in_order, script_of
from jsextract.layout.grid import CellSpan, Grid
from jsextract.model.document import Cell, Line, Table
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import amounts_within

_RUN = re.compile(r"[^ ]+")


class FilledGrid(Struct, frozen=True):
    """A grid with its text.

    Attributes:
        cells: one for each span, in reading order, rows and columns counted from this grid's own start.
        rest: what is left of the lines that were given: those outside, whole or in part.
        reader: lattice, or stream where the columns were inferred.
        leftover: characters in its area that are in no cell.
        continues: whether it was read as one table with the grid before.
        unsure: whether it is in doubt which columns some of its figures are in.
        chosen: whether columns of its table were left out on this page, and only sums can tell which.
    """

    grid: Grid
    cells: tuple[Cell, ...]
    rest: tuple[Line, ...]
    reader: str = "lattice"
    leftover: str = ""
    continues: bool = False
    unsure: bool = False
    chosen: bool = False

    @property
    def text(self) -> str:
        """All that stands in it."""
        return "".join(c.text for c in self.cells)


def piece(line: Line, start: int, end: int) -> Line | None:
    """Characters `start` to `end` of a line as a line of their own, outer spaces left out; None where none remain."""
    while start < end and line.text[start] == " ":
        start += 1
    while end > start and line.text[end - 1] == " ":
        end -= 1
    if start >= end:
        return None
    if end - start == len(line.text):
        return line
    return Line(
        page=line.page, text=line.text[start:end], box=line.span_box(start, end), edges=line.edges[start:end],
        size=line.size, index=line.index, confidence=line.confidence[start:end],
    )  # fmt: skip


def _columns_of_middles(line: Line, start: int, end: int, xs: Sequence[float]) -> list[int]:
    """For each character of an unbroken run the column that holds its middle; -1 and n outside."""
    return [bisect.bisect_right(xs, (a + b) / 2) - 1 for a, b in line.edges[start:end]]


def _column_around(line: Line, start: int, end: int, xs: Sequence[float]) -> int | None:
    """The column that a run lies in with all its characters; None where it crosses a ruling or lies outside."""
    edges = line.edges[start:end]
    column = bisect.bisect_right(xs, min(edges)[0]) - 1
    return column if 0 <= column < len(xs) - 1 and max([x for _, x in edges]) < xs[column + 1] else None


def _keep_whole(line: Line, start: int, columns: list[int], xs: Sequence[float]) -> list[int]:
    """Move characters that stick out over a ruling back to the column their run belongs to.

    Where a ruling runs through a character, the text crosses it (a long name in a narrow cell); where rulings
    stand between characters, they separate texts that merely touch (201|06|01).
    """
    settled = list(columns)
    for k in range(1, len(columns)):
        if settled[k] == settled[k - 1]:
            continue
        ruling = xs[min(max(settled[k], 0), len(xs) - 1)]
        crossing = [
            i for i in (k - 1, k) if _runs_through(ruling, line.edges[start + i], through=LAYOUT.assign.through)
        ]
        if not crossing:
            continue
        left = k
        while left > 0 and settled[left - 1] == settled[k - 1] and _same_script(line, start + left - 1, start + k - 1):
            left -= 1
        right = k
        while right < len(columns) and columns[right] == columns[k] and _same_script(line, start + right, start + k):
            right += 1
        if not _same_script(line, start + k - 1, start + k):
            continue
        if k - left >= right - k:
            settled[k:right] = [settled[k - 1]] * (right - k)
        else:
            settled[left:k] = [columns[k]] * (k - left)
    return settled


def _column_of_most(line: Line, start: int, end: int, xs: Sequence[float]) -> int:
    """The column that holds most of an amount: a ruling that it crosses does not part it."""
    x0, x1 = line.edges[start][0], line.edges[end - 1][1]
    shares = [(min(x1, b) - max(x0, a), -i) for i, (a, b) in enumerate(pairwise(xs))]
    share, column = max(shares, default=(0.0, 1))
    return -column if share * 2 > x1 - x0 else bisect.bisect_right(xs, (x0 + x1) / 2) - 1


def _same_script(line: Line, a: int, b: int) -> bool:
    """Whether two characters of a line are of one script."""
    return script_of(line.text[a]) == script_of(line.text[b])


def _runs_through(ruling: float, edge: tuple[float, float], *, through: float) -> bool:
    """Whether a ruling leaves more than this share of a character on either side."""
    width = edge[1] - edge[0]
    return width > 0 and ruling - edge[0] > width * through and edge[1] - ruling > width * through


def _amounts(line: Line, start: int, end: int, xs: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where amounts stand in an unbroken run; none goes on over a ruling that parts two characters (3674.52┃302)."""
    for a, b in pairwise((start, *_parted(line, start, end, xs), end)):
        for first, last in amounts_within(line.text[a:b]):
            yield a + first, a + last


def _parted(line: Line, start: int, end: int, xs: Sequence[float]) -> list[int]:
    """Where a run goes on beyond a ruling: one stands in a gap that is wider than those between its characters.

    Only such a gap tells: a number too long for its column may happen to have a ruling just between two figures.
    """
    edges = line.edges[start:end]
    gaps = [b[0] - a[1] for a, b in pairwise(edges)]
    wide = max(0.0, median(gaps)) + line.size * LAYOUT.assign.parted if gaps else 0.0
    return [
        start + i + 1
        for i, (gap, before, after) in enumerate(zip(gaps, edges, edges[1:], strict=False))
        if gap > wide and bisect.bisect_left(xs, before[1]) < bisect.bisect_right(xs, after[0])
    ]


def split_line(line: Line, xs: Sequence[float]) -> list[tuple[int, Line]]:
    """The pieces of a line with the column that each belongs to (-1 left of the grid, n right of it)."""
    spans: list[tuple[int, int, int]] = []
    for run in _RUN.finditer(line.text):
        for column, start, end in _columns_of_run(line, *run.span(), xs):
            if spans and spans[-1][0] == column:
                start = spans.pop()[1]
            spans.append((column, start, end))
    n = len(xs) - 1
    parts = ((max(-1, min(column, n)), piece(line, start, end)) for column, start, end in spans)
    return [(column, part) for column, part in parts if part is not None]


def _columns_of_run(line: Line, a: int, b: int, xs: Sequence[float]) -> list[tuple[int, int, int]]:
    """The column of an unbroken run, with its start and end; of each character where the run crosses a ruling."""
    column = _column_around(line, a, b, xs)
    if column is not None:
        return [(column, a, b)]
    columns = _keep_whole(line, a, _columns_of_middles(line, a, b, xs), xs)
    for first, last in _amounts(line, a, b, xs):
        columns[first - a : last - a] = [_column_of_most(line, first, last, xs)] * (last - first)
    return [(column, i, i + 1) for i, column in enumerate(columns, a)]


def _row_at(line: Line, ys: Sequence[float]) -> int:
    """The row in which the middle of a line lies; above the first and below the last the nearest one."""
    assert line.box is not None
    return min(max(bisect.bisect_right(ys, line.box.cy) - 1, 0), len(ys) - 2)


def fill(grid: Grid, lines: Sequence[Line]) -> FilledGrid:
    """The grid with the lines that lie in it.

    Args:
        grid: of the same page as the lines.
        lines: with boxes; those outside come back in `rest`.
    """
    slots = {
        (r, c): span
        for span in grid.spans
        for r in range(span.row, span.row + span.row_span)
        for c in range(span.col, span.col + span.col_span)
    }
    held: dict[CellSpan, list[Line]] = defaultdict(list)
    rest: list[Line] = []
    top, bottom = grid.ys[0] - LAYOUT.assign.slack, grid.ys[-1] + LAYOUT.assign.slack
    edges_of = cache(lambda row: sorted({slots[row, c].col for c in range(grid.n_cols)}))
    for line in lines:
        if line.box is None or not top <= line.box.cy <= bottom:
            rest.append(line)
            continue
        row = _row_at(line, grid.ys)
        edges = edges_of(row)
        xs = [*(grid.xs[c] for c in edges), grid.xs[-1]]
        for column, part in split_line(line, xs):
            if 0 <= column < len(edges):
                held[slots[row, edges[column]]].append(part)
            else:
                rest.append(part)
    cells = tuple(_filled_cell(grid, span, held.get(span, [])) for span in grid.spans)
    return FilledGrid(grid, cells, tuple(rest))


def _filled_cell(grid: Grid, span: CellSpan, lines: list[Line]) -> Cell:
    """The cell of a grid with the lines that fell into it."""
    box = grid.cell_box(span)
    ordered = in_order(lines) if len(lines) > 1 else lines
    text = cell_text(ordered, box.width)
    return Cell(
        row=span.row, col=span.col, row_span=span.row_span, col_span=span.col_span, page=grid.page, box=box,
        text=text, lines=tuple(ordered),
    )  # fmt: skip


def from_table(table: Table, lines: Sequence[Line]) -> FilledGrid:
    """Another reader's table as a grid with its text.

    Args:
        table: of one page, every slot in one cell.
        lines: of the page; those outside the table come back in `rest`.

    Raises:
        ValueError: if a cell has no place.
    """
    xs, ys = [0.0] * (table.n_cols + 1), [0.0] * (table.n_rows + 1)
    for c in table.cells:
        if c.box is None:
            raise ValueError("a cell without a place")
        xs[c.col], xs[c.col + c.col_span] = c.box.x0, c.box.x1
        ys[c.row], ys[c.row + c.row_span] = c.box.y0, c.box.y1
    spans = tuple(CellSpan(c.row, c.col, c.row_span, c.col_span) for c in table.cells)
    grid = Grid(table.pages[0], tuple(xs), tuple(ys), spans)
    cells = tuple(replace(c, text=cell_text(c.lines, c.box.width if c.box else 0.0)) for c in table.cells)
    return FilledGrid(grid, cells, fill(grid, lines).rest, table.reader, table.leftover)
