"""Entries to data cells: columns and items by their canonical names, values with their flags (项目、栏目名称)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from jsextract.model.document import Cell
from jsextract.model.report import TableCell
from jsextract.rules.table_definitions import TableDef, named
from jsextract.tables.header import TableColumn
from jsextract.tables.row_names import canonical
from jsextract.tables.rows import Block, RowEntry
from jsextract.tables.values import CellValue, column_unit, read_value
from jsextract.vocabulary import Flag

_GENERIC_LEAF = frozenset({"金额", "决算数", "决算", "预算数", "小计", "合计"})


class RowContext(Struct, frozen=True):
    """What all cells of one table share."""

    table_id: str
    title: str
    unit: str
    reader: str
    first_page: int
    flags: tuple[str, ...] = ()
    definition: TableDef | None = None
    columns: dict[int, str] = field(default_factory=dict)


def column_names(columns: Sequence[TableColumn], parts: Sequence[Block], definition: TableDef | None) -> dict[int, str]:
    """The canonical name of each column; where two of a block claim one name, the closer match keeps it."""
    block_of = {column.index: i for i, part in enumerate(parts) for column in part.values}
    names: dict[int, str] = {}
    claims: dict[str, list[tuple[int, int]]] = {}
    for column in columns:
        names[column.index] = plain_path(column)
        if definition is None or column.kind != "value":
            continue
        for dropped, tail in _tails(column.path):
            name = named(definition.columns, tail)
            if name:
                claims.setdefault(name, []).append((dropped, column.index))
                break
    for name, claimants in claims.items():
        taken: set[int] = set()
        for _, index in sorted(claimants):
            block = block_of.get(index, 0)
            if block not in taken:
                names[index] = name
                taken.add(block)
    return names


def _tails(path: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The path whole, then without its outer levels, then without a generic last one, then joined."""
    clean = [re.sub(r"^其中[：，]?", "", level) for level in path]
    for start in range(len(clean)):
        yield start, "/".join(clean[start:])
    if len(clean) > 1 and clean[-1] in _GENERIC_LEAF:
        for start in range(len(clean) - 1):
            yield start + len(clean), "/".join(clean[start:-1])
    for start in range(len(clean) - 1):  # one name on two lines, with a ruling between them
        yield start + 2 * len(clean), "".join(clean[start:])


def plain_path(column: TableColumn) -> str:
    """The header path as it stands, cleaned; a place where nothing is printed."""
    levels = [canonical(level)[0] for level in column.path]
    return "/".join(level for level in levels if level) or f"第{column.index + 1}列"


def canonical_items(found: Sequence[RowEntry], definition: TableDef | None) -> list[tuple[str, bool]]:
    """The canonical item of each entry, and whether it is a part of the one above.

    In a standard table without codes a name that returns on the same side becomes a path under the last row that
    was new (年初财政拨款结转和结余/一般公共预算财政拨款).
    """
    seen: dict[str, set[str]] = {}
    parent: dict[str, str] = {}
    result: list[tuple[str, bool]] = []
    for entry in found:
        name, part = _canonical_path(entry.text)
        if definition is not None:
            name = named(definition.items, name) or name
        side = _further_side(entry.block, definition) or entry.block.side
        known = seen.setdefault(side, set())
        if definition is not None and definition.kind == "two_sided" and not entry.code:
            if name in known and parent.get(side):
                name = f"{parent[side]}/{name}"
            elif not part:
                parent[side] = name
            known.add(name)
        result.append((name, part))
    return result


def _canonical_path(text: str) -> tuple[str, bool]:
    """The canonical form of a name that may hold levels, and whether its last is a part of the row above."""
    parts = [canonical(part) for part in text.split("/")] if "/" in text else [canonical(text)]
    return "/".join(name for name, _ in parts if name), parts[-1][1]


def entry_side(entry: RowEntry, item: str, definition: TableDef | None, *, closed: bool = False) -> str:
    """人员经费 or 公用经费 by code or name (T6), a further block's side by its head (T1), else the block's side if any.

    Args:
        entry: the row.
        item: its canonical name.
        definition: of the standard table; None for others.
        closed: whether a total stands above it: what follows is about all blocks.
    """
    further = "" if closed else _further_side(entry.block, definition)
    if further:
        return further
    if definition is None:
        return entry.block.side
    if not (definition.sides_by_code or definition.sides_by_item):
        return entry.block.side if definition.sides else ""
    for side, codes in definition.sides_by_code.items():
        if entry.code[:3] in codes:
            return side
    return named(definition.sides_by_item, item)


def _further_side(block: Block, definition: TableDef | None) -> str:
    """The side of a block beyond the usual ones, by the words over its names; blank for the usual ones."""
    if definition is None or not definition.sides_by_head:
        return ""
    heads = (level for column in block.stub for level in column.path)
    return next((side for head in heads if (side := named(definition.sides_by_head, head))), "")


def to_cells(found: Sequence[RowEntry], context: RowContext) -> tuple[TableCell, ...]:
    """All data cells, blank ones included, in reading order."""
    order = {row: i for i, row in enumerate(dict.fromkeys(e.row for e in found))}
    cells: list[TableCell] = []
    items = canonical_items(found, context.definition)
    total = _first_total(found, [item for item, _ in items], context.definition)
    for entry, (item, part) in zip(found, items, strict=True):
        side = entry_side(entry, item, context.definition, closed=entry.row >= total)
        for column, cell in entry.values:
            cells.append(_cell_of_entry(entry, column, cell, (order[entry.row], side, item, part), context))
    return tuple(cells)


def _first_total(found: Sequence[RowEntry], items: Sequence[str], definition: TableDef | None) -> float:
    """The row of the first total that a table has to have; infinity where it has none."""
    totals = {name for group in definition.totals for name in group} if definition else set()
    return min((entry.row for entry, item in zip(found, items, strict=True) if item in totals), default=float("inf"))


def _cell_of_entry(
    entry: RowEntry, column: TableColumn, cell: Cell, place: tuple[int, str, str, bool], context: RowContext
) -> TableCell:
    """One value cell of an entry, with the flags that its place gives it."""
    row, side, item, part = place
    reading = read_value(cell, column_unit(column.path, entry.text, context.unit))
    flags = [*context.flags, *reading.flags]
    if reading.unit != context.unit and Flag.UNIT_INFERRED in flags:
        flags.remove(Flag.UNIT_INFERRED)
    flags += [Flag.CONTINUED] if cell.page != context.first_page else []
    flags += [Flag.OF_WHICH] if part else []
    flags += [Flag.NO_ITEM] if entry.block.stub and not (item or entry.code) and cell.text else []
    return table_cell(
        context, cell, reading, row=row, side=side, code=entry.code, item=item, item_text=entry.text,
        column=context.columns[column.index], column_text=column.printed, flags=flags,
    )  # fmt: skip


def table_cell(
    context: RowContext, cell: Cell, reading: CellValue, *, column: str, column_text: str, item: str, item_text: str,
    row: int = 0, side: str = "", code: str = "", flags: Iterable[str],
) -> TableCell:  # fmt: skip
    """One row of cells.csv: what the table, the place in its grid and the reading of the value tell."""
    return TableCell(
        table=context.table_id, title=context.title, page=cell.page, row=row, side=side, code=code, item=item,
        item_text=item_text, column=column, column_text=column_text, value=reading.value, value_text=reading.text,
        unit=reading.unit, amount_yuan=reading.amount_yuan, box=reading.box, reader=context.reader,
        flags=(*flags, *cell.flags), cell_ref=cell.ref,
    )  # fmt: skip
