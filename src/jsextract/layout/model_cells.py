"""Rows of the column model as cells of a grid, blank ones between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jsextract.layout.cell_text import cell_text, in_order
from jsextract.layout.open_regions import Region
from jsextract.model.document import Cell, Line
from jsextract.model.geometry import Box, union

Held = tuple[int, int, list[Line]]
"""The lines of one cell with the column at which it begins and how many it reaches over."""


def row_edges(region: Region, table: Sequence[Sequence[Held]]) -> list[float]:
    """Row boundaries: half way between what stands in one row and in the next."""
    boxes = [
        union(t.box for _, _, lines in row for t in lines if t.box) if any(ls for _, _, ls in row) else None
        for row in table
    ]
    found: list[Box] = [b for b in boxes if b is not None]
    top = min((row.line.box.y0 for row in region.rows if row.line.box), default=found[0].y0)
    ys = [min(top, found[0].y0) - 1]
    for a, b in pairwise(found):
        low, high = min(a.y1, b.cy), max(b.y0, a.cy)
        ys.append(max(ys[-1] + 0.1, (low + high) / 2))
    return [*ys, max(ys[-1] + 0.1, found[-1].y1 + 1)]


def cells_of_row(page: int, row: int, held: Sequence[Held], xs: Sequence[float], ys: Sequence[float]) -> Iterator[Cell]:
    """The cells of one row, blank ones included."""
    col = 0
    for start, span, lines in [*held, (len(xs) - 1, 0, [])]:
        for blank in range(col, start):
            yield Cell(
                row=row,
                col=blank,
                row_span=1,
                col_span=1,
                page=page,
                box=Box(xs[blank], ys[row], xs[blank + 1], ys[row + 1]),
                text="",
            )
        if span:
            box = Box(xs[start], ys[row], xs[start + span], ys[row + 1])
            ordered = in_order(lines)
            yield Cell(
                row=row, col=start, row_span=1, col_span=span, page=page, box=box, text=cell_text(ordered, box.width),
                lines=tuple(ordered),
            )  # fmt: skip
        col = start + span
