"""Tables while a document is gone through page by page: they may go on on the next one (续表)."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from jsextract.layout.lift import lift_words
from jsextract.layout.stitch import Sheet
from jsextract.layout.titles import Heading
from jsextract.model.document import Table
from jsextract.model.geometry import Box


class OpenTable(Struct, kw_only=True):
    """A table that may go on on the next page."""

    sheet: Sheet
    title: str
    unit: str
    above: list[str]
    notes: list[str]
    box: Box | None
    last_page: int
    reader: str
    edges: tuple[float, ...] = ()
    leftover: str = ""
    flags: set[str] = field(default_factory=set)
    ended: bool = False


def stated_table(table: Table) -> OpenTable:
    """A table that the format itself states: its grid is certain, its first rows may still be its title and unit.

    It ends where the format says so, on its own page.
    """
    places = tuple(column / table.n_cols for column in range(table.n_cols + 1))
    sheet, lifted, notes = lift_words(Sheet(places, table.cells, table.n_rows))
    heading = with_lifted(Heading(table.title, table.unit, table.above), lifted)
    return OpenTable(
        sheet=sheet,
        title=heading.title,
        unit=heading.unit,
        above=list(heading.above),
        notes=[*table.notes, *notes],
        box=table.box,
        last_page=table.pages[-1],
        reader=table.reader,
        leftover=table.leftover,
        flags=set(table.flags),
        ended=True,
    )


def with_lifted(heading: Heading, lifted: Heading) -> Heading:
    """The heading over a grid with what stood in its first rows."""
    return replace(
        heading,
        title=lifted.title or heading.title,
        unit=lifted.unit or heading.unit,
        above=(*heading.above, *lifted.above),
    )


def closed(table: OpenTable) -> Table:
    """The table as a value, once nothing can be added to it."""
    cells = tuple(sorted(table.sheet.cells, key=lambda c: (c.row, c.col)))
    return Table(
        title=table.title,
        unit=table.unit,
        notes=tuple(table.notes),
        cells=cells,
        n_rows=table.sheet.n_rows,
        n_cols=table.sheet.n_cols,
        pages=tuple(sorted({c.page for c in cells})),
        box=table.box,
        leftover=table.leftover,
        reader=table.reader,
        flags=tuple(sorted(table.flags)),
        above=tuple(table.above),
    )
