"""Rules that read sentences (facts/*.yaml)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from jsextract.rules.file_types.words import (
    LEAST_IGNORES,
    LEAST_READS,
    MeasureOrSlot,
    Otherwise,
    RuleId,
    Scalar,
    SectionTopicName,
    Text,
    Words,
)


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule states when it matches: one fact.

    Attributes:
        measure: one of CONTRACT's measures, `listed` for what the list inherits, or `{slot}`.
        item: a name, `{slot}`, `recent.2` for the last thing named but one, `each` for as many of those as the value
            slot has figures, in order, `side.支出` for that side of what was told before, or blank for what is
            talked about.
        value: the slot that holds the value (or the text).
        basis: a name, `{slot}`, `context` (what is being compared with) or `parent` (whose parts are listed).
        year: `{slot}`, `prior`, or blank for the document's year.
        topic: where it is filed, blank for the item's or the section's.
        sign: `{slot}` of a direction, `figures` where final and budget tell it, blank where the value carries its own.
        text: what a text fact says, where the words only mean it.
        otherwise: the measure where `listed` has nothing to inherit.
    """

    measure: MeasureOrSlot
    item: str = ""
    value: str = "value"
    basis: str = ""
    year: str = ""
    topic: str = ""
    sign: str = ""
    text: str = ""
    otherwise: Otherwise = "final"
    flags: Words = ()


WantedKey = Literal[
    "item", "item_text", "measure", "basis", "value", "unit", "direction", "year", "topic", "project", "quote"
]
"""What an example may say of a fact."""


class FactExample(Struct, frozen=True, forbid_unknown_fields=True, rename={"within": "in"}):
    """A sentence, the section that it stands in, and the facts that must come of it (none: it must not be read).

    Attributes:
        facts: what must be among the facts; `quote` is the characters of the sentence that hold the value.
        known_gap: why it does not work yet.
        read_by: of a counter-example, the rules of other families that read it, and rightly.
    """

    say: Text
    within: SectionTopicName = ""
    facts: tuple[dict[WantedKey, Scalar], ...] = ()
    known_gap: str = ""
    read_by: Words = ()


class FactEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule: what it reads, and the sentences that it must and must not read.

    Attributes:
        pattern: a regular expression over coded text, with slots.
        facts: what it states.
        sections: topics of sections where it may read; empty for all.
        subject: the slot (or name) that becomes the subject; blank leaves the subject as it is.
        basis: the slot that becomes what later changes are measured against.
        opens: whether parts of the subject follow; of a rule without facts, its slot `measure` tells what they measure.
        general: whether it reads only what no other rule reads, by the build of the clause and not by its words.
        follows: a slot; where the pattern leaves it empty, the clause is read only if the figure before it in its
            sentence was: a list goes on, whatever it lists. `always`: nowhere else.
        pair: the slots of the two things that paired figures are about, each with the name that it has where none is
            printed; remembered for the pairs that follow.
        note: what it reads, for people.
    """

    id: RuleId
    pattern: Text
    reads: Annotated[tuple[str | FactExample, ...], Meta(min_length=LEAST_READS)]
    ignores: Annotated[tuple[str | FactExample, ...], Meta(min_length=LEAST_IGNORES)]
    facts: tuple[Claim, ...] = ()
    sections: tuple[SectionTopicName, ...] = ()
    subject: str = ""
    basis: str = ""
    opens: bool = False
    general: bool = False
    follows: str = ""
    pair: dict[str, str] = field(default_factory=dict)
    note: str = ""


class FactFile(Struct, frozen=True, forbid_unknown_fields=True):
    """facts/*.yaml: the rules of one family."""

    family: Text
    rules: tuple[FactEntry, ...] = ()
    replace: tuple[FactEntry, ...] = ()
    drop: Words = ()
