"""Pages that lie on their side or upside down (页面转向), told by the way that type runs and by how well it is read."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from jsextract.readers.ocr.engine import Pixels, Word

_BETWEEN = 10  # pixels: characters of a line stand closer, lines further apart
_RULING = 60
_CLEAR = 1.3  # by which runs of type must be longer one way
_HAN = ("\N{CJK UNIFIED IDEOGRAPH-4E00}", "\N{CJK UNIFIED IDEOGRAPH-9FFF}")


def lies_sideways(printed: Pixels) -> bool:
    """Whether lines of type run up or down.

    Args:
        printed: white where something is printed.
    """
    import cv2
    import numpy as np

    bars = (np.ones((1, _RULING), np.uint8), np.ones((_RULING, 1), np.uint8))
    rulings = cv2.bitwise_or(*(cv2.morphologyEx(printed, cv2.MORPH_OPEN, bar) for bar in bars))
    type_alone = printed * (cv2.dilate(rulings, np.ones((3, 3), np.uint8)) == 0)
    across, down = (
        _usual_run(cv2.morphologyEx(one, cv2.MORPH_CLOSE, np.ones((1, _BETWEEN), np.uint8)))
        for one in (type_alone, np.ascontiguousarray(type_alone.T))
    )
    return down > across * _CLEAR


def _usual_run(printed: Pixels) -> float:
    """The usual length of runs of dots in rows, long ones counting for more."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.pad(printed, ((0, 0), (1, 1))).ravel().astype(np.int16)))
    runs = (edges[1::2] - edges[::2]).astype(float)
    return float((runs**2).sum() / runs.sum()) if len(runs) else 0.0


def runs_down(words: Sequence[Word]) -> bool:
    """Whether most characters stand in words that are higher than wide."""
    long = [word for word in words if len(word.chars) > 1]
    tall = sum(len(word.chars) for word in long if word.y1 - word.y0 > word.chars[-1].x1 - word.chars[0].x0)
    return tall * 2 > sum(len(word.chars) for word in long)


def legibility(words: Sequence[Word]) -> float:
    """The usual confidence of Chinese characters, which differ upside down as figures may not; 1 without any."""
    sure = [char.confidence for word in words for char in word.chars if _HAN[0] <= char.text <= _HAN[1]]
    return statistics.median(sure) if sure else 1.0
