"""What one coded character of a paragraph stands for, and how long a pattern may look for it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from jsextract.rules.file_types import ECONOMIC as ECONOMIC
from jsextract.rules.names import Name

TIMEOUT = 2.0
"""Seconds that one pattern may take on one paragraph."""
_SHORT = 400
"""Characters up to which no clock is watched: reading it costs more than most searches."""


class Token(Struct, frozen=True):
    """What one coded character stands for.

    Attributes:
        kind: money, percent, number, year, date, item, or a kind of count.
        start, end: normal characters.
        value: of numbers; the year of a year.
        unit: as printed in normal form; 万元 where 元 was left out (then `short_unit`).
        path: 类/款/项 as printed, for function items.
        misprint: whether the name was known although a character is wrong.
        level: 1 for function items that begin with their 款, 2 with their 项.
        more: characters between figure and unit that are neither (900余个).
        bare: whether the unit is not printed with the figure, but named once for all.
    """

    kind: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    name: Name | None = None
    path: str = ""
    shift: int | None = None
    short_unit: bool = False
    misprint: bool = False
    level: int = 0
    more: int = 0
    bare: bool = False

    @property
    def number_end(self) -> int:
        """Where the figure ends and its unit begins."""
        if self.bare:
            return self.end
        return self.end - (1 if self.short_unit else len(self.unit)) - self.more


def time_limit(text: str) -> float | None:
    """The `timeout` for searching a text; None where it is so short that only a worker's own limit need hold."""
    return TIMEOUT if len(text) > _SHORT else None
