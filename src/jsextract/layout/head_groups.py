"""Header words that reach over several columns: which ones, level by level (多级表头)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from jsextract.layout.head_names import HeadNames
from jsextract.layout.head_stacks import Head
from jsextract.layout.tracks import Track
from jsextract.model.settings import LAYOUT

Headed = tuple[Track, tuple[Head, ...]]
"""A column with the header cells over it, the outermost first."""


def groups_over(columns: Sequence[Headed], words: Sequence[Head], names: HeadNames) -> list[list[Head]]:
    """For each column the words that reach over it and over others, upper levels first.

    Args:
        columns: with their own names.
        words: that stand higher than those, single lines.
        names: that columns of the table may have.
    """
    heads = _joined_lines(words, names)
    edges = _edges(columns)
    middle, centred = _set_at(0.5, columns, heads, names, edges)
    flush_ways = (_set_at(0.0, columns, heads, names, own) for own in (edges, _left_edges(columns)))
    left, flush = min(flush_ways, key=lambda way: way[0])
    return flush if left * 2 < middle else centred


def _set_at(
    share: float, columns: Sequence[Headed], heads: Sequence[Head], names: HeadNames, edges: Sequence[float]
) -> tuple[float, list[list[Head]]]:
    """How ill words stand in the middle of their columns (0.5) or at their left (0), and those over each column.

    `edges` are the places where cells begin: half way between their words, or where the words of each begin.
    """
    over: list[list[Head]] = [[] for _ in columns]
    total = 0.0
    levels = _levels(heads)
    for k, level in enumerate(levels):
        begun = [] if share else [h.box.x0 for upper in levels[k + 1 :] for h in upper]
        paths = [(*over[i], *own) for i, (_, own) in enumerate(columns)]
        placed = 0
        for run in _runs(level, paths, edges, names, begun):
            near = [h for h in level if edges[run[0]] <= h.box.cx <= edges[run[-1] + 1]]
            worth, parts = _parted(run, near, paths, edges, names, share)
            total += worth if parts else 0.0
            placed += len(parts)
            for head, own in parts:
                for i in own:
                    over[i].insert(0, head)
        total += (len(level) - placed) * LAYOUT.columns.bare
    return total, over


def _edges(columns: Sequence[Headed]) -> list[float]:
    """About where cells meet: between columns of figures half way between the middles of their names."""
    tracks = [track for track, _ in columns]
    middles = [None if t.words or not heads else heads[-1].box.cx for t, heads in columns]
    inner = [
        (a.x1 + b.x0) / 2 if m is None or n is None else (m + n) / 2
        for (a, b), (m, n) in zip(pairwise(tracks), pairwise(middles), strict=True)
    ]
    first = tracks[0].x0 if middles[0] is None or not inner else min(tracks[0].x0, 2 * middles[0] - inner[0])
    last = tracks[-1].x1 if middles[-1] is None or not inner else max(tracks[-1].x1, 2 * middles[-1] - inner[-1])
    return [first, *inner, last]


def _left_edges(columns: Sequence[Headed]) -> list[float]:
    """Where cells begin whose names stand at their left."""
    lefts = [track.x0 if track.words or not heads else heads[-1].box.x0 for track, heads in columns]
    return [*lefts, max(columns[-1][0].x1, lefts[-1] + LAYOUT.columns.slack)]


def _joined_lines(heads: Sequence[Head], names: HeadNames) -> list[Head]:
    """The words, those that run on over the next line as one."""
    found: list[Head] = []
    for head in sorted(heads, key=lambda h: h.box.y0):
        above = next((h for h in found if _runs_on(h, head, names)), None)
        if above is not None:
            found[found.index(above)] = Head((*above.lines, *head.lines))
        else:
            found.append(head)
    return found


def _runs_on(above: Head, below: Head, names: HeadNames) -> bool:
    """Whether words go on on the line below: near, set alike, and one name with it or none without.

    Two names by themselves are words over several columns and those over the first of them.
    """
    if names.is_column(above.text) and names.is_column(below.text):
        return False
    size = below.lines[0].size
    near = -size / 2 < below.box.y0 - above.box.y1 < LAYOUT.columns.leading * size
    alike = min(abs(above.box.cx - below.box.cx), abs(above.box.x0 - below.box.x0)) < size
    return near and alike and (names.is_column(above.text + below.text) or not names.known(above.text))


def _levels(heads: Sequence[Head]) -> list[list[Head]]:
    """Words by the height at which they stand, the lowest first, each level from left to right."""
    found: list[list[Head]] = []
    for head in sorted(heads, key=lambda h: -h.box.cy):
        if found and found[-1][0].box.cy - head.box.cy < LAYOUT.columns.level * head.lines[0].size / 2:
            found[-1].append(head)
        else:
            found.append([head])
    return [sorted(level, key=lambda h: h.box.cx) for level in found]


def _runs(
    level: Sequence[Head],
    paths: Sequence[Sequence[Head]],
    edges: Sequence[float],
    names: HeadNames,
    begun: Sequence[float],
) -> list[list[int]]:
    """Neighbouring columns that may stand under words of this level: all of theirs begin below it.

    `begun` are the places where words of upper levels begin; none of this level reaches past them.
    """
    starts = {min(range(len(paths)), key=lambda i: abs(edges[i] - x)) for x in begun}
    runs: list[list[int]] = []
    for i, heads in enumerate(paths):
        if all(not _may_stand_under(head, heads, names) for head in _nearest(level, (edges[i] + edges[i + 1]) / 2)):
            continue
        if runs and runs[-1][-1] == i - 1 and i not in starts:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _nearest(level: Sequence[Head], x: float) -> list[Head]:
    """The words nearest to a place on either side: those that reach far over their columns may be the farther ones."""
    left = [h for h in level if h.box.cx <= x]
    right = [h for h in level if h.box.cx > x]
    return [*left[-1:], *right[:1]]


def _may_stand_under(head: Head, heads: Sequence[Head], names: HeadNames) -> bool:
    """Whether a column's cells begin below some words and can stand under them, as far as the names tell."""
    below = not heads or heads[0].box.y0 > head.box.y1 - LAYOUT.columns.slack * 2
    return below and _fits(head, heads, names) is not False


def _fits(head: Head, heads: Sequence[Head], names: HeadNames) -> bool | None:
    """Whether a column of these cells can stand under some words, as far as its names tell."""
    return names.fits(head.text, "/".join(h.text for h in heads)) if heads else None


def _parted(
    run: Sequence[int],
    level: Sequence[Head],
    paths: Sequence[Sequence[Head]],
    edges: Sequence[float],
    names: HeadNames,
    share: float,
) -> tuple[float, list[tuple[Head, list[int]]]]:
    """A run of columns parted between words so that each stands over its own and their names fit, and how ill they do.

    Columns that stand under none cost a little: words reach as far as they are in the middle. How ill words stand over
    their own does not count these: a level need not reach over all.
    """
    places = [head.box.x0 + head.box.width * share for head in level]
    # of each word: how many of the first columns of the run cannot stand under it
    misfits = [[*accumulate((_fits(head, paths[i], names) is False for i in run), initial=0)] for head in level]

    def cost(start: int, end: int, k: int) -> float:
        left, right = edges[run[start]], edges[run[end - 1] + 1]
        wrong = misfits[k][end] - misfits[k][start]
        return abs(left + (right - left) * share - places[k]) + wrong * LAYOUT.columns.bare

    @lru_cache(None)
    def best(start: int, k: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if k == len(level):
            return (len(run) - start) * LAYOUT.columns.left_out, ()
        found: tuple[float, tuple[tuple[int, int], ...]] = (float("inf"), ())
        for begin in range(start, len(run)):
            for end in range(begin + 1, len(run) + 1):
                rest, spans = best(end, k + 1)
                worth = (begin - start) * LAYOUT.columns.left_out + cost(begin, end, k) + rest
                found = min(found, (worth, ((begin, end), *spans)))
        return found

    worth, spans = best(0, 0)
    if worth == float("inf"):
        return worth, []
    worth = sum(cost(a, b, k) for k, (a, b) in enumerate(spans))
    return worth, [(head, list(run[a:b])) for head, (a, b) in zip(level, spans, strict=True)]
