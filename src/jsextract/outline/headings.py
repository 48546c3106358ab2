"""Parts and sections, found by the words of their headings; the table of contents told from the body.

Printed numbers are support only: real documents skip and repeat them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.outline.contents import split_contents, without_leaders
from jsextract.outline.flow import Paragraph, ends_sentence, paragraphs
from jsextract.outline.heading_lines import heading_words, is_heading, is_running, join_headings, named_parts
from jsextract.outline.run_on import Place, RunOn, run_on
from jsextract.outline.styled import StyleRanks, is_styled
from jsextract.rules.sections import NO_TOPIC, SectionRules, TopicRule
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NO_ORDINAL, ordinal_level, ordinal_number
from jsextract.vocabulary import SectionKind, Topic

_COUNTED = re.compile(r"\d(?:[万亿]?元|%|[个家人名辆台套批次])")


class Part(Struct, frozen=True):
    """A heading and what stands under it, up to the next heading of any level.

    Attributes:
        kind: overview, tables, narrative, other, glossary, attachment.
        topic: what it is about, blank when its words do not tell.
        files: the topic under which its facts are filed, blank for each by its item.
        subject: what a figure without a name is about here.
    """

    level: int
    kind: str
    heading: str
    path: str
    topic: str
    files: str
    subject: str
    page: int
    paragraphs: tuple[Paragraph, ...]


class Outline(Struct, frozen=True):
    """A document's prose in order: what stands before the body, then its parts.

    Attributes:
        cover: lines before the table of contents (or before the body).
        contents: lines of the table of contents (目录).
    """

    cover: tuple[Line, ...]
    contents: tuple[Line, ...]
    parts: tuple[Part, ...]


def _body_start(run: Sequence[Line], sections: SectionRules) -> int:
    """Without contents the body begins with its first heading, or with its first running text before that."""
    texts = [without_leaders(line.text) for line in run]
    first = next((i for i, t in enumerate(texts) if t and ordinal_level(t) <= 1 and is_heading(t, sections)), None)
    styled = next((i for i, line in enumerate(run) if is_styled(line, sections)), None)
    first = min((i for i in (first, styled) if i is not None), default=None)
    text = next((i for i, line in enumerate(run) if is_running(line)), None)
    if text is None:
        return _cover_alone(run) if first is None else first
    inner = next((i for i, t in enumerate(texts[:text]) if ordinal_level(t) < NO_ORDINAL), text)
    return inner if first is None else min(first, inner)


def _cover_alone(run: Sequence[Line]) -> int:
    """Where the cover ends of what has neither headings nor text: with its page, or before what is counted first."""
    return next((i for i, line in enumerate(run) if line.page != run[0].page or _COUNTED.search(line.normal)), len(run))


def cover_lines(lines: Iterable[Line], sections: SectionRules) -> tuple[Line, ...]:
    """The lines before the table of contents, or before the body, of a document's prose."""
    run = named_parts(lines)
    return tuple(run[: _divided(run, sections)[0]])


def outline(lines: Iterable[Line], sections: SectionRules) -> Outline:
    """The document's prose as parts; every line of the body belongs to exactly one."""
    run = named_parts(lines)
    start, end = _divided(run, sections)
    about = _title_topic(run[:start], sections) if start == end else NO_TOPIC
    parts = _parts_under_headings(join_headings(run[end:], sections), sections, about)
    return Outline(tuple(run[:start]), tuple(run[start:end]), tuple(parts))


def _divided(run: Sequence[Line], sections: SectionRules) -> tuple[int, int]:
    """Where the contents begin and end, both at the body's first heading where there are none."""
    start, end = split_contents(run)
    if start == end:
        start = end = _body_start(run, sections)
    return start, end


def _title_topic(cover: Sequence[Line], sections: SectionRules) -> TopicRule:
    """What a statement of one kind of spending is about throughout, by its title (三公经费决算情况说明)."""
    words = squeeze("".join(line.text for line in cover[: LAYOUT.cover.page_lines]))
    topic = sections.topic_of(words)
    whole = topic is None or not topic.files or re.search("(?:部门|单位)决算(?!中?的?(?:公开)?三公)", words)
    return NO_TOPIC if topic is None or whole else topic


def _parts_under_headings(
    pieces: Iterable[tuple[str, list[Line]]], sections: SectionRules, about: TopicRule
) -> Iterable[Part]:
    """The parts that headings open; what stands before the first one is a part without a heading.

    Args:
        pieces: headings and lines, in order.
        sections: what words headings have.
        about: the topic of all that no heading gives another one.
    """
    pieces = list(pieces)
    styled = [lines[0] for title, lines in pieces if title and is_styled(lines[0], sections)]
    above = _Above(sections, about, StyleRanks.of(styled, sections))
    heading, page = "", 0
    body: list[Line] = []
    for title, lines in pieces:
        begun = None if title else above.run_on(lines[0], body)
        if not title and begun is None:
            page = page or lines[0].page
            body.extend(lines)
            continue
        if heading or body:
            yield above.part(heading, body, page)
        heading = begun.heading if begun else " ".join(title.split())
        body, page = lines if begun else [], lines[0].page
        above.turn(heading, begun.topic if begun else None, level=lines[0].level if lines[0] in styled else 0)
    if heading or body:
        yield above.part(heading, body, page)


class _Above:
    """The headings that are open, and what they make of the text below.

    Attributes:
        headings: rank, heading, kind of part.
        topics: rank and topic of those that tell one.
        number: of the last section (一、), 0 before the first of a part.
    """

    def __init__(self, sections: SectionRules, about: TopicRule, styles: StyleRanks) -> None:
        self.sections, self.styles = sections, styles
        self.headings: list[tuple[int, str, str]] = []
        self.topics: list[tuple[int, TopicRule]] = [(-1, about)] if about.topic else []
        self.number = 0

    def run_on(self, line: Line, body: Sequence[Line]) -> RunOn | None:
        """The heading that a line of text begins with, where it begins a paragraph."""
        if self.headings and self.headings[-1][2] == SectionKind.GLOSSARY:
            return None
        if body and line.box is not None and not ends_sentence(body[-1].text):
            return None
        rank = ordinal_level(squeeze(line.text))
        above = next((topic for at, topic in reversed(self.topics) if at < rank), NO_TOPIC)
        beside = next((topic for at, topic in self.topics if at == rank), NO_TOPIC)
        return run_on(line, Place(above, beside, self.number), self.sections)

    def turn(self, heading: str, told: TopicRule | None = None, level: int = 0) -> None:
        """Opens a heading; `told` is its topic where its words were looked at already, `level` that of its style."""
        text = squeeze(heading)
        words = heading_words(text)
        rank = self.styles.rank(level, words, self.sections) if level else ordinal_level(text)
        if rank <= 1:
            self.number = ordinal_number(text) if rank else 0
        while self.headings and self.headings[-1][0] >= rank:
            self.headings.pop()
        while self.topics and self.topics[-1][0] >= rank:
            self.topics.pop()
        inherited = self.headings[-1][2] if self.headings else ""
        under_part = any(at == 0 for at, _, _ in self.headings)
        said = told is None and rank <= 1 and (rank == 0 or not under_part)
        kind = self.sections.kind_of(words) if said else ""
        self.headings.append((rank, heading, kind or inherited or self.sections.kind_of(words)))
        topic = told or self.sections.topic_of(words)
        if topic is None or not topic.topic or not (rank > 0 or topic.topic == Topic.GLOSSARY):
            return
        if not _is_general(topic, self.topics):
            self.topics.append((rank, topic))

    def part(self, heading: str, body: list[Line], page: int) -> Part:
        """The part under the innermost open heading, once its lines are complete."""
        topic = self.topics[-1][1] if self.topics else NO_TOPIC
        return Part(
            level=len(self.headings),
            kind=self.headings[-1][2] if self.headings else SectionKind.OTHER,
            heading=heading,
            path="/".join(h for _, h, _ in self.headings),
            topic=topic.topic,
            files=topic.files,
            subject=topic.subject,
            page=page,
            paragraphs=tuple(paragraphs(body)),
        )


def _is_general(topic: TopicRule, above: list[tuple[int, TopicRule]]) -> bool:
    """总体情况 under 三公 is still about 三公: what files its facts is not undone by what does not.

    支出情况 under 一般公共预算财政拨款支出 is about the spending of that fund and not of all.
    """
    if not above or topic.files:
        return False
    told = above[-1][1]
    return bool(told.files) or (told.topic == Topic.FUNCTION and topic.topic in {Topic.TOTALS, Topic.EXPENDITURE})


def part_about(topic: str, sections: SectionRules, paragraphs: tuple[Paragraph, ...] = ()) -> Part:
    """A section about `topic` (one of `sections`, or blank), as its heading would make it.

    Raises:
        KeyError: if there is no such topic.
    """
    found = sections.topic(topic)
    return Part(
        level=1, kind=SectionKind.NARRATIVE, heading="", path="", topic=topic, files=found.files,
        subject=found.subject, page=0, paragraphs=paragraphs,
    )  # fmt: skip
