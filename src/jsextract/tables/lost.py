"""Standard tables that should be there and were not read, and figures that no cell carries (未读的表和数)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from jsextract.layout.texts import is_row, text_parts
from jsextract.layout.titles import is_title, unit_of
from jsextract.model.document import Layout, Line
from jsextract.outline.headings import Outline
from jsextract.rules.table_definitions import TableDef, bare_title
from jsextract.tables import TableReading
from jsextract.tables.announced import announced_tables
from jsextract.tables.flowed_lines import is_parted
from jsextract.text.normal import squeeze
from jsextract.text.tokens import count_cents, is_amount, is_number
from jsextract.vocabulary import Flag

_BELOW = 3  # lines under a title among which a unit line stands
_FEWEST_ROWS = 3
# Tables that every account has had since 2016, and how many of them make an account whose tables are in the file.
_USUAL = ("T1", "T2", "T3", "T4", "T5", "T6", "T7")
_MOST = 5
_UNKNOWN = frozenset({Flag.OVERFLOWED, Flag.FORMULA_UNEVALUATED})


class LostTable(Struct, frozen=True):
    """A standard table that was not read.

    Attributes:
        table: T1 to T9.
        title: as printed; its usual name where it is printed nowhere.
        page: where the title stands; 0 where it stands nowhere.
    """

    table: str
    title: str
    page: int = 0


def lost_tables(
    layout: Layout, outline: Outline, readings: Sequence[TableReading], definitions: Sequence[TableDef]
) -> tuple[LostTable, ...]:
    """The standard tables that are titled, announced or usual and that were not read, in their own order.

    A document that holds none of its tables and only lists them lost none: they stand in another file.

    Args:
        layout: with the running text, in which titles stand under which no table was found.
        outline: with the contents, whose titles stand over nothing.
        readings: the tables that were read.
        definitions: of the standard tables.
    """
    have = {reading.table_id for reading in readings if reading.is_standard}
    found = {lost.table: lost for lost in _titled(layout, outline.contents, have, definitions)}
    names = {definition.id: definition.name for definition in definitions}
    usual = [table for table in _USUAL if table not in have] if len(have.intersection(_USUAL)) >= _MOST else []
    announced = [table for table, _, _ in announced_tables(outline, definitions)]
    for table in (*announced, *usual) if have else ():
        if table not in have:
            found.setdefault(table, LostTable(table, names[table]))
    return tuple(found[table] for table in sorted(found))


def _titled(
    layout: Layout, contents: Collection[Line], have: Collection[str], definitions: Sequence[TableDef]
) -> Iterator[LostTable]:
    """Tables whose title stands in the running text as the title of one table, not as an entry of a list."""
    skipped = {(line.page, line.index) for line in contents}
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in layout.prose:
        if (line.page, line.index) not in skipped:
            pages[line.page].append(line)
    for page, lines in pages.items():
        titles = [(i, table) for i, line in enumerate(lines) if (table := _table_titled(line.text, definitions))]
        rows = sum(bool(line.edges) and is_row(line) for line in lines)
        for i, table in titles:
            over = any(unit_of(line.text) for line in lines[i : i + 1 + _BELOW]) or rows >= _FEWEST_ROWS
            if table not in have and (over or (have and len(titles) == 1)):
                yield LostTable(table, squeeze(lines[i].text), page)


def _table_titled(text: str, definitions: Sequence[TableDef]) -> str:
    """The standard table whose title a line is; blank for other lines."""
    if "表" not in text or not is_title(text):
        return ""
    plain = bare_title(text)
    return next((definition.id for definition in definitions if definition.reads_title(plain)), "")


def count_unread(layout: Layout, readings: Sequence[TableReading], lost: Sequence[LostTable]) -> Counter[str]:
    """How many printed figures inside tables no cell carries, by the place of the standard table that lacks them.

    Those of other tables stand under a blank name, as do those too wide for their column, which have cells.

    Args:
        layout: as for `lost_tables`.
        readings: the tables that were read.
        lost: those that were not; the rows on their pages count, and those on pictures, whose rulings may be too worn.
    """
    pages = {table.page for table in lost}
    seen = {page.number for page in layout.pages if page.source == "ocr"}
    rows = (
        line
        for line in layout.prose
        if (line.page in pages and (is_row(line) if line.edges else _is_cells(line)))
        or (line.page in seen and line.edges and _has_figures(line))
    )
    found = Counter({"": sum(count_cents(squeeze(line.text)) for line in rows)})
    for reading in readings:
        found[""] += sum(bool(_UNKNOWN.intersection(cell.flags)) for cell in reading.cells)
        found[reading.place if reading.is_standard else ""] += _count_unread_of(reading)
    return found


def _is_cells(line: Line) -> bool:
    """Whether a line without places is a cell, or the row, of a table that flowed into lines."""
    return line.box is None and (is_parted(line.text.strip()) or is_number(squeeze(line.text)))


def _has_figures(line: Line) -> bool:
    """Whether several amounts stand in a line, each apart from other text."""
    return sum(count_cents(part.normal) == 1 and is_amount(part.normal) for part in text_parts(line)) > 1


def _count_unread_of(reading: TableReading) -> int:
    """Those of one table: left over, in no cell of a standard table, or run together."""
    left = count_cents(reading.table.leftover)
    if not reading.is_standard:
        return left
    printed = Counter(squeeze(cell.text) for cell in reading.table.cells if count_cents(cell.text))
    read = Counter(squeeze(cell.value_text) for cell in reading.cells if cell.value is not None)
    return left + sum(count_cents(text) * count for text, count in (printed - read).items())
