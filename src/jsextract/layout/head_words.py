"""Header words to columns: the words of the lowest level stand one over each column, blank columns included (表头)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.head_groups import groups_over
from jsextract.layout.head_names import HeadNames
from jsextract.layout.head_placing import place_names
from jsextract.layout.head_stacks import Head, Stack, box_of, cells_of, find_stacks
from jsextract.layout.tracks import Track
from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT


class Column(Struct, frozen=True):
    """A column with the header cells over it, the outermost first.

    Attributes:
        filled: whether anything stands below its header.
        sure: whether its name could hardly stand over another column.
    """

    track: Track
    heads: tuple[Head, ...] = ()
    filled: bool = True
    sure: bool = True


def read_head(texts: Sequence[Line], counts: Sequence[Line], tracks: Sequence[Track], names: HeadNames) -> list[Column]:
    """The columns of a table with their header cells.

    Args:
        texts: of the header, those that number the columns left out.
        counts: the numbers of the columns (栏次), which stand one over each.
        tracks: of the body.
        names: that columns of the table may have.
    """
    stacks, over = find_stacks(texts, counts, names)
    for stack in _groups_among(stacks, tracks, names):
        stacks.remove(stack)
        over.append(Head(stack.lines))
    heads: list[list[Head]] = []
    for i, stack in enumerate(stacks):
        own = cells_of(stack.lines, names)
        while len(own) > 1 and _reaches_over(own[0], stacks, i):
            over.append(own.pop(0))
        heads.append(own)
    columns = [
        Column(p.track, tuple(heads[p.name]) if p.name >= 0 else (), p.filled, p.margin >= LAYOUT.columns.clear)
        for p in place_names(stacks, tracks).places
    ]
    above = groups_over([(c.track, c.heads) for c in columns], over, names)
    return [replace(c, heads=(*upper, *c.heads)) for c, upper in zip(columns, above, strict=True)]


def _groups_among(stacks: Sequence[Stack], tracks: Sequence[Track], names: HeadNames) -> list[Stack]:
    """Stacks that are no column's: words between two lower ones, without which the columns are named as well."""
    found: list[Stack] = []
    counted = [s.reach for s in stacks if s.counted]
    for i, stack in enumerate(stacks):
        if not stack.lines or stack.counted:
            continue
        numbered = len(counted) > 1 and counted[0][1] < stack.reach[0]
        if numbered and not names.is_stub("".join(t.normal for t in stack.lines)):
            found.append(stack)
            continue
        low = box_of(stack.lines[-1]).y1 - LAYOUT.columns.slack
        sides = [stacks[j] for j in (i - 1, i + 1) if 0 <= j < len(stacks)]
        below = [s for s in sides if s.lines and box_of(s.lines[-1]).y0 >= low]
        if len(below) == len(sides) and i < len(stacks) - 1:
            rest = [s for s in stacks if s is not stack and s not in found]
            whole = [s for s in stacks if s not in found]
            if place_names(rest, tracks).cost - place_names(whole, tracks).cost < LAYOUT.columns.bare / 2:
                found.append(stack)
    return found


def _reaches_over(head: Head, stacks: Sequence[Stack], i: int) -> bool:
    """Whether the first cell of a stack stands over its neighbours' words too, which begin below it."""
    low = head.box.y1 - LAYOUT.columns.slack
    sides = [stacks[j] for j in (i - 1, i + 1) if 0 <= j < len(stacks)]
    return any(s.lines and box_of(s.lines[0]).y0 >= low for s in sides)
