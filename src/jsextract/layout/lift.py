"""Title, unit and notes that stand inside a grid, taken out of its first and last rows (表内标题)."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.layout.stitch import Sheet, drop_rows
from jsextract.layout.titles import Heading, is_above, is_note, is_title, unit_of
from jsextract.model.document import Cell


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
    notes: list[str] = []
    while sheet.n_rows > 2:
        row = sheet.rows()[-1]
        text = [c for c in row if c.text]
        if len(text) != 1 or text[0].col_span < sheet.n_cols or not is_note(text[0].text):
            break
        notes.insert(0, text[0].text)
        kept = tuple(c for c in sheet.cells if c.row < sheet.n_rows - 1)
        sheet = replace(sheet, cells=kept, n_rows=sheet.n_rows - 1)
    return sheet, Heading(title, unit, tuple(above)), notes


def _is_heading_cell(cell: Cell, sheet: Sheet) -> bool:
    """Whether a cell in the first row is no header but a title, a unit or a department."""
    wide = cell.col_span * 2 > sheet.n_cols
    return (
        bool(unit_of(cell.text)) or is_above(cell.text) or (wide and cell.text.endswith("表") and is_title(cell.text))
    )
