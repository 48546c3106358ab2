"""Keywords of reasons (原因关键词): 人员变动, 厉行节约…, by the words of patterns/lexicon/reasons.yaml."""

from __future__ import annotations

import functools
from pathlib import Path

import regex

from jsextract.rules import rule_files, tokenize
from jsextract.text.normal import squeeze


@functools.cache
def _keywords(files: tuple[Path, ...]) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    words: dict[str, list[str]] = {}
    for path in files:
        for keyword, patterns in rule_files.read_yaml(path)["keywords"].items():
            words.setdefault(keyword, []).extend(patterns)
    return tuple((keyword, regex.compile("|".join(patterns))) for keyword, patterns in words.items())


def keywords(reason: str) -> tuple[str, ...]:
    """What a reason names, in the order of the word list; empty where it names nothing that is listed.

    Raises:
        TimeoutError: if a pattern takes too long.
    """
    text = squeeze(reason)
    known = _keywords(tuple(rule_files.named("lexicon", "reasons.yaml")))
    return tuple(keyword for keyword, pattern in known if pattern.search(text, timeout=tokenize.time_limit(text)))
