"""Rows that no ruling parts: bands of lines that stand side by side (无横线的行)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.texts import starts_row
from jsextract.model.document import Cell, Line
from jsextract.model.geometry import union
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import is_cents, is_code


def band_middles(lines: Iterable[Line]) -> list[float]:
    """The middles of the rows that the lines make, top to bottom.

    Only lines that tell a row by themselves count; the others (wrapped names) belong to the nearest row.
    """
    middles: list[list[float]] = []
    telling = sorted((line.box.cy, line.size) for line in lines if line.box is not None and starts_row(line))
    for cy, size in telling:
        if middles and cy - middles[-1][0] <= size * LAYOUT.assign.baseline:
            middles[-1].append(cy)
        else:
            middles.append([cy])
    return [sum(band) / len(band) for band in middles]


def _count_stacked(cell: Cell) -> int:
    """How many whole amounts stand under each other; the pieces of a wrapped one have no decimals of their own."""
    return sum(is_cents(line.normal) for line in cell.lines)


def _is_whole(text: str) -> bool:
    """Whether the text is an amount to the cent or a code."""
    return is_cents(text) or is_code(text)


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a cell, an amount or a code whose last digits stand under it as one (1,161.9 over 5, 21 over 2)."""
    last: Line | None = None
    for line in lines:
        if last and last.box and line.box and _is_whole(last.normal + line.normal) and not _is_whole(last.normal):
            last = replace(last, text=last.text + line.text, box=union([last.box, line.box]))
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def split_rows(filled: FilledGrid) -> Grid | None:
    """The grid with rows parted between bands where amounts stand under each other in one cell; None if nowhere."""
    grid = filled.grid
    cuts: dict[int, list[float]] = {}
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in filled.cells:
        if cell.row_span == 1:
            by_row[cell.row].append(cell)
    for row, cells in by_row.items():
        if max(map(_count_stacked, cells)) < 2:
            continue
        middles = band_middles(line for c in cells for line in _unwrapped(c.lines))
        cuts[row] = [(a + b) / 2 for a, b in pairwise(middles)]
    return _with_rows_parted(grid, cuts) if any(cuts.values()) else None


def _with_rows_parted(grid: Grid, cuts: dict[int, list[float]]) -> Grid:
    """The grid with these heights as further row boundaries; cells over several rows keep their reach."""
    ys: list[float] = []
    start: list[int] = []
    for row in range(grid.n_rows):
        start.append(len(ys))
        ys += [grid.ys[row], *cuts.get(row, [])]
    start.append(len(ys))
    ys.append(grid.ys[-1])
    spans: list[CellSpan] = []
    for span in grid.spans:
        first, last = start[span.row], start[span.row + span.row_span]
        if span.row_span == 1:
            spans += [CellSpan(row, span.col, 1, span.col_span) for row in range(first, last)]
        else:
            spans.append(CellSpan(first, span.col, last - first, span.col_span))
    return Grid(grid.page, grid.xs, tuple(ys), tuple(sorted(spans)))


def nearest_band(middles: Sequence[float], y: float) -> int:
    """The band whose middle is nearest."""
    return min(range(len(middles)), key=lambda i: abs(middles[i] - y))
