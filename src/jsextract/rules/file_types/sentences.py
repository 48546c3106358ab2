"""Whole sentences that prove the rules (sentences/*.yaml)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from jsextract.rules.file_types.words import SectionTopicName, Words
from jsextract.vocabulary import SECTION_TOPICS


class SentenceEntry(Struct, frozen=True, forbid_unknown_fields=True, rename={"within": "in"}):
    """A sentence (or a few paragraphs) in a section about a topic, and what a careful reader takes from it.

    Attributes:
        say: one printed sentence, or several paragraphs that follow each other.
        gives: `item | measure@basis | value unit` for every number, none left out and none more.
        tells: `item | measure@basis | text` for texts that must be among what is told.
        year: the fiscal year of the document that it stands in.
    """

    say: str | Words
    within: SectionTopicName = ""
    gives: Words = ()
    tells: Words = ()
    year: int | None = None


if TYPE_CHECKING:
    Anywhere = str
else:
    Anywhere = Literal[("anywhere", *map(str, SECTION_TOPICS.words))]


class SentenceFile(Struct, frozen=True, forbid_unknown_fields=True):
    """sentences/*.yaml: what proves the rules; `nothing` are sentences, by topic, that give no fact."""

    sentences: tuple[SentenceEntry, ...] = ()
    nothing: dict[Anywhere, Words] = field(default_factory=dict)
