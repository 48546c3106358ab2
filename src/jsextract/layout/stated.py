"""Tables that a format itself states (of a sheet, a web page, a Word file), and the lines around them (现成的表格)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from jsextract.layout.lift import lift_words
from jsextract.layout.open_table import OpenTable, title_words, with_lifted
from jsextract.layout.stitch import Sheet, repeated_header, stitch
from jsextract.layout.titles import Heading, stated_heading, stated_notes
from jsextract.model.document import Line, Page, Table
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag

_NAMING = 2  # cells that name a row: its code and its name


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
    last = tables[-1] if tables else None
    if last is not None and _continues(last, sheet, heading, page):
        last.sheet = stitch(last.sheet, sheet)
        last.unit = last.unit or heading.unit
        last.last_page = page
        last.notes += [*grid.notes, *notes]
        last.leftover += grid.leftover
        last.flags |= {Flag.CONTINUED, *grid.flags}
        return
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
        )
    )


def _continues(last: OpenTable, sheet: Sheet, heading: Heading, page: int) -> bool:
    """Whether a grid goes on with the table before it: nothing else between them, as many columns, other rows."""
    if last.ended or last.sheet.n_cols != sheet.n_cols:
        return False
    if heading.title and title_words(heading.title) != title_words(last.title):
        return False
    if heading.continued:
        return True
    if last.notes or (heading.unit and not heading.title and not repeated_header(last.sheet, sheet)):
        return False
    if heading.title and page == last.last_page:
        return False
    return not _named(last.sheet) & _named(sheet, repeated_header(last.sheet, sheet))


def _named(sheet: Sheet, first: int = 0) -> set[tuple[str, ...]]:
    """What the rows of a sheet are called, from row `first` on: their first texts."""
    rows = ((squeeze(cell.text) for cell in row if cell.text) for row in sheet.rows()[first:])
    return {name for row in rows if (name := tuple(islice(row, _NAMING)))}
