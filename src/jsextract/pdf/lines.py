"""Characters to printed lines: by baseline and position, never by the order in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jsextract.model.document import Line
from jsextract.model.geometry import Box

# Boxes come from the baseline and the font size: a font's own bounding box is often wrong.
ASCENT, DESCENT = 0.86, 0.14
# A baseline further than this share of the size away starts a new line.
_STEP, _DRIFT = 0.22, 0.35
# Doubled characters (faked bold) are drawn within this share of the size.
_DOUBLE = 0.18
# Gaps wider than these shares of the size are a space: after a narrow character, between wide ones.
_GAP_NARROW, _GAP_WIDE = 0.3, 0.6


class Glyph(NamedTuple):
    """One drawn character on the upright page: `base` is the baseline, y growing downwards."""

    base: float
    x0: float
    x1: float
    size: float
    char: str


def drop_doubled(row: list[Glyph]) -> list[Glyph]:
    """Leave out characters drawn again at nearly the same place (faked bold).

    Args:
        row: the characters of one line, sorted by `x0`; of each set of doubles the leftmost is kept.
    """
    kept: list[Glyph] = []
    for g in row:
        reach = max(g.size * _DOUBLE, 0.3)
        at = len(kept) - 1
        while at >= 0 and g.x0 - kept[at].x0 < reach and kept[at].char != g.char:
            at -= 1
        if at < 0 or g.x0 - kept[at].x0 >= reach:
            kept.append(g)
    return kept


def group_lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Sets of characters that share a baseline, top to bottom, each from left to right."""
    row: list[Glyph] = []
    first = last = 0.0
    for g in sorted(glyphs):
        if row and (g.base - last > g.size * _STEP or g.base - first > g.size * _DRIFT):
            yield sorted(row, key=_by_x)
            row = []
        if not row:
            first = g.base
        row.append(g)
        last = g.base
    if row:
        yield sorted(row, key=_by_x)


def _by_x(glyph: Glyph) -> float:
    return glyph.x0


def make_line(page: int, row: list[Glyph]) -> Line | None:
    """The line of these characters; a wide gap becomes one space. None where only spaces are left."""
    text: list[str] = []
    edges: list[tuple[float, float]] = []
    end = row[0].x0
    for g in row:
        gap = g.x0 - end
        blank = g.char.isspace()
        wide = gap > g.size * (_GAP_WIDE if ord(g.char) > 0x2E7F else _GAP_NARROW)
        if text and text[-1] == " ":
            if blank:
                end = max(end, g.x1)
                edges[-1] = (edges[-1][0], end)
                continue
        elif text and wide and not blank:
            text.append(" ")
            edges.append((end, g.x0))
        if blank and not text:
            continue
        text.append(" " if blank else g.char)
        edges.append((g.x0, max(g.x0, g.x1)))
        end = max(end, g.x1)
    while text and text[-1] == " ":
        text.pop()
        edges.pop()
    if not text:
        return None
    return _boxed(page, "".join(text), edges, [g for g in row if not g.char.isspace()])


def _boxed(page: int, text: str, edges: list[tuple[float, float]], ink: list[Glyph]) -> Line:
    top = min(g.base - g.size * ASCENT for g in ink)
    bottom = max(g.base + g.size * DESCENT for g in ink)
    x0, x1 = min(x for x, _ in edges), max(x for _, x in edges)
    size = sorted(g.size for g in ink)[len(ink) // 2]
    return Line(page, text, Box(x0, top, x1, bottom), tuple(edges), size)


def read_lines(page: int, glyphs: list[Glyph]) -> tuple[list[Line], int]:
    """All lines of a page in reading order, and how many doubled characters were left out."""
    found: list[Line] = []
    doubled = 0
    for row in group_lines(glyphs):
        kept = drop_doubled(row)
        doubled += sum(not g.char.isspace() for g in row) - sum(not g.char.isspace() for g in kept)
        line = make_line(page, kept)
        if line is not None:
            found.append(line)
    return found, doubled
