"""Tables whose blank cells were dropped, put together as far as identities tell (失空格的散行表格)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise

from msgspec import Struct

from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.table_definitions import TableDef, TableKind
from jsextract.tables.flowed_entries import Entry, Part, entries_of, parts_of_columns, sequence
from jsextract.tables.flowed_heads import Heads, Path, kind_of, texts_of
from jsextract.tables.flowed_known import FUNDS, Known, near
from jsextract.tables.flowed_lines import Parted
from jsextract.tables.flowed_places import Place, places_of
from jsextract.tables.flowed_rows import TOTAL
from jsextract.text.amounts import parse_number
from jsextract.vocabulary import Flag

Printed = tuple[str, tuple[str, ...]]
"""What stands in a cell, and its flags."""


class FlowedTable(Struct, frozen=True):
    """A table as its cells were put together.

    Attributes:
        paths: the names over its columns.
        rows: what stands in each column, None where nobody can tell.
        leftover: the figures that stand in no cell.
        dropped: whether blank cells were dropped from it.
    """

    paths: Sequence[Path]
    rows: Sequence[Sequence[Printed | None]]
    leftover: str = ""
    dropped: bool = False


def loose_tables(
    parted: Parted, heads: Heads, definition: TableDef, equations: Iterable[EquationRule], known: Known
) -> Iterator[FlowedTable]:
    """Every way to read cells whose blank ones were dropped: the columns, the rows, and the figures in none of them.

    Args:
        parted: the cells, those of the header told from the others.
        heads: which headers the table can have.
        definition: of the table.
        equations: of all tables.
        known: what other tables say.
    """
    texts = [text for row in parted.body for text in row]
    for paths in heads.distinct(parted.header):
        kinds = [kind_of(path) for path in paths]
        entries = entries_of(texts, kinds, definition)
        if entries is None:
            continue
        parts = parts_of_columns(kinds)
        columns = [[heads.column(texts_of(paths[at])) for at in part.values] for part in parts]
        if not _in_order(columns, definition):
            continue
        agrees = partial(_agrees, known, definition.id, _left_side(entries))
        ways = places_of(entries, columns, definition, equations, agrees)
        rows = [_row([(entries[at], ways[at]) for at in own], parts, kinds) for own in sequence(entries)]
        left = (text for entry, own in zip(entries, ways, strict=True) for text in _unsettled(entry, own))
        yield FlowedTable(paths, rows, " ".join(left), dropped=True)


def _in_order(columns: Sequence[Sequence[str]], definition: TableDef) -> bool:
    """Whether columns follow each other as in the table: where cells were dropped nothing else tells their order."""
    if definition.kind == TableKind.THREE_PUBLIC:
        return True
    order = [name for name, _ in definition.columns]
    places = [[order.index(name) for name in own] for own in columns]
    one_left = definition.kind != TableKind.TWO_SIDED or len(columns[0]) == 1
    return one_left and all(a < b for own in places for a, b in pairwise(own))


def _left_side(entries: Sequence[Entry]) -> dict[str, Decimal]:
    """What the left side of T4 has of each fund, all told; nothing where it names no fund."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        if entry.part == 0 and entry.item in FUNDS:
            found[entry.item] += sum((parse_number(text) or Decimal(0) for text in entry.figures), Decimal(0))
    return found


def _agrees(
    known: Known, table: str, left: Mapping[str, Decimal], entry: Entry, figures: Mapping[str, Decimal]
) -> bool:
    """Whether the other side and other tables allow that the figures of a row stand in these columns."""
    if table == "T4" and entry.part == 1 and TOTAL.fullmatch(entry.item) and not entry.item.startswith("本年"):
        return all(near(figures[fund], told) for fund, told in left.items() if fund in figures)
    return known.agrees(table, entry, figures)


def _settled(ways: Sequence[Place], column: int) -> int | None:
    """Which figure stands in a column in all ways, by number; -1 for none, None where they differ."""
    found = {place.index(column) if column in place else -1 for place in ways}
    return found.pop() if len(found) == 1 else None


def _unsettled(entry: Entry, ways: Sequence[Place]) -> list[str]:
    """The figures of a row whose column cannot be told."""
    placed = {_settled(ways, column) for place in ways for column in place}
    return [text for at, text in enumerate(entry.figures) if at not in placed]


def _row(
    own: Sequence[tuple[Entry, Sequence[Place]]], parts: Sequence[Part], kinds: Sequence[str]
) -> list[Printed | None]:
    """A row of the table, None where nobody can tell what stands in a place."""
    row: list[Printed | None] = [("", ()) for _ in kinds]
    for entry, ways in own:
        part = parts[entry.part]
        for at, text in zip(_stub_places(entry, part, kinds), entry.stub, strict=True):
            row[at] = text, ()
        flags = () if len(entry.figures) in {0, len(part.values)} else (Flag.COLUMN_INFERRED,)
        for number, at in enumerate(part.values):
            figure = _settled(ways, number)
            row[at] = None if figure is None else (entry.figures[figure] if figure >= 0 else "", flags)
    return row


def _stub_places(entry: Entry, part: Part, kinds: Sequence[str]) -> list[int]:
    """The columns of the texts that name a row."""
    if TOTAL.fullmatch(entry.item) and not entry.code:
        first = [at for at in part.stub if kinds[at] != "line"][:1]
        return [*first, *[at for at in part.stub if kinds[at] == "line"]][: len(entry.stub)]
    codes = [at for at in part.stub if kinds[at] == "code"]
    names = [at for at in part.stub if kinds[at] == "name"]
    lines = [at for at in part.stub if kinds[at] == "line"]
    digits = len(entry.stub) - 1 - bool(entry.line)
    return [*codes[:digits], *names[:1], *lines[: bool(entry.line)]]
