"""What the text states against the cells of the tables (正文与表格)."""

from __future__ import annotations

from collections.abc import Iterator

from jsextract.check.binding import Bound, Scope, bind
from jsextract.check.evaluate import outcome, status_of
from jsextract.check.figure import Figure
from jsextract.check.result import not_checkable
from jsextract.check.tables import Grids, full_scope
from jsextract.check.text import Statement, Text
from jsextract.language.phrase import NOTHING, phrase
from jsextract.model.report import CheckResult
from jsextract.rules.equation import Equation
from jsextract.rules.equation_rules import EquationRule
from jsextract.text.normal import squeeze
from jsextract.vocabulary import CheckStatus

_BEST = (*CheckStatus, "")


def statements(rule: EquationRule, text: Text, grids: Grids, *, single: bool) -> Iterator[CheckResult]:
    """The results of a rule for every statement of its first name; of alternatives the one that agrees best.

    Args:
        rule: one whose equations begin with TOPIC:ITEM:MEASURE; `{item}` stands for every functional item.
        text: the narrative.
        grids: the tables.
        single: whether the document is about one unit.
    """
    topic, item, measure = rule.equation.left[0].name.split(":")
    for said in text.topics.get(topic, ()):
        fact = said.fact
        if fact.measure != measure or not _named(item, said) or fact.project:
            continue
        if not rule.reads_section(squeeze(fact.section)):
            continue
        found = [b for e in rule.alternatives if (b := _bound(rule, e, text, grids, said)) is not None]
        if found:
            best = min(found, key=lambda bound: _BEST.index(status_of(rule, bound)[0]))
            doubt = NOTHING if single or not rule.single else phrase("it need not be one unit's")
            if made := outcome(rule, best, fact.item, doubt):
                yield made
        elif fact.code and rule.tables[0] in grids and not grids[rule.tables[0]].row(fact.code):
            why = phrase("{table} has no row {code}", table=rule.tables[0], code=fact.code)
            yield not_checkable(rule.id, [text.figure(said)], item=fact.item, why=why, severity=rule.severity)


def _named(item: str, said: Statement) -> bool:
    return bool(said.fact.code) if item == "{item}" else said.fact.item == item


def _bound(rule: EquationRule, equation: Equation, text: Text, grids: Grids, said: Statement) -> Bound | None:
    """The figures of one alternative; None where a table or row of it is not there."""
    stated = equation.left[0].name
    cells = full_scope(grids, rule.also, said.fact.code, said.fact.item.rpartition("/")[2])

    def one(name: str) -> Figure | None:
        return text.figure(said) if name == stated else cells.one(name)

    bound = bind(equation, Scope(one, cells.many))
    return None if bound.absent else bound
