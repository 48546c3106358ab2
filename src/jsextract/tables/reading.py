"""All tables of a document as typed cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Table
from jsextract.model.report import TableCell
from jsextract.rules.table_definitions import TableDef, TableKind
from jsextract.tables.cells import RowContext, column_names, to_cells
from jsextract.tables.header import Body, take_apart
from jsextract.tables.recognise import recognise
from jsextract.tables.rows import Block, blocks, join_torn, row_entries
from jsextract.tables.three_public import read_list, read_wide
from jsextract.tables.unit_tables import tables_of_units
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag, is_standard, other_table

_EMPTY_NOTE = re.compile(r"无数据|为空|空表|没有|(本|我)(部门|单位|局|校).{0,20}无|无.{0,40}(收入|支出|安排|数据|收支)")
_BOILERPLATE = re.compile(r"^(注|说明)?[：:]?(1[.、])?本表反映|仍保留该表格式")
# What a table's own flags say of each of its cells.
_PASSED_ON = frozenset({Flag.ARBITRATED, Flag.LOW_CONFIDENCE, Flag.RULING_INFERRED})
_ABOUT_MONEY = re.compile(r"收入|支出|收支|预算|决算|经费|拨款|资金|采购")


class TableReading(Struct, frozen=True):
    """One table understood.

    Attributes:
        table_id: T1..T9, or X1, X2… in reading order.
        table: as laid out.
        cells: data cells, blank ones included.
        empty_note: what the document says about a table without data; blank where it says nothing.
        unit: 元, 万元 …; blank where neither printed nor inferred.
        definition: of the standard table that it is; None for others.
        sub_unit: whose table it is; blank for the account itself.
    """

    table_id: str
    table: Table
    cells: tuple[TableCell, ...]
    empty_note: str
    unit: str
    definition: TableDef | None = None
    sub_unit: str = ""

    @property
    def place(self) -> str:
        """The table's id, for a sub-unit's with its name: `T3@局本级`."""
        return f"{self.table_id}@{self.sub_unit}" if self.sub_unit else self.table_id

    @property
    def name(self) -> str:
        """The standard table's name, blank for others."""
        return self.definition.name if self.definition else ""

    @property
    def kind(self) -> TableKind | None:
        """How the standard table is laid out; None for others."""
        return self.definition.kind if self.definition else None

    @property
    def is_standard(self) -> bool:
        """Whether it is one of the nine standard tables."""
        return is_standard(self.table_id)


def read_tables(tables: Sequence[Table], definitions: Sequence[TableDef]) -> tuple[TableReading, ...]:
    """Every table of a document in reading order; one without a unit has that of all others, flagged `unit_inferred`.

    Args:
        tables: from the layout.
        definitions: of the standard tables.
    """
    bodies = [take_apart(table) for table in tables if table.cells]
    standard = recognise(bodies, definitions)
    hint = _common_unit(bodies)
    found: list[TableReading] = []
    others = 0
    units = tables_of_units(bodies, standard, definitions)
    for index, body in enumerate(bodies):
        definition, sub_unit = units.get(index, (standard.get(index), ""))
        others += definition is None
        table_id = definition.id if definition else other_table(others)
        found.append(_of_unit(_read_table(body, definition, table_id, hint), sub_unit))
    return tuple(found)


def _of_unit(reading: TableReading, sub_unit: str) -> TableReading:
    """A reading as that of a sub-unit's table; the same one where none is named."""
    if not sub_unit:
        return reading
    cells = tuple(replace(cell, unit_name=cell.unit_name or sub_unit) for cell in reading.cells)
    return replace(reading, cells=cells, sub_unit=sub_unit)


def _common_unit(bodies: Sequence[Body]) -> str:
    """The unit that all tables with a printed one share."""
    units = {b.table.unit for b in bodies if b.table.unit}
    return units.pop() if len(units) == 1 else ""


def _read_table(body: Body, definition: TableDef | None, table_id: str, hint: str) -> TableReading:
    """One table with its name, its unit and its cells."""
    table = body.table
    unit, inferred = table.unit, False
    if not unit and hint and (definition is not None or _ABOUT_MONEY.search(table.title)):
        unit, inferred = hint, True
    parts = blocks(body.columns, definition.sides if definition else ())
    context = RowContext(
        table_id=table_id,
        title=table.title,
        unit=unit,
        reader=table.reader,
        first_page=table.pages[0],
        flags=(*(f for f in table.flags if f in _PASSED_ON), *((Flag.UNIT_INFERRED,) if inferred else ())),
        definition=definition,
        columns=column_names(body.columns, parts, definition),
    )
    cells = _cells_of(body, parts, definition, context)
    return TableReading(
        table_id=table_id, table=table, cells=cells, empty_note=_empty_note(table), unit=unit, definition=definition
    )


def _cells_of(
    body: Body, parts: Sequence[Block], definition: TableDef | None, context: RowContext
) -> tuple[TableCell, ...]:
    """The cells of a table, by the form that it has."""
    if definition is not None and definition.kind == TableKind.THREE_PUBLIC:
        wide = read_wide(body.table, definition, context)
        if wide is not None:
            return wide
        listed = read_list(body, definition, context)
        if listed:
            return listed
    return to_cells(join_torn(list(row_entries(body, parts))), context)


def _empty_note(table: Table) -> str:
    """The notes that say why there are no data, joined."""
    notes = [n for n in table.notes if _EMPTY_NOTE.search(squeeze(n)) and not _BOILERPLATE.search(squeeze(n))]
    return "".join(notes)
