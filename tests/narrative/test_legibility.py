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


def paragraph(text: str = TEXT, unsure: str = "", sure: float = 0.99, unsure_by: float = 0.4) -> Paragraph:
    """Two recognised lines, the characters of `unsure` with little confidence."""
    confidence = tuple(unsure_by if char in unsure else sure for char in text)
    cut = len(text) // 2
    first, last = Line(1, text[:cut], confidence=confidence[:cut]), Line(1, text[cut:], confidence=confidence[cut:])
    return Paragraph(text, ((0, first, 0), (cut, last, 0)))


def test_a_mark_that_is_hardly_read_doubts_what_follows_it() -> None:
    own, before, whole = paragraph(unsure="，"), TEXT.index("，"), (0, len(TEXT))
    assert doubts(own, whole, len(TEXT)) == (Flag.LOW_CONFIDENCE,)
    assert doubts(own, whole, before) == ()


def test_a_place_in_the_second_line_is_that_of_its_own_characters() -> None:
    found = list(paragraph(unsure="。").recognised(2, len(TEXT)))
    assert "".join(char for char, _ in found) == TEXT[2:]
    assert [sure for _, sure in found] == [0.99] * (len(TEXT) - 3) + [0.4]


def test_marks_need_less_than_words_and_brackets_with_their_other_half_nothing() -> None:
    text = "出国（境）团组：0次"
    whole = (0, len(text))
    assert doubts(paragraph(text, sure=0.65), whole, len(text)) == (Flag.LOW_CONFIDENCE,)
    assert doubts(paragraph(text, "（）"), whole, len(text)) == ()
    assert doubts(paragraph(text, "："), whole, len(text)) == (Flag.LOW_CONFIDENCE,)
    assert doubts(paragraph(text, "：", unsure_by=0.65), whole, len(text)) == ()


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
    assert list(typed.recognised(0, len(text))) == []
    assert doubts(typed, (0, len(text)), len(text)) == ()


def test_an_illegible_name_is_no_name() -> None:
    assert plain_name(f"望岳市丹{UNKNOWN}区司法局") == ""
    assert plain_name("望岳市丹枫区司法局") == "望岳市丹枫区司法局"
