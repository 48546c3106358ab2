"""Characters of an OFD page that nobody sees because an opaque area was painted over them (被遮盖的文字)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from jsextract.readers.pdf.glyphs import RawGlyph
from jsextract.readers.pdf.strokes import Rect

Cover = tuple[int, Rect]
"""How many characters were drawn before an area, and its place."""
# What of a character's box must lie under an area, its outer fifths left out: they hold no ink.
_EDGE = 0.2


def take_covered(seen: list[RawGlyph], covers: Sequence[Cover]) -> list[RawGlyph]:
    """Takes those characters out that lie wholly under an area that was painted after them.

    Args:
        seen: all characters in the order of painting; what is covered goes from it.
        covers: the opaque areas, in that order, too.

    Returns:
        What went.
    """
    by_height = sorted(range(len(seen)), key=lambda i: seen[i][1] + seen[i][3])
    middles = [(seen[i][1] + seen[i][3]) / 2 for i in by_height]
    found: set[int] = set()
    for before, box in covers:
        if before:
            low, high = bisect_left(middles, box[1]), bisect_right(middles, box[3])
            found.update(i for i in by_height[low:high] if i < before and _holds(box, seen[i]))
    covered = [seen[i] for i in sorted(found)]
    seen[:] = [glyph for i, glyph in enumerate(seen) if i not in found]
    return covered


def _holds(box: Rect, glyph: RawGlyph) -> bool:
    """Whether an area hides all ink of a character."""
    side, end = (glyph[2] - glyph[0]) * _EDGE, (glyph[3] - glyph[1]) * _EDGE
    across = box[0] <= glyph[0] + side and glyph[2] - side <= box[2]
    return across and box[1] <= glyph[1] + end and glyph[3] - end <= box[3]
