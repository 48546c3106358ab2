"""Tables that a format itself states (of a sheet, a web page, a Word file), and the lines around them (现成的表格)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec.structs import replace

from jsextract.layout.lift import lift_words
from jsextract.layout.open_table import OpenTable, title_words, with_lifted
from jsextract.layout.stitch import Sheet, repeated_header, stitch
from jsextract.layout.titles import Heading, stated_heading, stated_notes
from jsextract.model.document import Cell, Line, Page, Table
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_amount
from jsextract.vocabulary import Flag


def read_stated(page: Page, tables: list[OpenTable]) -> list[Line]:
    """The prose of a page whose tables the format states; these are added to `tables` or joined to the last one.

    Their lines have no places: what stands right before and after a grid may be its title, unit and notes.
    """
    prose: list[Line] = []
    begun = 0
    for index, grid in enumerate(page.grids):
        above = page.lines[begun : grid.after]
        heading, start = stated_heading(above)
        prose += above[:start]
        if tables and _printed(above[:start]):
            tables[-1].ended = True
        _add(grid, heading, tables)
        end = page.grids[index + 1].after if index + 1 < len(page.grids) else len(page.lines)
        notes, taken = stated_notes(page.lines[grid.after : end])
        tables[-1].notes += notes
        begun = grid.after + taken
    rest = page.lines[begun:]
    if tables and _printed(rest):
        tables[-1].ended = True
    return [*prose, *rest]


def _printed(lines: Sequence[Line]) -> bool:
    """Whether anything is printed on the lines."""
    return any(line.text.strip() for line in lines)


def _add(grid: Table, around: Heading, tables: list[OpenTable]) -> None:
    """The grid as a table of its own, or joined to the last one that it continues."""
    places = tuple(column / grid.n_cols for column in range(grid.n_cols + 1))
    sheet, lifted, notes = lift_words(Sheet(places, grid.cells, grid.n_rows))
    own = Heading(around.title or grid.title, around.unit or grid.unit, (*grid.above, *around.above), around.continued)
    heading = with_lifted(own, lifted)
    page = grid.pages[-1]
    last = tables[-1] if tables and not tables[-1].ended else None
    rest = _rest_of(last, sheet, grid.columns, heading, page) if last is not None else None
    if last is not None and rest is not None:
        last.sheet = stitch(last.sheet, rest)
        last.unit = last.unit or heading.unit
        last.last_page = page
        last.notes += [*grid.notes, *notes]
        last.leftover += grid.leftover
        last.flags |= {Flag.CONTINUED, *grid.flags}
        return
    figures = any(is_amount(squeeze(cell.text)) for cell in grid.cells)
    if last is not None and figures and not (heading.title or heading.unit or last.notes):
        last.flags.add(Flag.LOW_CONFIDENCE)  # what follows without a title may be the rest of it
    tables.append(
        OpenTable(
            sheet=sheet,
            title=heading.title,
            unit=heading.unit,
            above=list(heading.above),
            notes=[*grid.notes, *notes],
            box=grid.box,
            last_page=page,
            reader=grid.reader,
            leftover=grid.leftover,
            flags=set(grid.flags),
            columns=grid.columns,
        )
    )


def _rest_of(last: OpenTable, sheet: Sheet, columns: Sequence[int], heading: Heading, page: int) -> Sheet | None:
    """A grid that goes on with the table before it, on that one's columns; None for another table.

    Nothing else stands between them; it has the same columns, but for blank ones, and other rows.
    """
    if heading.title and title_words(heading.title) != title_words(last.title):
        return None
    rest = _on_columns(sheet, columns, last.columns) if columns and last.columns else sheet
    if rest is None or last.sheet.n_cols != rest.n_cols:
        return None
    if heading.continued:
        return rest
    repeated = repeated_header(last.sheet, rest)
    if last.notes or (heading.unit and not heading.title and not repeated):
        return None
    if heading.title and page == last.last_page:
        return None
    return None if _named(last.sheet) & _named(rest, repeated) else rest


def _on_columns(sheet: Sheet, columns: Sequence[int], others: Sequence[int]) -> Sheet | None:
    """The rows of a sheet on all columns of another one, some of which it leaves blank; None where it has further ones.

    Args:
        sheet: the rows.
        columns: where its columns stand, by number.
        others: the same of the other one.
    """
    if not set(columns) <= set(others):
        return None
    at = [others.index(column) for column in columns]
    cells = [
        replace(cell, col=at[cell.col], col_span=at[cell.col + cell.col_span - 1] - at[cell.col] + 1)
        for cell in sheet.cells
    ]
    taken = {(c.row + i, c.col + j) for c in cells for i in range(c.row_span) for j in range(c.col_span)}
    page = sheet.cells[0].page
    cells += [
        Cell(row=row, col=col, row_span=1, col_span=1, page=page, box=None, text="")
        for row in range(sheet.n_rows)
        for col in range(len(others))
        if (row, col) not in taken
    ]
    places = tuple(column / len(others) for column in range(len(others) + 1))
    return Sheet(places, tuple(cells), sheet.n_rows)


def _named(sheet: Sheet, first: int = 0) -> set[tuple[str, ...]]:
    """What the rows of a sheet are called, from row `first` on: their codes and words before any amount."""
    rows = ([squeeze(cell.text) for cell in row if cell.text] for row in sheet.rows()[first:])
    return {name for row in rows if (name := tuple(takewhile(lambda text: not is_amount(text), row)))}
