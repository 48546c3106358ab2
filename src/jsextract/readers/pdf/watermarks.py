"""Words of a watermark that stand level: known by their size, their paleness and that they return (水印).

One that stands aslant is known by that alone; one that stands level runs between the figures of a table and would be
read with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Protocol

_LARGER = 1.3  # times the usual size of a page's text
_OFTEN = 3  # places in a document
_SHORTEST = 2


class Look(Protocol):
    """What is asked of the style of a text object."""

    @property
    def size(self) -> float:
        """Points."""

    @property
    def pale(self) -> bool:
        """Drawn in a light grey, or nearly transparent."""


def pale_words(
    chars: Sequence[str], heights: Sequence[float], objects: Sequence[int | None], styles: Mapping[int, Look]
) -> dict[str, list[list[int]]]:
    """The pale words of a page that are larger than its text: for each the characters of every place it stands at.

    Args:
        chars: of the page, in the order of the file.
        heights: of their baselines; words of one line are one, whatever text objects they are set in.
        objects: the text object of each; None where it belongs to none.
        styles: of each text object.
    """
    pale = {obj for obj, style in styles.items() if style.pale}
    others = [styles[obj].size for obj in objects if obj is not None and obj not in pale] if pale else []
    if not others:
        return {}
    least = median(others) * _LARGER
    rows: dict[tuple[float, float], list[int]] = defaultdict(list)
    for index, obj in enumerate(objects):
        if obj in pale and obj is not None and styles[obj].size > least:
            rows[round(styles[obj].size, 1), round(heights[index], 1)].append(index)
    found: dict[str, list[list[int]]] = defaultdict(list)
    for row in rows.values():
        word = "".join("".join([chars[index] for index in row]).split())
        if len(word) >= _SHORTEST:
            found[word].append(row)
    return found


def returning(words: Counter[str]) -> frozenset[str]:
    """Those pale words of a document that return: its watermark."""
    return frozenset(word for word, places in words.items() if places >= _OFTEN)
