"""Specks beside a number, which are read as points and dashes: told by how small they are and where they lie (污点).

Nothing is taken off the picture. A mark that was read before or behind a number counts for nothing where the picture
has no ink there but single specks, none of which lies where a point stands.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from jsextract.readers.ocr.engine import Pixels
from jsextract.readers.ocr.picture import ink

_DIGIT = 0.5  # heights of type: lower is no digit
# In heights of the digits:
_HIGHEST = 1.3  # a higher thing at the edge of the picture is the rest of a ruling
_SPECK = 0.25  # both ways, at the most
_FOOT, _NEAR = 0.2, 0.5  # a point stands no further from the line on which the digits do, and from the next digit
_STROKE, _NEXT, _DASH = (0.5, 1.0), 1.0, 0.15  # specks so near each other may be of one digit, or of one dash


class Bare(NamedTuple):
    """On which sides of its digits a number has nothing but specks."""

    before: bool = False
    behind: bool = False


class _Thing(NamedTuple):
    """Something beside the digits, so far `off`."""

    x0: int
    y0: int
    x1: int
    y1: int
    off: float = 0.0


def bare_sides(image: Pixels, high: float, x0: float, x1: float, *, has_point: bool = False) -> Bare:
    """On which sides of a number nothing is printed; on neither where no digit is seen.

    Args:
        image: of the number and what is around it in its cell.
        high: the height of its type, in pixels.
        x0: where the first digit was read, with some care.
        x1: where the last one was read, likewise.
        has_point: whether it has a point of its own, so that no other stands beside it.
    """
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink(image), connectivity=8)
    things = [_Thing(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist()]
    digits = [one for one in things if one.y1 - one.y0 >= high * _DIGIT and x0 <= (one.x0 + one.x1) / 2 <= x1]
    if not digits:
        return Bare()
    own = sorted(one.y1 - one.y0 for one in digits)[len(digits) // 2]
    foot = sorted(one.y1 for one in digits)[len(digits) // 2]
    first, last = min(one.x0 for one in digits), max(one.x1 for one in digits)
    beside = [one for one in things if not _is_ruling(one, own, image.shape[1])]
    before = [one._replace(off=first - one.x1) for one in beside if one.x1 <= first]
    behind = [one._replace(off=one.x0 - last) for one in beside if one.x0 >= last]
    return Bare(
        *(_are_specks(side, own) and (has_point or not _has_point(side, own, foot)) for side in (before, behind))
    )


def _is_ruling(one: _Thing, own: int, wide: int) -> bool:
    return (one.x0 == 0 or one.x1 == wide) and one.y1 - one.y0 > own * _HIGHEST


def _are_specks(side: list[_Thing], own: int) -> bool:
    """Whether what stands beside digits, `own` pixels high, are single specks."""
    small = all(max(one.x1 - one.x0, one.y1 - one.y0) <= own * _SPECK for one in side)
    return small and not any(_are_of_one(a, b, own) for a, b in combinations(side, 2))


def _has_point(side: list[_Thing], own: int, foot: int) -> bool:
    """Whether one of these stands where a point does: beside the digits, on the line `foot` on which they stand."""
    return any(abs(one.y1 - foot) <= own * _FOOT and one.off <= own * _NEAR for one in side)


def _are_of_one(one: _Thing, other: _Thing, own: int) -> bool:
    """Whether two specks may be what is left of a digit that would be the next, or of a dash."""
    across, down = abs(one.x0 - other.x0) / own, abs(one.y0 - other.y0) / own
    is_next = min(one.off, other.off) <= own * _NEXT
    return across <= _STROKE[0] and down <= _STROKE[1] and (is_next or down <= _DASH)
