"""The narrative as a whole: which sections are read by what, facts numbered, codes told by the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Section
from jsextract.model.report import Fact, Project, TableCell, Term
from jsextract.narrative.facts import read_part
from jsextract.narrative.glossary import read_glossary
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.projects import Evaluation, figures_of, find_evaluations, read_evaluations
from jsextract.narrative.unread import Unread, find_unread
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Outline, Part
from jsextract.rules.code_list import code_of
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.sections import EvaluationLayout, SectionRules
from jsextract.rules.table_definitions import TableKind, with_kind
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag, SectionKind, SectionTopic, Topic

_READ_KINDS = frozenset({SectionKind.NARRATIVE, SectionKind.OTHER})
_UNTOLD_KINDS = frozenset({"", SectionKind.OVERVIEW, SectionKind.TABLES})
_OVERVIEW_TOPICS = frozenset({Topic.STAFFING, ""})
_OVERVIEWS = frozenset({SectionKind.OVERVIEW, ""})
_MONEY_TOPICS = frozenset({
    Topic.TOTALS, Topic.INCOME, Topic.EXPENDITURE, Topic.FUNCTION, Topic.THREE_PUBLIC, Topic.OPERATING,
    Topic.PROCUREMENT, Topic.ASSETS, Topic.PERFORMANCE, Topic.FUND, Topic.STATE_CAPITAL, Topic.POVERTY,
    SectionTopic.FISCAL_TOTALS, SectionTopic.FISCAL_BASIC, SectionTopic.CONFERENCE, SectionTopic.GENERAL,
    SectionTopic.LIVELIHOOD,
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
    """
    found: list[Fact] = []
    projects: list[Project] = []
    unread: list[Unread] = []
    sections = setting.rules.sections
    parts = list(parts_by_own_words(outline, sections))
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
    with_codes = CodeBook(cells, setting.rules).fill(found)
    numbered = tuple(_numbered(_marked_repeats(with_codes)))
    return Reading(numbered, tuple(projects), tuple(terms), tuple(_sections(outline)), tuple(unread))


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
        if part.heading or part.topic:
            yield part
            continue
        for topic, run in groupby(part.paragraphs, lambda paragraph: sections.told_by(squeeze(paragraph.text))):
            yield replace(part, topic=topic.topic, files=topic.files, paragraphs=tuple(run))


def _staff(part: Part, setting: ReadingContext) -> Iterator[Fact]:
    """Who works there, told among the body's tasks (主要职责), where figures of other kinds are no account's."""
    if part.kind in _OVERVIEWS:
        rules = [rule for rule in setting.rules.facts if Topic.STAFFING in rule.sections]
        yield from read_part(replace(part, topic=Topic.STAFFING, files=""), part.paragraphs, setting, rules)


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


class CodeBook:
    """Code and name pairs that the document's own tables print, to tell codes of items named in prose."""

    def __init__(self, cells: Iterable[TableCell], rules: RuleSet) -> None:
        coded, lexicon = with_kind(rules.tables, TableKind.CODED), rules.lexicon
        self.listed = lexicon.coded
        self.names: dict[str, str] = {}
        for cell in cells:
            if cell.table in coded and len(cell.code) in {3, 5, 7}:
                self.names.setdefault(cell.code, cell.item)
        self.by_path = {self._key(self.path(code)): code for code in self.names}
        classes = [(code, name) for code, name in (*lexicon.functions.items(), *self.names.items()) if len(code) == 3]
        self.classes = {squeeze(name): code for code, name in classes}
        entries = Counter(squeeze(name) for code, name in self.names.items() if len(code) == 7)
        self.by_name = {squeeze(n): c for c, n in self.names.items() if len(c) == 7 and entries[squeeze(n)] == 1}

    def path(self, code: str) -> str:
        """类/款/项 by the tables, as far as they name them."""
        parts = [self.names.get(code[:n], "") for n in (3, 5, 7) if n <= len(code)]
        return "/".join(p for p in parts if p)

    @staticmethod
    def _key(path: str) -> str:
        return squeeze(path).replace("支出", "")

    def fill(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Function items with their codes; an item named by its code or its own name alone gets its path."""
        for fact in facts:
            if fact.topic not in {Topic.FUNCTION, Topic.FUND, Topic.STATE_CAPITAL, Topic.EXPENDITURE}:
                yield fact
            elif fact.code and "/" not in fact.item and len(fact.code) > 3 and self.path(fact.code).count("/"):
                yield replace(fact, item=self.path(fact.code))
            elif fact.code:
                yield fact
            elif "/" in fact.item:
                code = self.by_path.get(self._key(fact.item)) or self.by_name.get(squeeze(fact.item.split("/")[-1]), "")
                yield replace(fact, code=code)
            elif squeeze(fact.item) in self.classes:
                yield replace(fact, code=self.classes[squeeze(fact.item)])
            else:
                yield self._named(fact)

    def _named(self, fact: Fact) -> Fact:
        """An item by its name alone: the tables tell its code, else the list of its year, if that has but one."""
        name = squeeze(fact.item)
        code = self.by_name.get(name) or code_of(self.listed.get(name, ()), fact.year)
        path = self.path(code)
        return replace(fact, code=code, item=path if path.count("/") else fact.item)
