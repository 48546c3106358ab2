"""Characters to printed lines: by baseline and position, never by the order in the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter, sub

from jsextract.model.document import Line
from jsextract.model.geometry import Box

# One drawn character on the upright page: baseline (y growing downwards), x0, x1, font size, the character.
# A plain tuple: pages hold thousands, and tuples sort by baseline first.
Glyph = tuple[float, float, float, float, str]

# Boxes come from the baseline and the font size: a font's own bounding box is often wrong.
ASCENT, DESCENT = 0.86, 0.14
# A baseline further than this share of the size away starts a new line.
_STEP, _DRIFT = 0.22, 0.35
# Doubled characters (faked bold) are drawn within this share of the size.
_DOUBLE = 0.18
_LEAST_APART = 0.3
# Of a digit's width: another that stands further on it is printed over it.
_ON_TOP = 0.4
# Baselines nearer than this share of the size are one; characters of two that share this of their width stand over
# each other.
_LEVEL, _OVER = 0.002, 0.15
# Gaps wider than these shares of the size are a space: before a narrow character, before a wide one.
_GAP_NARROW, _GAP_WIDE = 0.3, 0.6
_FAR = float("inf")
_by_x = itemgetter(1)
_FIRST_WIDE = "\u2e80"


def _crowded(row: list[Glyph]) -> bool:
    """Whether characters of a line begin so near each other that some may be doubled."""
    starts = [glyph[1] for glyph in row]
    least = min(map(sub, starts[1:], starts), default=_FAR)
    return least < max(_LEAST_APART, max([g[3] for g in row]) * _DOUBLE)


def drop_doubled(row: list[Glyph]) -> list[Glyph]:
    """Leave out characters drawn again at nearly the same place (faked bold).

    Args:
        row: the characters of one line, sorted by x; of each set of doubles the leftmost is kept.
    """
    kept: list[Glyph] = []
    for glyph in row:
        _, x0, _, size, char = glyph
        reach = max(size * _DOUBLE, _LEAST_APART)
        at = len(kept) - 1
        while at >= 0 and x0 - kept[at][1] < reach and kept[at][4] != char:
            at -= 1
        if at < 0 or x0 - kept[at][1] >= reach:
            kept.append(glyph)
    return kept


def overprinted(row: list[Glyph]) -> list[Glyph]:
    """The digits of a line, sorted by x, that stand on other digits: of two figures at one place none can be read."""
    found = []
    for one, other in pairwise(row):
        if one[4].isdigit() and other[4].isdigit() and one[2] - other[1] > (one[2] - one[1]) * _ON_TOP:
            found += [one, other]
    return found


def group_lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Sets of characters that share a baseline, top to bottom, each from left to right."""
    row: list[Glyph] = []
    first = last = 0.0
    for glyph in sorted(glyphs):
        base, size = glyph[0], glyph[3]
        if row and (base - last > size * _STEP or base - first > size * _DRIFT):
            row.sort(key=_by_x)
            yield row
            row = []
        if not row:
            first = base
        row.append(glyph)
        last = base
    if row:
        row.sort(key=_by_x)
        yield row


def interwoven(row: list[Glyph]) -> list[list[Glyph]]:
    """The characters of a line by their own baselines, where texts of two baselines reach into each other.

    A figure that stands a little higher or lower than what it touches is a text of its own: from left to right their
    characters would come in turns, or make one figure of two. Characters that dance are no texts of their own.
    """
    if max(row)[0] - min(row)[0] <= row[0][3] * _LEVEL or not any(_are_of_two(a, b) for a, b in pairwise(row)):
        return [row]
    levels: list[list[Glyph]] = []
    for glyph in sorted(row):
        if not levels or glyph[0] - levels[-1][-1][0] > glyph[3] * _LEVEL:
            levels.append([])
        levels[-1].append(glyph)
    texts = [sorted(level, key=_by_x) for level in levels]
    lengths = [length for text in texts for length in _lengths(text)]
    return texts if lengths.count(1) * 2 <= len(lengths) else [row]


def _are_of_two(a: Glyph, b: Glyph) -> bool:
    """Whether neighbours on different baselines stand over each other, or are digits that touch."""
    if abs(a[0] - b[0]) <= a[3] * _LEVEL or " " in (a[4], b[4]):
        return False
    digits = a[4].isdigit() and b[4].isdigit() and a[3] == b[3]
    return a[2] - b[1] > (-b[3] * _GAP_NARROW if digits else (a[2] - a[1]) * _OVER)


def _lengths(row: list[Glyph]) -> Iterator[int]:
    """How many characters stand in each stretch without a gap."""
    length = 1
    for a, b in pairwise(row):
        if b[1] - a[2] > b[3] * _GAP_NARROW:
            yield length
            length = 0
        length += 1
    yield length


def make_line(page: int, row: list[Glyph]) -> Line | None:
    """The line of these characters; a wide gap becomes one space. None where only spaces are left."""
    unbroken = "".join([glyph[4] for glyph in row])
    if unbroken.split() == [unbroken] and all(b[1] - a[2] <= b[3] * _GAP_NARROW for a, b in pairwise(row)):
        return _boxed(page, unbroken, [(g[1], g[2] if g[2] > g[1] else g[1]) for g in row], row)
    text: list[str] = []
    edges: list[tuple[float, float]] = []
    ink: list[Glyph] = []
    end = row[0][1]
    spaced = True
    for glyph in row:
        _, x0, x1, size, char = glyph
        if x1 < x0:
            x1 = x0
        if char.isspace():
            if not spaced:
                text.append(" ")
                edges.append((x0, x1))
                spaced = True
            elif text:
                edges[-1] = (edges[-1][0], max(x1, edges[-1][1]))
        else:
            if not spaced and x0 - end > size * (_GAP_WIDE if char >= _FIRST_WIDE else _GAP_NARROW):
                text.append(" ")
                edges.append((end, x0))
            text.append(char)
            edges.append((x0, x1))
            ink.append(glyph)
            spaced = False
        if x1 > end:
            end = x1
    if spaced and text:
        text.pop()
        edges.pop()
    return _boxed(page, "".join(text), edges, ink) if text else None


def _boxed(page: int, text: str, edges: list[tuple[float, float]], ink: list[Glyph]) -> Line:
    """A line of its text, the left and right edge of each character, and the glyphs that it is printed with."""
    sizes = sorted([g[3] for g in ink])
    bases = [g[0] for g in ink]
    if sizes[0] == sizes[-1]:
        top, bottom = min(bases) - sizes[0] * ASCENT, max(bases) + sizes[0] * DESCENT
    else:
        top = min(g[0] - g[3] * ASCENT for g in ink)
        bottom = max(g[0] + g[3] * DESCENT for g in ink)
    box = Box(edges[0][0], top, max([x for _, x in edges]), bottom)
    return Line(page, text, box, tuple(edges), sizes[len(sizes) // 2])


def glyph_box(glyph: Glyph) -> Box:
    """The box of one character, from its baseline and its size."""
    base, x0, x1, size, _ = glyph
    return Box(x0, base - size * ASCENT, max(x0, x1), base + size * DESCENT)


def read_lines(page: int, glyphs: list[Glyph]) -> tuple[list[Line], int, list[Glyph]]:
    """All lines of a page in reading order, how many doubled characters were left out, which digits stand on others."""
    found: list[Line] = []
    over: list[Glyph] = []
    doubled = 0
    for row in group_lines(glyphs):
        kept = drop_doubled(row) if _crowded(row) else row
        if kept is not row:
            over += overprinted(kept)
        if len(kept) != len(row):
            doubled += sum(g[4] != " " for g in row) - sum(g[4] != " " for g in kept)
        found += [line for part in interwoven(kept) if (line := make_line(page, part)) is not None]
    return found, doubled, over
