"""Figures that follow from others tell whose they are (数字为锚): changes, rates, shares, budgets.

其中基本支出60万元，项目支出40万元，比上年增加10万元，增长11.11%: a rise of 10 is 11.11 % of what 100 had been and not
of what 40 had been, so that it is the whole's. Where a clause names nothing, the figures of the name before it are
asked first; only if they refute it, those of the other names that stand before it, and only one of these may fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec.structs import replace

from jsextract.model.report import Fact
from jsextract.narrative.stated import Figures, Measured, Stated, measured, with_stated
from jsextract.narrative.subjects import WHOLES, side_of
from jsextract.vocabulary import TAKEN_UP, TEXT_MEASURES, Flag, Measure, Named

_CHANGES, _BUDGETS, _SHARES = "changes", "budgets", "shares"
_FAMILY: Mapping[str, str] = {
    Measure.CHANGE: _CHANGES, Measure.CHANGE_RATE: _CHANGES, Measure.PRIOR_YEAR: _CHANGES,
    Measure.INITIAL_BUDGET: _BUDGETS, Measure.FULL_YEAR_BUDGET: _BUDGETS, Measure.BUDGET: _BUDGETS,
    Measure.COMPLETION_RATE: _BUDGETS, Measure.SHARE: _SHARES,
}  # fmt: skip
"""What is said of an amount in one breath, and can only be about one thing."""
_BASES: Mapping[str, tuple[str, ...]] = {
    "上年": (Measure.PRIOR_YEAR,), "年初预算": (Measure.INITIAL_BUDGET,), "全年预算": (Measure.FULL_YEAR_BUDGET,),
    "预算": (Measure.BUDGET, Measure.FULL_YEAR_BUDGET, Measure.INITIAL_BUDGET),
}  # fmt: skip
_TELLING, _TELLING_FAR = 2, 3
"""Digits that a figure must have for its agreement to tell a name of its sentence, and one of its section."""


def by_arithmetic(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts, those that what is stated of their name refutes under the one other name that they follow from.

    A share whose whole was inherited is a share of the one other amount before it that it follows from.
    """
    found = [_with_whole(fact, at, facts, stated) for at, fact, stated in with_stated(facts)]
    breaths = dict(_breaths(facts))
    for at, _, stated in with_stated(facts):
        stop = breaths.get(at)
        owner = _owner(facts[at:stop], stated) if stop else None
        if stop is None or owner is None:
            continue
        for place in (*range(at, stop), *_words_after(facts, stop)):
            found[place] = _moved(found[place], owner)
    return found


def _breaths(facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """Where figures stand together that name nothing themselves and can only be about one thing."""
    at = 0
    while at < len(facts):
        stop = at + 1
        if _FAMILY.get(facts[at].measure) and not facts[at].project and _names_nothing(facts, at):
            while stop < len(facts) and _goes_on(facts[stop - 1], facts[stop]):
                stop += 1
            yield at, stop
        at = stop


def _names_nothing(facts: Sequence[Fact], at: int) -> bool:
    """Whether a figure was given the name of what stands before it, or one that means several things (总收入)."""
    fact = facts[at]
    if fact.named in TAKEN_UP or _is_either(fact):
        return True
    before = next((facts[n] for n in range(at - 1, -1, -1) if facts[n].value is not None), None)
    return before is not None and before.sentence == fact.sentence and _takes_up(before, fact)


def _is_either(fact: Fact) -> bool:
    """Whether its name may mean one whole of a side or another (总收入: 收入总计 or 本年收入合计)."""
    return fact.named == Named.SHORT and fact.item in WHOLES


def _takes_up(before: Fact, fact: Fact) -> bool:
    """Whether a figure is about what the one before it is, and no name stands between them."""
    same = (before.item, before.section) == (fact.item, fact.section) and before.end <= fact.start
    return same and fact.item_text not in fact.sentence[before.end : fact.start]


def _goes_on(before: Fact, fact: Fact) -> bool:
    family = _FAMILY.get(before.measure)
    if fact.sentence != before.sentence or _FAMILY.get(fact.measure) != family or not _takes_up(before, fact):
        return False
    return family != _CHANGES or before.measure == Measure.PRIOR_YEAR or before.basis == fact.basis


def _words_after(facts: Sequence[Fact], at: int) -> Iterator[int]:
    """The comparison and the reason that follow a figure about the same."""
    for place in range(at, len(facts)):
        before, fact = facts[place - 1], facts[place]
        if fact.measure not in TEXT_MEASURES or (fact.item, fact.sentence) != (before.item, before.sentence):
            return
        yield place


def _owner(group: Sequence[Fact], near: Stated) -> Fact | None:
    """A fact of the one other name that the figures follow from; None where their own may be right, or several fit.

    A rise that is more than what it would be a rise of is the one other name's of its sentence that can have it.
    """
    first = group[0]
    own = near.of(first.item)
    beyond = _is_beyond(group, own)
    if not beyond and _fits(group, own, near, 0) is not False:
        return None
    others = [
        fact
        for fact in near.owners(first.item)
        if (first.named in TAKEN_UP or fact.sentence == first.sentence)
        and (not _is_either(first) or (fact.item in WHOLES and side_of(fact.item) == side_of(first.item)))
    ]
    fitting = [
        fact
        for fact in others
        if _fits(group, near.of(fact.item), near, _TELLING if fact.sentence == first.sentence else _TELLING_FAR)
    ]
    if beyond and not fitting:
        fitting = [
            fact
            for fact in others
            if fact.sentence == first.sentence
            and Measure.FINAL in (stated := near.of(fact.item)) and not _is_beyond(group, stated)
        ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def _is_beyond(group: Sequence[Fact], stated: Figures) -> bool:
    """Whether an item would have been less than nothing before it rose by so much (其中A10万元，较上年增加20万元)."""
    final = stated.get(Measure.FINAL)
    if final is None or final.value < 0:
        return False
    rises = [measured(fact) for fact in group if fact.measure == Measure.CHANGE and fact.amount_yuan is not None]
    return any(rise.value - rise.slack > final.value + final.slack for rise in rises)


def _fits(group: Sequence[Fact], stated: Figures, near: Stated, digits: int) -> bool | None:
    """Whether figures follow from what is stated of an item; None where nothing tells.

    None of them may disagree, and one that agrees has to be printed with so many digits.
    """
    own = {fact.measure: measured(fact) for fact in group}
    told = [
        (follows.meets(own[fact.measure]), _digits(fact) >= digits)
        for fact in group
        for follows in _follows(fact, own, stated, near)
    ]
    if not all(agrees for agrees, _ in told):
        return False
    return True if any(telling for _, telling in told) else None


def _digits(fact: Fact) -> int:
    """The digits of its value without zeros at either end."""
    return len(f"{abs(fact.value or 0):f}".replace(".", "").strip("0"))


def _follows(fact: Fact, own: Figures, stated: Figures, near: Stated) -> Iterator[Measured]:
    """What a figure would be if it were of the item of which these are stated, by each way that leads to it."""
    final = stated.get(Measure.FINAL)
    if final is None:
        return
    bases = _BASES.get(fact.basis, ())
    base = next((one for m in bases for figures in (own, stated) if (one := figures.get(m))), None)
    made: list[Measured | None] = []
    if fact.measure == Measure.CHANGE:
        made = [final.less(base) if base else None]
    elif fact.measure == Measure.CHANGE_RATE:
        change = own.get(Measure.CHANGE)
        made = [change.of(final.less(change)) if change else None, final.less(base).of(base) if base else None]
    elif fact.measure == Measure.COMPLETION_RATE:
        made = [final.of(base) if base else None]
    elif fact.measure == Measure.SHARE:
        whole = near.of(fact.basis).get(Measure.FINAL)
        made = [final.of(whole) if whole else None]
    yield from (one for one in made if one is not None)


def _with_whole(fact: Fact, at: int, facts: Sequence[Fact], before: Stated) -> Fact:
    """A share of the whole that it follows from, where the one that it inherited refutes it."""
    if fact.measure != Measure.SHARE or Flag.BASIS_INHERITED not in fact.flags or fact.project:
        return fact
    here = takewhile(lambda f: f.sentence == fact.sentence, (facts[n] for n in range(at, len(facts))))
    part = before.of(fact.item, (f for f in here if f.item == fact.item and f.amount_yuan is not None)).get(
        Measure.FINAL
    )
    inherited = before.of(fact.basis).get(Measure.FINAL)
    if part is None or inherited is None or _digits(fact) < _TELLING_FAR:
        return fact
    rate = measured(fact)
    if _is_share(part, inherited, rate):
        return fact
    fitting = [item for item, one in before.wholes(fact.item).items() if _is_share(part, one, rate)]
    return replace(fact, basis=fitting[0], flags=(*fact.flags, Flag.ARBITRATED)) if len(fitting) == 1 else fact


def _is_share(part: Measured, whole: Measured, rate: Measured) -> bool:
    share = part.of(whole)
    return share is not None and share.meets(rate)


def _moved(fact: Fact, owner: Fact) -> Fact:
    """The fact as one about another's item."""
    listed = Flag.FROM_LIST in owner.flags
    flags = tuple(flag for flag in fact.flags if listed or flag != Flag.FROM_LIST)
    return replace(
        fact, topic=owner.topic, item=owner.item, item_text=owner.item_text, code=owner.code, fund=owner.fund,
        flags=(*flags, Flag.ARBITRATED), named=Named.ARBITRATED,
    )  # fmt: skip
