"""Equations over tables: rows, columns, codes and what is below them, and one table against another (表内、表间)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from jsextract.check.binding import Scope, bind
from jsextract.check.evaluate import outcome
from jsextract.check.figure import Figure
from jsextract.check.table_index import Row, TableIndex
from jsextract.language.phrase import NOTHING, Phrase, phrase
from jsextract.model.report import CheckResult
from jsextract.rules.equation_rules import EquationRule

Grids = Mapping[str, TableIndex]
_NO_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def inside(rule: EquationRule, grid: TableIndex) -> tuple[CheckResult, ...]:
    """The results of a rule about one table, for every row, column or code that it applies to."""
    kinds: dict[str, Callable[[EquationRule, TableIndex], Iterator[CheckResult | None]]] = {
        "row": _rows,
        "column": _columns,
        "code": _codes,
    }
    if rule.each not in kinds:
        return ()
    return grid.once(rule, lambda: filter(None, kinds[rule.each](rule, grid)))


def _any_name(rule: EquationRule, name: str, find: Callable[[str], Figure | None]) -> Figure | None:
    """The figure of a name or of another name that stands for it."""
    names = (name, *rule.also.get(name, ()))
    return next((figure for n in names if (figure := find(n)) is not None), None)


def _rows(rule: EquationRule, grid: TableIndex) -> Iterator[CheckResult | None]:
    heads = {name.partition("/")[0] for n in rule.equation.names for name in (n, *rule.also.get(n, ()))}
    strange = [column for column in grid.columns if column.partition("/")[0] not in heads | rule.without]
    for row in grid.rows:
        if rule.side and row.side != rule.side:
            continue
        bound = bind(rule.equation, _row_scope(rule, grid, row))
        # A column that the equation does not know may be a part that this form has and others have not.
        unknown = next((c for c in strange if (cell := row.cells.get(c)) and cell.value), "")
        doubt = phrase("the column {name} may belong to it", name=unknown) if unknown else NOTHING
        yield outcome(rule, bound, f"{grid.table} {row.name}", doubt)


def _row_scope(rule: EquationRule, grid: TableIndex, row: Row) -> Scope:
    return Scope(lambda name: _any_name(rule, name, lambda column: grid.figure(row, column)), lambda _: ())


def _columns(rule: EquationRule, grid: TableIndex) -> Iterator[CheckResult | None]:
    for side in [rule.side] if rule.side else grid.sides:
        if any(grid.row(name, side) for name in rule.lacks):
            continue
        columns = dict.fromkeys(c for row in grid.rows if row.side == side for c in row.cells)
        for column in columns:
            bound = bind(rule.equation, _column_scope(rule, grid, side, column))
            label = " ".join(filter(None, (grid.table, side, rule.equation.names[0], column)))
            yield outcome(rule, bound, label, _uncoded(grid) if grid.tree else _strange(rule, grid, side, column))


def _strange(rule: EquationRule, grid: TableIndex, side: str, column: str) -> Phrase:
    """Why a sum of named rows may be incomplete: another row holds money, which some forms add up with them."""
    names = {name for n in rule.equation.names for name in (n, *rule.also.get(n, ()))}
    if any(term.many for term in rule.equation.right):
        return NOTHING
    heads = {name.partition("/")[0] for name in names} | rule.without | {"合计"}
    for row in grid.rows:
        cell = row.cells.get(column)
        if row.side == side and cell and cell.amount_yuan and row.item.partition("/")[0] not in heads:
            return phrase("the row {name} may belong to it", name=row.item)
    return NOTHING


def _column_scope(rule: EquationRule, grid: TableIndex, side: str, column: str) -> Scope:
    def one(name: str) -> Figure | None:
        return _any_name(rule, name, lambda n: grid.figure(grid.row(n, side), column))

    def many(prefix: str) -> Sequence[Figure]:
        rows = (r for r in _below(rule, grid, prefix, side) if r.item not in rule.without)
        return [figure for row in rows if (figure := grid.figure(row, column)) is not None]

    return Scope(one, many)


def _below(rule: EquationRule, grid: TableIndex, prefix: str, side: str) -> Sequence[Row]:
    """What sum(prefix.*) adds up: topmost codes of a side, codes below a code, parts of an item, rows of a total."""
    if prefix in grid.sides:
        return [row for row in grid.tree.get("", ()) if row.side == prefix]
    if prefix.isdigit():
        return grid.tree.get(prefix, ())
    names = (prefix, *rule.also.get(prefix, ()))
    owner = next((row for n in names if (row := grid.row(n, side)) is not None), None)
    parts = [r for r in grid.rows if r.side == side and any(r.item.startswith(f"{n}/") for n in names)]
    if parts:
        return parts
    return grid.closed_by(owner) if owner else ()


def _codes(rule: EquationRule, grid: TableIndex) -> Iterator[CheckResult | None]:
    parents: list[tuple[Row, Sequence[Row]]] = []
    if grid.grand and not any(grid.sides):
        parents.append((grid.grand, grid.tree.get("", ())))
    owners = [row for row in grid.rows if row.code in grid.tree and row.code and not row.part]
    parents += [(row, grid.tree[row.code]) for row in owners]
    doubt = _uncoded(grid)
    for parent, children in parents:
        for column in parent.cells:
            bound = bind(rule.equation, _code_scope(grid, parent, children, column))
            yield outcome(rule, bound, f"{grid.table} {parent.name} {column}", doubt)


def _code_scope(grid: TableIndex, parent: Row, children: Sequence[Row], column: str) -> Scope:
    def many(_: str) -> Sequence[Figure]:
        return [figure for row in children if (figure := grid.figure(row, column)) is not None]

    return Scope(lambda _: grid.figure(parent, column), many)


def _uncoded(grid: TableIndex) -> Phrase:
    """Why a sum over codes may be incomplete."""
    if not grid.uncoded:
        return NOTHING
    name = grid.uncoded[0].item
    if not name:
        return phrase("a row without a name has no code and may belong to it")
    return phrase("the row {name} has no code and may belong to it", name=name)


def across(rule: EquationRule, grids: Grids) -> Iterator[CheckResult]:
    """The results of a rule that names cells in full (TABLE:SIDE:ITEM:COLUMN), once or for each class or item."""
    if not rule.needs and not grids.keys() >= set(rule.tables):
        return
    for code, item in _subjects(rule, grids):
        bound = bind(rule.equation, full_scope(grids, rule.also, code, item))
        label = " ".join(filter(None, (*rule.tables, code, item)))
        missing = [name for name in bound.absent if not rule.needs or name in rule.needs]
        if not missing and (found := outcome(rule, bound, label)):
            yield found


def _subjects(rule: EquationRule, grids: Grids) -> Sequence[tuple[str, str]]:
    """What the rule is tried on: nothing in particular, or every coded row of its tables of that level."""
    if rule.each == "document":
        return [("", rule.equation.left[0].name.split(":")[-2])]
    wanted = (3,) if rule.each == "class" else (3, 5, 7)
    rows = (row for table in rule.tables if table in grids for row in grids[table].rows)
    return list(dict.fromkeys((row.code, row.item) for row in rows if len(row.code) in wanted))


def full_scope(grids: Grids, also: Mapping[str, tuple[str, ...]] = _NO_NAMES, code: str = "", item: str = "") -> Scope:
    """Names in full; a placeholder is looked up by the code first, then by the item's name."""

    def row_of(grid: TableIndex, wanted: str, side: str) -> Row | None:
        if wanted in ("{class}", "{item}"):
            return (grid.row(code, side) if code else None) or grid.row(item, side)
        if wanted == "合计" and grid.grand and not side:
            return grid.grand
        names = (wanted, *also.get(wanted, ()))
        return next((row for name in names if (row := grid.row(name, side)) is not None), None)

    def one(name: str) -> Figure | None:
        table, *middle, column = name.split(":")
        grid = grids.get(table)
        if grid is None:
            return None
        side, wanted = middle if len(middle) == 2 else ("", middle[0])
        row = row_of(grid, wanted, side)
        return grid.figure(row, column, total=row is None or len(row.code) != 7)

    return Scope(one, lambda _: ())
