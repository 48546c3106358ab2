"""What the words of a heading make of the part below it, and how self-evaluations are laid out (章节规则)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from jsextract.rules import rule_files


@dataclass(frozen=True, slots=True)
class TopicRule:
    """What a section is about, by the words of its heading.

    Attributes:
        files: the topic under which its facts are filed, blank for each by its item.
        subject: what a figure without a name is about there.
    """

    topic: str
    words: re.Pattern[str]
    files: str = ""
    subject: str = ""


NO_TOPIC = TopicRule("", re.compile(r"(?!)"))
"""Of sections whose words tell nothing."""


@dataclass(frozen=True, slots=True)
class PartKind:
    """What a part of the document is (overview, tables, narrative…), by the words of its heading."""

    kind: str
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class EvaluationLayout:
    """How a project's self-evaluation is printed (项目绩效自评综述).

    Attributes:
        heads: over normal text; the group `name` is the project, what follows are its figures.
        figures: figures with which a paragraph goes on after one that only names the project.
        title: a paragraph, or a heading, that only names a project.
        label: what begins a part; the group that matched is its kind.
        numbers: what numbers the items of a part.
    """

    heads: tuple[regex.Pattern[str], ...]
    figures: regex.Pattern[str]
    title: regex.Pattern[str]
    label: regex.Pattern[str]
    numbers: regex.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class SectionRules:
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
    """The rules of the shipped folder, which comes first.

    Raises:
        PatternError: if a file does not load.
    """
    folder = folders[0] / "sections"
    parts = rule_files.read_yaml(folder / "parts.yaml")
    topics = rule_files.read_yaml(folder / "topics.yaml")["topics"]
    return SectionRules(
        kinds=tuple(PartKind(entry["kind"], re.compile("|".join(entry["words"]))) for entry in parts["kinds"]),
        endings=tuple(parts["endings"]),
        topics=tuple(TopicRule(**{**entry, "words": re.compile("|".join(entry["words"]))}) for entry in topics),
        evaluations=_evaluations(rule_files.read_yaml(folder / "projects.yaml")),
    )


def _evaluations(data: dict[str, Any]) -> EvaluationLayout:
    labels = "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in data["labels"].items())
    return EvaluationLayout(
        tuple(regex.compile(head) for head in data["heads"]),
        regex.compile(data["figures"]),
        regex.compile(data["title"]),
        regex.compile(rf"(?:{labels})(?:(?:是|为|有|如下)?[：:]|(?=主要|一是|1[.、]|（1）|①|[。]?$))"),
        regex.compile(data["numbers"]),
    )
