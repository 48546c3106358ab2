"""What the system and libraries say of a refusal is told in both languages."""

from __future__ import annotations

import errno

import pytest

from jsextract.language.phrase import Phrase
from jsextract.language.system import reason, told_by_library


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a.csv"), Phrase("No space left on device", "磁盘空间已满")),
        (OSError(errno.ECHILD, "No child processes"), Phrase("No child processes", "No child processes")),
        (OSError("what a library says"), Phrase("what a library says", "what a library says")),
    ],
)
def test_why_the_system_refuses(error: OSError, said: Phrase) -> None:
    assert reason(error) == said


def test_the_systems_words_are_found_in_those_of_a_library() -> None:
    met = told_by_library(RuntimeError('Could not write file "a.db": no space left on device\nmore'))
    assert met.errno == errno.ENOSPC
    assert str(told_by_library(RuntimeError("lock held\nby 12"))) == "lock held"
