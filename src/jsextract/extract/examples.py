"""Rules proved by their own examples: what must be read is read, what must not is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from jsextract.extract.narrative import Setting, find_hits, read_part
from jsextract.extract.projects import find_evaluations, read_evaluations
from jsextract.layout.flow import join
from jsextract.layout.sections import part_about
from jsextract.model.document import Line
from jsextract.model.report import Fact
from jsextract.patterns import coding
from jsextract.patterns.rules import Example, Rule, load_rules
from jsextract.text.normal import normalise, squeeze

EXAMPLE_YEAR = 2022
"""The fiscal year in which the examples are read, unless they name the year before another one."""


def read_sentence(sentence: str, topic: str = "", year: int | None = EXAMPLE_YEAR) -> list[Fact]:
    """The facts of one sentence, as if it stood in a section about `topic`."""
    return read_paragraphs([sentence], topic, year)


def read_paragraphs(texts: Iterable[str], topic: str = "", year: int | None = EXAMPLE_YEAR) -> list[Fact]:
    """The facts of paragraphs that follow each other in a section about `topic`; self-evaluations included."""
    part = part_about(topic, tuple(join([Line(0, text)]) for text in texts))
    setting = Setting(year, "万元")
    evaluations, rest = find_evaluations(part.paragraphs) if topic == "performance" else ([], part.paragraphs)
    facts = list(read_part(part, rest, setting))
    return facts + [fact for _, own in read_evaluations(part, evaluations, setting) for fact in own]


def rules_that_read(sentence: str, topic: str = "") -> list[str]:
    """The ids of the rules that read a clause of the sentence."""
    coded = coding.encode(normalise(sentence))
    return [hit.rule.id for hit in find_hits(coded, part_about(topic), load_rules())]


def faults(rule: Rule) -> Iterator[str]:
    """What is wrong with a rule by its own examples, one sentence a fault; nothing when it holds."""
    for example in rule.reads:
        if example.known_gap:
            continue
        if rule.id not in rules_that_read(example.say, example.within):
            yield f"{rule.id} does not read: {example.say}"
        facts = read_sentence(example.say, example.within, _year(example))
        for wanted in example.facts:
            if not any(agrees(fact, wanted) for fact in facts):
                yield f"{rule.id}: {dict(wanted)} is not among the facts of: {example.say}"
    for example in rule.ignores:
        for topic in sorted({example.within, *rule.sections, ""}):
            if rule.id in rules_that_read(example.say, topic):
                yield f"{rule.id} must not read: {example.say}"


def _year(example: Example) -> int:
    """An example that compares with a year is of the year after."""
    compared = re.search(r"(?:与|比|较|同)\s*(20\d\d)\s*年", example.say)
    return int(compared[1]) + 1 if compared else EXAMPLE_YEAR


def agrees(fact: Fact, wanted: Mapping[str, str]) -> bool:
    """Whether a fact is what an example asks for; only what the example names is compared."""
    for key, value in wanted.items():
        if key == "value":
            if fact.value is not None:
                if fact.value != Decimal(value):
                    return False
            elif squeeze(fact.value_text) != squeeze(value):
                return False
        elif str(getattr(fact, key)) != value:
            return False
    return True
