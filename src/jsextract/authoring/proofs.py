"""Rules that are no rules for sentences, proved by their own examples: tables, headings, equations, wordings."""

from __future__ import annotations

from collections.abc import Iterator

from jsextract.authoring.examples import Fault
from jsextract.check.evaluate import example_figures, example_status
from jsextract.language.phrase import listed, phrase, verbatim
from jsextract.model.document import Line
from jsextract.narrative.evaluations import find_evaluations
from jsextract.outline.flow import join
from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.sections import SectionRules
from jsextract.rules.table_definitions import title_faults
from jsextract.rules.wordings import WORDINGS, purpose_faults, wording_faults
from jsextract.text.normal import squeeze
from jsextract.text.tokens import without_ordinals
from jsextract.vocabulary import CheckStatus

_PROVED = frozenset({CheckStatus.PASS, CheckStatus.FAIL})
"""Statuses of which an equation shows an example of each."""


def proof_faults(rules: RuleSet) -> Iterator[Fault]:
    """What does not hold of everything but the rules for sentences, which prove themselves elsewhere."""
    for table in rules.tables:
        yield from (Fault(f"tables/{table.id}", "", "", wrong, ()) for wrong in title_faults(table))
    yield from _headings(rules.sections)
    yield from _projects(rules.sections)
    for equation in rules.equations:
        yield from _equation(equation)
    for name in WORDINGS:
        for wording in getattr(rules.wordings, name):
            yield from (Fault(wording.id, "", "", wrong, ()) for wrong in wording_faults(wording))
    for purpose in rules.wordings.purposes:
        yield from (Fault(purpose.id, "", "", wrong, ()) for wrong in purpose_faults(purpose))


def count_proofs(rules: RuleSet) -> int:
    """How many examples `proof_faults` tries."""
    sections = rules.sections
    wordings = [wording for name in WORDINGS for wording in getattr(rules.wordings, name)]
    return (
        sum(len(table.reads) + len(table.refuses) for table in rules.tables)
        + sum(len(topic.reads) + len(topic.ignores) for topic in sections.topics)
        + sum(len(kind.reads) + len(kind.ignores) for kind in sections.kinds)
        + len(sections.evaluations.reads)
        + len(sections.evaluations.ignores)
        + sum(len(equation.examples) for equation in rules.equations)
        + sum(len(one.finds) + len(one.ignores) for one in (*wordings, *rules.wordings.purposes))
    )


def _headings(sections: SectionRules) -> Iterator[Fault]:
    """Headings that are not of the topic or part that their examples say."""
    for topic in sections.topics:
        for heading in topic.reads:
            found = sections.topic_of(_words(heading))
            if found is None or found.topic != topic.topic:
                read = (found.topic,) if found else ()
                yield Fault(
                    f"topics/{topic.topic}", heading, "", phrase("that it is about {topic}", topic=topic.topic), read
                )
        for heading in topic.ignores:
            found = sections.topic_of(_words(heading))
            if found is not None and found.topic == topic.topic:
                wanted = phrase("that it is not about {topic}", topic=topic.topic)
                yield Fault(f"topics/{topic.topic}", heading, "", wanted, (topic.topic,))
    for kind in sections.kinds:
        for right, headings in ((True, kind.reads), (False, kind.ignores)):
            for heading in headings:
                other = sections.kind_of(_words(heading))
                if (other == kind.kind) != right:
                    of_kind = phrase("that it is of the kind {kind}", kind=kind.kind)
                    said = of_kind if right else phrase("that it is not of the kind {kind}", kind=kind.kind)
                    yield Fault(f"parts/{kind.kind}", heading, "", said, (other,) if other else ())


def _words(heading: str) -> str:
    """A heading's normal text without its number."""
    return without_ordinals(squeeze(heading)).rstrip("。：；")


def _projects(sections: SectionRules) -> Iterator[Fault]:
    """Examples in which other self-evaluations of projects are found than they say."""
    layout = sections.evaluations
    for say, projects in (*layout.reads, *((say, ()) for say in layout.ignores)):
        found = tuple(one.name for one in find_evaluations([join([Line(0, say)])], layout)[0])
        if found != projects:
            yield Fault("sections/projects", say, "", listed(projects, "、") or phrase("no self-evaluation"), found)


def _equation(rule: EquationRule) -> Iterator[Fault]:
    """Examples of an equation that give another status, and statuses that none of them proves."""
    for example in rule.examples:
        status = example_status(rule, example_figures(example.figures, example.unit))
        if status != example.status:
            said = ", ".join(f"{name}: {figure}" for name, figure in example.figures.items())
            yield Fault(rule.id, said, "", verbatim(example.status), (status,))
    if rule.examples and (lacking := _PROVED - {example.status for example in rule.examples}):
        yield Fault(
            rule.id,
            "",
            "",
            phrase("an example that gives {statuses}", statuses=listed(sorted(lacking), " and ", "和")),
            (),
        )
