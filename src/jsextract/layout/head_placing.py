"""Names and columns paired in order: which column each header word stands over, and how sure that is (表头对列)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import NamedTuple

from msgspec.structs import replace

from jsextract.layout.head_stacks import Stack
from jsextract.layout.tracks import Stretch, Track
from jsextract.model.settings import LAYOUT

_NONE = float("inf")


class Placed(NamedTuple):
    """A column: its reach, the index of its name (-1 for none), whether figures or names fill it.

    `margin` is by how many points every other placing in which the column has another name is worse.
    """

    track: Track
    name: int
    filled: bool
    margin: float = _NONE


class Placing(NamedTuple):
    """All columns of a table in order, and how badly names stand over them, in points."""

    cost: float
    places: list[Placed]


def place_names(stacks: Sequence[Stack], tracks: Sequence[Track]) -> Placing:
    """Names and columns in order, each name over one column; a name over none is a blank column of its own.

    Names stand about the middle of their columns, or all begin where their columns do (表头居左、数字居右).
    """
    about = _Ways(stacks, tracks, _cells(stacks), LAYOUT.columns.lean, 0.0)
    left = _Ways(stacks, tracks, _cells_from_left(stacks), LAYOUT.columns.lean_left, LAYOUT.columns.left_out)
    best = min(about, left, key=lambda ways: ways.cost)
    return Placing(best.cost, [_with_margin(place, i, best.cost, (about, left)) for place, i in best.placed()])


def _with_margin(place: Placed, track: int, cost: float, ways: Sequence[_Ways]) -> Placed:
    """A column with what speaks against any other name for it; blank ones follow from the others."""
    if not place.filled:
        return place
    return place._replace(margin=min(way.cost_otherwise(track, place.name) for way in ways) - cost)


class _Ways:
    """All ways to pair names and columns in order, where names stand in these cells.

    `ahead[i][j]` is what the first i columns and j names cost at least, `behind[i][j]` what all after them do.
    """

    def __init__(
        self, stacks: Sequence[Stack], tracks: Sequence[Track], cells: Sequence[Stretch], lean: float, extra: float
    ) -> None:
        self.stacks, self.tracks = stacks, tracks
        self.n, self.m = len(tracks), len(stacks)
        self.pair = [[_apart(t, s.reach, cell, lean) for s, cell in zip(stacks, cells, strict=True)] for t in tracks]
        self.alone = [_room(s.reach, tracks) for s in stacks]
        self.ahead = self._ahead()
        self.behind = self._behind()
        self.extra = extra
        self.cost = self.ahead[self.n][self.m] + extra

    def _ahead(self) -> list[list[float]]:
        """`ahead`, from the left."""
        cost = [[_NONE] * (self.m + 1) for _ in range(self.n + 1)]
        cost[0][0] = 0.0
        for i, j in product(range(self.n + 1), range(self.m + 1)):
            cost[i][j] = min([cost[i][j], *(cost[a][b] + step for a, b, step in self._steps_to(i, j))])
        return cost

    def _behind(self) -> list[list[float]]:
        """`behind`, from the right."""
        cost = [[_NONE] * (self.m + 1) for _ in range(self.n + 1)]
        cost[self.n][self.m] = 0.0
        for i, j in product(range(self.n, -1, -1), range(self.m, -1, -1)):
            for a, b, step in self._steps_to(i, j):
                cost[a][b] = min(cost[a][b], cost[i][j] + step)
        return cost

    def _steps_to(self, i: int, j: int) -> list[tuple[int, int, float]]:
        """From where i columns and j names are reached in one step, and what it costs: a pair, or one of them alone."""
        steps = []
        if i and j:
            steps.append((i - 1, j - 1, self.pair[i - 1][j - 1]))
        if j:
            steps.append((i, j - 1, self.alone[j - 1]))
        if i:
            steps.append((i - 1, j, LAYOUT.columns.bare))
        return steps

    def placed(self) -> list[tuple[Placed, int]]:
        """The columns of the best way, and which of the tracks each is (-1 for a blank one)."""
        found: list[tuple[Placed, int]] = []
        i, j = self.n, self.m
        while i or j:
            a, b = min((self.ahead[a][b] + step, a, b) for a, b, step in self._steps_to(i, j))[1:]
            if a < i and b < j:
                found.append((Placed(_around(self.tracks[a], self.stacks[b].reach), b, filled=True), a))
            elif b < j:
                found.append((Placed(Track(*self.stacks[b].reach), b, filled=False), -1))
            else:
                found.append((Placed(self.tracks[a], -1, filled=True), a))
            i, j = a, b
        return found[::-1]

    def cost_otherwise(self, track: int, name: int) -> float:
        """What the best way costs in which a column has another name than this."""
        others = [
            self.ahead[track][j] + self.pair[track][j] + self.behind[track + 1][j + 1]
            for j in range(self.m)
            if j != name
        ]
        if name >= 0:
            others += [
                self.ahead[track][j] + LAYOUT.columns.bare + self.behind[track + 1][j] for j in range(self.m + 1)
            ]
        return min(others, default=_NONE) + self.extra


def _cells(stacks: Sequence[Stack]) -> list[Stretch]:
    """How far the column of each name goes at most: half way to the middles of its neighbours."""
    middles = [sum(s.reach) / 2 for s in stacks]
    inner = [(a + b) / 2 for a, b in pairwise(middles)]
    return list(pairwise([float("-inf"), *inner, float("inf")])) if stacks else []


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
