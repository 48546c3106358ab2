"""Red seals (公章) taken off a page, the ink below them kept.

In red light a red seal is nearly as bright as paper, and black ink is black also where the seal lies over it. Only what
is as large as a seal is taken off: red figures and titles stay.
"""

from __future__ import annotations

from jsextract.readers.ocr.engine import Pixels

_RED = 30  # levels by which red outshines green and blue
_SHARE = 0.18  # of its own brightness by which it does so, in the shade as in the light
_LEAST = 120  # pixels both ways, 15 mm: red type is smaller
_JOIN = 9  # pixels between the pieces of a worn seal; rows of type lie further apart
_AROUND = 7  # pixels: colour is stored coarsely and reaches beyond the stamp
_BARE = 20  # of a hundred of its dots are ink that it covers, or less bright than a bare seal is


def without_seals(image: Pixels) -> Pixels:
    """The picture with red seals as white as the paper; itself where there are none.

    Args:
        image: blue, green, red.
    """
    import cv2
    import numpy as np

    red = image[:, :, 2].astype(np.int16)
    excess = red - image[:, :, :2].max(axis=2)
    stamped = _large(((excess > _RED) & (excess > red * _SHARE)).astype(np.uint8))
    if not stamped.any():
        return image
    bare = np.percentile(red[stamped > 0], _BARE)
    area = cv2.dilate(stamped, np.ones((_AROUND, _AROUND), np.uint8)) > 0
    # squared, as coarse colour brightens the ink that is covered
    shade = (red[area] / bare).clip(0, 1) ** 2 * np.median(red)
    out = image.copy()
    out[area] = shade[:, None].astype(np.uint8)
    return out


def _large(red: Pixels) -> Pixels:
    """What is red and stands in the frame of something of the size of a seal: its ring, its star, its words."""
    import cv2
    import numpy as np

    if not red.any():
        return red
    whole = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((_JOIN, _JOIN), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    inside = np.zeros_like(red)
    for x, y, w, h, _ in stats[1:].tolist():
        if min(w, h) >= _LEAST:
            inside[y : y + h, x : x + w] = 1
    return red * inside
