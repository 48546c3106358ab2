"""Sentences that hold more figures than anybody writes (过长的句子): each is repeated beside each of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jsextract.errors import TooLarge
from jsextract.language.phrase import phrase
from jsextract.outline.headings import Part
from jsextract.text.normal import normalise

MOST = 40_000_000
"""Characters of long sentences, each counted once for each figure in it; 2,000 pages of usual ones have a tenth."""
_LONG = 2_000
_FIGURE = re.compile(r"\d(?=[亿万千百]?元|[%人辆个次台套批家项])")


def refuse_crowded(parts: Iterable[Part]) -> None:
    """Does nothing unless reading would cost time and room that grow with the square of a sentence's length.

    Raises:
        TooLarge: if it would.
    """
    texts = (paragraph.text for part in parts for paragraph in part.paragraphs if len(paragraph.text) > _LONG)
    cost = sum(map(_cost, texts))
    if cost > MOST:
        raise TooLarge(
            phrase(
                "Its sentences, repeated for each of their figures, have {number} characters, more than {most}.",
                number=cost,
                most=MOST,
            ),
            phrase("Split them."),
        )


def _cost(text: str) -> int:
    """Of the long sentences of a paragraph."""
    long = (sentence for sentence in text.split("。") if len(sentence) > _LONG)
    return sum(len(sentence) * len(_FIGURE.findall(normalise(sentence).text)) for sentence in long)
