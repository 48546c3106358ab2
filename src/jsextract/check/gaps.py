"""Amounts of a list that no equation adds up: unread, or under a name that no list knows (清单缺口)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from jsextract.check.text import Statement, Text
from jsextract.vocabulary import Flag

_AMOUNT = regex.compile(r"(?<![\d.,，])(?P<figure>\d[\d.,，]*)\s*[万亿]?元(?!以上|以下|及以上|（含）)")


def gap(head: Statement, parts: Sequence[Statement], text: Text) -> str:
    """The first amount between the parts of a total, or after them in their sentences, that is none of them; or blank.

    Args:
        head: the total.
        parts: what is added up.
        text: the narrative, whose facts tell which amounts are read.
    """
    for sentence in dict.fromkeys(part.fact.sentence for part in parts):
        beside = [said for said in text.numbers if said.fact.sentence == sentence]
        free = [s.fact for s in beside if Flag.FREE_NAME in s.fact.flags and s.fact.measure == head.fact.measure]
        start = head.fact.end if head.fact.sentence == sentence else 0
        found = [*_unread(sentence, start, beside), *(fact.value_text for fact in free if fact.start >= start)]
        if found:
            return found[0]
    return ""


def _unread(sentence: str, start: int, beside: Sequence[Statement]) -> Iterator[str]:
    """The amounts of a sentence from `start` on that no fact carries."""
    read = {said.fact.value_text for said in beside}
    for amount in _AMOUNT.finditer(sentence, start):
        if amount["figure"] not in read:
            yield amount[0]
