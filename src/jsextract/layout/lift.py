"""Title, unit and notes that stand inside a grid, taken out of its first and last rows (表内标题)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from jsextract.layout.stitch import Sheet, drop_rows
from jsextract.layout.titles import Heading, begins_note, is_above, is_note, is_title, unit_of
from jsextract.model.document import Cell
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_number


def lift_words(sheet: Sheet) -> tuple[Sheet, Heading, list[str]]:
    """Take title and unit rows out of the top of a grid, and notes out of its last rows."""
    title, unit, above = "", "", []
    while sheet.n_rows > 2:
        row = [c for c in sheet.rows()[0] if c.text]
        if any(c.row_span > 1 for c in row) or not (row or title) or not all(_is_heading_cell(c, sheet) for c in row):
            break
        for c in row:
            unit = unit or unit_of(c.text)
            if is_title(c.text) and not unit_of(c.text):
                title += c.text
            elif not unit_of(c.text):
                above.append(c.text)
        sheet = drop_rows(sheet, 1)
    sheet, notes = _without_notes(sheet)
    return sheet, Heading(title, unit, tuple(above)), notes


def _without_notes(sheet: Sheet) -> tuple[Sheet, list[str]]:
    """The sheet without the notes in its last rows: from the first that begins one no row holds a figure."""
    rows = [[c for c in row if c.text] for row in sheet.rows()]
    first = sheet.n_rows
    while first > 2 and not any(is_number(squeeze(c.text)) for c in rows[first - 1]):
        first -= 1
    first = next((i for i in range(first, sheet.n_rows) if _begins_notes(rows[i], sheet)), sheet.n_rows)
    if any(c.row < first < c.row + c.row_span for c in sheet.cells):
        return sheet, []
    notes = ["".join(c.text for c in row) for row in rows[first:] if row]
    kept = tuple(c for c in sheet.cells if c.row < first)
    return replace(sheet, cells=kept, n_rows=first), notes


def _begins_notes(row: Sequence[Cell], sheet: Sheet) -> bool:
    """Whether a note begins in a row: one over all columns, or one that says so itself, however it is cut up."""
    if len(row) == 1 and row[0].col_span >= sheet.n_cols:
        return is_note(row[0].text)
    return bool(row) and begins_note(row[0].text)


def _is_heading_cell(cell: Cell, sheet: Sheet) -> bool:
    """Whether a cell in the first row is no header but a title, a unit or a department."""
    wide = cell.col_span * 2 > sheet.n_cols
    return (
        bool(unit_of(cell.text)) or is_above(cell.text) or (wide and cell.text.endswith("表") and is_title(cell.text))
    )
