"""Rulings to grids: snapped, joined, grouped where they cross, and cut into cells with their spans.

A chain of small pure functions; each step can be drawn.
"""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from jsextract.model.disjoint_set import DisjointSet
from jsextract.model.document import Ruling
from jsextract.model.geometry import Box
from jsextract.model.settings import LAYOUT


class Segment(NamedTuple):
    """A ruling after snapping: at `at` (y of a horizontal, x of a vertical one), from `start` to `end`."""

    at: float
    start: float
    end: float


class CellSpan(NamedTuple):
    """A cell's place in its grid."""

    row: int
    col: int
    row_span: int
    col_span: int


class Grid(Struct, frozen=True):
    """A ruled grid on one page.

    Attributes:
        xs, ys: column and row boundaries, ascending, in points.
        spans: its cells in reading order; every slot belongs to exactly one.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[CellSpan, ...]

    @property
    def n_rows(self) -> int:
        """Rows between the horizontal edges."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Columns between the vertical edges."""
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        """From the first edges to the last, in points."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_box(self, span: CellSpan) -> Box:
        """The box of one cell."""
        return Box(
            self.xs[span.col],
            self.ys[span.row],
            self.xs[span.col + span.col_span],
            self.ys[span.row + span.row_span],
        )


def snap(values: Iterable[float]) -> dict[float, float]:
    """For each value the common one of its cluster (clusters are at most `LAYOUT.grid.snap` wide)."""
    common: dict[float, float] = {}
    cluster: list[float] = []
    for value in [*sorted(set(values)), float("inf")]:
        if cluster and value - cluster[0] > LAYOUT.grid.snap:
            middle = cluster[len(cluster) // 2]
            common.update(dict.fromkeys(cluster, middle))
            cluster = []
        cluster.append(value)
    return common


def _without_doubles(common: dict[float, float]) -> dict[float, float]:
    """The same with double rulings as one: no row of text is so low as the space between them."""
    one: dict[float, float] = {}
    last = float("-inf")
    for at in sorted(set(common.values())):
        last = one[at] = last if at - last < LAYOUT.grid.lowest else at
    return {value: one[at] for value, at in common.items()}


def join_segments(segments: Iterable[Segment]) -> list[Segment]:
    """Overlapping and touching pieces at the same place become one; dashes become lines."""
    own = LAYOUT.grid
    rows: dict[float, list[Segment]] = defaultdict(list)
    for s in segments:
        rows[s.at].append(s)
    joined: list[Segment] = []
    for at, pieces in sorted(rows.items()):
        pieces.sort(key=lambda s: s.start)
        lengths = sorted(p.end - p.start for p in pieces)
        dashed = len(pieces) > own.dashes and lengths[len(pieces) // 2] < own.dash
        gap = own.join_dashes if dashed else own.join
        start, end = pieces[0].start, pieces[0].end
        for p in pieces[1:]:
            if p.start - end <= gap:
                end = max(end, p.end)
            else:
                joined.append(Segment(at, start, end))
                start, end = p.start, p.end
        joined.append(Segment(at, start, end))
    return joined


def snapped_segments(rulings: Sequence[Ruling]) -> tuple[list[Segment], list[Segment]]:
    """Horizontal and vertical segments, snapped and joined."""
    flat = [r for r in rulings if r.horizontal]
    tall = [r for r in rulings if not r.horizontal]
    xs = snap((r.x0 + r.x1) / 2 for r in tall)
    return (
        join_segments(s for beside in _beside_each_other(flat) for s in _level_segments(beside)),
        join_segments(Segment(xs[(r.x0 + r.x1) / 2], r.y0, r.y1) for r in tall),
    )


def _beside_each_other(flat: Sequence[Ruling]) -> list[list[Ruling]]:
    """Horizontal rulings parted where white runs down between them: rows of one table are not those of the next."""
    groups: list[list[Ruling]] = []
    end = float("-inf")
    for ruling in sorted(flat, key=lambda r: r.x0):
        if ruling.x0 - end > LAYOUT.grid.aside:
            groups.append([])
        groups[-1].append(ruling)
        end = max(end, ruling.x1)
    return groups


def _level_segments(flat: Sequence[Ruling]) -> Iterator[Segment]:
    """Horizontal rulings, those that are nearly at one height at the same."""
    ys = _without_doubles(snap((r.y0 + r.y1) / 2 for r in flat))
    return (Segment(ys[(r.y0 + r.y1) / 2], r.x0, r.x1) for r in flat)


def components(flat: list[Segment], tall: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Sets of segments that hang together through their crossings, each one grid."""
    hanging = DisjointSet(range(len(flat) + len(tall)))
    order = sorted(range(len(tall)), key=lambda k: tall[k].at)
    places = [tall[k].at for k in order]
    touch, crossings = LAYOUT.grid.touch, 0
    for i, h in enumerate(flat):
        low, high = bisect.bisect_left(places, h.start - touch), bisect.bisect_right(places, h.end + touch)
        crossings += high - low
        if crossings > LAYOUT.grid.max_crossings:
            return []
        for k in order[low:high]:
            if tall[k].start - touch <= h.at <= tall[k].end + touch:
                hanging.join(i, len(flat) + k)
    both = [
        ([flat[i] for i in group if i < len(flat)], [tall[i - len(flat)] for i in group if i >= len(flat)])
        for group in hanging.groups()
    ]
    return [(own_flat, own_tall) for own_flat, own_tall in both if len(own_flat) > 1 and own_tall]


def _close_sides(lines: list[Segment], across: list[Segment]) -> tuple[list[float], list[Segment]]:
    """Boundaries of one direction; a missing outer one is drawn where the crossing lines end."""
    places, reach = sorted({s.at for s in lines}), LAYOUT.grid.outer
    first, last = min(s.start for s in across), max(s.end for s in across)
    low, high = min(s.at for s in across), max(s.at for s in across)
    drawn = list(lines)
    for end, missing in ((first, places[0] - first > reach), (last, last - places[-1] > reach)):
        if missing:
            drawn.append(Segment(end, low, high))
    return sorted({s.at for s in drawn}), drawn


def _borders(places: list[float], steps: list[float], drawn: list[Segment]) -> list[list[bool]]:
    """For each place, which of the steps between `steps` have a border drawn there."""
    at: dict[float, list[Segment]] = defaultdict(list)
    for s in drawn:
        at[s.at].append(s)
    pairs, cover = list(itertools.pairwise(steps)), LAYOUT.grid.border
    result = []
    for place in places:
        here = at[place]
        if any(s.start <= steps[0] and steps[-1] <= s.end for s in here):  # most rulings run through
            result.append([True] * len(pairs))
        else:
            result.append([any(min(b, s.end) - max(a, s.start) >= (b - a) * cover for s in here) for a, b in pairs])
    return result


def _rectangles(slots: set[tuple[int, int]]) -> list[CellSpan]:
    """The spans that cover a set of joined slots: one where they form a rectangle, else row by row."""
    if len(slots) == 1:
        return [CellSpan(r, c, 1, 1) for r, c in slots]
    rows, cols = [r for r, _ in slots], [c for _, c in slots]
    r0, r1, c0, c1 = min(rows), max(rows), min(cols), max(cols)
    if len(slots) == (r1 - r0 + 1) * (c1 - c0 + 1):
        return [CellSpan(r0, c0, r1 - r0 + 1, c1 - c0 + 1)]
    found: list[CellSpan] = []
    for r in range(r0, r1 + 1):
        start: int | None = None
        for c in range(c0, c1 + 2):
            inside = (r, c) in slots
            if inside and start is None:
                start = c
            elif not inside and start is not None:
                found.append(CellSpan(r, start, 1, c - start))
                start = None
    return found


def cut_into_cells(page: int, flat: list[Segment], tall: list[Segment]) -> Grid | None:
    """The grid that one set of crossing segments draws; None for fewer than one full cell or too many."""
    xs, tall = _close_sides(tall, flat)
    ys, flat = _close_sides(flat, tall)
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    if n_rows < 1 or n_cols < 1 or n_rows * n_cols > LAYOUT.grid.max_slots:
        return None
    vertical = _borders(xs, ys, tall)
    horizontal = _borders(ys, xs, flat)
    slots = DisjointSet((r, c) for r in range(n_rows) for c in range(n_cols))
    for r in range(n_rows):
        for c in range(n_cols):
            if c + 1 < n_cols and not vertical[c + 1][r]:
                slots.join((r, c), (r, c + 1))
            if r + 1 < n_rows and not horizontal[r + 1][c]:
                slots.join((r, c), (r + 1, c))
    spans = sorted(span for joined in slots.groups() for span in _rectangles(set(joined)))
    return Grid(page, tuple(xs), tuple(ys), tuple(spans))


def find_grids(page: int, rulings: Sequence[Ruling]) -> list[Grid]:
    """The grids of a page from top to bottom; of one inside another's cell that which has more cells.

    The other is a frame around a table, or a box within one.
    """
    flat, tall = snapped_segments(rulings)
    grids = [g for h, v in components(flat, tall) if (g := cut_into_cells(page, h, v)) is not None]
    grids.sort(key=lambda g: (g.box.y0, g.box.x0))
    nested = [(g, o) for g in grids for o in grids if o is not g and _lies_inside(g.box, o.box)]
    lesser = [outer if len(inner.spans) > len(outer.spans) else inner for inner, outer in nested]
    return [g for g in grids if not any(g is other for other in lesser)]


def _lies_inside(inner: Box, outer: Box) -> bool:
    """Whether a grid lies in another one that is larger."""
    slack = LAYOUT.grid.inside
    return (
        outer.x0 - slack <= inner.x0
        and inner.x1 <= outer.x1 + slack
        and outer.y0 - slack <= inner.y0
        and inner.y1 <= outer.y1 + slack
        and (inner.width * inner.height) < (outer.width * outer.height)
    )
