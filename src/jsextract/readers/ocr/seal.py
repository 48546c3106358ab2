"""Red seals (公章) taken off a page, the ink below them kept.

In red light a red seal is nearly as bright as paper, and black ink is black also where the seal lies over it. Only what
is as large as a seal is taken off: red figures and titles stay.
"""

from __future__ import annotations

from jsextract.readers.ocr.engine import Pixels

_RED, _SHARE = 30, 18  # levels by which red outshines green and blue, and hundredths of its own brightness
_PALE, _PALE_SHARE = 12, 6  # the same where a seal leaves little colour
_LEAST = 120  # pixels both ways, 15 mm: red type is smaller
_JOIN = 9  # pixels between the pieces of a worn seal; rows of type lie further apart
_AROUND = 7  # pixels: colour is stored coarsely and reaches beyond the stamp
_RED_OF_COLOUR = 1.402  # what a level of Cr adds to red
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
    frame = _frames(((excess > _RED) & (excess * 100 > red * _SHARE)).astype(np.uint8))
    if not frame.any():
        return image
    stamped = frame * ((excess > _PALE) & (excess * 100 > red * _PALE_SHARE))
    bare = np.percentile(red[stamped > 0], _BARE)
    area = cv2.dilate(stamped, np.ones((_AROUND, _AROUND), np.uint8)) > 0
    light, colour, _ = cv2.split(cv2.cvtColor(image, cv2.COLOR_BGR2YCrCb))
    # the colour is stored coarsely: at the edge of a stroke of the seal it is that of its middle
    colour = cv2.dilate(colour, np.ones((3, 3), np.uint8))
    seen = light[area].astype(float) + _RED_OF_COLOUR * (colour[area].astype(float) - 128)
    # which brightens the ink below: so darker shades are darkened further
    shade = (seen / bare).clip(0, 1) ** 3 * np.median(red)
    out = image.copy()
    out[area] = shade[:, None].astype(np.uint8)
    return out


def _frames(red: Pixels) -> Pixels:
    """The upright frames of what is red and as large as a seal; its star and its words stand inside."""
    import cv2
    import numpy as np

    frames = np.zeros_like(red)
    if red.any():
        whole = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((_JOIN, _JOIN), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
        for x, y, w, h, _ in stats[1:].tolist():
            if min(w, h) >= _LEAST:
                frames[y : y + h, x : x + w] = 1
    return frames
