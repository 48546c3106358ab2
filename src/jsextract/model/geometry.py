"""Boxes on an upright page, in PDF points, origin at the top left; addresses of cells in a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Box(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A rectangle on an upright page; `y` grows downwards.

    Raises:
        ValueError: if the box is inside-out.
    """

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"box is inside-out: {self.x0}, {self.y0}, {self.x1}, {self.y1}")

    @property
    def width(self) -> float:
        """Points from the left edge to the right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from the upper edge to the lower."""
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        """The middle, from the left edge of the page."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """The middle, from the upper edge of the page."""
        return (self.y0 + self.y1) / 2

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether the point lies inside, up to `slack` points outside the edges."""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack

    def overlaps(self, other: Box) -> bool:
        """Whether the two boxes share any area."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes`.

    Raises:
        ValueError: if there is none.
    """
    found = list(boxes)
    return Box(
        min(b.x0 for b in found),
        min(b.y0 for b in found),
        max(b.x1 for b in found),
        max(b.y1 for b in found),
    )


def address(row: int, column: int) -> str:
    """The address of a cell, from its row and column counted from 0.

    >>> address(6, 1), address(0, 27)
    ('B7', 'AB1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
