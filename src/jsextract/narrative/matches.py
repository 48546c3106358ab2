"""Clauses: what rules match in a coded paragraph, and which of them wins where they overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex
from msgspec import Struct

from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.tokenize import TokenText
from jsextract.text.normal import NormalText

TRIM = "，。；、：:; ,"
"""What is no part of a text at its ends."""


class Match(Struct, frozen=True):
    """A rule that matched, in coded positions."""

    rule: FactRule
    match: regex.Match[str]

    @property
    def start(self) -> int:
        """Where it begins in the token text."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where it ends in the token text."""
        return self.match.end()


class ReadingContext(Struct, frozen=True):
    """What a fact needs to know of its surroundings.

    Attributes:
        rules: those in force.
        year: the document's fiscal year, None when unknown.
        unit: the money unit of the document's tables, for figures without one.
        project: the project that a self-evaluation is about.
        entity: whose account it is, in normal form; blank when unknown.
    """

    rules: RuleSet
    year: int | None
    unit: str = ""
    project: str = ""
    entity: str = ""


def applies(rule: FactRule, part: Part, chars: frozenset[str]) -> bool:
    """Whether a rule looks at a paragraph of this section, coded with these characters, at all."""
    if rule.sections and part.topic not in rule.sections:
        return False
    return not rule.needs or not rule.needs.isdisjoint(chars)


def all_matches(coded: TokenText, part: Part, rules: Iterable[FactRule]) -> Iterator[Match]:
    """Everything that every rule matches, overlaps included.

    Raises:
        TimeoutError: if one rule takes too long on the paragraph.
    """
    chars, limit = frozenset(coded.text), tokenize.time_limit(coded.text)
    for rule in rules:
        if applies(rule, part, chars):
            for match in rule.pattern.finditer(coded.text, timeout=limit):
                if match.end() > match.start():
                    yield Match(rule, match)


def precedence(hit: Match) -> tuple[int, int, bool]:
    """The first wins, then the longest; of two on the same characters the one that keeps to sections about a topic."""
    return hit.start, -hit.end, not hit.rule.sections


def find_matches(coded: TokenText, part: Part, rules: Iterable[FactRule]) -> list[Match]:
    """The clauses that rules read, from left to right, none overlapping; `precedence` decides between rules.

    Raises:
        TimeoutError: if one rule takes too long on the paragraph.
    """
    chosen: list[Match] = []
    end = 0
    for hit in sorted(all_matches(coded, part, rules), key=precedence):
        if hit.start >= end:
            chosen.append(hit)
            end = hit.end
    return chosen


def quoted(normal: NormalText, start: int, end: int) -> str:
    """What was printed, with the opening quotation mark that its normal form drops (“三公”经费)."""
    a, b = normal.raw_span(start, end)
    printed = normal.raw[a:b]
    if printed.count("”") > printed.count("“") and a and normal.raw[a - 1] == "“":
        return "“" + printed
    return printed
