"""A page's picture made fit for reading: straight, with the rulings that are drawn on it (图像预处理).

Lengths in pixels hold at 200 dots an inch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jsextract.readers.ocr.engine import Pixels, Stroke

_LEVEL_PIECE, _UPRIGHT_PIECE = 40, 28  # longer than the strokes of usual type
_GAP = 15
_RULING = 60  # a shorter ruling bounds no cell, but for an upright one between two level ones
_SHORT = 240  # a shorter level one reaches from one upright one to another: strokes of neighbours in a word do not
_NEAR = 8
_THICK = 9
_WORN = 321  # the length over which a worn ruling is told from a row of type
_FULL, _EMPTY = 0.75, 0.35  # shares of ink on such a length of a ruling, and beside it
_BESIDE, _ASIDE = 6, 3  # pixels from a ruling: there is none of its ink; another is its own
_CHARACTER = 10  # a lower and narrower thing is no character of the smallest type
_EDGE = 0.03  # shares of a page at its edges, where scanners leave shadows
_MUCH = 0.6  # share of ink on a ruling in line with others
_LEAST, _END = 24, 6  # pixels: of the least cell, and from the ends of a ruling that type does not reach
_SEVERAL = 2  # such rulings in line confirm each other
_HOLE, _SOME = 8, 0.4  # pixels of a hole in a ruling; what share of a ruling full of them has ink


def pixels(image: Any) -> Pixels:
    """A PIL image as blue, green, red."""
    import numpy as np

    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def ink(image: Pixels) -> Pixels:
    """White where something is printed, whatever the shade of the paper."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 15)


def is_blank(image: Pixels) -> bool:
    """Whether a page has nothing as large as a character, its edges left out: specks are none, nor shadows there."""
    import cv2

    high, wide = image.shape[:2]
    y, x = round(high * _EDGE), round(wide * _EDGE)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink(image[y : high - y, x : wide - x].copy()), connectivity=8)
    return not (stats[1:, 2:4].max(axis=1, initial=0) >= _CHARACTER).any()


def find_strokes(image: Pixels) -> list[Stroke]:
    """The rulings of a straight picture, each as the line through its middle (x0, y0, x1, y1), in pixels."""
    printed = ink(image)
    level: list[Stroke] = [
        (x, y + h / 2, x + w, y + h / 2) for x, y, w, h in _runs(printed, across=True) if w >= _RULING
    ]
    upright: list[Stroke] = [(x + w / 2, y, x + w / 2, y + h) for x, y, w, h in _runs(printed, across=False)]
    upright = [one for one in upright if one[3] - one[1] >= _RULING or _is_between(one, level)]
    across, down = joined(level, printed), joined([_swapped(one) for one in upright], printed.T)
    down = joined([*down, *_between(down, across, printed.T)], printed.T)
    across = joined([*across, *_between(across, down, printed)], printed)
    across = [_reaching(one, down, printed) for one in across]
    across = [one for one in across if one[2] - one[0] >= _SHORT or _is_between(_swapped(one), down)]
    return across + [_swapped(_reaching(one, across, printed.T)) for one in down]


def _between(level: Sequence[Stroke], upright: Sequence[Stroke], printed: Pixels) -> list[Stroke]:
    """Worn level rulings that lead from one upright one to the next, in line with others; type is not.

    Args:
        level: those that are known.
        upright: with rows for columns.
        printed: white where something is printed.
    """
    import cv2
    import numpy as np

    thick = cv2.dilate(printed, np.ones((3, 1), np.uint8)) > 0
    found = [
        (left, y, right, sure)
        for left, right, rows in _strips(upright, len(printed))
        for y, sure in _drawn(thick[:, round(left) + _ASIDE : round(right) - _ASIDE], rows)
    ]
    known = [one[1] for one in level]
    sure = [y for _, y, _, is_sure in found if is_sure]

    def in_line(y: float, others: Sequence[float]) -> int:
        return sum(abs(y - other) <= _ASIDE for other in others)

    return [(left, y, right, y) for left, y, right, _ in found if in_line(y, known) or in_line(y, sure) >= _SEVERAL]


def _strips(upright: Sequence[Stroke], height: int) -> Iterator[tuple[float, float, Pixels]]:
    """Neighbours among upright rulings, which have rows for columns: where they stand, and the rows between them."""
    import numpy as np

    def reach(one: Stroke) -> Pixels:
        rows = np.zeros(height, bool)
        rows[max(round(one[0]) - _NEAR, 0) : round(one[2]) + _NEAR] = True
        return rows

    walls = sorted(upright, key=lambda one: one[1])
    reaches = [reach(one) for one in walls]
    for i, (_, left, _, _) in enumerate(walls):
        free = reaches[i].copy()
        for (_, right, _, _), met in zip(walls[i + 1 :], reaches[i + 1 :], strict=True):
            if not free.any():
                break
            if right - left > _NEAR and (free & met).any():
                if right - left >= _LEAST:
                    yield left, right, np.flatnonzero(free & met)
                free &= ~met


def _drawn(strip: Pixels, rows: Pixels) -> Iterator[tuple[float, bool]]:
    """Which of the rows have ink all along and up to either end, as type has not; whether they surely are rulings."""
    import numpy as np

    near = strip[rows[0] : rows[-1] + 1]
    share = near.mean(axis=1)
    ends = np.minimum(near[:, :_END].mean(axis=1), near[:, -_END:].mean(axis=1))
    padded = np.pad(share, _BESIDE)
    beside = np.maximum(padded[: -2 * _BESIDE], padded[2 * _BESIDE :])
    good = np.flatnonzero((share >= _MUCH) & (ends >= _SOME))
    good = good[np.isin(good + rows[0], rows)]
    for part in np.split(good, np.flatnonzero(np.diff(good) > 1) + 1):
        if 0 < len(part) <= _THICK:
            sure = (share[part] >= _FULL) & (ends[part] >= _MUCH) & (beside[part] <= _EMPTY)
            best = part[share[part] == share[part].max()]
            yield float(best.mean() + rows[0]), bool(sure.any())


def _swapped(stroke: Stroke) -> Stroke:
    """The same in a picture whose rows are columns."""
    x0, y0, x1, y1 = stroke
    return y0, x0, y1, x1


def joined(level: Sequence[Stroke], printed: Pixels) -> list[Stroke]:
    """Level rulings, those on one line as one where worn print lies between them."""
    whole: list[Stroke] = []
    for one in sorted(level):
        near = [other for other in whole if abs(other[1] - one[1]) <= _ASIDE]
        before = max(near, key=lambda other: other[2], default=None)
        if before is not None and _is_worn(printed, before[1], before[2], one[0]):
            whole.remove(before)
            one = (before[0], before[1], max(before[2], one[2]), before[1])
        whole.append(one)
    return whole


def _reaching(level: Stroke, upright: Sequence[Stroke], printed: Pixels) -> Stroke:
    """A level ruling from one upright one to another, which have rows for columns."""
    x0, y, x1, _ = level
    walls = [wall for top, wall, bottom, _ in upright if top - _NEAR <= y <= bottom + _NEAR]
    left, right = _end(printed, y, x0, x1, walls), _end(printed, y, x1, x0, walls)
    return left, y, max(left, right), y


def _end(printed: Pixels, y: float, end: float, other: float, walls: Sequence[float]) -> float:
    """Where a level ruling ends that was found between `end` and `other`, on the side of `end`.

    It goes on as far as worn print leads to a wall, and leaves what little stands out: type that it ran into.
    """
    way = 1 if other > end else -1
    depths = sorted((wall - end) * way for wall in walls if (wall - other) * way <= _NEAR)
    beyond = max((depth for depth in depths if depth < 0), default=0.0)
    if beyond and _is_worn(printed, y, *sorted((end, end + beyond * way))):
        start = beyond
    else:
        start = next((depth for depth in depths if -_NEAR <= depth < _RULING), 0.0)
    inner = next((depth for depth in depths if depth > start + _NEAR), None)
    if inner is not None and not _meets(printed, y, end + start * way, end + inner * way):
        start = inner
    return end + start * way


def _meets(printed: Pixels, y: float, end: float, inner: float) -> bool:
    """Whether a ruling has ink up to its end, as type into which it is prolonged has not; true of a long way."""
    if abs(end - inner) > _RULING:
        return True
    start = round(end) + _ASIDE if end < inner else round(end) - _ASIDE - _END
    return bool(_line(printed, y, start, start + _END).mean() >= _SOME)


def _is_worn(printed: Pixels, y: float, x0: float, x1: float) -> bool:
    """Whether a ruling goes on there with small holes, little ink above and below; true of no gap."""
    import numpy as np

    if x1 - x0 <= 1:
        return True

    line = _line(printed, y, x0, x1)
    ends = np.flatnonzero(np.concatenate([[True], line, [True]]))
    beside = [_line(printed, y + way * (_BESIDE + 1), x0, x1).mean() for way in (-1, 1)]
    return bool(np.diff(ends).max() <= _HOLE and line.mean() >= _SOME and max(beside) <= _SOME / 2)


def _line(printed: Pixels, y: float, x0: float, x1: float) -> Pixels:
    """Where a level line through a row of dots and its neighbours has ink."""
    top = max(round(y) - 2, 0)
    return printed[top : round(y) + 3, max(round(x0), 0) : round(x1)].max(axis=0, initial=0) > 0


def _is_between(upright: Stroke, level: Sequence[Stroke]) -> bool:
    """Whether an upright stroke reaches from one level ruling to another, as no stroke of a character does."""
    x, y0, _, y1 = upright
    met = [y for a, y, b, _ in level if a - _NEAR <= x <= b + _NEAR]
    return all(any(abs(y - end) <= _NEAR for y in met) for end in (y0, y1))


def _runs(printed: Pixels, *, across: bool) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of what is long one way and thin the other; gaps of bad print are bridged."""
    import cv2
    import numpy as np

    def bar(length: int) -> Pixels:
        return np.ones((1, length) if across else (length, 1), np.uint8)

    pieces = cv2.morphologyEx(printed, cv2.MORPH_OPEN, bar(_LEVEL_PIECE if across else _UPRIGHT_PIECE))
    worn = _worn(printed) if across else np.ascontiguousarray(_worn(np.ascontiguousarray(printed.T)).T)
    whole = cv2.bitwise_or(cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, bar(_GAP)), worn)
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    boxes = ((int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:])
    return [b for b in boxes if min(b[2:]) <= _THICK and (b[2] >= b[3]) == across]


def _worn(printed: Pixels) -> Pixels:
    """Level rulings that bad copies leave full of holes: rows with much ink where hardly any lies above and below."""
    import cv2
    import numpy as np

    thick = cv2.dilate(printed, np.ones((3, 1), np.uint8))
    filled = cv2.blur(thick, (_WORN, 1))
    above, below = (np.roll(filled, way * _BESIDE, axis=0) <= 255 * _EMPTY for way in (-1, 1))
    middles = ((filled >= 255 * _FULL) & above & below).astype(np.uint8)
    found = cv2.dilate(middles, np.ones((1, _WORN), np.uint8)) * thick
    whole = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((1, _HOLE), np.uint8))
    return cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, _LEVEL_PIECE), np.uint8))  # type stands further away
