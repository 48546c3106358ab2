"""Evaluated projects against what is stated of them all (绩效自评项目)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jsextract.check.figure import Figure
from jsextract.check.result import judged, not_checkable
from jsextract.check.sentences import amount, apart, measured, plain
from jsextract.check.text import Statement, Text
from jsextract.check.tolerance import Comparison, judge_sum
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.report import CheckResult, Report
from jsextract.vocabulary import AGREES, DIFFERS, CheckStatus, Measure, Severity, Topic

_COUNTED = "绩效自评项目"
_MONEY = "绩效自评项目资金"


def projects(report: Report, text: Text) -> Iterator[CheckResult]:
    """The money and number of the evaluated projects against those described, and each within its budget."""
    names = list(dict.fromkeys(s.fact.project for s in text.numbers if s.fact.project))
    own = {
        name: [s for s in text.numbers if s.fact.project == name and s.fact.topic == Topic.PROJECT] for name in names
    }
    planned = {name: found for name in names if (found := _stated(own[name], name, Measure.FULL_YEAR_BUDGET))}
    spent = {name: found for name in names if (found := _stated(own[name], name, Measure.FINAL))}
    yield from _sum(text, list(planned.values()), list(spent.values()))
    for name in names:
        if name in planned and name in spent:
            yield _within_budget(text, name, planned[name], spent[name])


def _stated(facts: Sequence[Statement], name: str, measure: str) -> Statement | None:
    return next((s for s in facts if s.fact.measure == measure and s.fact.item == name), None)


def _sum(text: Text, planned: Sequence[Statement], spent: Sequence[Statement]) -> Iterator[CheckResult]:
    """What is stated of all evaluated projects against the sum over those that are described, if these are all."""
    money = next(
        (s for m in (Measure.BUDGET, Measure.FULL_YEAR_BUDGET, Measure.FINAL) for s in text.of(_MONEY, m)), None
    )
    count = next((s for s in text.of(_COUNTED, Measure.COUNT)), None)
    if money is None or len(planned) < 2:
        return
    total = text.figure(money)
    sides = [[text.figure(s) for s in side] for side in (planned, spent) if side]
    found = [(judge_sum([(1, total)], [(1, f) for f in side]), side) for side in sides]
    rank = tuple(CheckStatus)
    best, parts = min(found, key=lambda pair: rank.index(pair[0].status))
    if best.status in DIFFERS and (count is None or count.fact.value != len(planned)):
        why = (
            phrase("the text describes {number} projects and does not say how many there are", number=len(planned))
            if count is None
            else phrase(
                "the text counts {counted} projects and describes {number}",
                counted=count.fact.value_text,
                number=len(planned),
            )
        )
        yield not_checkable("text.projects_sum", [total, *parts], item=_MONEY, why=why)
        return
    listed = " + ".join(f.printed for f in parts)
    message = _sum_message(total, listed, best)
    yield judged("text.projects_sum", best, [total, *parts], item=_MONEY, message=message)


def _sum_message(total: Figure, listed: str, best: Comparison) -> Phrase:
    """One sentence with what is stated of all projects and what they add up to."""
    values = {
        "item": _MONEY,
        "total": amount(total),
        "parts": listed,
        "sum": measured(plain(best.computed), total.unit),
    }
    if best.status == CheckStatus.PASS:
        return phrase("{item}: the text states {total}, which the projects add up to: {parts}.", **values)
    by = apart(best, total.unit)
    return phrase("{item}: the text states {total}, the projects {parts} = {sum}, {apart}.", **values, apart=by)


def _within_budget(text: Text, name: str, planned: Statement, spent: Statement) -> CheckResult:
    """A project's execution is a part of its budget."""
    budget, final = text.figure(planned), text.figure(spent)
    limit = judge_sum([(1, final)], [(1, budget)], "<=")
    values = {"item": name, "final": amount(final), "budget": amount(budget)}
    message = (
        phrase("{item}: {final} was spent, within the budget of {budget}.", **values)
        if limit.status in AGREES
        else phrase("{item}: {final} was spent, more than the budget of {budget}.", **values)
    )
    return judged("text.project_budget", limit, [final, budget], item=name, message=message, severity=Severity.WARNING)
