"""Bright print on dark fills, as headers of coloured tables have it (反白表头), turned about to dark print on white.

The edge of a fill becomes a ruling, for it bounds cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsextract.readers.ocr.engine import Pixels

_DARK = 0.65  # of the usual paper: a fill is darker
_FINE = 5  # pixels: wider than rulings and strokes of small type
_STROKE = 15  # pixels: wider than the strokes of any type
_BARE = (9, 160)  # pixels: a fill has a place so high and so wide without print, above or below it
_LEAST = (100, 24)  # pixels: the width and height of a fill with print on it
_JOIN = 41  # pixels: what bright type leaves of a fill lies no further apart
_PRINT = 0.01  # of a fill is bright print, at the least
_PAPER = 0.1  # of what is bright on a fill is wider than strokes, at the most
_APART = 60  # levels by which print is brighter than the fill
_RIM, _DARK_RIM = 7, 0.8  # pixels along the edge of a fill, and how much of these is dark: of type less is
_COARSE, _AROUND = 4, 25  # pixels a pixel of the shade; such pixels of which the middle level is that of the fill
_EDGE = 5  # pixels: the ruling around a fill takes half of them


def without_fills(image: Pixels) -> Pixels:
    """The picture with bright print on dark fills turned about; itself where there is none.

    Args:
        image: blue, green, red; dark print on white.
    """
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    dark = (cv2.medianBlur(grey, 3) < np.median(grey) * _DARK).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, _square(_FINE))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, _square(_STROKE))
    if not solid.any():
        return image
    whole = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, _square(_JOIN))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    out = image.copy()
    for label, (x, y, w, h, _) in enumerate(stats[1:].tolist(), 1):
        if w >= _LEAST[0] and h >= _LEAST[1]:
            part = slice(y, y + h), slice(x, x + w)
            own = labels[part] == label
            off = grey[part] - _shade(grey[part], own)
            bright, darker = own & (off > _APART), own & (off < -_APART)
            if bright.sum() > 2 * darker.sum() and _is_fill(own, dark[part], bright):
                out[part][own] = _turned_about(off, own)[own][:, None]
                out[part][_rim(own, _EDGE)] = 0
    return out


def _shade(grey: Pixels, own: Pixels) -> Pixels:
    """The level of a fill, which may be lit unevenly, without what is printed on it."""
    import cv2
    import numpy as np

    alone = np.where(own, grey, np.median(grey[own])).astype(np.uint8)
    size = tuple(max(side // _COARSE, 1) for side in own.shape[::-1])
    usual = cv2.medianBlur(cv2.resize(alone, size, interpolation=cv2.INTER_AREA), _AROUND)
    return cv2.resize(usual, own.shape[::-1]).astype(float)


def _is_fill(own: Pixels, dark: Pixels, bright: Pixels) -> bool:
    """Whether an area is dark all along its edge and has bright strokes on it, but hardly any paper.

    Bold type is dark likewise, but has no dark place beside its strokes.
    """
    import cv2
    import numpy as np

    beside = cv2.morphologyEx(own * dark, cv2.MORPH_OPEN, np.ones(_BARE, np.uint8))
    if not beside.any():
        return False
    paper = cv2.morphologyEx(bright.astype(np.uint8), cv2.MORPH_OPEN, _square(_STROKE))
    is_type = paper.sum() < bright.sum() * _PAPER
    return bool(is_type and bright[own].mean() >= _PRINT and dark[_rim(own, _RIM)].mean() >= _DARK_RIM)


def _square(side: int) -> Pixels:
    import numpy as np

    return np.ones((side, side), np.uint8)


def _rim(own: Pixels, wide: int) -> Pixels:
    """The dots of an area within half of so many pixels of its edge."""
    import cv2
    import numpy as np

    within = cv2.erode(np.pad(own.astype(np.uint8), 1), _square(wide), borderValue=0)[1:-1, 1:-1]
    return own & (within == 0)


def _turned_about(off: Pixels, own: Pixels) -> Pixels:
    """What stands out from a fill, brighter or darker, as dark on white.

    Args:
        off: levels by which it is brighter than the fill.
        own: where the fill is.
    """
    import numpy as np

    most = np.percentile(off[own], 99.5)
    return (255 - 255 * (np.abs(off) / max(most, 1)).clip(0, 1)).astype(np.uint8)
