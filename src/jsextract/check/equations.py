"""All equations of patterns/checks/ over one report: its tables, its text, and one against the other (勾稽关系)."""

from __future__ import annotations

from jsextract.check.changes import changes
from jsextract.check.completeness import codes_across, completeness
from jsextract.check.exchanged import exchanged
from jsextract.check.figure import precision
from jsextract.check.limits import limits
from jsextract.check.misnamed import misnamed
from jsextract.check.project_totals import projects
from jsextract.check.rates import rates
from jsextract.check.shares import shares
from jsextract.check.statements import statements
from jsextract.check.sums import CLASS_DIGITS, ITEM_DIGITS, sums
from jsextract.check.table_index import TableIndex, table_indexes, unit_indexes
from jsextract.check.tables import across, inside
from jsextract.check.text import Text
from jsextract.check.twice import printed_twice
from jsextract.check.unit_sums import unit_sums
from jsextract.model.report import CheckResult, Report
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.table_definitions import about
from jsextract.vocabulary import Kind, Measure, Topic


def equations(report: Report, rules: RuleSet) -> tuple[CheckResult, ...]:
    """The rows of checks.csv for every equation that finds its figures, passed ones included."""
    places = precision(report.cells, report.facts)
    tables, units = table_indexes(report.cells, places), unit_indexes(report.cells, places)
    text = Text(report.facts, places, report.year)
    classes = frozenset(name for code, name in rules.lexicon.functions.items() if len(code) == CLASS_DIGITS)
    single, codes = _is_single(report), _items(tables.get(about(rules.tables, Topic.FUNCTION)))
    found: list[CheckResult] = []
    for rule in rules.equations:
        if rule.each in ("row", "column", "code"):
            for table in rule.tables:
                for grid in (*([tables[table]] if table in tables else ()), *units.get(table, ())):
                    found.extend(inside(rule, grid))
        elif rule.each in ("document", "class", "item"):
            found.extend(across(rule, tables))
        elif rule.each == "statement":
            found.extend(statements(rule, text, tables, single=single))
        else:
            found.extend(sums(rule, text, codes, classes))
    for grid in tables.values():
        found.extend(completeness(grid, rules.tables, tables.values()))
    found.extend(codes_across(tables, rules.tables))
    found += [
        *rates(text, tables, rules),
        *shares(text, rules.denominators),
        *changes(text),
        *projects(report, text),
        *limits(report, text, tables.get(about(rules.tables, Topic.THREE_PUBLIC))),
        *misnamed(text, tables.get(about(rules.tables, Topic.FUNCTION)), rules.wordings.renamed),
        *printed_twice(report.cells),
        *unit_sums(tables, units, about(rules.tables, Topic.THREE_PUBLIC)),
        *exchanged(tables, rules.tables),
    ]
    return tuple(found)


def _is_single(report: Report) -> bool:
    """Whether the account is known to be that of one unit."""
    units = [fact.value for fact in report.facts if fact.item == "决算单位" and fact.measure == Measure.COUNT]
    return report.kind == Kind.UNIT_ACCOUNT or units == [1]


def _items(general: TableIndex | None) -> int:
    """How many functional items the general budget has in its table."""
    return sum(len(row.code) == ITEM_DIGITS for row in general.rows) if general else 0
