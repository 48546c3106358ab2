"""Other figures of a sentence that a rate may be of: what agrees with one is rather misread than misprinted (旁证)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from jsextract.check.figure import Figure
from jsextract.check.text import Statement, Text
from jsextract.check.tolerance import converted
from jsextract.model.report import CheckResult, Fact
from jsextract.text.amounts import is_money
from jsextract.text.normal import squeeze
from jsextract.vocabulary import AGREES, DIFFERS, Measure, Origin

_SURE = frozenset({0, 100})
"""Rates that agree with too much to tell anything."""
_BOTH = frozenset({"收入支出总计", "财政拨款收入支出总计"})
_ADJUSTED = re.compile(r"同口径|可比口径|剔除|扣除|不含|不考虑|还原")


def finals_beside(said: Statement, text: Text) -> Iterator[Figure]:
    """The finals that the sentence of a fact states of other things, and the half of 收支总计 where both are added."""
    for other in text.numbers:
        fact = other.fact
        if fact.section != said.fact.section or fact.measure != Measure.FINAL or not is_money(fact.unit):
            continue
        if fact.item != said.fact.item and fact.sentence == said.fact.sentence:
            yield text.figure(other)
        elif fact.item == said.fact.item and fact.item in _BOTH and fact.value is not None:
            yield replace(text.figure(other), value=fact.value / 2)


def of_another(made: CheckResult, change: Figure, final: Figure) -> CheckResult:
    """A result, the reading's where a rise is more than all that it is said to lead to: it is of another thing."""
    if made.status not in DIFFERS or change.value is None or final.value is None or final.value < 0:
        return made
    more = converted(change, final.unit)[0] > final.value
    return replace(made, origin=Origin.READING) if more else made


def as_named(made: CheckResult, final: Fact, whole: Fact) -> CheckResult:
    """A result, the reading's where one sentence names a total (支出总计) and another the item alone (支出)."""
    one, other = ("总计" in squeeze(fact.item_text) for fact in (final, whole))
    apart = one != other and final.sentence != whole.sentence
    return replace(made, origin=Origin.READING) if apart and made.status in DIFFERS else made


def fair(made: CheckResult, rate: Figure, others: Iterator[Figure], judge: Callable[[Figure], str]) -> CheckResult:
    """A result, the reading's where another figure of its sentence gives the very rate that is stated.

    Args:
        made: the result.
        rate: as stated; one of 0 or 100 % tells nothing.
        others: figures that it may be of.
        judge: the status of the same check with another figure, blank where there is none.
    """
    if made.status not in DIFFERS or rate.value is None or abs(rate.value) in _SURE:
        return made
    return replace(made, origin=Origin.READING) if any(judge(other) in AGREES for other in others) else made


def is_adjusted(fact: Fact) -> bool:
    """Whether a change leaves something out that the figures hold (同口径下降3%), so that these do not tell it."""
    return _ADJUSTED.search(squeeze(fact.sentence[: fact.start])) is not None
