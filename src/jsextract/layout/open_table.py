"""Tables while a document is gone through page by page: they may go on on the next one (续表)."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from jsextract.layout.stitch import Sheet
from jsextract.layout.titles import Heading
from jsextract.model.document import Table
from jsextract.model.geometry import Box
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NUMERAL

_TITLE_MARKS = re.compile(rf"（续.?）|续表$|^(附?表|公开)?{NUMERAL}*[：:、.]?")


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
    columns: tuple[int, ...] = ()
    chosen: set[int] = field(default_factory=set)
    ended: bool = False


def title_words(title: str) -> str:
    """A title without its number and without what says that it goes on."""
    return _TITLE_MARKS.sub("", squeeze(title))


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
        chosen=tuple(sorted(table.chosen)),
    )
