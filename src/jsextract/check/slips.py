"""What one slip of a recogniser makes of a figure: a digit that looks like it, a lost point or sign (形近数字)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_ALIKE = {"0": "68", "1": "47", "2": "7", "3": "58", "4": "1", "5": "36", "6": "058", "7": "12", "8": "036", "9": "4"}
_DIGITS = "0123456789"
_CENTS = 2
_POINT = "."


class Slip(NamedTuple):
    """What may have been printed where a figure was read.

    Attributes:
        lost: whether a character was lost, of which no confidence tells.
    """

    text: str
    lost: bool


def slips(read: str, *, unsure: bool = False) -> Iterator[Slip]:
    """All figures that one slip turns into `read`, a figure without commas; a speck may be a second point in it.

    Args:
        read: as recognised.
        unsure: whether the recogniser was so little sure that any digit may be another.

    >>> [slip.text for slip in slips("13.5")]
    ['43.5', '73.5', '15.5', '18.5', '13.3', '13.6', '-13.5']
    >>> [slip.text for slip in slips("1350")][-1]
    '13.50'
    >>> [slip.text for slip in slips("76.7.3")][-2:]
    ['767.3', '76.73']
    """
    for i, digit in enumerate(read):
        for other in _DIGITS.replace(digit, "") if unsure and digit in _DIGITS else _ALIKE.get(digit, ""):
            yield Slip(f"{read[:i]}{other}{read[i + 1 :]}", lost=False)
    if read[:1].isdigit():
        yield Slip(f"-{read}", lost=True)
    if read.lstrip("-").isdigit() and len(read.lstrip("-")) > _CENTS:
        yield Slip(f"{read[:-_CENTS]}.{read[-_CENTS:]}", lost=True)
    for i, char in enumerate(read):
        if char == _POINT and read.count(_POINT) > 1:
            yield Slip(read[:i] + read[i + 1 :], lost=False)
