"""How the messages of checks speak of figures: what is stated, where, and how far apart (核对结果的表述)."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from decimal import Decimal

from jsextract.check.figure import ZERO, Figure
from jsextract.check.tolerance import Comparison
from jsextract.language.phrase import Phrase, noted, phrase, verbatim
from jsextract.vocabulary import CheckStatus, Measure

_SHOWN = 14
_MEASURES: Mapping[str, str] = {
    Measure.FINAL: noted("final figure"),
    Measure.INITIAL_BUDGET: noted("initial budget"),
    Measure.FULL_YEAR_BUDGET: noted("full-year budget"),
    Measure.BUDGET: noted("budget"),
    Measure.PRIOR_YEAR: noted("figure of last year"),
    Measure.CHANGE: noted("change"),
    Measure.CHANGE_RATE: noted("rate of change"),
    Measure.SHARE: noted("share"),
    Measure.COMPLETION_RATE: noted("completion rate"),
    Measure.COUNT: noted("number"),
    Measure.QUOTA: noted("posts"),
    Measure.HEADCOUNT: noted("staff"),
    Measure.SCORE: noted("score"),
    Measure.ACTUAL: noted("value reached"),
    Measure.TARGET: noted("target"),
}


_WORDS = frozenset(Measure)


def plain(number: Decimal | str) -> str:
    """A number without an exponent; text as it is.

    >>> plain(Decimal("1E+2"))
    '100'
    """
    return format(number, "f") if isinstance(number, Decimal) else number


def amount(figure: Figure) -> Phrase:
    """A figure as printed, with its unit: `35.75 万元`."""
    return measured(figure.text, figure.unit) if figure.text else blank()


def measured(number: str, unit: str) -> Phrase:
    """A number with its unit; Chinese has no space between them, and no sign of per cent has."""
    return Phrase(f"{number} {unit}".rstrip(), f"{number}{unit}")


def blank() -> Phrase:
    """What is said of a place where nothing is printed."""
    return phrase("blank")


def printed(text: str) -> Phrase:
    """A cell as printed, for messages."""
    return verbatim(text) if text else blank()


def name(figure: Figure) -> Phrase:
    """What a figure is: `T3 2013901 行政运行 基本支出`; of the text the item and the measure."""
    item, _, word = figure.name.rpartition(" ")
    if is_of_table(figure) or word not in _MEASURES:
        return verbatim(figure.name)
    return phrase("{measure} of {item}", measure=phrase(_MEASURES[word]), item=item)


def item_of(figure: Figure) -> str:
    """The item of a figure of the text; what it is called where it has no measure."""
    item, _, word = figure.name.rpartition(" ")
    return item if item and word in _WORDS else figure.name


def is_of_table(figure: Figure) -> bool:
    """Whether a figure stands in a cell."""
    return figure.ref.startswith("cell:")


def table(figure: Figure) -> str:
    """The table of a figure, a unit's with its name: T3, T3@局本级."""
    return figure.ref.removeprefix("cell:").partition("/")[0]


def place(figure: Figure) -> Phrase:
    """Where a figure stands: the text, a table."""
    return _place(table(figure) if is_of_table(figure) else "")


@functools.lru_cache(maxsize=64)
def _place(table: str) -> Phrase:
    return phrase("table {table}", table=table) if table else phrase("the text")


def stated(figure: Figure, item: str) -> Phrase:
    """Where a figure stands and what it is: `table T1 states 35.75 万元`; of the text its item, where it is another."""
    if is_of_table(figure) or item_of(figure) == item:
        return phrase("{place} states {amount}", place=place(figure), amount=amount(figure))
    return phrase("the text states {amount} for {item}", amount=amount(figure), item=item_of(figure))


def called(figure: Figure, words: str) -> Phrase:
    """A figure under the name that its place has: `基本支出 is 35.75 万元`."""
    return phrase("{name} is {amount}", name=words, amount=amount(figure))


def apart(found: Comparison, unit: str) -> Phrase:
    """By how much two figures differ, and what that may come of."""
    difference = measured(plain(abs(found.difference)), unit)
    if found.status == CheckStatus.ROUNDING:
        return phrase("{difference} apart, as rounding allows", difference=difference)
    if found.status == CheckStatus.MINOR:
        return phrase("{difference} apart, one in the last digit", difference=difference)
    return phrase("{difference} apart", difference=difference)


def apart_in_points(found: Comparison) -> Phrase:
    """By how much two rates differ, in percentage points."""
    points = plain(abs(found.difference))
    if found.status == CheckStatus.ROUNDING:
        return phrase("{points} points apart, as rounding allows", points=points)
    if found.status == CheckStatus.MINOR:
        return phrase("{points} points apart, one in the last digit", points=points)
    return phrase("{points} points apart", points=points)


def added(terms: Sequence[tuple[int, Figure]]) -> str:
    """Figures as printed with their signs, blanks and zeros left out: `95.36 + 10.23`."""
    filled = [(sign, figure) for sign, figure in terms if figure.value]
    words = [f"{'- ' if sign < 0 else '+ '}{figure.printed}" for sign, figure in filled[:_SHOWN]]
    more = " + …" if len(filled) > _SHOWN else ""
    return (" ".join(words).removeprefix("+ ") or terms[0][1].text or "0") + more


def growth_message(item: str, rate: Figure, moved: Phrase, found: Comparison) -> Phrase:
    """One sentence with the rate, the two figures that it comes from and what they give."""
    if found.status == CheckStatus.PASS:
        return phrase("{item}: the rate of change is {rate}, {moved}.", item=item, rate=amount(rate), moved=moved)
    return phrase(
        "{item}: the text states a rate of change of {rate}, {moved} is {computed}, {apart}.",
        item=item, rate=amount(rate), moved=moved, computed=measured(plain(found.computed), "%"),
        apart=apart_in_points(found),
    )  # fmt: skip


def moved_to(moved: Figure, final: Figure) -> Phrase:
    """A change and what it led to."""
    if (moved.value or ZERO) >= 0:
        return phrase("{change} up to {final}", change=amount(moved), final=amount(final))
    return phrase("{change} down to {final}", change=amount(moved), final=amount(final))


def change_message(item: str, figures: Sequence[Figure], found: Comparison) -> Phrase:
    """One sentence with the change, what it is one of, and what that gives."""
    change, now, then = map(amount, figures)
    if found.status == CheckStatus.PASS:
        return phrase(
            "{item}: the change is {change}, {now} less {then}.", item=item, change=change, now=now, then=then
        )
    computed = measured(plain(found.computed), figures[0].unit)
    return phrase(
        "{item}: the text states a change of {change}, {now} less {then} is {computed}, {apart}.",
        item=item, change=change, now=now, then=then, computed=computed, apart=apart(found, figures[0].unit),
    )  # fmt: skip
