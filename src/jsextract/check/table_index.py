"""The cells of one table by row, column and code, and what belongs to what (行、列、科目层级)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from jsextract.check.figure import Figure, Precision, from_cell
from jsextract.model.report import CheckResult, TableCell
from jsextract.vocabulary import Flag

# Rows that add up what stands above them, or all coded rows.
TOTAL = re.compile(r"合计|总计|本年收入合计|本年支出合计|收入(合计|总计)|支出(合计|总计)|收支总计")
_GRAND = frozenset({"合计", "总计", "本年收入合计", "本年支出合计"})


class Row(Struct, frozen=True):
    """One row of one side.

    Attributes:
        part: whether the row only tells a part of another one (其中).
    """

    side: str
    code: str
    item: str
    part: bool
    cells: Mapping[str, TableCell]

    @property
    def name(self) -> str:
        """Side, code and item, for messages."""
        return " ".join(filter(None, (self.side, self.code, self.item)))

    @property
    def filled(self) -> bool:
        """Whether any of its cells holds something."""
        return any(cell.value_text for cell in self.cells.values())


class TableIndex:
    """The rows of one table in reading order."""

    def __init__(self, table: str, cells: Iterable[TableCell], places: Precision) -> None:
        self.table, self.places = table, places
        self._figures: dict[tuple[int, bool], Figure] = {}
        self._told: dict[int, tuple[object, tuple[CheckResult, ...]]] = {}
        found: dict[tuple[int, str, str, str], dict[str, TableCell]] = defaultdict(dict)
        for cell in cells:
            if cell.place == table:
                found[cell.row, cell.side, cell.code, cell.item].setdefault(cell.column, cell)
        self.rows = tuple(
            Row(side, code, item, any(Flag.OF_WHICH in c.flags for c in own.values()), own)
            for (_, side, code, item), own in found.items()
        )

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All column names, in order."""
        return tuple(dict.fromkeys(column for row in self.rows for column in row.cells))

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The sides that its rows stand on, in their order; one blank side where it has none."""
        return tuple(dict.fromkeys(row.side for row in self.rows))

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Row]:
        """(side, code or item) → its first row; one without a figure gives way to a later one with figures."""
        found: dict[tuple[str, str], Row] = {}
        for row in self.rows:
            for key in {(row.side, row.code), (row.side, row.item), ("", row.code), ("", row.item)}:
                if key[1] and (key not in found or (row.filled and not found[key].filled)):
                    found[key] = row
        return found

    def row(self, name: str, side: str = "") -> Row | None:
        """The row of a code or an item; of any side unless one is named."""
        return self._by_name.get((side, name))

    def figure(self, row: Row | None, column: str, *, total: bool = False) -> Figure | None:
        """The figure in a row and column; None where there is no such place."""
        cell = row.cells.get(column) if row else None
        if cell is None:
            return None
        key = id(cell), total
        if key not in self._figures:
            self._figures[key] = from_cell(cell, self.places, total=total)
        return self._figures[key]

    def once(self, rule: object, judge: Callable[[], Iterable[CheckResult]]) -> tuple[CheckResult, ...]:
        """What a rule finds in this table, found out the first time: a table is scored, and later checked."""
        if id(rule) not in self._told:
            self._told[id(rule)] = rule, tuple(judge())
        return self._told[id(rule)][1]

    @cached_property
    def tree(self) -> Mapping[str, tuple[Row, ...]]:
        """Code → the rows right below it, levels that are not printed passed over; blank → the topmost rows."""
        codes = {row.code for row in self.rows if row.code}
        below: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.code and not row.part:
                shorter = (row.code[:n] for n in range(len(row.code) - 1, 2, -1))
                below[next((code for code in shorter if code in codes), "")].append(row)
        return {code: tuple(rows) for code, rows in below.items()}

    @cached_property
    def grand(self) -> Row | None:
        """The row that adds up all coded rows (合计)."""
        totals = [row for row in self.rows if not row.code and row.item in _GRAND]
        return next((row for row in totals if row.filled), next(iter(totals), None))

    @cached_property
    def uncoded(self) -> tuple[Row, ...]:
        """Filled rows without a code that are no totals: what they belong to is not known."""
        return tuple(r for r in self.rows if not r.code and r.filled and not r.part and not TOTAL.search(r.item))

    def closed_by(self, total: Row) -> Sequence[Row]:
        """The rows that a total adds up: those above it on its side, down from the total before it and with that."""
        rows = [row for row in self.rows if row.side == total.side]
        at = next(i for i, row in enumerate(rows) if row is total)
        start = next((i for i in range(at - 1, -1, -1) if TOTAL.fullmatch(rows[i].item)), 0)
        names = {row.item for row in rows}
        return [r for r in rows[start:at] if not r.part and r.item.rpartition("/")[0] not in names - {""}]


def table_indexes(cells: Iterable[TableCell], places: Precision) -> dict[str, TableIndex]:
    """The standard tables of the account itself by their ids."""
    return {table: own for (table, unit), own in _indexes(cells, places).items() if not unit}


def unit_indexes(cells: Iterable[TableCell], places: Precision) -> dict[str, tuple[TableIndex, ...]]:
    """For each standard table with rows of sub-units theirs, one for each unit."""
    found: dict[str, tuple[TableIndex, ...]] = {}
    for (table, unit), own in _indexes(cells, places).items():
        if unit:
            found[table] = (*found.get(table, ()), own)
    return found


def _indexes(cells: Iterable[TableCell], places: Precision) -> dict[tuple[str, str], TableIndex]:
    """(table, unit) → its rows; the unit is blank for the account itself."""
    parts: dict[tuple[str, str], list[TableCell]] = defaultdict(list)
    for cell in cells:
        parts[cell.table, cell.unit_name].append(cell)
    return {key: table_index(own[0].place, own, places) for key, own in sorted(parts.items()) if own[0].is_standard}


def table_index(table: str, cells: Iterable[TableCell], places: Precision) -> TableIndex:
    """The index of one table; the same one for the same cells and decimals, as long as it is remembered."""
    return _remembered(table, tuple(cells), tuple(sorted(places.of(table).items())))


@lru_cache(maxsize=32)  # the tables of about two documents
def _remembered(
    table: str, cells: tuple[TableCell, ...], decimals: tuple[tuple[tuple[str, str], int], ...]
) -> TableIndex:
    return TableIndex(table, cells, Precision(dict(decimals)))
