"""T7, the 三公 table, stored by item: rows of twelve values in whatever column order, or a list of items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.model.report import TableCell
from jsextract.rules.table_definitions import TableDef, named
from jsextract.tables.cells import RowContext, table_cell
from jsextract.tables.header import Body, TableColumn, distinct, is_number_row, slots_of, texts
from jsextract.tables.row_names import canonical, fold
from jsextract.tables.unit_rows import main_year, rows_by_unit, tells_whose
from jsextract.tables.values import column_unit, read_value
from jsextract.text.amounts import parse_number
from jsextract.text.normal import squeeze
from jsextract.text.tokens import strip_ordinal
from jsextract.vocabulary import Flag

_FEWEST_ITEMS = 3
_TOTAL = frozenset({"合计", "总计", "小计"})
_FINAL = "决算数"
_HAN = re.compile(r"[一-龥]")
# Item, measure (blank where the header names none) and column of a value.
_Place = tuple[str, str, TableColumn]


def read_wide(table: Table, definition: TableDef, context: RowContext) -> tuple[TableCell, ...] | None:
    """The values of all data rows, each placed by the header above it; None where items run down the rows."""
    slots = slots_of(table)
    first = _header_end(slots, definition)
    places = {
        i: place for i in range(table.n_cols) if (place := _place_of_column(slots, first, i, definition)) is not None
    }
    if len({item for item, _, _ in places.values()}) < _FEWEST_ITEMS:
        return None
    rows = [i for i in range(first, len(slots)) if not is_number_row(slots[i], i)]
    lines = _data_rows(slots, rows, places, table.title, definition)
    return tuple(cell for line in lines for cell in _row_cells(slots, line, places, context))


class _Line(Struct, frozen=True):
    """One row to be read.

    Attributes:
        row: its place in the grid.
        unit: the sub-unit; blank for the account itself.
        below: what its columns have below them: another year than the account's.
        measure: that the row names, where its columns name none.
    """

    row: int
    unit: str = ""
    below: str = ""
    measure: str = ""


def _row_cells(
    slots: Sequence[Sequence[Cell]], line: _Line, places: Mapping[int, _Place], context: RowContext
) -> Iterator[TableCell]:
    """The values of one row, each under the item and measure of its column."""
    for i, (item, measure, column) in places.items():
        cell = slots[line.row][i]
        if cell.row == line.row and cell.col == i:
            place = (item, (measure or line.measure or _FINAL) + line.below, column)
            made = _cell_at_place(cell, place, context, column_unit(column.path, item, context.unit))
            yield replace(made, unit_name=line.unit)  # one row a unit: years and measures are its columns


def _header_end(slots: Sequence[Sequence[Cell]], definition: TableDef) -> int:
    """The row after the last one that holds header words."""
    last = -1
    for index, row in enumerate(slots):
        words = [t for t in texts(row, index) if parse_number(t) is None]
        if last >= 0 and len(texts(row, index)) - len(words) > 1 and not is_number_row(row, index):
            break  # a row of figures that names a measure
        known = [w for w in words if named(definition.columns, w) or named(definition.items, w) or "三公" in w]
        if known and len(known) * 2 >= len(words) and not (set(words) <= _TOTAL and last >= 0):
            last = index
        elif last >= 0 and any(texts(row, index)) and not is_number_row(row, index):
            break
    return last + 1


def _place_of_column(slots: Sequence[Sequence[Cell]], first: int, index: int, definition: TableDef) -> _Place | None:
    """Item and measure of a column, by the words of its header path in whatever order; no measure where none says."""
    path, printed, previous = [], [], None
    for number, row in enumerate(slots[:first]):
        cell = row[index]
        if cell is previous or not cell.text or is_number_row(row, number):
            continue
        previous = cell
        path.append(squeeze(strip_ordinal(fold(cell.text))))
        printed.append(cell.text)
    measure = next((m for level in path if (m := named(definition.columns, level))), "")
    levels = [level for level in path if not named(definition.columns, level)]
    levels = [level for level in levels if "三公" not in level or len(levels) == 1]
    tails = [levels[start:] for start in range(len(levels))]
    item = next((n for glue in ("/", "") for t in tails if (n := named(definition.items, glue.join(t)))), "")
    if not item and levels:
        item = "/".join(canonical(level)[0] for level in levels)
    if not item or not (measure or named(definition.items, "/".join(levels))):
        return None
    column = TableColumn(index, "value", tuple(path), "/".join(printed))
    return item, measure, column


def _data_rows(
    slots: Sequence[Sequence[Cell]], rows: Sequence[int], places: Mapping[int, _Place], title: str, definition: TableDef
) -> Iterator[_Line]:
    """The rows with values: of the account, of each unit and each year; one of blanks where no row is filled."""
    own = [i for i in rows if any(slots[i][c].row == i for c in places)]
    words = {i: [c.text for at, c in enumerate(slots[i]) if at not in places and c.text] for i in own}
    values = {i: _figures(slots[i], i, places) for i in own if _is_filled(slots[i], i, places, words[i])}
    measures = {i: next((m for w in words[i] if (m := named(definition.columns, w))), "") for i in own}
    if len(values) <= 1:
        yield from (_Line(i, measure=measures[i]) for i in [*values, *own][:1])
        return
    stubs = [(i, [w for w in words[i] if not named(definition.columns, w)]) for i in values]
    found = rows_by_unit(stubs, values)
    year = main_year([row.year for row in found], title)
    told: dict[str, list[tuple[str, str]]] = {}
    for row in found:
        place = (f"/{row.year}年" if row.year != year and row.year else "", measures[row.row])
        before = told.setdefault(row.unit, [])
        if place not in before:
            yield _Line(row.row, row.unit, *place)
            before.append(place)


def _figures(row: Sequence[Cell], index: int, places: Mapping[int, _Place]) -> dict[int, Decimal]:
    """The numbers of one row by column."""
    own = {c: row[c].text for c in places if row[c].row == index and row[c].col == c}
    return {c: number for c, text in own.items() if (number := parse_number(text)) is not None}


def _is_filled(row: Sequence[Cell], index: int, places: Mapping[int, _Place], words: Sequence[str]) -> bool:
    """Whether a row has numbers, dashes alone, or blanks beside the name of a body or a total."""
    printed = [row[c].text for c in places if row[c].row == index and row[c].col == c]
    texts_there = [text for text in printed if text]
    if any(parse_number(text) is not None for text in texts_there):
        return True
    return not any(map(_HAN.search, texts_there)) and bool(texts_there or (printed and tells_whose(words)))


def _cell_at_place(cell: Cell, place: _Place, context: RowContext, unit: str) -> TableCell:
    """A value whose item and measure its place tells."""
    item, measure, column = place
    reading = read_value(cell, unit)
    flags = (*context.flags, *reading.flags, *((Flag.CONTINUED,) if cell.page != context.first_page else ()))
    return table_cell(
        context, cell, reading, column=measure, column_text=column.printed, item=item, item_text=column.printed,
        flags=flags,
    )  # fmt: skip


def read_list(body: Body, definition: TableDef, context: RowContext) -> tuple[TableCell, ...]:
    """Items one a row; counts (团组数, 保有量) keep their own units. Nothing where too few rows name an item."""
    known = {name for name, _ in definition.items}
    if len({item for item, _, _ in _list_rows(body, definition)} & known) < _FEWEST_ITEMS:
        return ()
    found: list[TableCell] = []
    for order, (item, text, cells) in enumerate(_list_rows(body, definition)):
        for column, cell in cells:
            measure = named(definition.columns, column.leaf) or context.columns[column.index]
            made = _cell_at_place(cell, (item, measure, column), context, column_unit(column.path, text, context.unit))
            found.append(replace(made, row=order, item_text=text))
    return tuple(found)


def _list_rows(body: Body, definition: TableDef) -> Iterator[tuple[str, str, list[tuple[TableColumn, Cell]]]]:
    """Item, printed name and value cells of each row that has them."""
    values = [c for c in body.columns if c.kind == "value"]
    stubs = [c for c in body.columns if c.kind in ("name", "code")] or list(body.columns[:1])
    for row in body.rows:
        slots = body.slots[row]
        text = "".join(c.text for c in distinct([slots[s.index] for s in stubs]) if c.row == row)
        name = canonical(text)[0]
        bare = name.split("（单位")[0]
        item = named(definition.items, bare) or name
        cells = [(c, slots[c.index]) for c in values if slots[c.index].row == row and slots[c.index].col == c.index]
        if text and cells:
            yield item, text, cells
