"""Uses (用途) of functional items: copied from another item, or against the column of their money."""

from __future__ import annotations

from collections.abc import Iterator

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.check.sentences import measured
from jsextract.check.sentences import printed as printed_text
from jsextract.check.text_rules.finding import Finding, quoted
from jsextract.check.text_rules.passages import Printed
from jsextract.language.phrase import phrase
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
        use_of = {"item": item, "use": quoted(fact.value_text)}
        yield Finding(
            item=fact.item, stated=fact.value_text, pages=(fact.page,), severity=Severity.WARNING,
            refs=tuple(fact_ref(f) for f in (fact, twin) if f),
            message=phrase("{item}: its use is told as {use}, as is that of {other}.", **use_of, other=_entry(twin))
            if twin
            else phrase("{item}: its use is told as {use}.", **use_of),
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
                message=phrase(
                    "{item}: the text says {use}; in table T5 {said} is {a}, {other} {b}.",
                    item=_entry(fact), use=quoted(fact.value_text), said=said, other=other,
                    a=printed_text(a.value_text), b=measured(b.value_text, b.unit),
                ),
            )  # fmt: skip


def _money(cell: TableCell) -> bool:
    return bool(cell.value)
