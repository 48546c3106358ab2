"""Which way the text of a page runs, and its characters on the page turned upright."""

from __future__ import annotations

from collections import Counter

from jsextract.model.document import Ruling
from jsextract.model.geometry import Box
from jsextract.readers.pdf.glyphs import Bounds, RawGlyph
from jsextract.readers.pdf.lines import Glyph


def direction(glyphs: list[RawGlyph], page_rotation: int) -> int:
    """How many degrees clockwise the page must be turned for most of its text to stand upright."""
    count = Counter([g[6] for g in glyphs if g[7] != " "])
    if not count:
        return page_rotation
    quadrant, votes = max(count.items(), key=lambda kv: (kv[1], kv[0] * 90 == page_rotation))
    return quadrant * 90 if votes * 2 > count.total() else page_rotation


def upright(glyphs: list[RawGlyph], turn: int, bounds: Bounds) -> list[Glyph]:
    """The characters written in this direction, on the page turned `turn` degrees clockwise, origin top left."""
    left, bottom, right, top = bounds
    quadrant = turn // 90
    if turn == 0:
        return [(top - g[4], g[0] - left, g[2] - left, g[5], g[7]) for g in glyphs if g[6] == quadrant]
    if turn == 90:
        return [(g[4] - left, g[1] - bottom, g[3] - bottom, g[5], g[7]) for g in glyphs if g[6] == quadrant]
    if turn == 180:
        return [(g[4] - bottom, right - g[2], right - g[0], g[5], g[7]) for g in glyphs if g[6] == quadrant]
    return [(right - g[4], top - g[3], top - g[1], g[5], g[7]) for g in glyphs if g[6] == quadrant]


def place(rect: Bounds, turn: int, bounds: Bounds) -> Box:
    """A rectangle, measured from the bottom left, on the page turned upright by `turn` degrees."""
    turned = turned_ruling(rect, turn, bounds)
    return Box(turned.x0, turned.y0, turned.x1, turned.y1)


def turned_ruling(line: Bounds, turn: int, bounds: Bounds) -> Ruling:
    """A line, measured from the bottom left, as a ruling of the page turned upright by `turn` degrees."""
    left, bottom, right, top = bounds
    x0, y0, x1, y1 = line
    if turn == 0:
        return Ruling(x0 - left, top - y1, x1 - left, top - y0)
    if turn == 90:
        return Ruling(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turn == 180:
        return Ruling(right - x1, y0 - bottom, right - x0, y1 - bottom)
    return Ruling(top - y1, right - x1, top - y0, right - x0)
