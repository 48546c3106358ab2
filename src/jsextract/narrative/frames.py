"""The levels of lists and brackets that a reader is inside of, and what it keeps over a reason (清单层级)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from jsextract.narrative.subjects import Subject
from jsextract.vocabulary import Measure

BUDGETS: dict[str, str] = {
    "年初预算": Measure.INITIAL_BUDGET,
    "全年预算": Measure.FULL_YEAR_BUDGET,
    "预算": Measure.BUDGET,
}
"""What a comparison calls a budget, and the measure of the budget itself."""


class Frame(Struct):
    """One level of a list: 其中：A…, B….

    Attributes:
        parent: whose parts are listed; None at the base.
        measure: what the figures of the list measure.
        bracket: whether it began with an opening bracket and ends with the closing one.
        unknown: whether an amount of something without a name that is known stands right before.
        entries: how many numbered entries the sentence has begun; numbered: whether any were.
        named: how many things were named at this level.
        measured: what the figure was about that gave the measure.
        year: of the figure whose parts are listed; None where that is no figure.
        parted: whether a semicolon has stood in it.
        before: of a bracket, the year of the last figure before it.
        lingering: whether its sentence is over, and only one thing was named: what follows may still be about that.
    """

    subject: Subject | None = None
    parent: Subject | None = None
    measure: str = ""
    compared: Subject | None = None
    bracket: bool = False
    listed: bool = False
    unknown: bool = False
    entries: int = 0
    numbered: bool = False
    named: int = 0
    lingering: bool = False
    measured: Subject | None = None
    year: int | None = None
    before: int | None = None
    parted: bool = False


class Remembered(Struct, frozen=True):
    """What is kept over the text of a reason; see DiscourseState."""

    basis: str
    recent: tuple[Subject, ...]
    values: dict[str, Decimal]
    sides: tuple[Subject, ...]
