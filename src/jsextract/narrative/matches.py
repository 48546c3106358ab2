"""Clauses: what rules match in a coded paragraph, and which of them wins where they overlap."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable, Iterator

import regex
from msgspec import Struct

from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import ALWAYS, FactRule
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.tokenize import TokenText
from jsextract.text.normal import NormalText
from jsextract.vocabulary import TEXT_MEASURES, Measure, Topic

TRIM = "，。；、：:; ,"
"""What is no part of a text at its ends."""
_SOURCES = frozenset({Topic.FUND, Topic.STATE_CAPITAL})


class Match(Struct, frozen=True):
    """A rule that matched, in coded positions.

    Attributes:
        inside: whether it stands in the text of a reason (一是人员经费增加3万元), which another match holds.
    """

    rule: FactRule
    match: regex.Match[str]
    inside: bool = False

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
        unit_of_all: the money unit that the text names for all figures without one (金额单位均为万元).
    """

    rules: RuleSet
    year: int | None
    unit: str = ""
    project: str = ""
    entity: str = ""
    unit_of_all: str = ""


@functools.lru_cache(maxsize=256)
def rules_about(rules: RuleSet, topic: str) -> tuple[FactRule, ...]:
    """The rules that read in sections about a topic."""
    return tuple(rule for rule in rules.facts if not rule.sections or topic in rule.sections)


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


def precedence(hit: Match) -> tuple[bool, int, int, bool]:
    """What knows the wording before what goes by the build of a clause; of these the first wins, then the longest.

    Of two on the same characters the one that keeps to sections about a topic.
    """
    return hit.rule.general, hit.start, -hit.end, not hit.rule.sections


def find_matches(coded: TokenText, part: Part, rules: Iterable[FactRule]) -> list[Match]:
    """The clauses that rules read, from left to right; `precedence` decides between rules.

    None overlap, but for changes with names of their own in the text of a reason, which follow it.

    Raises:
        TimeoutError: if one rule takes too long on the paragraph.
    """
    chosen: list[Match] = []
    general: list[Match] = []
    end = told = 0
    for hit in sorted(all_matches(coded, part, rules), key=precedence):
        if hit.rule.general:
            general.append(hit)
        elif hit.start >= end:
            chosen.append(hit)
            end, told = hit.end, _reason_start(hit)
        elif told <= hit.start and hit.end <= end and _is_told_inside(hit, coded, follows=chosen[-1]):
            chosen.append(Match(hit.rule, hit.match, inside=True))
            told = hit.end
    return _with_general(coded.text, chosen, general) if general else chosen


def _with_general(text: str, chosen: list[Match], general: Iterable[Match]) -> list[Match]:
    """The clauses of other rules, and between them those that only their build tells."""
    taken = sorted((hit.start, hit.end) for hit in chosen if not hit.inside)
    added: list[Match] = []
    last = (0, 0)
    for hit in general:
        at = bisect.bisect_left(taken, (hit.end, 0)) - 1
        before = taken[at] if at >= 0 else (0, 0)
        if hit.start < max(last[1], before[1]):
            continue
        if _must_follow(hit) and not _goes_on(text, hit.start, max(last, before)):
            continue
        added.append(hit)
        last = (hit.start, hit.end)
    return sorted([*chosen, *added], key=lambda hit: (hit.start, hit.inside))


_FIGURE_BEFORE = regex.compile(
    r"[\ue001\ue002\ue004\ue010-\ue017][^。\ue001\ue002\ue004\ue010-\ue017]{0,60}(?:。其中[：，]?)?"
)


def _must_follow(hit: Match) -> bool:
    """Whether nothing in the clause itself says that what it counts is there."""
    slot = hit.rule.follows
    return bool(slot) and (slot == ALWAYS or not hit.match[slot])


def _goes_on(text: str, start: int, before: tuple[int, int]) -> bool:
    """Whether the last figure of the sentence before `start` stands in the clause that was read last (`before`)."""
    left = max(0, start - 61)
    figures = [left + m.start() for m in _FIGURE_BEFORE.finditer(text[left:start]) if left + m.end() == start]
    return bool(figures) and before[0] <= figures[-1] < before[1]


_CHANGES = frozenset({Measure.CHANGE, Measure.CHANGE_RATE})


def _reason_start(hit: Match) -> int:
    """Where the text of a reason begins; the end of what is none."""
    slots = [claim.value for claim in hit.rule.claims if claim.measure == Measure.REASON]
    return hit.match.start(slots[0]) if slots else hit.end


def _is_told_inside(hit: Match, coded: TokenText, follows: Match) -> bool:
    """Whether a clause in a reason tells a change of a thing that it names, or the rate right behind one."""
    claims = hit.rule.claims
    if not claims or any(claim.measure not in _CHANGES for claim in claims):
        return False
    named = hit.rule.subject
    if named not in hit.rule.slots or not hit.match[named]:
        return follows.inside and hit.start - follows.end <= 1
    token = coded.tokens.get(hit.match.start(named))
    # a source of money alone may be income or expenditure: what the reason is about does not tell
    return token is not None and token.name is not None and token.name.topic not in _SOURCES


def quoted(normal: NormalText, start: int, end: int) -> str:
    """What was printed, with the opening quotation mark that its normal form drops (“三公”经费)."""
    a, b = normal.raw_span(start, end)
    printed = normal.raw[a:b]
    if printed.count("”") > printed.count("“") and a and normal.raw[a - 1] == "“":
        return "“" + printed
    return printed


def names_nothing(hit: Match) -> bool:
    """Whether a clause states something and does not name what it is about."""
    rule = hit.rule
    if any(hit.match[slot] for slot, kind in rule.slots.items() if kind.startswith("item") or slot == rule.subject):
        return False
    return any(not claim.item for claim in rule.claims)


def inherits(hit: Match) -> bool:
    """Whether a clause states figures and names nothing that they are about."""
    return names_nothing(hit) and any(
        not claim.item and claim.measure not in TEXT_MEASURES for claim in hit.rule.claims
    )
