"""How far a recognised text is from a name: characters taken for others, lost, or too many (误识、漏字、多字)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

from jsextract.text.amounts import UNKNOWN

_LONG = 8  # characters of a name of which several may be misread, if
_NEAR = 0.75  # so much of it is as it should be
_SHORTEST = 3


def distance(read: str, name: str) -> int:
    """The edit distance (编辑距离): characters misread, lost or added; one that could not be told may be any.

    >>> distance("上上级支出", "上缴上级支出"), distance("基木支出", "基本支出"), distance("20805", "20805")
    (1, 1, 0)
    """
    last = list(range(len(name) + 1))
    for i, char in enumerate(read, 1):
        row = [i]
        for j, other in enumerate(name, 1):
            row.append(min(last[j - 1] + (char not in (other, UNKNOWN)), last[j] + 1, row[j - 1] + 1))
        last = row
    return last[-1]


def is_near(read: str, name: str) -> bool:
    """Whether a text is a name but for one character, or for a quarter of a long one."""
    if min(len(read), len(name)) < _SHORTEST or abs(len(read) - len(name)) > len(name) // 4 + 1:
        return read == name
    if min(len(read), len(name)) >= _LONG:
        return SequenceMatcher(None, read, name, autojunk=False).ratio() >= _NEAR
    return distance(read, name) <= 1


def nearest(read: str, names: Iterable[str], taken: Collection[str], most: int) -> str:
    """The one of some names that a text is nearest to, blank where there is none within `most` characters.

    Args:
        read: as recognised.
        names: all that it could be.
        taken: those that stand elsewhere: one that is nearer than the others is no proof that it is another.
        most: characters that may differ.
    """
    far = {name: distance(read, name) for name in names if abs(len(name) - len(read)) <= most}
    free = {name: off for name, off in far.items() if name not in taken and off <= most}
    least = min(free.values(), default=0)
    found = [name for name, off in free.items() if off == least]
    return found[0] if len(found) == 1 and all(off >= least for off in far.values()) else ""
