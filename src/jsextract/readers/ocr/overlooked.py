"""Ink in the cells of a table in which no word was found: read by itself, else told of as not recognised (漏识).

A figure that the search for words passes over would leave a blank cell, which says that there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jsextract.readers.ocr.doubt import SECOND, THIRD, Piece, strip
from jsextract.readers.ocr.engine import Char, Pixels, Reading, Stroke, read_strip
from jsextract.readers.ocr.picture import ink
from jsextract.text.amounts import UNKNOWN

Area = tuple[float, float, float, float]
_TYPE = 0.8  # the height of type as a share of a word's, which is found with white around it
_LEAST, _MOST = 0.45, 1.6  # heights of type: lower is a speck or a dash, higher no character
_THINNEST = 0.08  # heights of type: a thinner thing is a piece of a ruling
_APART = 1.2  # heights of type between the middles of characters of one run
_RULING = 5  # pixels on each side of a ruling's middle
_BESIDE = 0.15  # heights of type around a word that belong to it
_COVERED = 0.25  # what lies in words with a greater share is theirs


def overlooked(image: Pixels, found: Sequence[Piece], strokes: Sequence[Stroke]) -> list[Piece]:
    """What is printed in cells beside the pieces that were found; of what two readings see nothing, one `UNKNOWN`."""
    if not found:
        return []
    high = sorted(piece.y1 - piece.y0 for piece in found)[len(found) // 2]
    areas = _uncovered(image, found, strokes, high * _TYPE)
    return [_read(area, image, strokes) for area in _runs(areas, strokes, high * _TYPE)]


def _uncovered(image: Pixels, found: Sequence[Piece], strokes: Sequence[Stroke], high: float) -> Iterator[Area]:
    """The characters, as high as `high`, of no piece and no ruling, that stand between level rulings."""
    import cv2
    import numpy as np

    printed = ink(image)
    for x0, y0, x1, y1 in strokes:
        printed[_cut(y0 - _RULING, y1 + _RULING + 1), _cut(x0 - _RULING, x1 + _RULING + 1)] = 0
    covered = np.zeros_like(printed)
    for piece in found:
        wide = high * _BESIDE
        covered[_cut(piece.y0 - wide, piece.y1 + wide), _cut(piece.x0 - wide, piece.x1 + wide)] = 1
    _, labels, stats, _ = cv2.connectedComponentsWithStats(printed, connectivity=8)
    theirs = np.bincount(labels[covered > 0], minlength=len(stats))
    for (x, y, w, h, size), shared in zip(stats[1:].tolist(), theirs[1:].tolist(), strict=True):
        fits = high * _LEAST <= h <= high * _MOST and high * _THINNEST <= w <= high * _MOST
        if fits and shared <= size * _COVERED and _is_in_table(x + w / 2, y + h / 2, strokes):
            yield float(x), float(y), float(x + w), float(y + h)


def _cut(first: float, last: float) -> slice:
    return slice(max(round(first), 0), max(round(last), 0))


def _is_in_table(x: float, y: float, strokes: Sequence[Stroke]) -> bool:
    """Whether level rulings run above and below a place, and upright ones on both sides."""
    level = [y0 for x0, y0, x1, y1 in strokes if y0 == y1 and x0 <= x <= x1]
    upright = [x0 for x0, y0, x1, y1 in strokes if x0 == x1 and y0 <= y <= y1]
    return any(a < y for a in level) and any(a > y for a in level) and any(a < x for a in upright) and x < max(upright)


def _runs(areas: Iterator[Area], strokes: Sequence[Stroke], high: float) -> list[Area]:
    """Characters that stand beside each other in one cell, as one area."""
    runs: list[Area] = []
    for area in sorted(areas):
        home = next((i for i, run in enumerate(runs) if _goes_on(run, area, strokes, high)), None)
        if home is None:
            runs.append(area)
        else:
            run = runs[home]
            runs[home] = run[0], min(run[1], area[1]), max(run[2], area[2]), max(run[3], area[3])
    return runs


def _goes_on(run: Area, area: Area, strokes: Sequence[Stroke], high: float) -> bool:
    middle = (area[1] + area[3]) / 2
    if not run[1] <= middle <= run[3] or area[0] - run[2] > high * _APART:
        return False
    return not any(a == b and run[2] <= a <= area[0] and y0 <= middle <= y1 for a, y0, b, y1 in strokes)


def _read(area: Area, image: Pixels, strokes: Sequence[Stroke]) -> Piece:
    """An area as two readings have it."""
    x0, y0, x1, y1 = area
    beside = (y1 - y0) * (1 - _TYPE) / _TYPE / 2
    blank = Piece((Char(UNKNOWN, 0.0, x0, x1),), y0 - beside, y1 + beside)
    first, other = (read_strip(strip(blank, image, strokes, frame)) for frame in (SECOND, THIRD))
    if not any(char.isalnum() for char in first.text):
        return blank
    return blank._replace(chars=_spread(first, x0, x1), others=(other,))


def _spread(reading: Reading, x0: float, x1: float) -> tuple[Char, ...]:
    """The characters of a reading side by side, each as wide as the others."""
    wide = (x1 - x0) / len(reading.text)
    pairs = enumerate(zip(reading.text, reading.confidence, strict=True))
    return tuple(Char(char, sure, x0 + i * wide, x0 + (i + 1) * wide) for i, (char, sure) in pairs)
