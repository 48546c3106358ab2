"""A page's picture made fit for reading: straight, with the rulings that are drawn on it (图像预处理).

Lengths in pixels hold at 200 dots an inch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jsextract.readers.ocr.engine import Pixels, Stroke

_LEVEL_PIECE, _UPRIGHT_PIECE = 40, 28  # longer than the strokes of usual type
_GAP = 15
_RULING = 60  # a shorter ruling bounds no cell, but for an upright one between two level ones
_SHORT = 240  # a shorter level one reaches from one upright one to another: strokes of neighbours in a word do not
_NEAR = 8
_THICK = 9
_WORN = 321  # the length over which a worn ruling is told from a row of type
_FULL, _EMPTY = 0.75, 0.35  # shares of ink on such a length of a ruling, and beside it
_BESIDE, _ASIDE = 6, 3  # pixels from a ruling: there is none of its ink; another is its own
_CHARACTER = 10  # a lower and narrower thing is no character of the smallest type
_EDGE = 0.03  # shares of a page at its edges, where scanners leave shadows
_HOLE, _SOME = 8, 0.4  # pixels of a hole in a ruling; what share of a ruling full of them has ink


def pixels(image: Any) -> Pixels:
    """A PIL image as blue, green, red."""
    import numpy as np

    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def ink(image: Pixels) -> Pixels:
    """White where something is printed, whatever the shade of the paper."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 15)


def is_blank(image: Pixels) -> bool:
    """Whether a page has nothing as large as a character, its edges left out: specks are none, nor shadows there."""
    import cv2

    high, wide = image.shape[:2]
    y, x = round(high * _EDGE), round(wide * _EDGE)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink(image[y : high - y, x : wide - x].copy()), connectivity=8)
    return not (stats[1:, 2:4].max(axis=1, initial=0) >= _CHARACTER).any()


def find_strokes(image: Pixels) -> list[Stroke]:
    """The rulings of a straight picture, each as the line through its middle (x0, y0, x1, y1), in pixels."""
    printed = ink(image)
    level: list[Stroke] = [
        (x, y + h / 2, x + w, y + h / 2) for x, y, w, h in _runs(printed, across=True) if w >= _RULING
    ]
    upright: list[Stroke] = [(x + w / 2, y, x + w / 2, y + h) for x, y, w, h in _runs(printed, across=False)]
    upright = [one for one in upright if one[3] - one[1] >= _RULING or _is_between(one, level)]
    across, down = joined(level, printed), joined([_swapped(one) for one in upright], printed.T)
    across = [_reaching(one, down, printed) for one in across]
    across = [one for one in across if one[2] - one[0] >= _SHORT or _is_between(_swapped(one), down)]
    return across + [_swapped(_reaching(one, across, printed.T)) for one in down]


def _swapped(stroke: Stroke) -> Stroke:
    """The same in a picture whose rows are columns."""
    x0, y0, x1, y1 = stroke
    return y0, x0, y1, x1


def joined(level: Sequence[Stroke], printed: Pixels) -> list[Stroke]:
    """Level rulings, those on one line as one where worn print lies between them."""
    whole: list[Stroke] = []
    for one in sorted(level):
        near = [other for other in whole if abs(other[1] - one[1]) <= _ASIDE]
        before = max(near, key=lambda other: other[2], default=None)
        if before is not None and _is_worn(printed, before[1], before[2], one[0]):
            whole.remove(before)
            one = (before[0], before[1], max(before[2], one[2]), before[1])
        whole.append(one)
    return whole


def _reaching(level: Stroke, upright: Sequence[Stroke], printed: Pixels) -> Stroke:
    """A level ruling from one upright one to another, which have rows for columns.

    It goes on as far as worn print leads, and leaves what little stands out: type that it ran into.
    """
    x0, y, x1, _ = level
    walls = [wall for top, wall, bottom, _ in upright if top - _NEAR <= y <= bottom + _NEAR]
    left = max((wall for wall in walls if wall < x0), default=x0)
    right = min((wall for wall in walls if wall > x1), default=x1)
    if walls and 0 < min(walls) - x0 < _RULING:
        left = min(walls)
    elif not _is_worn(printed, y, left, x0):
        left = x0
    if walls and 0 < x1 - max(walls) < _RULING:
        right = max(walls)
    elif not _is_worn(printed, y, x1, right):
        right = x1
    return left, y, max(left, right), y


def _is_worn(printed: Pixels, y: float, x0: float, x1: float) -> bool:
    """Whether a ruling goes on there with small holes, little ink above and below; true of no gap."""
    import numpy as np

    if x1 - x0 <= 1:
        return True

    def line(at: float) -> Pixels:
        top = max(round(at) - 2, 0)
        return printed[top : round(at) + 3, round(x0) : round(x1)].max(axis=0, initial=0) > 0

    ends = np.flatnonzero(np.concatenate([[True], line(y), [True]]))
    beside = [line(y + way * (_BESIDE + 1)).mean() for way in (-1, 1)]
    return bool(np.diff(ends).max() <= _HOLE and line(y).mean() >= _SOME and max(beside) <= _SOME / 2)


def _is_between(upright: Stroke, level: Sequence[Stroke]) -> bool:
    """Whether an upright stroke reaches from one level ruling to another, as no stroke of a character does."""
    x, y0, _, y1 = upright
    met = [y for a, y, b, _ in level if a - _NEAR <= x <= b + _NEAR]
    return all(any(abs(y - end) <= _NEAR for y in met) for end in (y0, y1))


def _runs(printed: Pixels, *, across: bool) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of what is long one way and thin the other; gaps of bad print are bridged."""
    import cv2
    import numpy as np

    def bar(length: int) -> Pixels:
        return np.ones((1, length) if across else (length, 1), np.uint8)

    pieces = cv2.morphologyEx(printed, cv2.MORPH_OPEN, bar(_LEVEL_PIECE if across else _UPRIGHT_PIECE))
    worn = _worn(printed) if across else np.ascontiguousarray(_worn(np.ascontiguousarray(printed.T)).T)
    whole = cv2.bitwise_or(cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, bar(_GAP)), worn)
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    boxes = ((int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:])
    return [b for b in boxes if min(b[2:]) <= _THICK and (b[2] >= b[3]) == across]


def _worn(printed: Pixels) -> Pixels:
    """Level rulings that bad copies leave full of holes: rows with much ink where hardly any lies above and below."""
    import cv2
    import numpy as np

    thick = cv2.dilate(printed, np.ones((3, 1), np.uint8))
    filled = cv2.blur(thick, (_WORN, 1))
    above, below = (np.roll(filled, way * _BESIDE, axis=0) <= 255 * _EMPTY for way in (-1, 1))
    middles = ((filled >= 255 * _FULL) & above & below).astype(np.uint8)
    found = cv2.dilate(middles, np.ones((1, _WORN), np.uint8)) * thick
    whole = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((1, _HOLE), np.uint8))
    return cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, _LEVEL_PIECE), np.uint8))  # type stands further away
