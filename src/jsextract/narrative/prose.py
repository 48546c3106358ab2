"""The narrative as a whole: which sections are read by what, facts numbered, codes told by the tables."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Section
from jsextract.model.report import Fact, Project, TableCell, Term
from jsextract.narrative.anchors import anchored, document_names, with_document_names
from jsextract.narrative.arithmetic import by_arithmetic
from jsextract.narrative.codes import CodeBook
from jsextract.narrative.crowded import refuse_crowded
from jsextract.narrative.evaluations import Evaluation, find_evaluations
from jsextract.narrative.glossary import read_glossary
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.projects import figures_of, read_evaluations
from jsextract.narrative.reader import read_part
from jsextract.narrative.unread import Unread, find_unread
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Outline, Part
from jsextract.rules.fact_rules import ALWAYS, FactRule
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.sections import NO_TOPIC, EvaluationLayout, SectionRules, TopicRule
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag, SectionKind, SectionTopic, Topic

_AMOUNT = regex.compile(r"\d[\d,.]*[亿万千百]?元")
_READ_KINDS = frozenset({SectionKind.NARRATIVE, SectionKind.OTHER})
_UNTOLD_KINDS = frozenset({"", SectionKind.OVERVIEW, SectionKind.TABLES})
_OVERVIEW_TOPICS = frozenset({Topic.STAFFING, ""})
_OVERVIEWS = frozenset({SectionKind.OVERVIEW, ""})
_MONEY_TOPICS = frozenset({
    Topic.TOTALS, Topic.INCOME, Topic.EXPENDITURE, Topic.FUNCTION, Topic.THREE_PUBLIC, Topic.OPERATING,
    Topic.PROCUREMENT, Topic.ASSETS, Topic.PERFORMANCE, Topic.FUND, Topic.STATE_CAPITAL, Topic.POVERTY,
    SectionTopic.FISCAL_TOTALS, SectionTopic.FISCAL_BASIC, SectionTopic.CONFERENCE, SectionTopic.GENERAL,
    SectionTopic.LIVELIHOOD, SectionTopic.NON_FISCAL,
})  # fmt: skip


class Reading(Struct, frozen=True):
    """All that the prose gave.

    Attributes:
        unread: sentences with amounts that no fact carries; none where no facts were wanted.
    """

    facts: tuple[Fact, ...]
    projects: tuple[Project, ...]
    glossary: tuple[Term, ...]
    sections: tuple[Section, ...]
    unread: tuple[Unread, ...]


def read_prose(
    outline: Outline,
    setting: ReadingContext,
    cells: Sequence[TableCell] = (),
    *,
    facts: bool = True,
) -> Reading:
    """Facts, projects, terms and sections of a document's prose.

    Args:
        outline: the prose in sections.
        setting: fiscal year, unit and rules.
        cells: of the document's tables, which tell codes of items.
        facts: False for documents whose figures are no finals (budgets); sections and terms are still given.

    Raises:
        TooLarge: if sentences hold more figures than anybody writes.
    """
    found: list[Fact] = []
    projects: list[Project] = []
    unread: list[Unread] = []
    sections = setting.rules.sections
    parts = list(parts_by_own_words(outline, sections))
    if facts:
        refuse_crowded(parts)
    told = {id(part): (rest, evaluations) for part, rest, evaluations in narrated(parts, sections.evaluations)}
    for part in parts if facts else ():
        paragraphs, evaluations = told.get(id(part), ([], []))
        own = list(read_part(part, paragraphs, setting) if id(part) in told else _staff(part, setting))
        for project, evaluated in read_evaluations(evaluated_in(part), evaluations, setting):
            projects.append(project)
            own.extend(evaluated)
        read = [*paragraphs, *map(figures_of, evaluations)] if id(part) in told else _passed_over(part)
        unread.extend(find_unread(part, read, own, setting.rules))
        found.extend(own)
    terms = [term for part in outline.parts if part.kind == SectionKind.GLOSSARY for term in read_glossary(part)]
    numbered = tuple(_numbered(_marked_repeats(_named(found, projects, cells, setting.rules))))
    return Reading(numbered, tuple(projects), tuple(terms), tuple(_sections(outline)), tuple(unread))


def _named(
    facts: Iterable[Fact], projects: Iterable[Project], cells: Sequence[TableCell], rules: RuleSet
) -> Sequence[Fact]:
    """The facts under the codes and names that the document's tables give them."""
    codes = CodeBook(cells, rules)
    named = list(codes.fill(facts))
    if any(Flag.FREE_NAME in fact.flags for fact in named):
        named = list(with_document_names(named, document_names(cells, projects, codes, rules.tables)))
    return by_arithmetic(anchored(named, cells, rules.equations, codes))


def narrated(
    parts: Sequence[Part], layout: EvaluationLayout
) -> Iterator[tuple[Part, list[Paragraph], list[Evaluation]]]:
    """Each part from which facts are taken: its paragraphs without self-evaluations, and its self-evaluations."""
    has_narrative = any(part.kind == SectionKind.NARRATIVE for part in parts)
    for part in parts:
        read = _is_read(part, has_narrative)
        evaluated = part.kind == SectionKind.ATTACHMENT or (read and part.topic == Topic.PERFORMANCE)
        evaluations: list[Evaluation] = []
        rest = list(part.paragraphs)
        if evaluated:
            evaluations, rest = find_evaluations(part.paragraphs, layout, part.heading)
        if read or evaluations:
            yield part, rest if read else [], evaluations  # of an attachment only the self-evaluations are read


def _passed_over(part: Part) -> list[Paragraph]:
    """What a part says from which no fact is taken, though its heading does not tell that it holds none.

    Only whole sentences: rows of a table that was taken for text end otherwise.
    """
    if part.kind not in _UNTOLD_KINDS or part.topic == SectionTopic.DUTY:
        return []
    return [paragraph for paragraph in part.paragraphs if paragraph.text.endswith("。")]


def parts_by_own_words(outline: Outline, sections: SectionRules) -> Iterator[Part]:
    """The parts to read: one without a heading is one for each run of paragraphs about the same thing by their words.

    Such words only choose the rules that read them; a figure without a name is about nothing more for it.
    """
    for part in outline.parts:
        if part.kind == SectionKind.OVERVIEW and not part.topic:
            yield replace(part, topic=Topic.STAFFING)  # what a body is: its offices, and who works there
            continue
        if part.heading or part.topic:
            yield part
            continue
        for topic, run in groupby(part.paragraphs, lambda paragraph: _topic_of(paragraph, sections)):
            yield replace(part, topic=topic.topic, files=topic.files, paragraphs=tuple(run))


def _topic_of(paragraph: Paragraph, sections: SectionRules) -> TopicRule:
    """What a paragraph without a heading is about; without money it may be about offices and people (单位构成。…)."""
    head = _head(paragraph)
    told, staff = sections.told_by(head), sections.topic(Topic.STAFFING)
    return staff if told == NO_TOPIC and head == squeeze(paragraph.text) and staff.words.search(head) else told


def _head(paragraph: Paragraph) -> str:
    """What a paragraph says before its first amount of money: what follows may be a part of something else."""
    return _AMOUNT.split(squeeze(paragraph.text), maxsplit=1)[0]


def _staff(part: Part, setting: ReadingContext) -> Iterator[Fact]:
    """Who works there, told among the body's tasks (主要职责), where figures of other kinds are no account's."""
    if part.kind in _OVERVIEWS:
        rules = _rules_of_staff(setting.rules)
        yield from read_part(replace(part, topic=Topic.STAFFING, files=""), part.paragraphs, setting, rules)


@functools.lru_cache(maxsize=8)
def _rules_of_staff(rules: RuleSet) -> tuple[FactRule, ...]:
    """What reads who works there among tasks."""
    return tuple(_among_tasks(rule) for rule in rules.facts if _tells_staff(rule))


def _tells_staff(rule: FactRule) -> bool:
    """Whether a rule reads among tasks, where deeds are counted, too: by its words, or as a list goes on."""
    if Topic.STAFFING not in rule.sections:
        return False
    return not rule.general or bool(rule.follows) or SectionTopic.DUTY in rule.sections


def _among_tasks(rule: FactRule) -> FactRule:
    """The rule as it reads among tasks: there 有 and 设 do not say that something is the body's own."""
    return replace(rule, follows=ALWAYS) if rule.follows else rule


def evaluated_in(part: Part) -> Part:
    """The part as a section about performance, which self-evaluations make of it."""
    return replace(part, topic=Topic.PROJECT, files=Topic.PERFORMANCE)


def _is_read(part: Part, has_narrative: bool) -> bool:
    if part.kind in _READ_KINDS:
        return part.topic != SectionTopic.DUTY
    if part.kind == "":  # no words tell what part it is of: an account all the same
        return part.topic != SectionTopic.DUTY
    if part.kind != SectionKind.OVERVIEW:
        return False
    # where a document has no part for them, figures stand in its overview
    return part.topic in _OVERVIEW_TOPICS or (part.topic in _MONEY_TOPICS and not has_narrative)


def _sections(outline: Outline) -> Iterator[Section]:
    for order, part in enumerate(outline.parts):
        last = max((p.last_page for p in part.paragraphs), default=part.page)
        yield Section(
            order=order, level=part.level, kind=part.kind, heading=part.heading, path=part.path, page_from=part.page,
            page_to=max(last, part.page), text="\n".join(p.text for p in part.paragraphs), topic=part.topic,
        )  # fmt: skip


def _marked_repeats(facts: Iterable[Fact]) -> Iterator[Fact]:
    """A second statement of the same figure is kept and flagged."""
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        text = fact.value_text if fact.value is None else ""
        key = (fact.item, fact.project, fact.measure, fact.basis, fact.value, fact.unit, fact.year, text)
        yield replace(fact, flags=(*fact.flags, Flag.REPEAT)) if key in seen else fact
        seen.add(key)


def _numbered(facts: Iterable[Fact]) -> Iterator[Fact]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for fact in facts:
        key = (fact.topic, fact.item, fact.measure)
        counts[key] += 1
        yield replace(fact, fact_id=f"{fact.topic}/{fact.item}/{fact.measure}/{counts[key]}")
