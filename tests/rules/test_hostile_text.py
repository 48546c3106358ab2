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
    # a busy machine only adds to what a pattern takes: the least of some runs is its own
    wanted = {what for what, _ in suspects}
    least = {size: _least(size, wanted) for size in (SMALL, LARGE)}
    assert [key for key in suspects if least[LARGE][key] > 0.6 * QUADRATIC * max(least[SMALL][key], 1)] == []


def _least(size: int, wanted: set[str]) -> dict[tuple[str, str], float]:
    """The least milliseconds that each of these patterns took on each paragraph in three runs."""
    found: dict[tuple[str, str], float] = {}
    for _ in range(3):
        for taken, what, name in hostile_text.measured(size, wanted.__contains__):
            found[what, name] = min(taken, found.get((what, name), taken))
    return found


def test_a_pattern_that_grows_with_the_square_would_be_noticed():
    slow = regex.compile("(?:公.*?)务$")
    taken = {}
    for size in (SMALL, LARGE):
        started = time.process_time()
        hostile_text.finds(slow)("公" * (size // 3))
        taken[size] = (time.process_time() - started) * 1000
    assert taken[LARGE] > 0.6 * QUADRATIC * max(taken[SMALL], 1)
