"""Facts whose words were recognised in a picture: doubted where a character or a bracket is not sure (识别可信度)."""

from __future__ import annotations

import pytest

from jsextract.model.document import Line
from jsextract.outline.entity import plain_name
from jsextract.outline.flow import Paragraph
from jsextract.outline.legibility import doubts
from jsextract.text.amounts import UNKNOWN
from jsextract.vocabulary import Flag

TEXT = "其中：行政编制33人，事业编制58人。"


def paragraph(text: str = TEXT, unsure: str = "", sure: float = 0.99) -> Paragraph:
    """Two recognised lines, the characters of `unsure` with little confidence."""
    confidence = tuple(0.4 if char in unsure else sure for char in text)
    cut = len(text) // 2
    first, last = Line(1, text[:cut], confidence=confidence[:cut]), Line(1, text[cut:], confidence=confidence[cut:])
    return Paragraph(text, ((0, first, 0), (cut, last, 0)))


def test_a_mark_that_is_hardly_read_doubts_what_follows_it() -> None:
    own, before, whole = paragraph(unsure="，"), TEXT.index("，"), (0, len(TEXT))
    assert doubts(own, whole, len(TEXT)) == (Flag.LOW_CONFIDENCE,)
    assert doubts(own, whole, before) == ()


def test_a_place_in_the_second_line_is_that_of_its_own_characters() -> None:
    assert paragraph(unsure="。").least_confidence(0, len(TEXT)) == 0.4
    assert paragraph(unsure="。").least_confidence(0, len(TEXT) - 1) == 0.99
    assert paragraph(unsure="其").least_confidence(1, len(TEXT)) == 0.99


@pytest.mark.parametrize(
    ("text", "balanced"),
    [
        ("行政单位离退休（项年初预算为40万元。", False),
        ("行政单位离退休项）年初预算为40万元。", False),
        ("行政单位离退休（项）年初预算为40万元。", True),
        ("1）行政单位离退休年初预算为40万元。", True),
    ],
)
def test_a_lost_bracket_doubts_the_sentence(text: str, balanced: bool) -> None:
    assert doubts(paragraph(text), (0, len(text)), 5) == (() if balanced else (Flag.LOW_CONFIDENCE,))


def test_typed_words_are_what_is_printed() -> None:
    text = "行政单位离退休（项年初预算为40万元。"
    typed = Paragraph(text, ((0, Line(1, text), 0),))
    assert typed.least_confidence(0, len(text)) is None
    assert doubts(typed, (0, len(text)), len(text)) == ()


def test_an_illegible_name_is_no_name() -> None:
    assert plain_name(f"望岳市丹{UNKNOWN}区司法局") == ""
    assert plain_name("望岳市丹枫区司法局") == "望岳市丹枫区司法局"
