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
_NEAR = 8
_THICK = 9
_WORN_LEVEL, _WORN_UPRIGHT = 241, 121  # lengths over which a worn ruling is told from rows and columns of type
_FULL, _EMPTY = 0.7, 0.25  # shares of ink on such a length of a ruling, and beside it
_BESIDE = 6


def pixels(image: Any) -> Pixels:
    """A PIL image as blue, green, red."""
    import numpy as np

    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def ink(image: Pixels) -> Pixels:
    """White where something is printed, whatever the shade of the paper."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 15)


def find_strokes(image: Pixels) -> list[Stroke]:
    """The rulings of a straight picture, each as the line through its middle (x0, y0, x1, y1), in pixels."""
    printed = ink(image)
    level: list[Stroke] = [
        (x, y + h / 2, x + w, y + h / 2) for x, y, w, h in _runs(printed, across=True) if w >= _RULING
    ]
    upright: list[Stroke] = [(x + w / 2, y, x + w / 2, y + h) for x, y, w, h in _runs(printed, across=False)]
    return level + [one for one in upright if one[3] - one[1] >= _RULING or _is_between(one, level)]


def _is_between(upright: Stroke, level: Sequence[Stroke]) -> bool:
    """Whether a stroke reaches from one level ruling to another, as no stroke of a character does."""
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
    whole = cv2.morphologyEx(pieces | _worn(printed, across=across), cv2.MORPH_CLOSE, bar(_GAP))
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    boxes = ((int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:])
    return [b for b in boxes if min(b[2:]) <= _THICK and (b[2] >= b[3]) == across]


def _worn(printed: Pixels, *, across: bool) -> Pixels:
    """Rulings that bad copies leave full of holes: rows with much ink where hardly any lies above and below."""
    import cv2
    import numpy as np

    size = (_WORN_LEVEL, 1) if across else (1, _WORN_UPRIGHT)
    thick = cv2.dilate(printed, np.ones((3, 1) if across else (1, 3), np.uint8))
    filled = cv2.blur(thick, size)
    beside = [np.roll(filled, way * _BESIDE, axis=0 if across else 1) // 2 for way in (-1, 1)]
    middles = ((filled >= 255 * _FULL) & (beside[0] + beside[1] <= 255 * _EMPTY)).astype(np.uint8)
    return cv2.dilate(middles, np.ones(size[::-1], np.uint8)) * thick
