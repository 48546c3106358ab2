"""Copies so faint that strokes are in pieces, in which the search finds no word: they are illegible (字迹断裂)."""

from __future__ import annotations

from collections.abc import Sequence

from jsextract.readers.ocr.copies import is_copy
from jsextract.readers.ocr.doubt import Piece
from jsextract.readers.ocr.engine import Pixels
from jsextract.readers.ocr.picture import ink

_BETWEEN = 5  # pixels at the most between the pieces of a stroke
_CHARACTER = 10  # pixels: a thing that is no smaller is no piece
_TYPE = 12  # pixels: what is lower when its pieces are joined is no type, but a ruling or the dots of a contents page
_LEAST = 30  # words of a page; a few are left of a stamp or an emblem
_CHANCE = 0.01  # of the specks of a copy, so many stand together by chance


def is_illegible(image: Pixels, found: Sequence[Piece]) -> bool:
    """Whether a page is a copy of which more words are strokes in pieces than were found.

    Args:
        image: of a straight page.
        found: the words on it.
    """
    import cv2
    import numpy as np

    if not is_copy(image):
        return False
    printed = ink(image)
    for piece in found:
        printed[max(round(piece.y0), 0) : round(piece.y1), max(round(piece.x0), 0) : round(piece.x1)] = 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(printed, connectivity=8)
    small = stats[:, 2:4].max(axis=1) < _CHARACTER
    pieces = np.where(small[labels], 255, 0).astype(np.uint8)
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((_BETWEEN, _BETWEEN), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    sides = stats[1:, 2:4]
    words = ((sides.max(axis=1, initial=0) >= _CHARACTER) & (sides.min(axis=1, initial=_TYPE) >= _TYPE)).sum()
    return bool(words > max(len(found), _LEAST, small.sum() * _CHANCE))
