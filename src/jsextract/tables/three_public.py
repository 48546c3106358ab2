"""T7, the 三公 table, stored by item: a row of twelve values in either column order, or a list of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.model.report import TableCell
from jsextract.rules.table_definitions import TableDef, named
from jsextract.tables.cells import RowContext, table_cell
from jsextract.tables.header import Body, TableColumn, distinct, is_number_row, slots_of, texts
from jsextract.tables.row_names import canonical, fold
from jsextract.tables.values import column_unit, read_value
from jsextract.text.amounts import parse_number
from jsextract.text.normal import squeeze
from jsextract.text.tokens import strip_ordinal
from jsextract.vocabulary import Flag

_FEWEST_ITEMS = 3
_TOTAL = frozenset({"合计", "总计", "小计"})


def read_wide(table: Table, definition: TableDef, context: RowContext) -> tuple[TableCell, ...] | None:
    """The twelve values of the data row, each placed by the header above it; None where items run down the rows."""
    slots = slots_of(table)
    first = _header_end(slots, definition)
    places = {
        i: place for i in range(table.n_cols) if (place := _place_of_column(slots, first, i, definition)) is not None
    }
    if len({item for item, _, _ in places.values()}) < _FEWEST_ITEMS:
        return None
    rows = [i for i in range(first, len(slots)) if not is_number_row(slots[i], i)]
    stubs = [i for i in range(table.n_cols) if i not in places]
    row = _data_row(slots, rows, stubs, places)
    if row is None:
        return ()
    cells = [
        _cell_at_place(slots[row][i], place, context, column_unit(place[2].path, place[0], context.unit))
        for i, place in places.items()
        if slots[row][i].row == row and slots[row][i].col == i
    ]
    return tuple(cells)


def _header_end(slots: Sequence[Sequence[Cell]], definition: TableDef) -> int:
    """The row after the last one that holds header words."""
    last = -1
    for index, row in enumerate(slots):
        words = [t for t in texts(row, index) if parse_number(t) is None]
        known = [w for w in words if named(definition.columns, w) or named(definition.items, w) or "三公" in w]
        if known and len(known) * 2 >= len(words) and not (set(words) <= _TOTAL and last >= 0):
            last = index
        elif last >= 0 and any(texts(row, index)) and not is_number_row(row, index):
            break
    return last + 1


def _place_of_column(
    slots: Sequence[Sequence[Cell]], first: int, index: int, definition: TableDef
) -> tuple[str, str, TableColumn] | None:
    """Item and measure of a column, by the words of its header path in whatever order they stand."""
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
    return item, measure or "决算数", column


def _data_row(
    slots: Sequence[Sequence[Cell]],
    rows: Sequence[int],
    stubs: Sequence[int],
    places: dict[int, tuple[str, str, TableColumn]],
) -> int | None:
    """The row with the values: that of the total where sub-units have rows of their own, else the first one filled."""
    own = [i for i in rows if any(slots[i][c].row == i for c in places)]
    filled = [i for i in own if any(slots[i][c].text for c in places if slots[i][c].row == i)]
    totals = [i for i in filled if any(squeeze(slots[i][c].text) in _TOTAL for c in stubs)]
    return next(iter([*totals, *filled, *own]), None)


def _cell_at_place(cell: Cell, place: tuple[str, str, TableColumn], context: RowContext, unit: str) -> TableCell:
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
