"""What headings mean (sections/*.yaml)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from jsextract.rules.file_types.words import SectionTopicName, Text, Words
from jsextract.vocabulary import SectionKind


class HeadingExamples(Struct, frozen=True, forbid_unknown_fields=True):
    """Headings of which a topic or kind must know some and must leave some alone."""

    reads: Words = ()
    ignores: Words = ()


class TopicEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a section is about, by words of its heading.

    Attributes:
        topic: what facts may be filed under; names may mean their longer form there.
        words: regular expressions over the heading without its number; one must be found.
        files: the topic under which its facts are filed, blank for each by its item.
        subject: what a figure without a name is about there.
        reads: headings that it must be the topic of; `ignores` headings that it must not.
    """

    topic: SectionTopicName
    words: Annotated[Words, Meta(min_length=1)]
    reads: Words
    ignores: Annotated[Words, Meta(min_length=1)]
    files: SectionTopicName = ""
    subject: str = ""


class TopicFile(Struct, frozen=True, forbid_unknown_fields=True):
    """sections/topics.yaml; the first topic whose words stand in a heading is its topic.

    Attributes:
        first: further topics that are looked for before all others.
    """

    first: tuple[TopicEntry, ...] = ()
    topics: tuple[TopicEntry, ...] = ()
    replace: tuple[TopicEntry, ...] = ()
    drop: Words = ()


class PartEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of part, by words of its heading; `reads` and `ignores` are headings that prove it."""

    kind: SectionKind
    words: Annotated[Words, Meta(min_length=1)]
    reads: Annotated[Words, Meta(min_length=1)]
    ignores: Annotated[Words, Meta(min_length=1)]


class PartFile(Struct, frozen=True, forbid_unknown_fields=True):
    """sections/parts.yaml; what is dropped is a kind or an ending."""

    kinds: tuple[PartEntry, ...] = ()
    replace: tuple[PartEntry, ...] = ()
    endings: Words = ()
    drop: Words = ()


class ProjectExample(Struct, frozen=True, forbid_unknown_fields=True):
    """A paragraph and the projects whose self-evaluations it holds."""

    say: Text
    projects: Words = ()


class ProjectFile(Struct, frozen=True, forbid_unknown_fields=True):
    """sections/projects.yaml: how a project's self-evaluation is printed; blank patterns say nothing new.

    Attributes:
        heads: over normal text; the group `name` is the project, what follows are its figures.
        figures: figures with which a paragraph goes on after one that only names the project.
        title: a paragraph, or a heading, that only names a project.
        named: in running text, over the group `name`, a project by how its name ends; a quoted name is one, too.
        follows: what must stand right behind such a name: its money or its score, which begin where this ends.
        done: where a project of running text ends: after this match something else is told.
        labels: what begins a part; the text up to the next label or the end belongs to it.
        numbers: what numbers the items of a part.
        reads: paragraphs with the projects that must be found; `ignores` paragraphs without any.
    """

    heads: Words = ()
    figures: str = ""
    title: str = ""
    named: str = ""
    follows: str = ""
    done: str = ""
    labels: dict[Literal["outputs", "problems", "improvements"], Words] = field(default_factory=dict)
    numbers: str = ""
    reads: tuple[ProjectExample, ...] = ()
    ignores: Words = ()
    drop: Words = ()
