"""All rules put to the test: their own examples, the sentences of the suite, and each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from jsextract.authoring.examples import Fault, faults, rivals
from jsextract.authoring.proofs import count_proofs, proof_faults
from jsextract.authoring.suite import Sentence, load_sentences, suite_faults
from jsextract.errors import PatternError
from jsextract.language.phrase import phrase, sentences
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.rule_files import meant
from jsextract.rules.ruleset import RuleSet, load_rules


class Gap(Struct, frozen=True):
    """An example that is known not to work yet, and why."""

    rule: str
    sentence: str
    why: str


class SelfTest(Struct, frozen=True):
    """How the rules did.

    Attributes:
        rules, examples, sentences: how many were tried.
        proofs: how many examples of tables, headings, equations and wordings.
    """

    rules: int
    examples: int
    sentences: int
    proofs: int
    faults: tuple[Fault, ...]
    gaps: tuple[Gap, ...]


def try_rules(names: Sequence[str] = (), folders: Sequence[Path] = (), profile: str = "") -> SelfTest:
    """Loads every file and runs the examples of everything that has some, then the suite.

    Args:
        names: ids or families of rules for sentences; all rules of all kinds unless given.
        folders: of rules of one's own.
        profile: the overlay in force; blank for the general rules and the own rules of every profile.

    Raises:
        PatternError: if a file does not load, or there is no rule or profile of that name.
    """
    base = load_rules(folders, profile)
    overlaid = [load_rules(base.folders, name) for name in base.profiles] if not profile else []
    tried = list(_chosen(names, [(base.facts, base), *((rules.own, rules) for rules in overlaid)]))
    sentences = list(load_sentences(base.folders))
    found: list[Fault] = []
    if not names:
        found.extend(dict.fromkeys(fault for rules in (base, *overlaid) for fault in proof_faults(rules)))
    for rule, rules in tried:
        found.extend(faults(rule, rules))
    for rules in dict.fromkeys(rules for _, rules in tried):
        found.extend(_clashes([rule for rule, own in tried if own is rules], sentences, rules))
    found.extend(fault for sentence in sentences for fault in suite_faults(sentence, base))
    examples = [(rule, example) for rule, _ in tried for example in (*rule.reads, *rule.ignores)]
    gaps = (Gap(rule.id, example.say, example.known_gap) for rule, example in examples if example.known_gap)
    return SelfTest(
        rules=len(tried),
        examples=len(examples),
        sentences=len(sentences),
        proofs=0 if names else count_proofs(base),
        faults=tuple(found),
        gaps=tuple(gaps),
    )


def find_rule(name: str, rules: RuleSet) -> FactRule:
    """The rule with that id.

    Raises:
        PatternError: if there is none; the message names the closest.
    """
    rule = next((rule for rule in rules.facts if rule.id == name), None)
    if rule is None:
        raise _no_rule(name, (rule.id for rule in rules.facts))
    return rule


def _chosen(
    names: Sequence[str], tried: Sequence[tuple[tuple[FactRule, ...], RuleSet]]
) -> Iterator[tuple[FactRule, RuleSet]]:
    """Each rule of these names or families with the rules that it is in force with.

    Raises:
        PatternError: if a name is none.
    """
    known = {name for own, _ in tried for rule in own for name in (rule.id, rule.family)}
    for name in names:
        if name not in known:
            raise _no_rule(name, known)
    for own, rules in tried:
        for rule in own:
            if not names or rule.id in names or rule.family in names:
                yield rule, rules


def _clashes(own: Iterable[FactRule], sentences: Iterable[Sentence], rules: RuleSet) -> Iterator[Fault]:
    """Where two rules read the same characters as different facts, over their examples and the suite."""
    ids = {rule.id for rule in own}
    said = [(e.say, e.within) for rule in rules.facts for e in (*rule.reads, *rule.ignores)]
    said += [(paragraph, s.within) for s in sentences for paragraph in s.paragraphs]
    for say, topic in dict.fromkeys(said):
        for pair in rivals(say, rules, topic):
            if not ids.isdisjoint(pair):
                yield Fault(
                    pair[1], say, topic, phrase("that no two rules read the same characters as different facts"), pair
                )


def _no_rule(name: str, known: Iterable[str]) -> PatternError:
    """The error for a name that no rule or family bears, with the one that is spelt most like it."""
    return PatternError(
        sentences(phrase("There is no rule {name}.", name=name), meant(name, known)),
        phrase("See: jsextract patterns list"),
    )
