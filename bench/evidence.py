"""Puts faults into the reading of drawn accounts and counts the wrong facts that are said to be confirmed: none may be.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python bench/evidence.py [--faults 1000] [--each 40] [--first SEED] [--show N]

An account is drawn, so that every fact is known, and analysed once; then, one fault at a time, its text is read anew
with a rule taken out, with a name taken out of the lexicon, with an entry renamed to words that nobody knows, or with
the words of a basis taken away. Every other time its tables are left out too. A fact is wrong if its item, measure,
value, basis and year are not among those that the account states; under a renamed entry, the new words are its item.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from tempfile import NamedTemporaryFile

import regex
from msgspec.structs import replace

from bench.draw_many import subject
from fixtures.draw.draw import draw_account
from fixtures.draw.expect import Expectations
from jsextract.model.document import Document
from jsextract.model.report import Fact, Report
from jsextract.outline.flow import Paragraph
from jsextract.pipeline import Analysis, analyse, read, report_of
from jsextract.rules.ruleset import load_rules
from jsextract.text.normal import squeeze
from jsextract.vocabulary import TEXT_MEASURES, Evidence

Key = tuple[str, str, Decimal | None, str, int | None]
Fault = tuple[str, Analysis, str]
"""What was done, the analysis with it, and the words that stand for a name now (blank: none)."""

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
    rules = dataclasses.replace(found.setting.rules, **changes)
    return replace(found, setting=replace(found.setting, rules=rules))


def without_rule(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """One of the rules that read the text is not there, or some of them."""
    gone = {rng.choice(facts).pattern for _ in range(rng.choice(STRENGTHS))}
    kept = tuple(rule for rule in found.setting.rules.facts if rule.id not in gone)
    return f"rules {', '.join(sorted(gone))}", with_rules(found, facts=kept), ""


def without_name(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """One of the names is not in the lexicon, or some are not, or none of the names of their items."""
    lexicon = found.setting.rules.lexicon
    gone = {squeeze(rng.choice(facts).item_text) for _ in range(rng.choice(STRENGTHS))}
    items = {lexicon.names[name].item for name in gone if name in lexicon.names and rng.random() < 0.5}
    names = {name: one for name, one in lexicon.names.items() if name not in gone and one.item not in items}
    misprinted = tuple(name for name in lexicon.misprinted if name in names)
    changed = dataclasses.replace(lexicon, names=names, misprinted=misprinted)
    return f"names {', '.join(sorted(gone))}", with_rules(found, lexicon=changed), ""


def renamed(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """An entry of the text has another name, as long as its own; some end as names do."""
    fact = rng.choice([f for f in facts if len(f.item_text) > 2] or facts)
    at = rng.randrange(len(UNKNOWN))
    words = (UNKNOWN[at:] + UNKNOWN * 8)[: len(fact.item_text)]
    if rng.random() < 0.5:
        words = words[:-1] + rng.choice("费款项")
    sentence = fact.sentence

    def change(text: str) -> str:
        if sentence not in text:
            return text
        where = text.index(sentence)
        return text[:where] + text[where:].replace(fact.item_text, words, 1)

    return f"renamed {fact.item_text} {words}", with_text(found, change), words


def without_basis(found: Analysis, facts: list[Fact], rng: Random) -> Fault:
    """The words that say what something is measured against are gone from a sentence."""
    fact = rng.choice([f for f in facts if _BASES.search(f.sentence)] or facts)
    places = list(_BASES.finditer(fact.sentence))
    if not places:
        return "nothing", found, ""
    place = rng.choice(places)
    sentence = fact.sentence
    gone = sentence[: place.start()] + " " * len(place[0]) + sentence[place.end() :]
    return f"basis {place[0]}", with_text(found, lambda text: text.replace(sentence, gone, 1)), ""


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


def drawn(seed: int) -> tuple[Document, Analysis, Expectations]:
    """An account in some manner, analysed."""
    what = subject(seed)
    pdf, expected = draw_account(seed, what.style, what.body, what.year, what.place)
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        document = read(file.name)
    return document, analyse(document, load_rules()), expected


def faults(seed: int, each: int) -> Iterator[tuple[str, str, Report, frozenset[Key], str]]:
    """(kind, what was done, the report, what the account states, words that stand for a name now)."""
    document, whole, expected = drawn(seed)
    known = stated(expected, tables=True), stated(expected, tables=False)
    variants = (whole, without_tables(whole))
    reports = [report_of(document, found) for found in variants]
    for at, report in enumerate(reports):
        yield ("clean, with tables" if report.cells else "clean, without"), "", report, known[at], ""
    rng = Random(seed)
    for n in range(each):
        found, report = variants[n % 2], reports[n % 2]
        inject = KINDS[n // 2 % len(KINDS)]
        what, broken, words = inject(found, numbers(report), rng)
        yield inject.__name__, what, report_of(document, broken), known[n % 2], words


def is_wrong(fact: Fact, known: frozenset[Key], words: str) -> bool:
    """Whether the account does not state the fact; of an entry renamed, words of its own are right."""
    if words and squeeze(fact.item_text).strip("，。") in words:
        return all(key(fact)[1:] != one[1:] for one in known)
    return key(fact) not in known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    shown = 0
    for seed in range(options.first, options.first - (-options.faults // options.each)):
        for kind, what, report, known, words in faults(seed, options.each):
            count = counts.setdefault(kind, Counter())
            count["accounts"] += 1
            for fact in numbers(report):
                wrong = is_wrong(fact, known, words)
                confirmed = fact.evidence == Evidence.CONFIRMED
                count["wrong" if wrong else "right"] += 1
                count["wrong, confirmed" if wrong else "right, confirmed"] += confirmed
                count[f"wrong, {fact.evidence}"] += wrong and not confirmed
                if wrong and confirmed and shown < options.show:
                    shown += 1
                    print(f"  {seed} {kind} [{what[:60]}]: {key(fact)} {fact.named} {fact.confirmed_by} {fact.flags}")
                    print(f"      {fact.sentence[max(0, fact.start - 60) : fact.end + 10]}")
    for kind, count in counts.items():
        share = 100 * count["right, confirmed"] / max(1, count["right"])
        rest = ", ".join(f"{name} {count[f'wrong, {name}']}" for name in ("stated", "inferred", "contradicted"))
        print(
            f"{kind:20} {count['accounts']:5} readings, {count['right']:6} facts right, {share:5.1f} % of them "
            f"confirmed; {count['wrong']:5} wrong ({rest}), {count['wrong, confirmed']} of them confirmed"
        )


if __name__ == "__main__":
    main()
