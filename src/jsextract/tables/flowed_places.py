"""In which columns the figures of rows stand whose blank cells were dropped, as far as identities tell (定列).

Each row may stand in several ways; those stay that its own equations allow, that add up over the codes below it, and
that other tables of the document confirm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from jsextract.rules.equation import Equation
from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.table_definitions import TableDef, TableKind
from jsextract.tables.flowed_entries import Entry
from jsextract.tables.flowed_rows import TOTAL
from jsextract.text.amounts import parse_number

Place = tuple[int, ...]
"""The columns in which the figures of a row stand, in order, by number among those of its side."""
Amounts = tuple[Decimal, ...]
"""The figures of a row by column, 0 where none stands."""
Agrees = Callable[[Entry, Mapping[str, Decimal]], bool]
"""Whether other tables allow that the figures of a row stand in these columns."""

_MOST = 2_000  # sums that are kept while rows are added up
_HALF = Decimal("0.5")


class Row(Struct, frozen=True):
    """A row, the ways in which it may stand, and the rows that it is the sum of."""

    at: int
    entry: Entry
    ways: tuple[Place, ...]
    parts: tuple[Row, ...] = ()


def places_of(
    entries: Sequence[Entry], columns: Sequence[Sequence[str]], definition: TableDef,
    equations: Iterable[EquationRule], agrees: Agrees,
) -> list[tuple[Place, ...]]:  # fmt: skip
    """For each row the ways in which its figures may stand; none where no way holds.

    Args:
        entries: the rows, in order.
        columns: the table's names of the columns of values, side by side.
        definition: of the table.
        equations: of all tables.
        agrees: what other tables say.
    """
    step = _step(entries)
    each = "column" if definition.kind == TableKind.THREE_PUBLIC else "row"
    own = [rule for rule in equations if rule.each == each and definition.id in rule.tables]
    ways: list[tuple[Place, ...]] = []
    for entry in entries:
        names = columns[entry.part]
        allowed = []
        for place in combinations(range(len(names)), len(entry.figures)):
            figures = dict(zip(names, amounts(entry, place, len(names)), strict=True))
            parts = _by_measure(figures) if each == "column" else [figures]
            if all(_hold(part, own, step) for part in parts) and agrees(entry, figures):
                allowed.append(place)
        ways.append(tuple(allowed))
    for root in _trees(entries, ways, definition):
        for row in _settled(root, len(columns[root.entry.part]), step):
            ways[row.at] = row.ways
    return ways


def amounts(entry: Entry, place: Place, width: int) -> Amounts:
    """The figures of a row by column when they stand in these."""
    found = [Decimal(0)] * width
    for at, text in zip(place, entry.figures, strict=True):
        found[at] = parse_number(text) or Decimal(0)
    return tuple(found)


def _step(entries: Sequence[Entry]) -> Decimal:
    """The worth of the last printed digit."""
    numbers = (parse_number(text) for entry in entries for text in entry.figures)
    return Decimal(1).scaleb(min((int(n.as_tuple().exponent) for n in numbers if n is not None), default=0))


def _by_measure(figures: Mapping[str, Decimal]) -> list[dict[str, Decimal]]:
    """The figures of T7 by item, those of each measure by themselves."""
    measures = dict.fromkeys(name.rpartition("/")[2] for name in figures)
    return [{n.rpartition("/")[0]: v for n, v in figures.items() if n.endswith(f"/{m}")} for m in measures]


def _hold(figures: Mapping[str, Decimal], rules: Iterable[EquationRule], step: Decimal) -> bool:
    """Whether the equations hold that are about these columns."""
    for rule in rules:
        stated = (*(term.name for term in rule.equation.left), *rule.needs)
        applies = all(name in figures for name in stated) and not any(name in figures for name in rule.lacks)
        if applies and not any(_adds_up(equation, figures, step) for equation in rule.alternatives):
            return False
    return True


def _adds_up(equation: Equation, figures: Mapping[str, Decimal], step: Decimal) -> bool:
    """Whether both sides are the same, but for rounding."""
    left, right = (
        sum((term.sign * figures.get(term.name, Decimal(0)) for term in side), Decimal(0))
        for side in (equation.left, equation.right)
    )
    return abs(left - right) <= step * _HALF * (len(equation.right) + 1)


def _trees(entries: Sequence[Entry], ways: Sequence[tuple[Place, ...]], definition: TableDef) -> list[Row]:
    """The rows under what they add up to: codes under shorter ones, these under the total; else the sums of a side."""
    if definition.kind == TableKind.CODED:
        top = [at for at, entry in enumerate(entries) if entry.code and not _upper(entry, entries)]
        totals = [at for at, entry in enumerate(entries) if not entry.code and TOTAL.fullmatch(entry.item)]
        rows = tuple(_coded(at, entries, ways) for at in top)
        return [Row(totals[0], entries[totals[0]], ways[totals[0]], rows)] if len(totals) == 1 else [*rows]
    if definition.kind == TableKind.TWO_SIDED:
        return _summed([(at, entry) for at, entry in enumerate(entries) if entry.part == 1], ways)
    return []


def _upper(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether a row of a shorter code stands over this one."""
    return any(other.code and other.code != entry.code and entry.code.startswith(other.code) for other in entries)


def _coded(at: int, entries: Sequence[Entry], ways: Sequence[tuple[Place, ...]]) -> Row:
    own = entries[at].code
    below = [i for i, entry in enumerate(entries) if entry.code != own and entry.code.startswith(own)]
    nearest = min((len(entries[i].code) for i in below), default=0)
    parts = tuple(_coded(i, entries, ways) for i in below if len(entries[i].code) == nearest)
    return Row(at, entries[at], ways[at], parts)


def _summed(side: Sequence[tuple[int, Entry]], ways: Sequence[tuple[Place, ...]]) -> list[Row]:
    """The rows of a side under the sum of the year, and this and what follows it under the total."""
    year = next((i for i, (_, entry) in enumerate(side) if entry.item.startswith("本年")), None)
    if year is None:
        return []
    leaves = [Row(at, entry, ways[at]) for at, entry in side]
    own = Row(side[year][0], side[year][1], ways[side[year][0]], tuple(leaves[:year]))
    end = next((i for i in range(year + 1, len(side)) if TOTAL.fullmatch(side[i][1].item)), None)
    if end is None:
        return [own]
    return [Row(side[end][0], side[end][1], ways[side[end][0]], (own, *leaves[year + 1 : end]))]


def _settled(row: Row, width: int, step: Decimal) -> list[Row]:
    """A row and all that it is the sum of, with the ways that are left; as they were where nothing adds up."""
    return list(_flat(_downwards(_upwards(row, width, step), width, step)))


def _flat(row: Row) -> Iterable[Row]:
    yield row
    for part in row.parts:
        yield from _flat(part)


def _upwards(row: Row, width: int, step: Decimal) -> Row:
    """A row with the ways to which those of its parts can add up."""
    parts = tuple(_upwards(part, width, step) for part in row.parts)
    left = tuple(place for place in row.ways if _chosen(row, parts, place, width, step) is not None)
    return Row(row.at, row.entry, left, parts)


def _downwards(row: Row, width: int, step: Decimal) -> Row:
    """A row whose parts have the ways that add up to one of its own."""
    chosen = [found for place in row.ways if (found := _chosen(row, row.parts, place, width, step)) is not None]
    parts = []
    for number, part in enumerate(row.parts):
        left = tuple(place for place in part.ways if any(place in found[number] for found in chosen))
        parts.append(_downwards(Row(part.at, part.entry, left, part.parts), width, step))
    return Row(row.at, row.entry, row.ways, tuple(parts))


def _chosen(row: Row, parts: Sequence[Row], place: Place, width: int, step: Decimal) -> list[frozenset[Place]] | None:
    """The ways of each part with which all add up to the row as it stands in `place`; None where none do."""
    if not parts:
        return []
    total = amounts(row.entry, place, width)
    allowance = step * _HALF * (len(parts) + 1)
    options = [[(way, amounts(part.entry, way, width)) for way in part.ways] for part in parts]
    most = [amount + allowance for amount in total]
    if any(amount < 0 for ways in options for _, own in ways for amount in own):
        most = [Decimal("Infinity")] * width
    before: list[set[Amounts]] = [{(Decimal(0),) * width}]
    for ways in options:
        sums = {_plus(so_far, own) for so_far in before[-1] for _, own in ways}
        before.append({found for found in sums if all(a <= b for a, b in zip(found, most, strict=True))})
        if len(before[-1]) > _MOST:
            return [frozenset(part.ways) for part in parts]
    good = {found for found in before[-1] if all(abs(a - b) <= allowance for a, b in zip(found, total, strict=True))}
    chosen: list[frozenset[Place]] = []
    for number in range(len(parts) - 1, -1, -1):
        fits = {
            (way, so_far) for so_far in before[number] for way, own in options[number] if _plus(so_far, own) in good
        }
        chosen.insert(0, frozenset(way for way, _ in fits))
        good = {so_far for _, so_far in fits}
    return chosen if all(chosen) else None


def _plus(left: Amounts, right: Amounts) -> Amounts:
    return tuple(a + b for a, b in zip(left, right, strict=True))
