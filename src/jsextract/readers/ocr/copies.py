"""Bad copies: words are looked for in a picture without specks, and read in the picture as it is (复印件).

The search for words takes a page of specks for a page of texture and passes most words over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsextract.readers.ocr.engine import Pixels

_INK = 128  # a darker level is ink
_PALE = 170  # a darker level is no paper
_SPECK = 4  # dots at the most
_CHARACTER = 10  # pixels: a thing that is no smaller is no speck
_SOFT = 0.8  # dots by which edges are softened


def for_search(image: Pixels) -> Pixels:
    """The picture without its specks and ragged edges; itself where specks are no more than other things on it.

    Args:
        image: blue, green, red.
    """
    import cv2
    import numpy as np

    labels, specks, pieces = _specks(image)
    if not _many(specks, pieces):
        return image
    return cv2.GaussianBlur(np.where(specks[labels][:, :, None], 255, image).astype(np.uint8), (0, 0), _SOFT)


def is_copy(image: Pixels) -> bool:
    """Whether most things on a picture are specks: it was copied, black and white.

    Args:
        image: blue, green, red.
    """
    _, specks, pieces = _specks(image)
    return _many(specks, pieces)


def _specks(image: Pixels) -> tuple[Pixels, Pixels, Pixels]:
    """The number of the thing that each dot belongs to; of each thing whether it is a speck, and whether it is a piece.

    A piece is the dark part of a pale stroke: thin rulings of a photograph are full of them, copies have none.
    """
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    _, labels, stats, _ = cv2.connectedComponentsWithStats((grey < _INK).astype(np.uint8), connectivity=8)
    _, whole, sides, _ = cv2.connectedComponentsWithStats((grey < _PALE).astype(np.uint8), connectivity=8)
    within = np.zeros(len(stats), np.int32)
    within[labels.ravel()] = whole.ravel()
    small = stats[:, cv2.CC_STAT_AREA] <= _SPECK
    large = sides[within, 2:4].max(axis=1) >= _CHARACTER
    return labels, small & ~large, small & large


def _many(specks: Pixels, pieces: Pixels) -> bool:
    return bool(specks.sum() * 2 > len(specks) - pieces.sum())
