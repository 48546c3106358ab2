"""Patterns take time in proportion to the text, also on text that is made to trip them up."""

from __future__ import annotations

import time

import pytest
import regex

from jsextract.rules import tokenize
from tests.faults import hostile_text

SMALL, LARGE = 8_000, 40_000
NOTICED_MS = 15
"""What takes less is lost among other things that the machine does."""
QUADRATIC = (LARGE / SMALL) ** 2


@pytest.fixture(scope="module")
def times():
    return {size: {(what, name): taken for taken, what, name in hostile_text.measured(size)} for size in (SMALL, LARGE)}


def test_no_pattern_runs_into_its_time_limit(times):
    assert [key for key, taken in times[LARGE].items() if taken == float("inf")] == []


def test_short_text_needs_no_clock(monkeypatch):
    """What is searched without a time limit would keep one: 400 characters are 1200 bytes."""
    assert tokenize.time_limit("公" * 401) == tokenize.TIMEOUT
    assert tokenize.time_limit("公" * 400) is None
    monkeypatch.setattr(tokenize, "time_limit", lambda text: tokenize.TIMEOUT)
    assert [what for taken, *what in hostile_text.measured(1200) if taken == float("inf")] == []


def test_time_grows_with_the_text_and_not_with_its_square(times):
    suspects = [
        key
        for key, taken in times[LARGE].items()
        if taken > NOTICED_MS and taken > 0.6 * QUADRATIC * max(times[SMALL][key], 1)
    ]
    # what was slow once may have been disturbed; what is slow again is slow
    again = {
        (what, name): taken
        for wanted in {what for what, _ in suspects}
        for taken, what, name in hostile_text.measured(LARGE, lambda what, wanted=wanted: what == wanted)
    }
    assert [key for key in suspects if again[key] > 0.6 * QUADRATIC * max(times[SMALL][key], 1)] == []


def test_a_pattern_that_grows_with_the_square_would_be_noticed():
    slow = regex.compile("(?:公.*?)务$")
    taken = {}
    for size in (SMALL, LARGE):
        started = time.process_time()
        hostile_text.finds(slow)("公" * (size // 3))
        taken[size] = (time.process_time() - started) * 1000
    assert taken[LARGE] > 0.6 * QUADRATIC * max(taken[SMALL], 1)
