"""Page numbers that a picture does not give as they are."""

from __future__ import annotations

import pytest

from jsextract.layout.furniture import find_furniture
from jsextract.model.document import Line, Page, numbered
from jsextract.model.geometry import Box


def page(text: str, source: str) -> Page:
    """A page with a line of words and, at its lower edge, this text."""
    lines = (Line(1, "本年支出", Box(60, 300, 100, 310), size=9), Line(1, text, Box(290, 800, 310, 810), size=9))
    return Page(number=1, width=595, height=842, source=source, lines=numbered(lines))


@pytest.mark.parametrize("text", ["-7.", "\N{REPLACEMENT CHARACTER}", "-\N{REPLACEMENT CHARACTER}-", "=12-"])
def test_a_number_of_which_something_was_misread_is_one_on_a_picture_alone(text: str) -> None:
    assert [line.text for line in find_furniture([page(text, "ocr")])] == [text]
    assert find_furniture([page(text, "native")]) == ()


@pytest.mark.parametrize("text", ["12.50", "合计", "7人"])
def test_amounts_and_words_are_none(text: str) -> None:
    assert find_furniture([page(text, "ocr")]) == ()
