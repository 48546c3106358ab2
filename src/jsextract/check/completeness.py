"""Rows that a table should have beside those that it has: levels of codes, totals (科目层级、合计行)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from jsextract.check.figure import place_ref
from jsextract.check.result import result
from jsextract.check.table_index import Row, TableIndex
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.report import CheckResult
from jsextract.rules.table_definitions import TableDef, TableKind, about
from jsextract.vocabulary import CheckStatus, Severity, Topic

_BOTH_SIDES = frozenset({"总计", "合计"})
_SIDES: tuple[str, ...] = ("收入", "支出")


def completeness(
    grid: TableIndex, tables: Iterable[TableDef], others: Iterable[TableIndex] = ()
) -> Iterator[CheckResult]:
    """What one table lacks: a level of a code that other codes have, a total that other tables have.

    Args:
        grid: the table; one that is no standard table lacks nothing.
        tables: the standard tables, with their levels and totals.
        others: further tables of the document, which show what its form prints.
    """
    known = {table.id: table for table in tables}
    if grid.table not in known or not any(row.filled for row in grid.rows):
        return
    own = known[grid.table]
    coded = [
        (g, known[g.table])
        for g in others
        if g is not grid and any(row.filled for row in g.rows) and known[g.table].kind == TableKind.CODED
    ]
    yield from _levels(grid, own, [g for g, _ in coded])
    yield from _totals(grid, own, coded)


def _levels(grid: TableIndex, own: TableDef, coded: Sequence[TableIndex]) -> Iterator[CheckResult]:
    """Every code has the level above it and the level below it, where most codes have them, here or elsewhere."""
    for upper, lower in pairwise(own.levels):
        lone, complete = _by_level(grid, upper, lower)
        # codes of the economic classification are no other table's
        elsewhere = [_by_level(g, upper, lower) for g in coded] if own.kind == TableKind.CODED else []
        printed = len(complete) + sum(len(whole) for _, whole in elsewhere)
        broken = len({row.code[:upper] for row in lone}) + sum(len(single) for single, _ in elsewhere)
        if printed > broken:
            yield _level(grid, lone, complete)


def _by_level(grid: TableIndex, upper: int, lower: int) -> tuple[list[Row], list[str]]:
    """The rows whose level above or below is not printed, and the codes whose levels are."""
    codes = {row.code: row for row in grid.rows if row.code}
    heads = {code for code in codes if len(code) == upper}
    parts = {code for code in codes if len(code) == lower}
    followed = {part[:upper] for part in parts}
    orphans = [row for code, row in codes.items() if code in parts and code[:upper] not in heads]
    childless = [row for code, row in codes.items() if code in heads - followed and row.filled]
    return [*orphans, *childless], sorted(heads & followed)


def _level(grid: TableIndex, lone: Sequence[Row], complete: Sequence[str]) -> CheckResult:
    names = ", ".join(row.name for row in lone)
    message = (
        phrase("Table {table} prints {names} without the level above or below.", table=grid.table, names=names)
        if lone
        else phrase("Table {table} prints {number} codes with their levels.", table=grid.table, number=len(complete))
    )
    return _of_codes("table.levels", grid.table, lone, names, message)


def _of_codes(check_id: str, table: str, odd: Sequence[Row], names: str, message: Phrase) -> CheckResult:
    """The result of a check of a table's codes: it fails where some are odd."""
    return result(
        check_id,
        CheckStatus.FAIL if odd else CheckStatus.PASS,
        item=f"{table} {names}".strip(),
        message=message,
        severity=Severity.WARNING,
        stated=";".join(row.code for row in odd),
        pages=[cell.page for row in odd for cell in row.cells.values()],
        refs=[place_ref(table, row.code, next(iter(row.cells))) for row in odd],
    )


def _totals(grid: TableIndex, own: TableDef, coded: Sequence[tuple[TableIndex, TableDef]]) -> Iterator[CheckResult]:
    """A total that is not there: an error where other totals are, else only not checkable."""
    wanted = _wanted(grid, own)
    missing = [one for one in wanted if not _has(grid, one)]
    # the form of a coded table always has its total
    sure = len(wanted) > 2 * len(missing) or (own.kind == TableKind.CODED and _form_has_totals(coded))
    for side, group in missing:
        label = " ".join(filter(None, (grid.table, side, group[0])))
        yield result(
            "table.total_missing",
            CheckStatus.FAIL if sure else CheckStatus.NOT_CHECKABLE,
            item=label,
            message=phrase("{label}: the table has no such row, and what it adds up cannot be checked.", label=label),
            severity=Severity.WARNING,
            pages=sorted({cell.page for row in grid.rows for cell in row.cells.values()}),
        )


def _wanted(grid: TableIndex, own: TableDef) -> list[tuple[str, tuple[str, ...]]]:
    """(side, names) of the totals that a table should have."""
    return [
        (side, group)
        for group in own.totals
        for side in ([s for s in _SIDES if s in grid.sides] if _BOTH_SIDES & set(group) else []) or [""]
    ]


def _has(grid: TableIndex, wanted: tuple[str, tuple[str, ...]]) -> bool:
    side, group = wanted
    return any(grid.row(name, side) for name in group)


def _form_has_totals(coded: Sequence[tuple[TableIndex, TableDef]]) -> bool:
    """Whether the other tables with codes, two at least, have all their totals."""
    return len(coded) > 1 and all(_has(grid, one) for grid, own in coded for one in _wanted(grid, own))


def codes_across(grids: Mapping[str, TableIndex], tables: Sequence[TableDef]) -> Iterator[CheckResult]:
    """Every code with general-budget expenditure stands in the table of all expenditure too."""
    part, whole = grids.get(about(tables, Topic.FUNCTION)), grids.get(about(tables, Topic.EXPENDITURE))
    if part is None or whole is None:
        return
    known = {row.code for row in whole.rows if row.code}
    levels = {len(code) for code in known}
    printed = [row for row in part.rows if row.code and len(row.code) in levels]
    spent = [row for row in printed if any(cell.value for cell in row.cells.values())]
    if not known or not spent:
        return
    strange = [row for row in spent if row.code not in known]
    names = ", ".join(row.name for row in strange)
    message = (
        phrase("Table {part} has {names}, table {whole} does not.", part=part.table, names=names, whole=whole.table)
        if strange
        else phrase(
            "All {number} codes of table {part} with expenditure stand in table {whole}.",
            number=len(spent),
            part=part.table,
            whole=whole.table,
        )
    )
    yield _of_codes("cross.codes_t5_t3", f"{part.table} {whole.table}", strange, names, message)
