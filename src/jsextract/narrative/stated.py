"""What a section has stated before a figure: of each thing, by measure, as far as it says one amount (已述数字)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import Struct, field

from jsextract.model.report import Fact
from jsextract.narrative.frames import BUDGETS
from jsextract.text.amounts import decimals, to_yuan
from jsextract.vocabulary import TAKEN_UP, Measure

_HUNDRED, _HALF = Decimal(100), Decimal("0.5")
_ASKED = 100
"""Names told last that are asked whether a figure is theirs: of more, one would fit by chance."""


class Measured(Struct, frozen=True):
    """An amount in 元 or a rate in per cent, and what its digits leave open on either side."""

    value: Decimal
    slack: Decimal

    def less(self, other: Measured) -> Measured:
        """The difference."""
        return Measured(self.value - other.value, self.slack + other.slack)

    def of(self, whole: Measured) -> Measured | None:
        """In per cent of a whole; None where that may be nothing."""
        if abs(whole.value) <= whole.slack:
            return None
        rate = _HUNDRED * self.value / whole.value
        slack = (_HUNDRED * self.slack + abs(rate) * whole.slack) / abs(whole.value)
        return Measured(rate, slack)

    def meets(self, other: Measured) -> bool:
        """Whether both may be the same."""
        return abs(self.value - other.value) <= self.slack + other.slack


def measured(fact: Fact) -> Measured:
    """The value of a fact in yuan, or as it is where it is no money."""
    value = fact.value or Decimal(0)
    half = _HALF.scaleb(-decimals(value))
    if fact.amount_yuan is None:
        return Measured(value, half)
    return Measured(fact.amount_yuan, to_yuan(half, fact.unit) or half)


Figures = Mapping[str, Measured]
"""What is stated of one item, by measure."""


class Stated(Struct):
    """The amounts of a section so far; it grows from fact to fact.

    Attributes:
        figures: by item and measure, each amount that was stated; items told last at the end.
        finals: of each item the final that stood under its own name last, those told last at the end.
    """

    figures: dict[str, dict[str, set[Measured]]] = field(default_factory=dict)
    finals: dict[str, Fact] = field(default_factory=dict)

    def add(self, fact: Fact) -> None:
        """One fact more; what is no amount of money, or a change, tells nothing."""
        if fact.amount_yuan is None or fact.measure == Measure.CHANGE:
            return
        of_item = self.figures[fact.item] = self.figures.pop(fact.item, {})
        of_item.setdefault(fact.measure, set()).add(measured(fact))
        if fact.measure == Measure.FINAL and fact.named not in TAKEN_UP and not fact.project:
            self.finals.pop(fact.item, None)
            self.finals[fact.item] = fact

    def of(self, item: str, more: Iterable[Fact] = ()) -> Figures:
        """What is stated of an item, and by further facts of it; a measure that has two values is not known."""
        found = {measure: set(several) for measure, several in self.figures.get(item, {}).items()}
        for fact in more:
            found.setdefault(fact.measure, set()).add(measured(fact))
        return {measure: one for measure, several in found.items() for one in several if len(several) == 1}

    def wholes(self, but: str) -> dict[str, Measured]:
        """The finals of the other items told last."""
        items = (item for item in reversed(self.figures) if item != but)
        told = ((item, self.of(item).get(Measure.FINAL)) for item in islice(items, _ASKED))
        return {item: final for item, final in told if final is not None}

    def owners(self, but: str) -> Iterator[Fact]:
        """The finals that stand under their own names, of the other items told last."""
        yield from (fact for fact in islice(reversed(self.finals.values()), _ASKED) if fact.item != but)


def with_stated(facts: Sequence[Fact]) -> Iterator[tuple[int, Fact, Stated]]:
    """Each fact with its place and what its section has stated before it."""
    told: dict[str, Stated] = {}
    for at, fact in enumerate(facts):
        before = told.setdefault(fact.section, Stated())
        yield at, fact, before
        before.add(fact)


def refuted(
    stated: Mapping[tuple[str, str, int | None], Decimal], item: str, measure: str, year: int | None, amount: Decimal
) -> bool:
    """Whether what is known of an item leaves it no such figure (一个主体一个决算数): it has another final or budget.

    Args:
        stated: by item, measure and year, amounts in yuan.
        item: what the figure would be of.
        measure: of the figure; only a final or a budget can be refuted.
        year: of the figure.
        amount: in yuan; what was rounded, as 约3万元, is no other amount.
    """
    budgets = BUDGETS.values()
    if measure != Measure.FINAL and measure not in budgets:
        return False
    alike = budgets if measure == Measure.BUDGET else (measure,)
    known = [stated[item, one, year] for one in alike if (item, one, year) in stated]
    return bool(known) and all(abs(one - amount) * 100 > max(one, amount) for one in known)
