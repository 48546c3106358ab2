"""Straight lines from edge to edge of a page: dust on the glass of a feeder, the crease of a fold (扫描竖线、折痕).

They run through print and past the end of every table, as no ruling does. Below one, print is darker than paper still;
numbers that it ran through are doubted all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jsextract.readers.ocr.picture import ink

if TYPE_CHECKING:
    from jsextract.readers.ocr.doubt import Number, Piece
    from jsextract.readers.ocr.engine import Pixels

_WHOLE = 0.93  # of a page is ink on a streak
_THICK = 9  # pixels: of a streak, at the most
_ACROSS = 0.3  # of a page is ink on a ruling across it
_BEYOND = 60  # pixels by which it goes on past the first and the last of these
_BESIDE = 3  # pixels from a streak, where the paper is clean


def without_streaks(image: Pixels) -> tuple[Pixels, Pixels | None]:
    """The picture with streaks as bright as the paper beside them; where they ran, black on white, None without any.

    Args:
        image: blue, green, red.
    """
    import numpy as np

    printed = ink(image)
    upright, level = (list(_found(one)) for one in (printed, np.ascontiguousarray(printed.T)))
    if not upright and not level:
        return image, None
    out, mask = image.copy(), np.full(image.shape[:2], 255, np.uint8)
    for streaks, picture, ran in ((upright, out, mask), (level, out.transpose(1, 0, 2), mask.T)):
        for first, end in streaks:
            ran[:, first:end] = 0
            _brighten(picture[:, max(first - _BESIDE, 0) : end + _BESIDE])
    return out, mask


def _found(printed: Pixels) -> Iterator[tuple[int, int]]:
    """The columns of upright streaks: the first, and the one behind the last.

    Args:
        printed: white where something is printed.
    """
    import cv2
    import numpy as np

    full = cv2.dilate(printed, np.ones((1, 3), np.uint8)).mean(axis=0) >= 255 * _WHOLE
    if not full.any():
        return
    across = np.flatnonzero(cv2.dilate(printed, np.ones((3, 1), np.uint8)).mean(axis=1) >= 255 * _ACROSS)
    if len(across) and min(across[0], len(printed) - 1 - across[-1]) < _BEYOND:
        return  # a picture of a table alone, whose walls reach from edge to edge
    edges = np.flatnonzero(np.diff(np.pad(full.astype(np.int8), 1)))
    yield from (
        (int(first), int(end)) for first, end in zip(edges[::2], edges[1::2], strict=True) if end - first <= _THICK
    )


def _brighten(part: Pixels) -> None:
    """Makes the columns of a streak, with clean ones on both sides, as bright as these."""
    import numpy as np

    usual = np.median(part, axis=0)
    paper = np.maximum(usual[0], usual[-1])
    part[:] = (part * (paper / usual.clip(1))[None]).clip(0, 255)


def run_through(piece: Piece, mask: Pixels | None) -> Iterator[Number]:
    """The numbers of a piece through which a streak ran."""
    if mask is None:
        return
    rows = slice(max(round(piece.y0), 0), round(piece.y1))
    for number in piece.numbers():
        own = piece.chars[number.first : number.last]
        columns = slice(max(round(own[0].x0), 0), round(max(char.x1 for char in own)))
        if (mask[rows, columns] < 128).any():
            yield number
