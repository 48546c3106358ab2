"""Rules proved by their own examples: what must be read is read, what must not is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from jsextract.language.phrase import Phrase, phrase, verbatim
from jsextract.model.document import Line
from jsextract.model.report import Fact
from jsextract.narrative.evaluations import find_evaluations
from jsextract.narrative.matches import TRIM, Match, ReadingContext, all_matches, find_matches, precedence
from jsextract.narrative.projects import read_evaluations
from jsextract.narrative.reader import read_part
from jsextract.outline.flow import join
from jsextract.outline.headings import part_about
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.file_types import FactExample, WantedKey
from jsextract.rules.profiles import OVERLAY
from jsextract.rules.ruleset import RuleSet
from jsextract.text.amounts import parse_number
from jsextract.text.normal import normalise, squeeze

EXAMPLE_YEAR = 2022
"""The fiscal year in which the examples are read, unless they name the year before another one."""


class Fault(Struct, frozen=True):
    """An example that does not hold.

    Attributes:
        rule: id of the rule (or the file of the suite) that it belongs to.
        sentence: as the example says it, in a section about `topic`.
        wanted: what should have come of it, or not.
        read: what came of it: facts, or rules that read it.
    """

    rule: str
    sentence: str
    topic: str
    wanted: Phrase
    read: tuple[str, ...]


def read_sentence(sentence: str, rules: RuleSet, topic: str = "", year: int | None = EXAMPLE_YEAR) -> list[Fact]:
    """The facts of one sentence, as if it stood in a section about `topic`."""
    return read_paragraphs([sentence], rules, topic, year)


def read_paragraphs(
    texts: Iterable[str], rules: RuleSet, topic: str = "", year: int | None = EXAMPLE_YEAR
) -> list[Fact]:
    """The facts of paragraphs that follow each other in a section about `topic`; self-evaluations included."""
    part = part_about(topic, rules.sections, tuple(join([Line(0, text)]) for text in texts))
    setting = ReadingContext(rules, year, "万元")
    layout = rules.sections.evaluations
    evaluations, rest = find_evaluations(part.paragraphs, layout) if topic == "performance" else ([], part.paragraphs)
    facts = list(read_part(part, rest, setting))
    return facts + [fact for _, own in read_evaluations(part, evaluations, setting) for fact in own]


def rules_that_read(sentence: str, rules: RuleSet, topic: str = "") -> list[str]:
    """The ids of the rules that read a clause of the sentence."""
    coded = tokenize.tokenize(normalise(sentence), rules.lexicon)
    return [hit.rule.id for hit in find_matches(coded, part_about(topic, rules.sections), rules.facts)]


def faults(rule: FactRule, rules: RuleSet) -> Iterator[Fault]:
    """What is wrong with a rule by its own examples; nothing when it holds."""
    for example in rule.reads:
        found = list(_unread(rule, example, rules))
        if not example.known_gap:
            yield from found
        elif not found:
            yield Fault(rule.id, example.say, example.within, phrase("a known_gap, but it holds: remove known_gap"), ())
    for example in rule.ignores:
        yield from _misread(rule, example, rules)


def _unread(rule: FactRule, example: FactExample, rules: RuleSet) -> Iterator[Fault]:
    """What is missing where an example must be read: the rule among its readers, each fact that it names."""
    facts = read_sentence(example.say, rules, example.within, _year(example))
    # what is said of a project is read apart from the section that it stands in
    readers = [*rules_that_read(example.say, rules, example.within), *(fact.pattern for fact in facts)]
    if rule.id not in readers:
        yield Fault(
            rule.id,
            example.say,
            example.within,
            phrase("that {rule} reads it", rule=rule.id),
            tuple(dict.fromkeys(readers)),
        )
    for told in example.facts:
        if not any(agrees(fact, told) for fact in facts):
            shown = ", ".join(f"{key}: {value}" for key, value in told.items())
            yield Fault(rule.id, example.say, example.within, verbatim(shown), tuple(map(described, facts)))


def _misread(rule: FactRule, example: FactExample, rules: RuleSet) -> Iterator[Fault]:
    """A counter-example is read by none of the rule's family in vain, and by no other rule that it does not name."""
    families = {r.id: r.family for r in rules.facts}
    for topic in sorted({example.within, *rule.sections, ""}):
        readers = rules_that_read(example.say, rules, topic)
        if rule.id in readers:
            yield Fault(rule.id, example.say, topic, phrase("that {rule} does not read it", rule=rule.id), (rule.id,))
        others = {r for r in readers if _foreign(rule.family, families[r])} - set(example.read_by)
        if others and (topic == example.within or not example.within):
            yield Fault(
                rule.id, example.say, topic, phrase("that no rule of another family reads it"), tuple(sorted(others))
            )


def _foreign(family: str, reader: str) -> bool:
    """Whether `reader` must keep off another family's counter-example; a profile may read what general rules do not."""
    return family != reader and (family.startswith(OVERLAY) or not reader.startswith(OVERLAY))


def rivals(sentence: str, rules: RuleSet, topic: str = "") -> Iterator[tuple[str, str]]:
    """Pairs of rules that read the same characters as different facts, where only their order in the files decides.

    Args:
        sentence: a paragraph.
        rules: those in force.
        topic: what its section is about.
    """
    coded = tokenize.tokenize(normalise(sentence), rules.lexicon)
    part = part_about(topic, rules.sections)
    chosen = find_matches(coded, part, rules.facts)
    for hit in all_matches(coded, part, rules.facts):
        for winner in chosen:
            if (
                hit.rule is not winner.rule
                and precedence(hit) == precedence(winner)
                and _states(hit) != _states(winner)
            ):
                yield winner.rule.id, hit.rule.id


def _states(hit: Match) -> object:
    """What a match comes to: its claims with the characters that each slot took."""
    slots = hit.match.groupdict("")
    return hit.rule.subject, hit.rule.basis, {(c, slots.get(c.value, "").strip(TRIM)) for c in hit.rule.claims}


def _year(example: FactExample) -> int:
    """An example that compares with a year is of the year after."""
    compared = re.search(r"(?:与|比|较|同)\s*(20\d\d)\s*年", example.say)
    return int(compared[1]) + 1 if compared else EXAMPLE_YEAR


def agrees(fact: Fact, wanted: Mapping[WantedKey, str | int]) -> bool:
    """Whether a fact is what an example asks for; only what the example names is compared, and where it points."""
    quote = fact.sentence[fact.start : fact.end]
    if fact.value is not None and parse_number(squeeze(quote)) not in {fact.value, -fact.value}:
        return False
    for key, said in wanted.items():
        value = str(said)
        if key == "quote":
            if quote != value:
                return False
        elif key == "value":
            if fact.value is not None:
                if fact.value != Decimal(value):
                    return False
            elif squeeze(fact.value_text) != squeeze(value):
                return False
        elif str(getattr(fact, key)) != value:
            return False
    return True


def described(fact: Fact) -> str:
    """A fact in one line: `item | measure@basis | value unit (year)`."""
    measure = f"{fact.measure}@{fact.basis}" if fact.basis else fact.measure
    said = f"{fact.value:f} {fact.unit}" if fact.value is not None else squeeze(fact.value_text)
    year = "" if fact.year is None else f" ({fact.year})"
    return f"{fact.item} | {measure} | {said}{year}"
