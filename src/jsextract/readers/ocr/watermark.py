"""Large pale words or emblems printed all over a page (水印), brightened to the paper; the ink over them stays.

A watermark has one shade, strokes wider than those of small type, and lies below print everywhere; grey rows of a table
have, too. A pale title has print neither over it nor all over the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsextract.readers.ocr.engine import Pixels

_SHADES = (176, 224)  # levels of a watermark: what is darker cannot be taken off without thinning print
_STEP = 8  # levels that are one shade
_STANDS_OUT = 2.0  # times what shades three steps brighter and darker have
_LEAST, _MOST = 0.01, 0.35  # of a page is watermark
_STROKE = 5  # pixels: wider than the strokes of small type
_RULING, _THICK = 150, 11  # pixels: what is as long and not as wide is a ruling, however soft
_NEAR = 25  # pixels of which a stroke is the middle one: its edge, and finer strokes of the same character
_DARKER = 50  # levels by which print is darker
_SPREAD = 0.4  # of the height and width of a page lies between its ends
_CROSSED = 0.005  # as many dots of print, at the least, lie on it


def without_watermark(image: Pixels) -> Pixels:
    """The picture without its watermark; itself where it has none.

    Args:
        image: blue, green, red; on white.
    """
    import cv2
    import numpy as np

    levels = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    grey = cv2.medianBlur(levels, 5)
    shade = _shade(grey)
    if shade is None:
        return image
    flat = (np.abs(grey.astype(np.int16) - shade) <= 2 * _STEP).astype(np.uint8)
    strokes = _opened(flat, _STROKE, _STROKE) & ~_rulings(flat)
    area = cv2.dilate(strokes, np.ones((_NEAR, _NEAR), np.uint8)) > 0
    area &= _rulings((levels < _SHADES[1]).astype(np.uint8)) == 0
    if not _lies_below(strokes, area & (grey < shade - _DARKER)):
        return image
    out = image.copy()
    out[area] = (image[area] * (255 / (shade - _STEP))).clip(0, 255)
    return out


def _shade(grey: Pixels) -> int | None:
    """The shade between print and paper that stands out from those around it."""
    import numpy as np

    share = np.bincount(grey.ravel(), minlength=256).reshape(-1, _STEP).sum(axis=1) / grey.size
    steps = range(_SHADES[0] // _STEP, _SHADES[1] // _STEP)
    best = max(steps, key=lambda step: float(share[step]))
    around = (share[best - 3] + share[best + 3]) / 2
    if share[best - 1 : best + 2].sum() < _LEAST or share[best] < around * _STANDS_OUT:
        return None
    return best * _STEP + _STEP // 2


def _rulings(flat: Pixels) -> Pixels:
    """What is long and thin."""
    import cv2
    import numpy as np

    long: Pixels = _opened(flat, 1, _RULING) | _opened(flat, _RULING, 1)
    thick: Pixels = cv2.dilate(_opened(flat, _THICK, _THICK), np.ones((_THICK, _THICK), np.uint8))
    return long & (1 - thick)


def _opened(flat: Pixels, high: int, wide: int) -> Pixels:
    import cv2
    import numpy as np

    return cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))


def _lies_below(strokes: Pixels, print_on_it: Pixels) -> bool:
    """Whether the strokes lie all over the page, but are not its paper, with print over them."""
    import numpy as np

    if not _LEAST <= strokes.mean() <= _MOST:
        return False
    spread = [np.ptp(np.flatnonzero(strokes.any(axis=axis))) / strokes.shape[1 - axis] for axis in (0, 1)]
    return bool(min(spread) >= _SPREAD and print_on_it.sum() >= strokes.sum() * _CROSSED)
