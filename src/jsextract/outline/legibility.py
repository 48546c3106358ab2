"""How surely the words around a value were recognised in a picture (识别可信度).

Figures are read twice; words and marks once. A lost bracket, or a comma that is read as a point, gives a figure the
name of its neighbour.
"""

from __future__ import annotations

from jsextract.outline.flow import Paragraph
from jsextract.vocabulary import Flag

_SURE = 0.7  # of the least sure character; below it, a tenth of the names on bad copies are others
_SURE_MARK = 0.6  # of a mark, which has fewer strokes
_NUMBER = 2  # characters of a list's number
_OPENING, _CLOSING = "（(", "）)"


def doubts(paragraph: Paragraph, sentence: tuple[int, int], end: int) -> tuple[str, ...]:
    """A flag for what a sentence says up to a place in it, where words are not surely what is printed.

    Args:
        paragraph: typed, or recognised.
        sentence: where it begins and ends in the paragraph.
        end: of what counts, in the paragraph.
    """
    found = list(paragraph.recognised(sentence[0], end))
    if not found or (all(map(_is_sure, found)) and _is_balanced(paragraph.text[slice(*sentence)])):
        return ()
    return (Flag.LOW_CONFIDENCE,)


def _is_sure(recognised: tuple[str, float]) -> bool:
    """Whether a character is likely to be what is printed; brackets are where each has its other half."""
    char, sure = recognised
    return sure >= (_SURE if char.isalnum() else _SURE_MARK) or char in _OPENING + _CLOSING


def _is_balanced(text: str) -> bool:
    """Whether every bracket has its other half; that of a list's number (1） has none."""
    opened = 0
    for at, char in enumerate(text):
        if char in _OPENING:
            opened += 1
        elif char in _CLOSING and opened:
            opened -= 1
        elif char in _CLOSING and len(text[:at].strip()) > _NUMBER:
            return False
    return opened == 0
