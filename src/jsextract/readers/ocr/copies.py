"""Bad copies: words are looked for in a picture without specks, and read in the picture as it is (复印件).

The search for words takes a page of specks for a page of texture and passes most words over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsextract.readers.ocr.engine import Pixels

_INK = 128  # a darker level is ink
_SPECK = 4  # dots at the most
_SOFT = 0.8  # dots by which edges are softened


def for_search(image: Pixels) -> Pixels:
    """The picture without its specks and ragged edges; itself where specks are no more than other things on it.

    Args:
        image: blue, green, red.
    """
    import cv2
    import numpy as np

    labels, specks = _specks(image)
    if not _many(specks):
        return image
    return cv2.GaussianBlur(np.where(specks[labels][:, :, None], 255, image).astype(np.uint8), (0, 0), _SOFT)


def is_copy(image: Pixels) -> bool:
    """Whether most things on a picture are specks: it was copied, black and white.

    Args:
        image: blue, green, red.
    """
    return _many(_specks(image)[1])


def _specks(image: Pixels) -> tuple[Pixels, Pixels]:
    """The number of the thing that each dot belongs to, and of each thing whether it is a speck."""
    import cv2

    ink = (cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) < _INK).astype("uint8")
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return labels, stats[:, cv2.CC_STAT_AREA] <= _SPECK


def _many(specks: Pixels) -> bool:
    return bool(specks.sum() * 2 > len(specks))
