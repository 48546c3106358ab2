"""All rules put to the test: their own examples, the sentences of the suite, and each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jsextract.authoring.examples import Fault, faults, rivals
from jsextract.authoring.suite import Sentence, load_sentences, suite_faults
from jsextract.errors import PatternError
from jsextract.rules.fact_rules import Rule
from jsextract.rules.profiles import Rulebook, general, load_profiles, named
from jsextract.tables.definitions import definitions


@dataclass(frozen=True, slots=True)
class Gap:
    """An example that is known not to work yet, and why."""

    rule: str
    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class SelfTest:
    """How the rules did.

    Attributes:
        rules, examples, sentences: how many were tried.
    """

    rules: int
    examples: int
    sentences: int
    faults: tuple[Fault, ...]
    gaps: tuple[Gap, ...]


def try_rules(names: Sequence[str] = (), profile: str = "") -> SelfTest:
    """Loads every file and runs the examples of the rules, then the suite.

    Args:
        names: ids or families of rules; all of them unless given.
        profile: the overlay in force; blank for the general rules and the own rules of every profile.

    Raises:
        PatternError: if a file does not load, or there is no rule or profile of that name.
    """
    definitions()  # the tables' examples are proved as they load
    tried = list(_chosen(names, list(_books(profile))))
    sentences = list(load_sentences())
    found: list[Fault] = []
    for rule, book in tried:
        found.extend(faults(rule, book))
    for book in dict.fromkeys(book for _, book in tried):
        found.extend(_clashes([rule for rule, own in tried if own is book], sentences, book))
    base = named(profile).book if profile else general()
    found.extend(fault for sentence in sentences for fault in suite_faults(sentence, base))
    examples = [(rule, example) for rule, _ in tried for example in (*rule.reads, *rule.ignores)]
    gaps = (Gap(rule.id, example.say, example.known_gap) for rule, example in examples if example.known_gap)
    return SelfTest(len(tried), len(examples), len(sentences), tuple(found), tuple(gaps))


def find_rule(name: str, book: Rulebook) -> Rule:
    """The rule with that id.

    Raises:
        PatternError: if there is none; the message names the closest.
    """
    rule = next((rule for rule in book.rules if rule.id == name), None)
    if rule is None:
        raise _no_rule(name, (rule.id for rule in book.rules))
    return rule


def _books(profile: str) -> Iterator[tuple[tuple[Rule, ...], Rulebook]]:
    """Rules to try, each with the rulebook that it belongs to."""
    if profile:
        book = named(profile).book
        yield book.rules, book
        return
    yield general().rules, general()
    for one in load_profiles().values():
        yield one.own, one.book


def _chosen(
    names: Sequence[str], books: Sequence[tuple[tuple[Rule, ...], Rulebook]]
) -> Iterator[tuple[Rule, Rulebook]]:
    known = {name for rules, _ in books for rule in rules for name in (rule.id, rule.family)}
    for name in names:
        if name not in known:
            raise _no_rule(name, known)
    for rules, book in books:
        for rule in rules:
            if not names or rule.id in names or rule.family in names:
                yield rule, book


def _clashes(rules: Iterable[Rule], sentences: Iterable[Sentence], book: Rulebook) -> Iterator[Fault]:
    """Where two rules read the same characters as different facts, over their examples and the suite."""
    ids = {rule.id for rule in rules}
    said = [(e.say, e.within) for rule in book.rules for e in (*rule.reads, *rule.ignores)]
    said += [(paragraph, s.within) for s in sentences for paragraph in s.paragraphs]
    for say, topic in dict.fromkeys(said):
        for pair in rivals(say, topic, book):
            if not ids.isdisjoint(pair):
                yield Fault(pair[1], say, topic, "that no two rules read the same characters as different facts", pair)


def _no_rule(name: str, known: Iterable[str]) -> PatternError:
    close = get_close_matches(name, list(known), 1)
    return PatternError(
        f"There is no rule {name}.{f' Was {close[0]} meant?' if close else ''}", "See: jsextract patterns list"
    )
