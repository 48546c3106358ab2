"""A small version of bench/readers.py: faults in the drawing and in one reader, restored or at least marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.draw.reportlab_pages import FONTS
from tests.faults.readers import KINDS, WRONG, Case, run_case

FEWEST = 0.85  # the bench itself, with more cases, is in docs/second-readers.md
needs_fonts = pytest.mark.skipif(
    not all(Path(path).exists() for path, _ in FONTS.values()), reason="fonts-wqy-zenhei and fonts-arphic-uming"
)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [run_case(seed, kind) for kind in KINDS for seed in (101, 102)]


@needs_fonts
def test_no_wrong_cell_is_silent(cases: list[Case]) -> None:
    assert [case for case in cases if case.outcome == "silent"] == []


@needs_fonts
def test_most_faults_are_restored(cases: list[Case]) -> None:
    assert sum(case.outcome == "restored" for case in cases) >= FEWEST * len(cases)


@needs_fonts
def test_a_wrong_cell_of_one_reader_is_always_restored(cases: list[Case]) -> None:
    wrong = [case for case in cases if case.kind.split(" returns")[0] in WRONG]
    assert len(wrong) == 2 * len(WRONG)
    assert {case.outcome for case in wrong} == {"restored"}


@needs_fonts
def test_without_other_readers_faults_would_stay(cases: list[Case]) -> None:
    assert any(case.before != "restored" and case.outcome == "restored" for case in cases)
