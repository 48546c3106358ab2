"""Amounts of a list that no equation adds up: unread, or under a name that no list knows (清单缺口)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from jsextract.check.figure import ZERO, Figure
from jsextract.check.sentences import measured, plain
from jsextract.check.text import Statement, Text
from jsextract.check.tolerance import HALF, HUNDRED
from jsextract.language.phrase import NOTHING, Phrase, phrase
from jsextract.vocabulary import Flag, Measure

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


def unnamed(head: Statement, parts: Sequence[Statement], text: Text) -> Phrase:
    """Why a list names not all parts of a total: their shares are less than 100 % by what is lacking; or blank.

    Args:
        head: the total.
        parts: what is added up, less than the total.
        text: the narrative.
    """
    told, shares = _shares(parts, text)
    if not shares or len(shares) < told:
        return NOTHING
    together = sum((share.value or ZERO for share in shares), ZERO)
    slack = HALF * sum((share.step for share in shares), ZERO)
    added = sum((part.fact.amount_yuan or ZERO for part in parts), ZERO)
    whole = head.fact.amount_yuan
    lacking = HUNDRED - HUNDRED * added / whole if whole else ZERO
    if abs(HUNDRED - together - lacking) <= slack < lacking:
        return phrase("their shares are {shares}", shares=measured(plain(together), "%"))
    return NOTHING


def opens(head: Statement, parts: Sequence[Statement], text: Text) -> bool:
    """Whether a list is one of some parts, for all that it says: opened by 其中, with no shares of them."""
    words = (head.fact.sentence[head.fact.end :], *(part.fact.sentence[: part.fact.start] for part in parts))
    return any("其中" in said for said in words) and not _shares(parts, text)[1]


def _shares(parts: Sequence[Statement], text: Text) -> tuple[int, list[Figure]]:
    """How many parts are more than nothing, and the shares that are told of them."""
    filled = [part for part in parts if part.fact.value]
    told = (text.nearest(part, part.fact.item, (Measure.SHARE,)) for part in filled)
    return len(filled), [text.figure(share) for share in told if share is not None]


def _unread(sentence: str, start: int, beside: Sequence[Statement]) -> Iterator[str]:
    """The amounts of a sentence from `start` on that no fact carries."""
    read = {said.fact.value_text for said in beside}
    for amount in _AMOUNT.finditer(sentence, start):
        if amount["figure"] not in read:
            yield amount[0]
