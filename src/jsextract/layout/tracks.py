"""Where the columns of a table run, from its figures and names alone (列位).

Figures of one column overlap from row to row, whichever way they are set; names begin between two columns of figures.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.texts import has_amount, is_figure, is_sum
from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import is_code

Stretch = tuple[float, float]


class Track(Struct, frozen=True):
    """What the texts of one column cover from left to right; `words` where they are names, not figures."""

    x0: float
    x1: float
    words: bool = False

    @property
    def middle(self) -> float:
        """Half way from its left to its right."""
        return (self.x0 + self.x1) / 2

    def runs_with(self, other: Track) -> bool:
        """Whether it shares an edge or the middle with another, as figures of one column do however they are set."""
        off = (self.x0 - other.x0, self.middle - other.middle, self.x1 - other.x1)
        return min(map(abs, off)) <= LAYOUT.columns.abreast


def stretches(texts: Iterable[Stretch], gutter: float) -> list[Stretch]:
    """What texts cover from left to right, where gaps narrower than `gutter` (points) part nothing.

    Args:
        texts: where each begins and ends.
        gutter: the narrowest white between two columns; below 0, how far neighbours may reach into each other.
    """
    found: list[Stretch] = []
    for start, end in sorted(texts):
        if found and start - found[-1][1] < gutter:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def find_tracks(rows: Sequence[Sequence[Line]]) -> list[Track]:
    """The columns of some rows of a table, from left to right.

    Args:
        rows: the texts of each line of the table's body, on all of its pages.
    """
    texts = [text for row in rows for text in row]
    size = median(text.size for text in texts) if texts else 0.0
    figures = [[t for t in row if is_figure(t)] for row in rows]
    found = [Track(*s) for s in _figure_stretches(figures, size)]
    return _with_words(found, [[t for t in row if not is_figure(t)] for row in rows], size)


def _figure_stretches(rows: Sequence[Sequence[Line]], size: float) -> list[Stretch]:
    """The columns of figures: codes apart from amounts, so that neither bridges the other's column."""
    money = [[t for t in row if is_sum(t) and not is_code(t.normal)] for row in rows]
    found = _of_kind(money, size)
    rest = [[t for t in row if not _on(t, found)] for row in _unlike(rows, money)]
    return sorted([*found, *_of_kind(rest, size)])


def _on(text: Line, found: Sequence[Stretch]) -> bool:
    """Whether a text reaches into one of the columns."""
    return text.box is not None and any(a < text.box.x1 and text.box.x0 < b for a, b in found)


def _unlike(rows: Sequence[Sequence[Line]], others: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Of each row the texts that are not among the others."""
    return [[t for t in row if not any(t is o for o in other)] for row, other in zip(rows, others, strict=True)]


def _of_kind(rows: Sequence[Sequence[Line]], size: float) -> list[Stretch]:
    """The stretches of figures of one kind; one that holds two of a row is cut by the edge that they share best."""
    boxes = [[t.box for t in row if t.box is not None] for row in rows]
    found: list[Stretch] = []
    for start, end in stretches(((b.x0, b.x1) for row in boxes for b in row), -LAYOUT.columns.slack):
        own = [[(b.x0, b.x1) for b in row if start <= b.x0 and b.x1 <= end] for row in boxes]
        found += _by_tightest(own, size) if any(len(row) > 1 for row in own) else [(start, end)]
    return found


def _by_tightest(rows: Sequence[Sequence[Stretch]], size: float) -> list[Stretch]:
    """Figures that reach into each other's columns, told apart by right edges, middles or left edges."""
    best: list[Stretch] = []
    for share in (1.0, 0.5, 0.0):
        at = [[(a + (b - a) * share, (a, b)) for a, b in row] for row in rows]
        places = stretches(((x, x) for row in at for x, _ in row), size * LAYOUT.columns.same)
        starts = [a for a, _ in places]
        clear = all(len({bisect.bisect_right(starts, x) for x, _ in row}) == len(row) for row in at)
        if clear and (not best or len(places) < len(best)):
            own: list[list[Stretch]] = [[] for _ in places]
            for x, text in (pair for row in at for pair in row):
                own[bisect.bisect_right(starts, x) - 1].append(text)
            best = [(median(a for a, _ in texts), max(b for _, b in texts)) for texts in own]
    return best or stretches((text for row in rows for text in row), -LAYOUT.columns.slack)


def _with_words(figures: Sequence[Track], rows: Sequence[Sequence[Line]], size: float) -> list[Track]:
    """The tracks with those of names between them: where names begin tells which column they stand in."""
    found = list(figures)
    lefts = [track.x0 for track in figures]
    slots: dict[int, list[list[Stretch]]] = {}
    for row in rows:
        here: dict[int, list[Stretch]] = {}
        for text in row:
            assert text.box is not None
            slot = bisect.bisect_right(lefts, text.box.x0 + LAYOUT.columns.slack)
            if slot and text.box.x0 < figures[slot - 1].x1 - LAYOUT.columns.slack:
                continue  # words in a column of figures
            here.setdefault(slot, []).append((text.box.x0, text.box.x1))
        for slot, texts in here.items():
            slots.setdefault(slot, []).append(texts)
    for slot, own in slots.items():
        limit = lefts[slot] if slot < len(lefts) else float("inf")
        found += [
            Track(a, min(b, max(limit - LAYOUT.columns.slack, a + size)), words=True)
            for a, b in _word_stretches(own, size)
        ]
    return sorted(found, key=lambda t: (t.x0, t.x1))


def _word_stretches(rows: Sequence[Sequence[Stretch]], size: float) -> list[Stretch]:
    """One column of names, or several where names stand beside each other."""
    together = [(min(a for a, _ in row), max(b for _, b in row)) for row in rows]
    if all(len(row) == 1 for row in rows):
        return [(min(a for a, _ in together), max(b for _, b in together))]
    return stretches((text for row in rows for text in row), size * LAYOUT.columns.same)


def marks_joined(tracks: Sequence[Track], rows: Sequence[Sequence[Line]]) -> list[Track]:
    """The tracks, those that hold marks for none alone (—) joined with the amounts whose cells they stand in.

    Accounting formats set marks at one side of a cell and amounts at the other. The two make one column where no row
    has both; on which side of the amounts marks stand is the same in all columns, or nothing is joined.
    """
    held = [_Held.of(track, rows) for track in tracks]
    right = {i for i, (a, b) in enumerate(pairwise(held)) if a.marks and b.amounts and not a.rows & b.rows}
    left = {i + 1 for i, (a, b) in enumerate(pairwise(held)) if a.amounts and b.marks and not a.rows & b.rows}
    if bool(right - left) == bool(left - right):
        return list(tracks)
    joined = right if right - left else {i - 1 for i in left}
    return [
        replace(t, x1=max(t.x1, tracks[i + 1].x1)) if i in joined else t
        for i, t in enumerate(tracks)
        if i - 1 not in joined
    ]


class _Held(NamedTuple):
    """What a track holds: marks for none alone, or amounts too; and in which rows."""

    marks: bool
    amounts: bool
    rows: frozenset[int]

    @classmethod
    def of(cls, track: Track, rows: Sequence[Sequence[Line]]) -> _Held:
        """What of these rows stands in a track."""
        reach = [(track.x0, track.x1)]
        own = [(r, t) for r, row in enumerate(rows) for t in row if is_figure(t) and _on(t, reach)]
        amounts = any(has_amount(t) and not is_code(t.normal) for _, t in own)
        marks = not any(char.isdigit() for _, t in own for char in t.normal)
        return cls(marks and not track.words, amounts and not track.words, frozenset(r for r, _ in own))


def track_of(text: Line, tracks: Sequence[Track]) -> int:
    """The index of the track that a text stands in: a name by where it begins, a figure by what it shares most with."""
    assert text.box is not None
    box = text.box
    if not is_figure(text):
        begins = [i for i, t in enumerate(tracks) if t.x0 - LAYOUT.columns.slack <= box.x0]
        last = begins[-1] if begins else 0
        inside = box.x0 < tracks[last].x1 or tracks[last].words
        names = [i for i in range(len(tracks)) if tracks[i].words]
        if inside or not names:
            return last
        return min(names, key=lambda i: max(0.0, tracks[i].x0 - box.x0, box.x0 - tracks[i].x1))
    return min(
        range(len(tracks)),
        key=lambda i: (-(min(box.x1, tracks[i].x1) - max(box.x0, tracks[i].x0)), abs(box.x1 - tracks[i].x1)),
    )
