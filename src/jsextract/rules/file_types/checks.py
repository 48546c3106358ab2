"""Equations, denominators and rules about words (checks/)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from jsextract.rules.file_types.words import Code, RuleId, SectionTopicName, Text, Words
from jsextract.vocabulary import CheckStatus, Measure, Severity


class EquationExample(Struct, frozen=True, forbid_unknown_fields=True):
    """Figures by name, as printed (a list for sum(name.*)), and the status that they must give."""

    status: CheckStatus
    figures: dict[str, str | tuple[str, ...]]
    unit: str = "万元"


class EquationEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Equations that must hold, and where they apply; one of `equation`, `equations` and `any_of` is given.

    Attributes:
        says, says_zh: what must hold, for docs/checks.md, in English and in Chinese.
        each: what it is tried on; a chapter is a section with those below it.
        equations: each makes a row of its own; of `any_of` one must hold, since forms differ.
        tables: the tables whose rows or columns it is about; all that its names speak of where it is about several.
        also: other names that stand for a name of the equation.
        needs: names without which it does not apply; `lacks` names with which it does not.
        without: rows, or columns, that are no part of a sum, since they show the same or other money.
        topics: whose facts it is about; `measures` which of them, the equation is tried on each.
        sections: what the path of their section holds; not_sections what it does not hold.
        listed: whether the parts of a list may be incomplete, so that a total above their sum is no error for sure.
        single: whether it binds documents of a single unit only.
    """

    id: RuleId
    says: Text
    each: Literal["row", "column", "code", "document", "class", "item", "statement", "section", "chapter", "topic"]
    examples: Annotated[tuple[EquationExample, ...], Meta(min_length=1)]
    equation: str = ""
    equations: Words = ()
    any_of: Words = ()
    severity: Severity = Severity.ERROR
    tables: Words = ()
    side: str = ""
    also: dict[str, Words] = field(default_factory=dict)
    needs: Words = ()
    lacks: Words = ()
    without: Words = ()
    topics: Words = ()
    measures: tuple[Measure, ...] = (Measure.FINAL,)
    sections: str = ""
    not_sections: str = ""
    listed: bool = False
    single: bool = False
    says_zh: str = ""


class EquationFile(Struct, frozen=True, forbid_unknown_fields=True):
    """checks/*.yaml; `rows` are names of rows that equations use and no table defines."""

    rows: Words = ()
    equations: tuple[EquationEntry, ...] = ()
    replace: tuple[EquationEntry, ...] = ()
    drop: Words = ()


class BaseFile(Struct, frozen=True, forbid_unknown_fields=True):
    """checks/bases.yaml: name of a denominator → what it may mean, the likeliest first."""

    bases: dict[str, Words] = field(default_factory=dict)
    drop: Words = ()


class WordingEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are looked for, with texts in which they are found and others in which they are not.

    Attributes:
        says, says_zh: what they are, in a sentence of the message, in English and in Chinese.
        role: what finding them means to the rule, where it has several kinds.
        places: kinds of passages where they are looked for; empty for all.
        topics: topics of sections where they are looked for; empty for all.
        topic, name: what they are about.
        words: alternatives that speak of the same topic.
        raw: whether the pattern runs over printed text without its spaces, quotation marks kept.
        finds, ignores: texts in which they must be found, and such in which they must not.
    """

    id: RuleId
    pattern: Text
    finds: Annotated[Words, Meta(min_length=1)]
    ignores: Annotated[Words, Meta(min_length=1)]
    says: str = ""
    says_zh: str = ""
    role: str = ""
    places: tuple[Literal["cover", "contents", "heading", "text", "title", "note", "label"], ...] = ()
    topics: tuple[SectionTopicName, ...] = ()
    topic: SectionTopicName = ""
    name: str = ""
    words: str = ""
    raw: bool = False


class WordingFile(Struct, frozen=True, forbid_unknown_fields=True):
    """checks/words/*.yaml: what one rule about words looks for.

    Attributes:
        check: the id of that rule, for people.
        complete: of listed.yaml: words that introduce a whole list; `open` what says that it is none.
    """

    check: str = ""
    wordings: tuple[WordingEntry, ...] = ()
    replace: tuple[WordingEntry, ...] = ()
    complete: Words = ()
    open: str = ""
    drop: Words = ()


class PurposeEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Items whose use has words of its own (`own`), and words that are others' (`foreign`).

    Attributes:
        items: over the item's name; own and foreign over its use, both normal.
        finds: pairs of item and use that do not fit; `ignores` pairs that do.
    """

    id: RuleId
    items: Text
    own: Text
    foreign: Text
    finds: Annotated[tuple[tuple[Text, Text], ...], Meta(min_length=1)]
    ignores: Annotated[tuple[tuple[Text, Text], ...], Meta(min_length=1)]


class PurposeFile(Struct, frozen=True, forbid_unknown_fields=True):
    """checks/words/purposes.yaml."""

    check: str = ""
    items: tuple[PurposeEntry, ...] = ()
    replace: tuple[PurposeEntry, ...] = ()
    drop: Words = ()


class Renamed(Struct, frozen=True, forbid_unknown_fields=True):
    """A code's other name, up to a year where the list says so."""

    code: Code
    name: Text
    until: int | None = None


class RenamedFile(Struct, frozen=True, forbid_unknown_fields=True):
    """checks/words/item_names.yaml; what is dropped is a code."""

    renamed: tuple[Renamed, ...] = ()
    drop: Words = ()


class WordGuide(Struct, frozen=True, forbid_unknown_fields=True):
    """A check without an equation, for docs/checks.md in both languages; `example_zh` where it has words."""

    id: RuleId
    severity: Severity
    means: Text
    example: Text
    means_zh: str = ""
    example_zh: str = ""


class GuideFile(Struct, frozen=True, forbid_unknown_fields=True):
    """checks/words/guide.yaml: what the page says of checks of figures, of words, and across a dataset."""

    figures: tuple[WordGuide, ...] = ()
    words: tuple[WordGuide, ...] = ()
    dataset: tuple[WordGuide, ...] = ()
    drop: Words = ()
