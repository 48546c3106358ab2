"""What there is under patterns/, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from jsextract.authoring.suite import load_sentences
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.pattern_format import legible
from jsextract.rules.ruleset import RuleSet, load_rules


def catalogue(rules: RuleSet, words: Sequence[str] = ()) -> dict[str, Any]:
    """Everything that decides what is read, as plain data.

    Args:
        rules: those in force.
        words: only rules whose family is one of them, or whose id, note, pattern or examples hold one.

    Raises:
        PatternError: if a file does not load.
    """
    lexicon, suite = rules.lexicon, list(load_sentences(rules.folders))
    return {
        "profile": rules.profile,
        "rules": [_rule(rule) for rule in chosen(rules.facts, words)],
        "tables": [{"id": table.id, "name": table.name, "kind": table.kind} for table in rules.tables],
        "profiles": [
            {"id": p.id, "note": p.note, "rules": len(load_rules(rules.folders, p.id).own)}
            for p in rules.profiles.values()
        ],
        "lexicon": {
            "items": len(lexicon.items), "names": len(lexicon.names), "units": len(lexicon.units),
            "slots": len(lexicon.words) + len(lexicon.slots), "functions": len(lexicon.functions),
            "economics": len(lexicon.economics),
        },
        "sentences": {"to read": sum(bool(s.gives or s.tells) for s in suite), "not to read": _silent(suite)},
    }  # fmt: skip


def chosen(rules: Iterable[FactRule], words: Sequence[str]) -> list[FactRule]:
    """The rules of a family, or that speak of a word; all of them without words."""
    return [rule for rule in rules if not words or any(_speaks(rule, word) for word in words)]


def _speaks(rule: FactRule, word: str) -> bool:
    """Whether a rule is of the family `word`, or any of its texts holds the word."""
    says = (rule.id, rule.note, rule.source, *(example.say for example in rule.reads))
    return rule.family == word or any(word in text for text in says)


def _silent(suite: Iterable[Any]) -> int:
    """How many sentences of the suite must give no fact at all."""
    return sum(not (s.gives or s.tells) for s in suite)


def _rule(rule: FactRule) -> dict[str, Any]:
    """One rule as `patterns list --json` shows it."""
    return {
        "id": rule.id, "family": rule.family, "note": rule.note, "pattern": legible(rule.source),
        "sections": sorted(rule.sections), "reads": len(rule.reads), "ignores": len(rule.ignores),
        "known_gaps": sum(bool(example.known_gap) for example in rule.reads), "example": rule.reads[0].say,
    }  # fmt: skip
