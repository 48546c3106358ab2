"""The rows of a sheet, between which pictures may be read as pages (图片旁的行)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from jsextract.model.document import Cell, Line, Page, Table
from jsextract.readers.among_text import Among, Paragraphs
from jsextract.readers.pictured import Around, Pictured, around, placed
from jsextract.readers.sheets.book import Area, SheetData
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_number

_EDGE = 0.25  # of a picture's height, above and below


class Rows(NamedTuple):
    """A sheet as the rows in which something stands, each told as a line.

    Attributes:
        page: the sheet, one grid.
        numbers: of the rows, ascending.
        lines: what each says.
    """

    page: Page
    numbers: Sequence[int]
    lines: Sequence[Line]

    @property
    def grids(self) -> Sequence[Table]:
        """As `Text.grids`: none, since its rows are lines."""
        return ()

    @property
    def tells(self) -> Around:
        """As `Text.tells`."""
        return around(self.lines, tables=False)

    def part(self, lines: slice, grids: slice) -> Page | None:
        """As `Text.part`: a grid of these rows."""
        own = set(self.numbers[lines])
        parts = (replace(grid, cells=tuple(c for c in grid.cells if c.row in own)) for grid in self.page.grids)
        return replace(self.page, grids=tuple(parts)) if own else None


def among_rows(sheet: SheetData, page: Page) -> Among:
    """A sheet and its pictures; one with figures under it, or words under its middle, is a stamp or a ground, no table.

    Words at its edges may lie under it: how high rows are depends on the program that shows them.

    Args:
        sheet: as read.
        page: it, as a page.
    """
    if not sheet.pictures:
        return Among(Paragraphs(page), ())
    rows = _rows(page)
    pictures: list[Pictured] = []
    for shape, area in sorted(sheet.pictures, key=lambda one: (one.area.top, one.area.left)):
        under = [cell for grid in page.grids for cell in grid.cells if _is_under(cell, area)]
        edge = (area.bottom - area.top + 1) * _EDGE
        if any(is_number(squeeze(cell.text)) or area.top + edge <= cell.row <= area.bottom - edge for cell in under):
            continue
        top = max((cell.row + 1 for cell in under if cell.row < area.top + edge), default=area.top)
        found = placed(shape, rows.lines[: bisect_left(rows.numbers, top)], (), pictures)
        pictures += [found] if found else []
    return Among(rows, pictures)


def _rows(page: Page) -> Rows:
    cells: dict[int, list[Cell]] = defaultdict(list)
    for cell in sorted((c for grid in page.grids for c in grid.cells), key=lambda c: (c.row, c.col)):
        cells[cell.row].append(cell)
    lines = [
        Line(page.number, " ".join(part for cell in own for part in cell.text.split()), whole=True, ref=own[0].ref)
        for own in cells.values()
    ]
    return Rows(page, list(cells), lines)


def _is_under(cell: Cell, area: Area) -> bool:
    """Whether the middle of a cell lies in an area."""
    row, column = cell.row + (cell.row_span - 1) / 2, cell.col + (cell.col_span - 1) / 2
    return area.top <= row <= area.bottom and area.left <= column <= area.right
