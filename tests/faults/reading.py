"""Faults put into the reading of a drawn account, of which every fact is known, before names are judged.

An account is analysed once; then, one fault at a time, its text is read anew with rules taken out, with names taken out
of the lexicon, with an entry renamed to words that nobody knows, or with the words of a basis taken away; every other
time its tables are left out, too. A fact is wrong if its item, measure, value, basis and year are not among those that
the account states; under a renamed entry, the new words are its item.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from tempfile import NamedTemporaryFile

import regex
from msgspec.structs import replace

from fixtures.draw.expect import Expectations
from jsextract.model.document import Document
from jsextract.model.report import Fact, Report
from jsextract.outline.flow import Paragraph
from jsextract.pipeline import Analysis, analyse, read, report_of
from jsextract.rules.ruleset import load_rules
from jsextract.text.normal import squeeze
from jsextract.vocabulary import TEXT_MEASURES

Key = tuple[str, str, Decimal | None, str, int | None]


@dataclasses.dataclass(frozen=True)
class Renamed:
    """An entry's name as it was, its item, and the words that stand there now; blank where none was renamed."""

    printed: str = ""
    item: str = ""
    words: str = ""

    def hides(self, fact: Fact) -> bool:
        """Whether a fact has the item whose name is printed before it no more."""
        before = fact.sentence[: fact.start]
        left = before.replace(self.words, "")
        return bool(self.words) and fact.item == self.item and self.words in before and self.printed not in left


Fault = tuple[str, Analysis, Renamed]
"""What was done, the analysis with it, and what was renamed."""

Account = tuple[Document, Analysis, Expectations]
"""A drawn account, analysed, and what it states."""

UNKNOWN = "霓裳曜石霁月飞琼瑶光岫云溯洄霜序"
_BASES = regex.compile(r"(?:与|比|较)(?:上年|\d{4}年度?)(?:度)?(?:相比)?|年初预算数?|全年预算数?|占本年[^的，]{2,8}的?")


def key(fact: Fact) -> Key:
    """What a fact says."""
    return fact.item, fact.measure, fact.value, fact.basis, fact.year


def stated(expected: Expectations, *, tables: bool) -> frozenset[Key]:
    """What the account states in numbers; without tables nothing tells the 类 and 款 of an item that the text names."""
    rows = [row for row in expected.facts or () if row.value]
    return frozenset(
        (item, row.measure, Decimal(row.value), row.basis, row.year)
        for row in rows
        for item in ({row.item} if tables else {row.item, row.item.rpartition("/")[2]})
    )


def numbers(report: Report) -> list[Fact]:
    """The facts that are numbers."""
    return [fact for fact in report.facts if fact.measure not in TEXT_MEASURES and fact.value is not None]


def with_rules(found: Analysis, **changes: object) -> Analysis:
    """The analysis under other rules."""
    rules = replace(found.setting.rules, **changes)
    return replace(found, setting=replace(found.setting, rules=rules))


def without_rule(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """One of the rules that read the text is not there, or some of them."""
    gone = {rng.choice(facts).pattern for _ in range(rng.choice(STRENGTHS))}
    kept = tuple(rule for rule in found.setting.rules.facts if rule.id not in gone)
    return f"rules {', '.join(sorted(gone))}", with_rules(found, facts=kept), Renamed()


def without_name(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """One of the names is not in the lexicon, or some are not, or none of the names of their items."""
    lexicon = found.setting.rules.lexicon
    gone = {squeeze(rng.choice(facts).item_text) for _ in range(rng.choice(STRENGTHS))}
    items = {lexicon.names[name].item for name in gone if name in lexicon.names and rng.random() < 0.5}
    names = {name: one for name, one in lexicon.names.items() if name not in gone and one.item not in items}
    misprinted = tuple(name for name in lexicon.misprinted if name in names)
    changed = replace(lexicon, names=names, misprinted=misprinted)
    return f"names {', '.join(sorted(gone))}", with_rules(found, lexicon=changed), Renamed()


def renamed(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """An entry of the text has another name: of unknown words, ending as names do, or longer by words before it."""
    fact = rng.choice([f for f in facts if len(f.item_text) > 2] or facts)
    at = rng.randrange(len(UNKNOWN))
    words = (UNKNOWN[at:] + UNKNOWN * 8)[: len(fact.item_text)]
    end = rng.choice(("", "费", "款", "项", fact.item_text))
    words = words[: max(2, len(words) - len(end))] + end
    sentence = fact.sentence

    def change(text: str) -> str:
        if sentence not in text:
            return text
        where = text.index(sentence)
        return text[:where] + text[where:].replace(fact.item_text, words, 1)

    return f"renamed {fact.item_text} {words}", with_text(found, change), Renamed(fact.item_text, fact.item, words)


def without_basis(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """The words that say what something is measured against are gone from a sentence."""
    fact = rng.choice([f for f in facts if _BASES.search(f.sentence)] or facts)
    places = list(_BASES.finditer(fact.sentence))
    if not places:
        return "nothing", found, Renamed()
    place = rng.choice(places)
    sentence = fact.sentence
    gone = sentence[: place.start()] + " " * len(place[0]) + sentence[place.end() :]
    return f"basis {place[0]}", with_text(found, lambda text: text.replace(sentence, gone, 1)), Renamed()


def with_text(found: Analysis, change: Callable[[str], str]) -> Analysis:
    """The analysis of a text whose paragraphs are changed, none of another length."""

    def paragraph(one: Paragraph) -> Paragraph:
        return replace(one, text=change(one.text))

    parts = tuple(replace(p, paragraphs=tuple(map(paragraph, p.paragraphs))) for p in found.outline.parts)
    return replace(found, outline=replace(found.outline, parts=parts))


STRENGTHS = (1, 1, 2, 5, 15)
KINDS = (without_rule, without_name, renamed, without_basis)


def without_tables(found: Analysis) -> Analysis:
    """The analysis of an account whose tables were published elsewhere."""
    return replace(found, arbitrated=replace(found.arbitrated, readings=(), opinions=(), others={}))


def analysed(pdf: bytes, expected: Expectations) -> Account:
    """A drawn account up to where facts are taken from its text."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        document = read(file.name)
    return document, analyse(document, load_rules()), expected


def faults(account: Account, seed: int, each: int) -> Iterator[tuple[str, str, Report, frozenset[Key], Renamed]]:
    """(kind, what was done, the report, what the account states, what was renamed)."""
    document, whole, expected = account
    known = stated(expected, tables=True), stated(expected, tables=False)
    variants = (whole, without_tables(whole))
    reports = [report_of(document, found) for found in variants]
    for at, report in enumerate(reports):
        yield ("clean, with tables" if report.cells else "clean, without"), "", report, known[at], Renamed()
    rng = Random(seed)
    for n in range(each):
        found, report = variants[n % 2], reports[n % 2]
        inject = KINDS[n // 2 % len(KINDS)]
        what, broken, new = inject(found, numbers(report), rng)
        yield inject.__name__, what, report_of(document, broken), known[n % 2], new


def is_wrong(fact: Fact, known: frozenset[Key], renamed: Renamed) -> bool:
    """Whether the account does not state the fact; of an entry renamed, words of its own are right."""
    if renamed.words and renamed.words[:2] in fact.item_text:
        return all(key(fact)[1:] != one[1:] for one in known)
    return key(fact) not in known or renamed.hides(fact)
