"""Header words stacked by the columns over which they stand, and taken apart into cells (表头文字)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from statistics import median

from msgspec import Struct

from jsextract.layout.assign import piece
from jsextract.layout.head_names import LABELS, HeadNames
from jsextract.layout.tracks import Stretch
from jsextract.model.document import Line
from jsextract.model.geometry import Box, union
from jsextract.model.settings import LAYOUT

_FEWEST_UPRIGHT = 3


class Head(Struct, frozen=True):
    """The words of one header cell, in lines from top to bottom."""

    lines: tuple[Line, ...]

    @property
    def box(self) -> Box:
        """Around all of its lines."""
        return union(box_of(line) for line in self.lines)

    @property
    def text(self) -> str:
        """Its words for matching."""
        return "".join(line.normal for line in self.lines)


class Stack(Struct, frozen=True):
    """Header words over one column, from top to bottom, and what they cover; `counted` where it has its number."""

    reach: Stretch
    lines: tuple[Line, ...] = ()
    counted: bool = False


def box_of(line: Line) -> Box:
    """The box of a text that has one."""
    assert line.box is not None
    return line.box


def find_stacks(texts: Sequence[Line], counts: Sequence[Line], names: HeadNames) -> tuple[list[Stack], list[Head]]:
    """The words of the lowest level by the columns over which they stand, and those that reach over several.

    Args:
        texts: of the header, those that number the columns left out.
        counts: the numbers of the columns (栏次), which stand one over each.
        names: that columns of the table may have.
    """
    parted = [part for text in texts for part in _apart(text, names)]
    found = [Stack((box_of(t).x0, box_of(t).x1), counted=True) for t in counts]
    over: list[Head] = []
    for text in sorted(parted, key=lambda t: (-box_of(t).cy, box_of(t).x0)):
        box = box_of(text)
        hit = [
            s for s in found if min(s.reach[1], box.x1) - max(s.reach[0], box.x0) > LAYOUT.columns.bridge * text.size
        ]
        if len(hit) > 1 or (hit and hit[0].lines and not _is_set_like(text, hit[0].lines[0])):
            over.append(Head((text,)))
            continue
        was = hit[0] if hit else Stack((box.x0, box.x1))
        found = [s for s in found if s is not was]
        reach = (min(was.reach[0], box.x0), max(was.reach[1], box.x1))
        found.append(Stack(reach, (text, *was.lines), was.counted))
    return sorted(found, key=lambda s: s.reach), over


def _is_set_like(text: Line, below: Line) -> bool:
    """Whether two texts stand about the same middle, or begin or end at the same place, as lines of one cell do."""
    a, b = box_of(text), box_of(below)
    return min(abs(a.cx - b.cx), abs(a.x0 - b.x0), abs(a.x1 - b.x1)) < LAYOUT.columns.level * text.size


def _apart(text: Line, names: HeadNames) -> Iterator[Line]:
    """The words of a header text that touch their neighbours': by the names that they are, or by the white between."""
    spaces = [i for i, char in enumerate(text.text) if char == " "]
    if set(text.normal) <= LABELS and all(_white(text)):
        yield from filter(None, (piece(text, i, i + 1) for i in range(len(text.text))))
        return
    spread = min(map(len, text.text.split())) == 1
    if len(text.normal) < 3 or (names.known(text.normal) and (spread or not spaces)):
        yield text
        return
    cuts = spaces if spaces and not spread else names.cut(text.text) if not spaces else []
    ends = [0, *(cuts or _at_wide_gaps(text)), len(text.text)]
    for a, b in pairwise(ends):
        part = piece(text, a, b)
        if part is not None and len(ends) > 2:
            yield from _apart(part, names)
        elif part is not None:
            yield part


def _white(text: Line) -> Iterator[bool]:
    """For each character after the first whether there is white before it."""
    ink = [edges for char, edges in zip(text.text, text.edges, strict=True) if char != " "]
    return (b[0] - a[1] > LAYOUT.columns.touching * text.size for a, b in pairwise(ink))


def _at_wide_gaps(text: Line) -> list[int]:
    """Where the white between two characters is wider than between the others of the text."""
    gaps = [b[0] - a[1] for a, b in pairwise(text.edges)]
    usual = median(gaps) if gaps else 0.0
    return [
        i + 1
        for i, gap in enumerate(gaps)
        if gap - usual > LAYOUT.columns.touching * text.size and text.text[i] != " " != text.text[i + 1]
    ]


def cells_of(lines: Sequence[Line], names: HeadNames) -> list[Head]:
    """The header cells of a stack: lines that make one name are one cell; a wide gap parts levels."""
    if not lines:
        return []
    if len(lines) >= _FEWEST_UPRIGHT and all(len(t.normal) == 1 for t in lines) and lines[-1].normal not in LABELS:
        return [Head(tuple(lines))]  # upright words, one character a line
    best: tuple[float, ...] = ()
    chosen: list[Head] = []
    wide = [_is_level(a, b) for a, b in pairwise(lines)]
    for tried in product((False, True), repeat=min(len(lines) - 1, LAYOUT.columns.deepest)):
        cuts = [*tried, *[False] * (len(lines) - 1 - len(tried))]
        heads = list(_cut(lines, cuts))
        rank = (_worth([h.text for h in heads], names), -float(sum(c != w for c, w in zip(cuts, wide, strict=True))))
        if not best or rank > best:
            best, chosen = rank, heads
    return chosen


def _worth(texts: Sequence[str], names: HeadNames) -> float:
    """How many characters of the lowest levels make a known name; a sum's alone says little."""
    tails = ("/".join(texts[i:]) for i in range(len(texts)))
    return max((len(t.replace("/", "")) for t in tails if names.known(t)), default=0)


def _is_level(above: Line, below: Line) -> bool:
    """Whether two lines of a stack are those of two cells: wide apart, or the lower one is 类, 款 or 项."""
    return below.normal in LABELS or box_of(below).y0 - box_of(above).y1 > LAYOUT.columns.leading * above.size


def _cut(lines: Sequence[Line], cuts: Iterable[bool]) -> Iterator[Head]:
    """The lines of a stack as cells, cut where told."""
    run = [lines[0]]
    for line, cut in zip(lines[1:], cuts, strict=True):
        if cut:
            yield Head(tuple(run))
            run = []
        run.append(line)
    yield Head(tuple(run))
