"""Lists of words for text that no rule reads: keywords of reasons, words around figures in outputs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import regex
from msgspec import Struct

from jsextract.language.phrase import NOTHING, phrase
from jsextract.rules import overlay
from jsextract.rules.regexes import alternatives, compiled
from jsextract.rules.rule_files import Placed, files

Keywords = tuple[tuple[str, regex.Pattern[str]], ...]
"""Keyword of a reason (原因关键词) and the words that name it, in the order of the list."""


class MetricWords(Struct, frozen=True):
    """Words around the figures in project outputs.

    Attributes:
        reached: words right before a figure that say nothing (达到), at the end of a text.
        opening: words that begin a clause and name nothing (全年), at the beginning of a text.
        done: words that are no name (完成).
    """

    reached: regex.Pattern[str]
    opening: regex.Pattern[str]
    done: frozenset[str]


def load_keywords(folders: Sequence[Path]) -> Keywords:
    """The keywords of all these folders; a later one adds words, and keywords.

    Raises:
        PatternError: if a file does not load.
    """
    found = overlay.words(files(folders, "lexicon/reasons"), "keywords")
    return tuple((keyword, _keyword(own)) for keyword, own in found.items())


def _keyword(own: Sequence[Placed[tuple[str, ...]]]) -> regex.Pattern[str]:
    with overlay.blamed(own[-1]):
        return alternatives(overlay.flat(own))


def load_metric_words(folders: Sequence[Path]) -> MetricWords:
    """The words of all these folders.

    Raises:
        PatternError: if a file does not load, or a word to drop is not there.
    """
    lists: dict[str, dict[str, None]] = {"reached": {}, "opening": {}, "done": {}}
    for file in files(folders, "lexicon/metrics"):
        for at, word in enumerate(file.value.drop):
            gone = [own.pop(word, word) is None for own in lists.values()]
            if not any(gone):
                raise file.fault(phrase("there is no word {word} to drop.", word=word), NOTHING, "drop", at)
        for name, own in lists.items():
            own.update(dict.fromkeys(getattr(file.value, name)))
    reached, opening = ("|".join(sorted(lists[name], key=len, reverse=True)) for name in ("reached", "opening"))
    return MetricWords(
        compiled(f"(?:{reached})++$", "reached"), compiled(f"^(?:{opening})++", "opening"), frozenset(lists["done"])
    )
