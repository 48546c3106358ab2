"""Lists of words for text that no rule reads: keywords of reasons, words around figures in outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from jsextract.rules import rule_files

Keywords = tuple[tuple[str, regex.Pattern[str]], ...]
"""Keyword of a reason (原因关键词) and the words that name it, in the order of the list."""


@dataclass(frozen=True, slots=True)
class MetricWords:
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
    """The keywords of all folders; a later one adds words, and keywords.

    Raises:
        PatternError: if a file does not load.
    """
    words: dict[str, list[str]] = {}
    for path in rule_files.named(folders, "lexicon", "reasons.yaml"):
        for keyword, patterns in rule_files.read_yaml(path)["keywords"].items():
            words.setdefault(keyword, []).extend(patterns)
    return tuple((keyword, regex.compile("|".join(patterns))) for keyword, patterns in words.items())


def load_metric_words(folders: Sequence[Path]) -> MetricWords:
    """The words of the shipped folder, which comes first.

    Raises:
        PatternError: if the file does not load.
    """
    data = rule_files.read_yaml(folders[0] / "lexicon" / "metrics.yaml")
    reach, opening = ("|".join(sorted(data[key], key=len, reverse=True)) for key in ("reached", "opening"))
    return MetricWords(regex.compile(f"(?:{reach})++$"), regex.compile(f"^(?:{opening})++"), frozenset(data["done"]))
