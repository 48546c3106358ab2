"""A sheet as a page: one grid of all that is seen in it; what is title, table or text there, the layout tells."""

from __future__ import annotations

from collections.abc import Iterator

from jsextract.errors import Corrupt, TooLarge
from jsextract.language.phrase import phrase
from jsextract.model.document import Cell, Page, Table
from jsextract.model.geometry import address
from jsextract.readers.sheets.book import SAVE_AGAIN, TAKE_OUT, Area, SheetCell, SheetData
from jsextract.vocabulary import Dropped, Reader

MAX_PLACES = 2_000_000
"""Rows times columns in which something stands, of one sheet."""


def page_of(sheet: SheetData) -> Page:
    """A sheet as a page with one grid; characters in hidden rows and columns are counted, not kept.

    Raises:
        TooLarge: if its cells are spread over more places than any account's.
        Corrupt: if its merged areas overlap.
    """
    _refuse_unsound(sheet)
    cells = tuple(
        Cell(
            row=area.top, col=area.left, row_span=area.bottom - area.top + 1, col_span=area.right - area.left + 1,
            page=sheet.number, box=None, text=cell.text, ref=address(area.top, area.left), flags=cell.flags,
        )
        for area, cell in sorted(_seen(sheet))
    )  # fmt: skip
    hidden = count_characters(sheet) - sum(len(cell.text) for cell in cells)
    return Page(
        number=sheet.number,
        width=0.0,
        height=0.0,
        source="native" if cells else "none",
        grids=(_grid(cells, sheet.number),) if cells else (),
        dropped={Dropped.HIDDEN: hidden} if hidden else {},
        name=sheet.name,
    )


def count_characters(sheet: SheetData) -> int:
    """How many characters a sheet holds, hidden ones too."""
    return sum(len(cell.text) for cell in sheet.cells.values())


def _refuse_unsound(sheet: SheetData) -> None:
    """Raises for a sheet that no spreadsheet program would show as it says."""
    rows, columns = {row for row, _ in sheet.cells}, {column for _, column in sheet.cells}
    if len(rows) * len(columns) > MAX_PLACES:
        raise TooLarge(
            phrase("The cells of a sheet stand in more than {most} places.", most=MAX_PLACES), phrase(TAKE_OUT)
        )
    bottom, right = _ends(sheet)
    areas = (_clipped(area, bottom, right) for area in sheet.merged)
    covered = sum(
        (a.bottom - a.top + 1) * (a.right - a.left + 1) for a in areas if a.top <= a.bottom and a.left <= a.right
    )
    if covered > (bottom + 1) * (right + 1):
        raise Corrupt(phrase("Merged areas of a sheet overlap."), phrase(SAVE_AGAIN))


def _ends(sheet: SheetData) -> tuple[int, int]:
    """The last row and column in which something stands; -1 in a blank sheet."""
    return max((row for row, _ in sheet.cells), default=-1), max((column for _, column in sheet.cells), default=-1)


def _clipped(area: Area, bottom: int, right: int) -> Area:
    """What of an area lies where something stands."""
    return area._replace(bottom=min(area.bottom, bottom), right=min(area.right, right))


def _seen(sheet: SheetData) -> Iterator[tuple[Area, SheetCell]]:
    """The cells that are seen, each with its area; a merged cell begins where its first seen row and column do."""
    ends = _ends(sheet)
    merged = {(area.top, area.left): _clipped(area, *ends) for area in sheet.merged}
    for (row, column), cell in sheet.cells.items():
        area = merged.get((row, column), Area(row, column, row, column))
        top = next((r for r in range(area.top, area.bottom + 1) if r not in sheet.hidden_rows), None)
        left = next((c for c in range(area.left, area.right + 1) if c not in sheet.hidden_columns), None)
        if top is not None and left is not None:
            yield Area(top, left, area.bottom, area.right), cell


def _grid(cells: tuple[Cell, ...], number: int) -> Table:
    """All cells of a sheet as one grid; places that show nothing have none."""
    n_rows, n_cols = max(cell.row for cell in cells) + 1, max(cell.col for cell in cells) + 1
    return Table(
        title="", unit="", notes=(), cells=cells, n_rows=n_rows, n_cols=n_cols, pages=(number,), box=None,
        reader=Reader.STATED,
    )  # fmt: skip
