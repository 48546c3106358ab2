"""What the words of a heading make of the part below it, and how self-evaluations are laid out (章节规则)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.errors import PatternError
from jsextract.language.phrase import phrase
from jsextract.rules import overlay
from jsextract.rules.file_types import PartEntry, PartFile, ProjectFile, TopicEntry
from jsextract.rules.regexes import alternatives, compiled
from jsextract.rules.rule_files import Placed, files
from jsextract.vocabulary import SectionKind


class TopicRule(Struct, frozen=True):
    """What a section is about, by the words of its heading.

    Attributes:
        files: the topic under which its facts are filed, blank for each by its item.
        subject: what a figure without a name is about there.
        reads, ignores: headings that must have this topic, and such as must not.
    """

    topic: str
    words: regex.Pattern[str]
    files: str = ""
    subject: str = ""
    reads: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


NO_TOPIC = TopicRule("", regex.compile(r"(?!)"))
"""Of sections whose words tell nothing."""


class PartKind(Struct, frozen=True):
    """What a part of the document is (overview, tables, narrative…), by the words of its heading."""

    kind: str
    words: regex.Pattern[str]
    reads: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


class EvaluationLayout(Struct, frozen=True):
    """How a project's self-evaluation is printed (项目绩效自评综述).

    Attributes:
        heads: over normal text; the group `name` is the project, what follows are its figures.
        figures: figures with which a paragraph goes on after one that only names the project.
        title: a paragraph, or a heading, that only names a project.
        named: a project that running text names, by how its name ends; the group `name`.
        follows: what stands right behind such a name, up to its figures.
        done: after what it is told no more.
        label: what begins a part; the group that matched is its kind.
        numbers: what numbers the items of a part.
        reads: paragraphs and the projects that must be found in them; ignores those without any.
    """

    heads: tuple[regex.Pattern[str], ...]
    figures: regex.Pattern[str]
    title: regex.Pattern[str]
    named: regex.Pattern[str]
    follows: regex.Pattern[str]
    done: regex.Pattern[str]
    label: regex.Pattern[str]
    numbers: regex.Pattern[str]
    reads: tuple[tuple[str, tuple[str, ...]], ...]
    ignores: tuple[str, ...]


class SectionRules(Struct, frozen=True, eq=False):
    """Everything under patterns/sections/.

    Attributes:
        kinds: kinds of parts; the first whose words stand in a heading says it.
        endings: of headings; a numbered line without one is a paragraph.
        topics: what sections are about; the first whose words stand in a heading says it.
        evaluations: how self-evaluations of projects are laid out.
    """

    kinds: tuple[PartKind, ...]
    endings: tuple[str, ...]
    topics: tuple[TopicRule, ...]
    evaluations: EvaluationLayout

    def kind_of(self, words: str) -> str:
        """The kind of part that a heading's words tell; blank where they do not."""
        return next((kind.kind for kind in self.kinds if kind.words.search(words)), "")

    def topic_of(self, words: str) -> TopicRule | None:
        """What a heading's words say that its section is about."""
        return next((topic for topic in self.topics if topic.words.search(words)), None)

    def told_by(self, text: str) -> TopicRule:
        """What a paragraph without a heading is about: the one topic with a file of its own that its words name."""
        found = [topic for topic in self.topics if topic.files and topic.words.search(text)]
        return found[0] if len(found) == 1 else NO_TOPIC

    def topic(self, name: str) -> TopicRule:
        """The topic of that name; NO_TOPIC for a blank one.

        Raises:
            KeyError: if there is none.
        """
        return {"": NO_TOPIC, **{topic.topic: topic for topic in reversed(self.topics)}}[name]

    @property
    def topic_names(self) -> tuple[str, ...]:
        """What sections are about, each once."""
        return tuple(dict.fromkeys(topic.topic for topic in self.topics))


def load_sections(folders: Sequence[Path]) -> SectionRules:
    """The rules of all these folders.

    Raises:
        PatternError: if a file does not load.
    """
    topics, parts = files(folders, "sections/topics"), files(folders, "sections/parts")
    entries: overlay.Entries[TopicEntry] = overlay.entries(topics, lambda entry: entry.topic, "topics")
    first = [entry for file in reversed(topics) for entry in overlay.listed(file, "first")]
    return SectionRules(
        kinds=tuple(map(_kind, _kinds(parts).values())),
        endings=_endings(parts),
        topics=tuple(map(_topic, (*first, *entries.values()))),
        evaluations=_evaluations(files(folders, "sections/projects")),
    )


def _topic(placed: Placed[TopicEntry]) -> TopicRule:
    entry = placed.value
    with overlay.blamed(placed):
        words = alternatives(entry.words)
        return TopicRule(entry.topic, words, entry.files, entry.subject, entry.reads, entry.ignores)


def _kinds(own: Iterable[Placed[PartFile]]) -> overlay.Entries[PartEntry]:
    """The kinds of parts in force; what is dropped may be an ending, too."""
    kinds = (file.at(value=replace(file.value, drop=_drops(file.value, SectionKind))) for file in own)
    return overlay.entries(kinds, lambda entry: entry.kind, "kinds")


def _endings(own: Iterable[Placed[PartFile]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for file in own:
        overlay.drop(found, file.at(value=replace(file.value, drop=_drops(file.value, SectionKind, kinds=False))))
        found.update(dict.fromkeys(file.value.endings))
    return tuple(found)


def _drops(file: PartFile, kinds_of: type[SectionKind], *, kinds: bool = True) -> tuple[str, ...]:
    return tuple(name for name in file.drop if (name in tuple(kinds_of)) == kinds)


def _kind(placed: Placed[PartEntry]) -> PartKind:
    entry = placed.value
    with overlay.blamed(placed):
        return PartKind(entry.kind, alternatives(entry.words), entry.reads, entry.ignores)


def _evaluations(own: Sequence[Placed[ProjectFile]]) -> EvaluationLayout:
    """The layout in force: heads and labels add up, the other patterns are those that were given last.

    Raises:
        PatternError: for a pattern that does not compile, a head without a name, or a head to drop that is not there.
    """
    heads: dict[str, regex.Pattern[str]] = {}
    labels: dict[str, tuple[str, ...]] = {}
    last: dict[str, regex.Pattern[str]] = {}
    for file in own:
        overlay.drop(heads, file)
        for at, source in enumerate(file.value.heads):
            with overlay.blamed(file.at("heads", at, value=None)):
                heads[source] = compiled(source)
                if "name" not in heads[source].groupindex:
                    raise PatternError(phrase("a head needs the group (?P<name>…)."))
        for kind, words in file.value.labels.items():
            with overlay.blamed(file.at("labels", kind, value=None)):
                alternatives(words)
            labels[kind] = (*labels.get(kind, ()), *words)
        for name in ("figures", "title", "named", "follows", "done", "numbers"):
            if source := getattr(file.value, name):
                with overlay.blamed(file.at(name, value=None)):
                    last[name] = compiled(source)
    label = "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in labels.items())
    with overlay.blamed(own[-1].at("labels", value=None)):
        marked = compiled(rf"(?:{label})(?:(?:是|为|有|如下)?[：:]|(?=主要|一是|1[.、]|（1）|①|[。]?$))")
    return EvaluationLayout(
        heads=tuple(heads.values()),
        figures=last["figures"],
        title=last["title"],
        named=last["named"],
        follows=last["follows"],
        done=last["done"],
        label=marked,
        numbers=last["numbers"],
        reads=tuple((example.say, example.projects) for file in own for example in file.value.reads),
        ignores=tuple(say for file in own for say in file.value.ignores),
    )
