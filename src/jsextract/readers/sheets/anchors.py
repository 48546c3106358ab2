"""Pictures on a sheet: which cells lie under them (图片锚点)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from jsextract.readers.pictured import HEIGHT, WIDTH
from jsextract.readers.shapes import Shape
from jsextract.readers.sheets.book import Anchored, Area

MOST = 1000
"""Pictures of one sheet that are looked for."""
ROW, COLUMN = 15.0, 48.0
"""Points of a row and a column of which a sheet says nothing."""
_LAST = 1 << 20  # rows of a sheet


class Axis:
    """Where the rows of a sheet begin, or its columns, in points from its upper left corner.

    Args:
        usual: how high or wide one is.
        own: of those that are not so.
    """

    def __init__(self, usual: float, own: Mapping[int, float]) -> None:
        self._usual, self._own, self._others = usual, own, sorted(own)
        self._beyond = [0.0, *accumulate(own[index] - usual for index in self._others)]

    def start(self, index: int) -> float:
        """Where a row or column begins."""
        return index * self._usual + self._beyond[bisect_left(self._others, index)]

    def at(self, index: int, share: float) -> float:
        """A place in a row or column, as a share of it."""
        return self.start(index) + min(max(share, 0.0), 1.0) * self._own.get(index, self._usual)

    def under(self, begin: float, end: float) -> tuple[int, int]:
        """The first and the last one whose middle lies between two places."""
        first, last = (bisect_right(range(_LAST), place, key=self.start) - 1 for place in (begin, end))
        first, last = max(first, 0), max(last, 0)
        return first + (begin > self._middle(first)), last - (end < self._middle(last))

    def _middle(self, index: int) -> float:
        return (self.start(index) + self.start(index + 1)) / 2


class Frame(NamedTuple):
    """Where the cells of a sheet lie."""

    rows: Axis
    columns: Axis

    def box(self, area: Area) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of cells, in points."""
        rows, columns = self
        return (
            columns.start(area.left),
            rows.start(area.top),
            columns.start(area.right + 1),
            rows.start(area.bottom + 1),
        )

    def area(self, left: float, top: float, right: float, bottom: float) -> Area:
        """The cells under a rectangle in points."""
        (first, last), (begin, end) = self.rows.under(top, bottom), self.columns.under(left, right)
        return Area(first, begin, last, end)


def unknown() -> Anchored:
    """A picture of which nothing can be told but that there is one."""
    return Anchored(Shape(WIDTH, HEIGHT), Area(0, 0, -1, -1))
