"""What the second readers share: cells in their places, every slot of the grid taken by exactly one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jsextract.model.document import Cell, Table
from jsextract.model.geometry import Box


class Place(NamedTuple):
    """A cell's place in its grid."""

    row: int
    col: int
    row_span: int
    col_span: int


def fill_slots(place: Place) -> list[tuple[int, int]]:
    """The slots that a cell covers."""
    return [
        (r, c)
        for r in range(place.row, place.row + place.row_span)
        for c in range(place.col, place.col + place.col_span)
    ]


def to_table(
    page: int, xs: Sequence[float], ys: Sequence[float], cells: Iterable[Cell], *, leftover: str, reader: str
) -> Table:
    """The table of one page, without title; slots that no cell covers become blank cells, later claims are dropped.

    Args:
        page: 1-based.
        xs: column boundaries, ascending, in points.
        ys: row boundaries, likewise.
        cells: as found.
        leftover: characters inside its area that fell into no cell.
        reader: who read it.
    """
    taken: set[tuple[int, int]] = set()
    kept: list[Cell] = []
    for cell in cells:
        own = fill_slots(Place(cell.row, cell.col, cell.row_span, cell.col_span))
        if taken.isdisjoint(own):
            taken.update(own)
            kept.append(cell)
        else:
            leftover += "".join(cell.text.split())
    for row in range(len(ys) - 1):
        for col in range(len(xs) - 1):
            if (row, col) not in taken:
                box = Box(xs[col], ys[row], xs[col + 1], ys[row + 1])
                kept.append(Cell(row=row, col=col, row_span=1, col_span=1, page=page, box=box, text=""))
    kept.sort(key=lambda c: (c.row, c.col))
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Table(
        title="", unit="", notes=(), cells=tuple(kept), n_rows=len(ys) - 1, n_cols=len(xs) - 1, pages=(page,), box=box,
        leftover=leftover, reader=reader,
    )  # fmt: skip
