"""Keywords of reasons (原因关键词): 人员变动, 厉行节约…, by the words of patterns/lexicon/reasons.yaml."""

from __future__ import annotations

from jsextract.rules import tokenize
from jsextract.rules.word_lists import Keywords
from jsextract.text.normal import squeeze


def keywords(reason: str, known: Keywords) -> tuple[str, ...]:
    """What a reason names, in the order of the list; empty where it names nothing that is listed.

    Raises:
        TimeoutError: if a pattern takes too long.
    """
    text = squeeze(reason)
    return tuple(keyword for keyword, pattern in known if pattern.search(text, timeout=tokenize.time_limit(text)))
