"""Header words to columns: the words of the lowest level stand one over each column, blank columns included (表头)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.head_groups import groups_over
from jsextract.layout.head_names import HeadNames
from jsextract.layout.head_stacks import Head, Stack, box_of, cells_of, find_stacks
from jsextract.layout.tracks import Stretch, Track
from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT


class Column(Struct, frozen=True):
    """A column with the header cells over it, the outermost first; not `filled` where nothing stands below them."""

    track: Track
    heads: tuple[Head, ...] = ()
    filled: bool = True


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
        Column(track, tuple(heads[j]) if j >= 0 else (), filled) for track, j, filled in aligned(stacks, tracks)[1]
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
            if aligned(rest, tracks)[0] - aligned(whole, tracks)[0] < LAYOUT.columns.bare / 2:
                found.append(stack)
    return found


def _reaches_over(head: Head, stacks: Sequence[Stack], i: int) -> bool:
    """Whether the first cell of a stack stands over its neighbours' words too, which begin below it."""
    low = head.box.y1 - LAYOUT.columns.slack
    sides = [stacks[j] for j in (i - 1, i + 1) if 0 <= j < len(stacks)]
    return any(s.lines and box_of(s.lines[0]).y0 >= low for s in sides)


def aligned(stacks: Sequence[Stack], tracks: Sequence[Track]) -> tuple[float, list[tuple[Track, int, bool]]]:
    """Names and columns in order, each name over one column; a name over none is a blank column of its own.

    Names stand about the middle of their columns, or all begin where their columns do (表头居左、数字居右).

    Returns:
        How badly they fit, and for each column its reach, the index of its name (-1 for none), whether it is filled.
    """
    about = _aligned(stacks, tracks, _cells(stacks), LAYOUT.columns.lean)
    cost, columns = _aligned(stacks, tracks, _cells_from_left(stacks), LAYOUT.columns.lean_left)
    return min(about, (cost + LAYOUT.columns.left_out, columns), key=lambda pair: pair[0])


def _aligned(
    stacks: Sequence[Stack], tracks: Sequence[Track], cells: Sequence[Stretch], lean: float
) -> tuple[float, list[tuple[Track, int, bool]]]:
    """The same for names that stand in these cells."""
    n, m = len(tracks), len(stacks)
    cost = [[float("inf")] * (m + 1) for _ in range(n + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    cost[0][0] = 0.0
    for i, j in product(range(n + 1), range(m + 1)):
        steps = []
        if i and j:
            steps.append(
                (cost[i - 1][j - 1] + _apart(tracks[i - 1], stacks[j - 1].reach, cells[j - 1], lean), (i - 1, j - 1))
            )
        if j:
            steps.append((cost[i][j - 1] + _room(stacks[j - 1].reach, tracks), (i, j - 1)))
        if i:
            steps.append((cost[i - 1][j] + LAYOUT.columns.bare, (i - 1, j)))
        if steps:
            cost[i][j], back[i, j] = min(steps)
    found: list[tuple[Track, int, bool]] = []
    i, j = n, m
    while i or j:
        pi, pj = back[i, j]
        if pi < i and pj < j:
            found.append((_around(tracks[pi], stacks[pj].reach), pj, True))
        elif pj < j:
            found.append((Track(*stacks[pj].reach), pj, False))
        else:
            found.append((tracks[pi], -1, True))
        i, j = pi, pj
    return cost[n][m], found[::-1]


def _cells(stacks: Sequence[Stack]) -> list[Stretch]:
    """How far the column of each name goes at most: half way to the middles of its neighbours."""
    middles = [sum(s.reach) / 2 for s in stacks]
    inner = [(a + b) / 2 for a, b in pairwise(middles)]
    return list(pairwise([float("-inf"), *inner, float("inf")]))


def _cells_from_left(stacks: Sequence[Stack]) -> list[Stretch]:
    """How far the column of each name goes where all names begin at its left."""
    return list(pairwise([*(s.reach[0] for s in stacks), float("inf")]))


def _apart(track: Track, reach: Stretch, cell: Stretch, lean: float) -> float:
    """How badly a name stands over a column."""
    if track.words:
        return max(0.0, track.x0 - reach[1], reach[0] - track.x1)
    off = max(0.0, track.x0 - reach[1], reach[0] - track.x1) and max(
        0.0, cell[0] - track.middle, track.middle - cell[1]
    )
    near = min(abs(track.x0 - reach[0]), abs(track.middle - sum(reach) / 2), abs(track.x1 - reach[1]))
    return off * 2 + near * lean


def _room(reach: Stretch, tracks: Sequence[Track]) -> float:
    """What speaks against a column of its own under a name: how much of it stands over figures."""
    return max((0.0, *(min(t.x1, reach[1]) - max(t.x0, reach[0]) for t in tracks if not t.words)))


def _around(track: Track, reach: Stretch) -> Track:
    """A column with the name over it."""
    return replace(track, x0=min(track.x0, reach[0]), x1=max(track.x1, reach[1]))
