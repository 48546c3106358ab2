"""Grids on following pages joined to one table: columns matched by position, repeated headers dropped (续表)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid
from jsextract.model.document import Cell
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_amount


class Sheet(Struct, frozen=True):
    """Cells in rows and columns, on one page or joined over several.

    Attributes:
        places: column boundaries as shares of the width, first 0 and last 1.
    """

    places: tuple[float, ...]
    cells: tuple[Cell, ...]
    n_rows: int

    @property
    def n_cols(self) -> int:
        """Columns between the vertical edges."""
        return len(self.places) - 1

    def rows(self) -> list[list[Cell]]:
        """Cells by the row in which they begin."""
        found: list[list[Cell]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            found[cell.row].append(cell)
        return found


def sheet_of(filled: FilledGrid) -> Sheet:
    """One page's grid as a sheet."""
    xs = filled.grid.xs
    width = xs[-1] - xs[0]
    return Sheet(tuple((x - xs[0]) / width for x in xs), filled.cells, filled.grid.n_rows)


def _pair(places: Sequence[float], others: Sequence[float]) -> dict[int, int]:
    """For each index of `others` the index in `places` at the same position, as far as there is one."""
    found: dict[int, int] = {}
    for i, other in enumerate(others):
        j = min(range(len(places)), key=lambda k: abs(places[k] - other))
        if abs(places[j] - other) <= LAYOUT.table.same and j not in found.values():
            found[i] = j
    return found


def same_columns(first: Sheet, second: Sheet) -> bool:
    """Whether the second can go on the first: as many columns, or most of their boundaries at the same places."""
    if first.n_cols == second.n_cols:
        return True
    pairs = _pair(first.places, second.places)
    few = min(first.n_cols, second.n_cols)
    return few >= 2 and len(pairs) >= 2 + round((few - 1) * LAYOUT.table.shared)


def on_edges(sheet: Sheet, edges: Sequence[float], first: Sheet, others: Sequence[float]) -> Sheet | None:
    """A sheet without some columns of the first, on all of them; None where an edge of it is none of the first's.

    Args:
        sheet: of the next page.
        edges: its column boundaries in points.
        first: the table so far.
        others: its column boundaries in points.
    """
    if not 2 < len(edges) < len(others) == len(first.places):
        return None
    index = [min(range(len(others)), key=lambda k, x=x: abs(others[k] - x)) for x in edges]  # type: ignore[misc]
    if any(abs(others[k] - x) > LAYOUT.grid.snap for k, x in zip(index, edges, strict=True)) or index[0]:
        return None
    cells = [replace(c, col=index[c.col], col_span=index[c.col + c.col_span] - index[c.col]) for c in sheet.cells]
    page = sheet.cells[0].page
    cells += [
        Cell(row=row, col=col, row_span=1, col_span=1, page=page, box=None, text="")
        for row in range(sheet.n_rows)
        for col in range(index[-1], len(others) - 1)
    ]
    return Sheet(first.places, tuple(cells), sheet.n_rows)


def on_columns(sheet: Sheet, places: tuple[float, ...]) -> Sheet:
    """The sheet on a finer set of column boundaries that contains its own."""
    if places == sheet.places:
        return sheet
    index = [min(range(len(places)), key=lambda k, p=p: abs(places[k] - p)) for p in sheet.places]  # type: ignore[misc]
    cells = tuple(replace(c, col=index[c.col], col_span=index[c.col + c.col_span] - index[c.col]) for c in sheet.cells)
    return Sheet(places, cells, sheet.n_rows)


def _common_columns(first: Sheet, second: Sheet) -> tuple[float, ...]:
    """Boundaries that hold those of both; of two with equally many columns those of the first."""
    if first.n_cols == second.n_cols:
        return first.places
    pairs = _pair(first.places, second.places)
    extra = [p for i, p in enumerate(second.places) if i not in pairs]
    return tuple(sorted([*first.places, *extra]))


def _row_key(row: list[Cell]) -> tuple[str, ...]:
    """The normal texts of a row, to compare headers."""
    return tuple(squeeze(c.text) for c in row)


def repeated_header(first: Sheet, second: Sheet) -> int:
    """How many rows at the start of the second repeat those at the start of the first."""
    count = 0
    reach = 1
    for mine, other in zip(first.rows(), second.rows(), strict=False):
        key = _row_key(other)
        if _row_key(mine) != key or any(map(is_amount, key)):
            break
        if count >= reach and not any(key):
            break
        count += 1
        reach = max([reach, *(c.row + c.row_span for c in other)])
    named = any(any(_row_key(r)) for r in second.rows()[:count])
    return count if named and count < second.n_rows else 0


def drop_rows(sheet: Sheet, count: int) -> Sheet:
    """The sheet without its first rows; what spans into the rest is kept, shortened."""
    if not count:
        return sheet
    kept = []
    for c in sheet.cells:
        below = c.row + c.row_span - count
        if below <= 0:
            continue
        start = max(0, c.row - count)
        text, lines = (c.text, c.lines) if c.row >= count else ("", ())
        kept.append(replace(c, row=start, row_span=below - start, text=text, lines=lines))
    return Sheet(sheet.places, tuple(kept), sheet.n_rows - count)


def stitch(first: Sheet, second: Sheet) -> Sheet:
    """The second under the first, its repeated header dropped; every cell keeps its own page and box."""
    if first.n_cols == second.n_cols:
        second = replace(second, places=first.places)
    body = drop_rows(second, repeated_header(first, second))
    places = _common_columns(first, body)
    upper, lower = on_columns(first, places), on_columns(body, places)
    moved = tuple(replace(c, row=c.row + upper.n_rows) for c in lower.cells)
    return Sheet(places, (*upper.cells, *moved), upper.n_rows + lower.n_rows)
