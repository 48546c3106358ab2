"""Uses (用途) of functional items: copied from another item, or against the column of their money."""

from __future__ import annotations

from collections.abc import Iterator

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.check.text_rules.finding import Finding, shortened
from jsextract.check.text_rules.passages import Printed
from jsextract.model.report import Fact, TableCell
from jsextract.rules.table_definitions import about
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Measure, Severity, Topic

_BASIC, _PROJECT = "基本支出", "项目支出"


def _purposes(printed: Printed) -> list[Fact]:
    return [fact for fact in printed.report.facts if fact.measure == Measure.PURPOSE and "/" in fact.item]


def _entry(fact: Fact) -> str:
    """The last name of a functional path (项)."""
    return squeeze(fact.item.rsplit("/", 1)[-1])


def copied_purposes(printed: Printed) -> Iterator[Finding]:
    """Uses that speak of another item's matter."""
    facts = _purposes(printed)
    for fact in facts:
        use, item = squeeze(fact.value_text), _entry(fact)
        if not any(owner.misfits(item, use) for owner in printed.rules.wordings.purposes):
            continue
        twin = next((f for f in facts if f is not fact and squeeze(f.value_text) == use), None)
        from_where = f", the words of {_entry(twin)}" if twin else ""
        yield Finding(
            item=fact.item, stated=fact.value_text, pages=(fact.page,), severity=Severity.WARNING,
            refs=tuple(fact_ref(f) for f in (fact, twin) if f),
            message=f"The use of {item} is said to be “{shortened(fact.value_text)}”{from_where}.",
        )  # fmt: skip


def purposes_against_table(printed: Printed) -> Iterator[Finding]:
    """Uses called 基本支出 (or 项目支出) where the general budget has money in the other column alone."""
    general = about(printed.rules.tables, Topic.FUNCTION)
    cells = {(c.code, c.column): c for c in printed.report.cells if c.place == general and len(c.code) == 7}
    for fact in _purposes(printed):
        use = squeeze(fact.value_text)
        for said, other in ((_BASIC, _PROJECT), (_PROJECT, _BASIC)):
            a, b = cells.get((fact.code, said)), cells.get((fact.code, other))
            if said not in use or other in use or a is None or b is None or _money(a) or not _money(b):
                continue
            yield Finding(
                item=fact.item, stated=fact.value_text, computed=f"{other} {b.value_text}", severity=Severity.WARNING,
                pages=(fact.page, a.page),
                refs=(fact_ref(fact), cell_ref(a), cell_ref(b)),
                message=f"“{shortened(fact.value_text)}” calls the money of {_entry(fact)} {said}; in table T5"
                f" {said} is {a.value_text or 'blank'} and {other} {b.value_text} {b.unit}.",
            )  # fmt: skip


def _money(cell: TableCell) -> bool:
    return bool(cell.value)
