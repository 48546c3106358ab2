"""Pages that go on a table without its header, at other places: some of its columns were left out (续页缺列).

Word processors leave out the columns in which nothing more is printed. Which these were only sums can tell; the layout
puts the others in order and says that it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from msgspec.structs import replace

from jsextract.layout.head_words import Column
from jsextract.layout.tracks import Track

T = TypeVar("T", Column, Track)


def stands_under(tracks: Sequence[Track], columns: Sequence[Column]) -> bool:
    """Whether the columns of a page run where figures of its table do, each under another column."""
    figures = [c for c in columns if c.filled and not c.track.words]
    return _by_place([t for t in tracks if not t.words], figures) is not None


def moved_columns(columns: Sequence[Column], tracks: Sequence[Track]) -> list[Column] | None:
    """The columns of a table at the places where they run on a page, blank ones between them.

    Args:
        columns: of the table, by its first page.
        tracks: of the other page, fewer or as many.

    Returns:
        As many columns as the table has; None where the page has more, or its names stand between other columns.
    """
    runs, own = list(_runs(columns)), list(_runs(tracks))
    if [words for words, _ in runs] != [words for words, _ in own]:
        return None
    found: list[Column] = []
    at = tracks[0].x0
    for (words, run), (_, here) in zip(runs, own, strict=True):
        if len(here) > len(run) or (words and len(here) < len(run)):
            return None
        places = _by_place(here, run) or range(len(here))
        by_column = dict(zip(places, here, strict=True))
        for i, column in enumerate(run):
            track = by_column.get(i, Track(at, at, words=words))
            at = track.x1
            found.append(replace(column, track=track, filled=i in by_column))
    return found


def _runs(columns: Sequence[T]) -> Iterator[tuple[bool, list[T]]]:
    """Neighbouring columns of names, and of figures."""
    return ((words, list(run)) for words, run in groupby(columns, _is_of_words))


def _is_of_words(column: Column | Track) -> bool:
    return column.track.words if isinstance(column, Column) else column.words


def _by_place(tracks: Sequence[Track], columns: Sequence[Column]) -> list[int] | None:
    """For each track the column that it runs with, or whose name it stands under; None where one has none."""
    found: list[int] = []
    for track in tracks:
        last = found[-1] if found else -1
        own = [i for i in range(last + 1, len(columns)) if _runs_with(track, columns[i])]
        if not own:
            return None
        found.append(own[0])
    return found


def _runs_with(track: Track, column: Column) -> bool:
    """Whether figures run where those of a column do; under its name where it has none."""
    other = column.track
    return track.runs_with(other) if column.filled else track.x0 < other.x1 and other.x0 < track.x1
