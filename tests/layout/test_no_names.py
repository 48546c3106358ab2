"""Columns over which no header word stands."""

from __future__ import annotations

from jsextract.layout.head_placing import place_names
from jsextract.layout.tracks import Track


def test_figures_without_any_header_word_are_columns_without_names() -> None:
    tracks = [Track(100.0, 140.0), Track(200.0, 240.0)]
    assert [(place.track, place.name) for place in place_names([], tracks).places] == [(t, -1) for t in tracks]
