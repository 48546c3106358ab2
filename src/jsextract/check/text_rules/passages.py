"""What the text rules look at: every passage of a document with its place, and its tables' titles and notes."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import regex
from msgspec import Struct

from jsextract.language.phrase import Phrase, noted, phrase, verbatim
from jsextract.model.report import Report
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Outline, Part
from jsextract.rules.ruleset import RuleSet
from jsextract.tables.lost import LostTable
from jsextract.text.normal import NormalText, normalise, squeeze
from jsextract.text.sentences import sentence_around

_PLACES = {
    "cover": noted("cover"),
    "contents": noted("contents"),
    "heading": noted("heading"),
    "text": noted("text"),
    "title": noted("table title"),
    "note": noted("note to a table"),
    "label": noted("line over a table"),
}
_REMARK = regex.compile(r"(?<=.)（[^（）]{8,}）$")


class PrintedTable(Struct, frozen=True):
    """A table as its surroundings show it.

    Attributes:
        table_id: T1..T9, X1, X2….
        name: the standard table's name; blank for others.
        above: lines over it that are neither title nor unit.
        notes: lines under it.
        filled: whether any cell holds a number other than zero.
        blank: whether no cell holds a number, and none that was not understood prints an amount.
        guessed: whether it was read without rulings, or in doubt, so that it may not be whole.
    """

    table_id: str
    name: str
    title: str
    pages: tuple[int, ...]
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    filled: bool = True
    blank: bool = False
    guessed: bool = False


class Announced(Struct, frozen=True):
    """A standard table that the contents or the head of the tables' part names."""

    table_id: str
    text: str
    page: int


class Passage(Struct, frozen=True):
    """A run of text that stands together.

    Attributes:
        place: cover, contents, heading, text, title, note or label (a line over a table).
        page: where it begins; 0 for plain text.
        section: headings above it, joined with `/`.
        topic, kind: of its section; of a table's passages its id stands in `topic`.
    """

    place: str
    normal: NormalText
    page: int
    section: str = ""
    topic: str = ""
    kind: str = ""
    paragraph: Paragraph | None = None

    @property
    def text(self) -> str:
        """The normal text, for matching."""
        return self.normal.text

    def quote(self, start: int, end: int) -> str:
        """What is printed for normal characters `start` to `end`, without its spaces."""
        return "".join(self.normal.raw_text(start, end).split())

    def page_of(self, start: int, end: int) -> int:
        """The page on which normal characters `start` to `end` begin."""
        if self.paragraph is None:
            return self.page
        return self.paragraph.place(*self.normal.raw_span(start, end))[0]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The normal characters of the sentence around `start` to `end`, its full stop included."""
        return sentence_around(self.text, start, end)


class Printed(Struct, frozen=True, dict=True):
    """One document for the text rules.

    Attributes:
        report: what it claims; its checks are not made yet.
        outline: its prose in parts.
        rules: those in force.
        tables: in reading order.
        announced: the standard tables that contents and lists name.
        whole: whether every page could be read.
        lost: the standard tables that were not read.
        recognised: the pages whose characters were recognised in a picture, wholly or in part.
        at: the file's page for each that is only a part of one.
    """

    report: Report
    outline: Outline
    rules: RuleSet
    tables: tuple[PrintedTable, ...] = ()
    announced: tuple[Announced, ...] = ()
    whole: bool = True
    lost: tuple[LostTable, ...] = ()
    recognised: frozenset[int] = frozenset()
    at: Mapping[int, int] = MappingProxyType({})

    def in_file(self, page: int) -> int:
        """The page of the file on which a page is, for people."""
        return self.at.get(page, page)

    def topic_of(self, table_id: str) -> str:
        """What a standard table is about; blank for other tables."""
        return next((table.topic for table in self.rules.tables if table.id == table_id), "")

    @functools.cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in reading order; those of tables follow."""
        return (*self._before(), *self._body(), *self._around_tables())

    def texts(self) -> Iterator[Passage]:
        """The paragraphs of the body."""
        return (passage for passage in self.passages if passage.place == "text")

    def _before(self) -> Iterator[Passage]:
        cover = [line for line in self.outline.cover if line.text.strip()]
        if cover:
            yield Passage("cover", normalise("".join(line.text for line in cover[:14])), cover[0].page)
        for line in self.outline.contents:
            yield Passage("contents", normalise(line.text), line.page)

    def _body(self) -> Iterator[Passage]:
        for part in self.outline.parts:
            if part.heading:
                yield _passage("heading", part, normalise(part.heading), part.page)
            for paragraph in part.paragraphs:
                yield _passage("text", part, normalise(paragraph.text), paragraph.page, paragraph)

    def _around_tables(self) -> Iterator[Passage]:
        for table in self.tables:
            for place, lines in (("title", (table.title,)), ("label", table.above), ("note", table.notes)):
                for line in lines:
                    if line.strip():
                        yield Passage(place, normalise(line), table.pages[0], table.title, table.table_id, "tables")


def _passage(place: str, part: Part, normal: NormalText, page: int, paragraph: Paragraph | None = None) -> Passage:
    return Passage(place, normal, page, part.path, part.topic, part.kind, paragraph)


def place_name(where: str) -> Phrase:
    """A heading as it is, a kind of passage in words."""
    return phrase(_PLACES[where]) if where in _PLACES else verbatim(where)


def last_heading(section: str) -> str:
    """The innermost heading of a path, without a remark in brackets at its end."""
    heading = squeeze(section.rsplit("/", 1)[-1])
    return _REMARK.sub("", heading) or heading
