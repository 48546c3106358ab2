"""All equations of patterns/checks/ over one report: its tables, its text, and one against the other (勾稽关系)."""

from __future__ import annotations

from jsextract.check.figure import precision
from jsextract.check.grid import grids
from jsextract.check.rules import rules
from jsextract.check.tables import across, inside
from jsextract.model.report import CheckResult, Report


def equations(report: Report) -> tuple[CheckResult, ...]:
    """The rows of checks.csv for every equation that finds its figures, passed ones included.

    Raises:
        PatternError: if the equations do not load.
    """
    places = precision(report.cells, report.facts)
    tables = grids(report.cells, places)
    found: list[CheckResult] = []
    for rule in rules():
        if rule.each in ("row", "column", "code"):
            for table in rule.tables:
                if table in tables:
                    found.extend(inside(rule, tables[table]))
        elif rule.each in ("document", "class", "item"):
            found.extend(across(rule, tables))
    return tuple(found)
