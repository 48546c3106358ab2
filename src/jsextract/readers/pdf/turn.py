"""Which way the text of a page runs, and its characters on the page turned upright."""

from __future__ import annotations

from collections import Counter

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
