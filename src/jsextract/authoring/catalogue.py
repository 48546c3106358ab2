"""What there is under patterns/, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from jsextract.authoring.suite import load_sentences
from jsextract.rules.fact_rules import Rule
from jsextract.rules.pattern_format import legible
from jsextract.rules.profiles import Rulebook, load_profiles
from jsextract.tables.definitions import definitions


def catalogue(book: Rulebook, words: Sequence[str] = ()) -> dict[str, Any]:
    """Everything that decides what is read, as plain data.

    Args:
        book: the rules in force.
        words: only rules whose family is one of them, or whose id, note, pattern or examples hold one.

    Raises:
        PatternError: if a file does not load.
    """
    lexicon, suite = book.lexicon, list(load_sentences())
    return {
        "profile": book.profile,
        "rules": [_rule(rule) for rule in chosen(book.rules, words)],
        "tables": [{"id": table.id, "name": table.name, "kind": table.kind} for table in definitions()],
        "profiles": [{"id": p.id, "note": p.note, "rules": len(p.own)} for p in load_profiles().values()],
        "lexicon": {
            "items": len(lexicon.items), "names": len(lexicon.names), "units": len(lexicon.units),
            "slots": len(lexicon.words) + len(lexicon.slots), "functions": len(lexicon.functions),
            "economics": len(lexicon.economics),
        },
        "sentences": {"to read": sum(bool(s.gives or s.tells) for s in suite), "not to read": _silent(suite)},
    }  # fmt: skip


def chosen(rules: Iterable[Rule], words: Sequence[str]) -> list[Rule]:
    """The rules of a family, or that speak of a word; all of them without words."""
    return [rule for rule in rules if not words or any(_speaks(rule, word) for word in words)]


def _speaks(rule: Rule, word: str) -> bool:
    says = (rule.id, rule.note, rule.source, *(example.say for example in rule.reads))
    return rule.family == word or any(word in text for text in says)


def _silent(suite: Iterable[Any]) -> int:
    return sum(not (s.gives or s.tells) for s in suite)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id, "family": rule.family, "note": rule.note, "pattern": legible(rule.source),
        "sections": sorted(rule.sections), "reads": len(rule.reads), "ignores": len(rule.ignores),
        "known_gaps": sum(bool(example.known_gap) for example in rule.reads), "example": rule.reads[0].say,
    }  # fmt: skip
