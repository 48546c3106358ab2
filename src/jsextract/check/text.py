"""The facts of the narrative as checks look them up: by section, by topic, by item (正文数字)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from jsextract.check.figure import Figure, Precision, from_fact
from jsextract.model.report import Fact
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Measure

BUDGETS = (Measure.INITIAL_BUDGET, Measure.FULL_YEAR_BUDGET, Measure.BUDGET)
BUDGET_OF = {
    "年初预算": (Measure.INITIAL_BUDGET,),
    "全年预算": (Measure.FULL_YEAR_BUDGET,),
    "调整预算": (Measure.FULL_YEAR_BUDGET,),
}
"""What a basis of comparison is measured as."""
# A list that these words open or close names only some of its parts.
_OPEN = re.compile(r"主要(?!领导)|等(?=[。；，、（]|$)|(?<=[费支出项目])等|部分")


class Statement(Struct, frozen=True):
    """A numeric fact with its place in reading order."""

    at: int
    fact: Fact


class Text:
    """The numeric facts of a document's own year, in reading order, and those that are only words."""

    def __init__(self, facts: Iterable[Fact], places: Precision, year: int | None) -> None:
        self.places, self.year = places, year
        self.all = tuple(Statement(at, fact) for at, fact in enumerate(facts))
        own = (
            s for s in self.all if s.fact.measure == Measure.PRIOR_YEAR or s.fact.year in (year, None) or year is None
        )
        self.numbers = tuple(s for s in own if s.fact.value is not None)

    @cached_property
    def sections(self) -> Mapping[str, Sequence[Statement]]:
        """Section path → its numeric facts."""
        return _grouped(self.numbers, lambda fact: fact.section)

    @cached_property
    def chapters(self) -> Mapping[str, Sequence[Statement]]:
        """Section path without what is below its second heading → its numeric facts."""
        return _grouped(self.numbers, lambda fact: "/".join(fact.section.split("/")[:2]))

    @cached_property
    def topics(self) -> Mapping[str, Sequence[Statement]]:
        """Topic → its numeric facts."""
        return _grouped(self.numbers, lambda fact: fact.topic)

    @cached_property
    def _items(self) -> Mapping[tuple[str, str], Sequence[Statement]]:
        found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for said in self.numbers:
            found[said.fact.item, said.fact.measure].append(said)
        return found

    def of(self, item: str, measure: str) -> Sequence[Statement]:
        """All statements of one measure of an item."""
        return self._items.get((item, measure), ())

    def nearest(
        self,
        said: Statement,
        item: str,
        measures: Iterable[str],
        basis: str | None = None,
        years: Collection[int | None] | None = None,
    ) -> Statement | None:
        """The statement of an item that stands nearest before a fact in its section, else nearest after it there.

        Args:
            said: the fact; what is about another project, or about none where this is about one, is passed over.
            item: whose statement is wanted.
            measures: any of these.
            basis: only those measured against this.
            years: only those about one of these years.
        """
        own = [
            s
            for measure in measures
            for s in self.of(item, measure)
            if s.fact.section == said.fact.section
            and s.fact.project == said.fact.project
            and (basis is None or s.fact.basis == basis)
            and (years is None or s.fact.year in years)
        ]
        before = [s for s in own if s.at < said.at]
        return max(before, key=lambda s: s.at) if before else min(own, key=lambda s: s.at, default=None)

    def figure(self, said: Statement) -> Figure:
        """The figure of a fact; what it quotes of a table is no sum of its own."""
        return from_fact(said.fact, self.places)


def is_open(*facts: Fact) -> bool:
    """Whether the words of a list say that it names only some of the parts."""
    return any(_OPEN.search(squeeze(fact.sentence)) for fact in facts)


def is_inside(fact: Fact, whole: Fact) -> bool:
    """Whether a fact stands in brackets behind another part of a whole, so that it is a part of that part.

    事业编制6人（其中：参公6人） behind a total of its sentence; brackets right behind the total hold its own parts.
    """
    if fact.sentence != whole.sentence or fact.start < whole.end:
        return False
    before = squeeze(fact.sentence[whole.end : fact.start])
    opened = before.rfind("（")
    return opened > before.rfind("）") and any(char.isdigit() for char in before[:opened])


def _grouped(said: Iterable[Statement], key: Callable[[Fact], str]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in said:
        found[key(one.fact)].append(one)
    return found
