"""Names, units, slots and word lists (lexicon/*.yaml)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from jsextract.rules.file_types.words import ItemTopic, SectionTopicName, Text, Words


class ItemEntry(Struct, frozen=True, forbid_unknown_fields=True, rename={"within": "in", "name_patterns": "like"}):
    """A canonical name and how documents print it.

    Attributes:
        item: canonical name, as the dataset says it.
        topic: what a fact about it is filed under; of a name that is known already it may be left out.
        names: how documents print it; spaces, quotation marks and the width of brackets do not matter.
        name_patterns: regular expressions over the normal text, for names that hold a number or a free part.
        money, count: the item that an amount or a count right after the name belongs to.
        within: canonical name in sections about a topic.
        under: canonical name where it is listed as a part of that item.
        after: canonical name right after that item, in the sections of `in`.
        sides: the two items that figures in pairs are about, of a name for both sides.
        code: classification code where the name alone tells it.
        as_printed: whether the printed words are the name.
    """

    item: str
    topic: ItemTopic | None = None
    names: Words = ()
    name_patterns: Words = ()
    money: str | None = None
    count: str | None = None
    within: dict[SectionTopicName, str] | None = None
    under: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    sides: Words = ()
    code: str = ""
    as_printed: bool | None = None


class ItemFile(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/items.yaml."""

    items: tuple[ItemEntry, ...] = ()
    replace: tuple[ItemEntry, ...] = ()
    drop: Words = ()


class UnitFile(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/units.yaml: units by kind; what is dropped is a unit."""

    money: Words = ()
    percent: Words = ()
    count: dict[Literal["persons", "batches", "groups", "vehicles", "sets", "points", "pieces", "other"], Words] = (
        field(default_factory=dict)
    )
    drop: Words = ()


class SlotFile(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/slots.yaml: what a {slot} stands for; what is dropped is a slot.

    Attributes:
        words: slot → meaning → words.
        text: slot → regular expression over coded text.
    """

    words: dict[str, dict[str, Words]] = field(default_factory=dict)
    text: dict[str, Text] = field(default_factory=dict)
    replace: dict[str, Text] = field(default_factory=dict)
    drop: Words = ()


class StandingFile(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/standing.yaml: where a name of the code lists counts by itself; blank patterns say nothing new.

    Attributes:
        begins: what stands right before such a name.
        marks: the number of an entry, at the start of a paragraph or clause.
        follows: what follows a name anywhere: its figure, or which figure of it comes.
        at_head: what also follows at the head of an entry or paragraph.
        never: names that mean something else so often that they are never taken by themselves.
        drop: what is in `begins` or `never` no more.
    """

    begins: Words = ()
    marks: str = ""
    follows: str = ""
    at_head: str = ""
    never: Words = ()
    drop: Words = ()


class MisprintFile(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/misprints.yaml: long names that are known misprinted; `real` are names as near to them."""

    names: Words = ()
    real: Words = ()
    drop: Words = ()


class ReasonFile(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/reasons.yaml: keyword of a reason → regular expressions."""

    keywords: dict[Text, Words] = field(default_factory=dict)
    drop: Words = ()


class MetricFile(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/metrics.yaml: words around figures in project outputs; what is dropped is a word of any list."""

    reached: Words = ()
    opening: Words = ()
    done: Words = ()
    drop: Words = ()
