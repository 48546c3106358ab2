"""How well one table agrees with itself: what chooses between two readings of it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from jsextract.check.completeness import completeness
from jsextract.check.figure import precision
from jsextract.check.table_index import table_indexes, unit_indexes
from jsextract.check.tables import across, inside
from jsextract.model.report import CheckResult, TableCell
from jsextract.rules.ruleset import RuleSet
from jsextract.vocabulary import AGREES, DIFFERS


class TableScore(Struct, frozen=True):
    """The identities inside one table.

    Attributes:
        satisfied: how many hold, exactly or within rounding.
        failed: how many do not, minor ones included.
        not_checkable: how many have a part that was not read.
        results: their rows of checks.csv, in order.
    """

    satisfied: int
    failed: int
    not_checkable: int
    results: tuple[CheckResult, ...]


def identities(cells: Sequence[TableCell], rules: RuleSet) -> tuple[CheckResult, ...]:
    """The results of all identities inside tables and between them; nothing of any text.

    Args:
        cells: of all tables.
        rules: with the identities.
    """
    places = precision(cells)
    tables, units = table_indexes(cells, places), unit_indexes(cells, places)
    found: list[CheckResult] = []
    for rule in rules.equations:
        if rule.each in ("row", "column", "code"):
            for grid in (g for table in rule.tables for g in (tables.get(table), *units.get(table, ())) if g):
                found.extend(inside(rule, grid))
        elif rule.each in ("document", "class", "item"):
            found.extend(across(rule, tables))
    return tuple(found)


def score_table(cells: Sequence[TableCell], table: str, rules: RuleSet) -> TableScore:
    """Judges the cells of one reading of one table; pure, and cheap enough to call for every reading.

    Args:
        cells: of that table, or of more: others are passed over.
        table: T1 to T9; tables of other kinds have no identities.
        rules: with the identities, and what each table must have.
    """
    own = [cell for cell in cells if cell.table == table]
    places = precision(own)
    tables = table_indexes(own, places)
    grids = [*tables.values(), *unit_indexes(own, places).get(table, ())]
    found: list[CheckResult] = []
    for rule in rules.equations:
        if rule.each in ("row", "column", "code") and table in rule.tables:
            found.extend(result for grid in grids for result in inside(rule, grid))
        elif rule.each == "document" and rule.tables == (table,):
            found.extend(across(rule, tables))
    found.extend(result for grid in tables.values() for result in completeness(grid, rules.tables))
    counts = {status: sum(r.status == status for r in found) for status in AGREES | DIFFERS}
    satisfied, failed = sum(counts[s] for s in AGREES), sum(counts[s] for s in DIFFERS)
    return TableScore(satisfied, failed, len(found) - satisfied - failed, tuple(found))
