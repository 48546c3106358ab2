"""What rule files hold: one type for each kind of file, by which they are read and patterns/schema.json is made.

Every file may name what it drops of the layers before it (`drop`), and what it puts in the place of it (`replace`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct, field

from jsextract.rules.table_kind import TableKind
from jsextract.vocabulary import SECTION_TOPICS, CheckStatus, Measure, SectionKind, Severity, Topic

LISTED = "listed"
"""What a rule says instead of a measure where the list that it reads inherits one."""
ECONOMIC = "economic"
"""A topic of names alone: what is said of such an item is filed under `basic`."""
FROM_FIGURES = "figures"
"""What a rule says instead of the slot of a direction where final and budget tell it."""
EACH = "each"
"""What a rule says instead of an item where its figures are those of the things that were named last, in order."""
OTHER_SIDE = "side."
"""What stands before 收入 or 支出 where a figure is about that side of what was told before."""
LEAST_READS, LEAST_IGNORES = 2, 1

if TYPE_CHECKING:
    SectionTopicName = str
    ItemTopic = str
    Otherwise = str
else:
    SectionTopicName = Literal[("", *map(str, SECTION_TOPICS.words))]
    ItemTopic = Literal[(*map(str, Topic), ECONOMIC)]
    Otherwise = Literal[(*map(str, Measure), LISTED)]
Slot = Annotated[str, Meta(pattern=r"^\{\w+\}$")]
Text = Annotated[str, Meta(min_length=1)]
Words = tuple[Text, ...]
RuleId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
"""Family and name, as three_public.count."""
ProfileId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]*$")]
Code = Annotated[str, Meta(pattern=r"^\d{3}(\d\d){0,2}$")]
Scalar = str | int
MeasureOrSlot = Annotated[
    str, Meta(extra_json_schema={"anyOf": [{"enum": [*map(str, Measure), LISTED]}, {"pattern": r"^\{\w+\}$"}]})
]


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
        opens: whether parts of the subject follow.
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
    pair: dict[str, str] = field(default_factory=dict)
    note: str = ""


class FactFile(Struct, frozen=True, forbid_unknown_fields=True):
    """facts/*.yaml: the rules of one family."""

    family: Text
    rules: tuple[FactEntry, ...] = ()
    replace: tuple[FactEntry, ...] = ()
    drop: Words = ()


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
        labels: what begins a part; the text up to the next label or the end belongs to it.
        numbers: what numbers the items of a part.
        reads: paragraphs with the projects that must be found; `ignores` paragraphs without any.
    """

    heads: Words = ()
    figures: str = ""
    title: str = ""
    labels: dict[Literal["outputs", "problems", "improvements"], Words] = field(default_factory=dict)
    numbers: str = ""
    reads: tuple[ProjectExample, ...] = ()
    ignores: Words = ()
    drop: Words = ()


class TableFile(Struct, frozen=True, forbid_unknown_fields=True):
    """tables/*.yaml: one standard table.

    Attributes:
        english: what it holds, in one line.
        kind: how it is laid out.
        topic: what its money is about, as in the narrative; no two tables share one, blank for none.
        levels: digits of the codes on each level of its classification, the highest first; empty without codes.
        totals: rows without which its figures cannot be added up, each by its names; one of each must be there.
        titles: expressions over the squeezed title; weak ones count only where the header speaks of 决算.
        words: header words and row names; `need` of them tell a table without a title.
        columns, items: canonical name and the expressions that its printed forms match.
        reads: titles that it must know; `refuses` titles that it must not.
        replaces: whether it stands in the place of the table with its id.
    """

    id: Annotated[str, Meta(pattern=r"^T\d+$")]
    name: Text
    kind: TableKind
    titles: Annotated[Words, Meta(min_length=1)]
    words: Annotated[Words, Meta(min_length=1)]
    need: Annotated[int, Meta(ge=1)]
    columns: dict[str, Words]
    reads: Annotated[Words, Meta(min_length=1)]
    refuses: Annotated[Words, Meta(min_length=1)]
    english: str = ""
    topic: SectionTopicName = ""
    levels: tuple[int, ...] = ()
    totals: tuple[Words, ...] = ()
    weak_titles: Words = ()
    refuses_titles: Words = ()
    sides: Words = ()
    sides_by_code: dict[str, Words] = field(default_factory=dict)
    sides_by_item: dict[str, Words] = field(default_factory=dict)
    items: dict[str, Words] = field(default_factory=dict)
    replaces: bool = False


class EquationExample(Struct, frozen=True, forbid_unknown_fields=True):
    """Figures by name, as printed (a list for sum(name.*)), and the status that they must give."""

    status: CheckStatus
    figures: dict[str, str | tuple[str, ...]]
    unit: str = "万元"


class EquationEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Equations that must hold, and where they apply; one of `equation`, `equations` and `any_of` is given.

    Attributes:
        says: what it means, for messages.
        each: what it is tried on; a chapter is a section with those below it.
        equations: each makes a row of its own; of `any_of` one must hold, since forms differ.
        tables: the tables whose rows or columns it is about; all that its names speak of where it is about several.
        also: other names that stand for a name of the equation.
        needs: names without which it does not apply; `lacks` names with which it does not.
        without: rows that a sum leaves out, since they show the same money another way.
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
        says: what they are, to complete a sentence of the message.
        role: what finding them means to the rule, where it has several kinds.
        places: kinds of passages where they are looked for; empty for all.
        topics: topics of sections where they are looked for; empty for all.
        topic, name: what they are about.
        words: alternatives that speak of the same topic.
        raw: whether the pattern runs over printed text without its spaces, quotation marks kept.
    """

    id: RuleId
    pattern: Text
    finds: Annotated[Words, Meta(min_length=1)]
    ignores: Annotated[Words, Meta(min_length=1)]
    says: str = ""
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
    """A check without an equation, for docs/checks.md."""

    id: RuleId
    severity: Severity
    means: Text
    example: Text


class GuideFile(Struct, frozen=True, forbid_unknown_fields=True):
    """checks/words/guide.yaml: what the page says of checks of figures, of words, and across a dataset."""

    figures: tuple[WordGuide, ...] = ()
    words: tuple[WordGuide, ...] = ()
    dataset: tuple[WordGuide, ...] = ()
    drop: Words = ()


class Applies(Struct, frozen=True, forbid_unknown_fields=True):
    """Which documents a profile is for: patterns over the text before the contents, beginnings of 监督索引号."""

    cover: Words = ()
    index: tuple[Annotated[str, Meta(pattern=r"^\d+$")], ...] = ()


class ProfileFile(Struct, frozen=True, forbid_unknown_fields=True):
    """profiles/*.yaml: an overlay; the folder of its name beside it may hold files of every other kind.

    Attributes:
        note: for people.
        drop: ids of rules that do not hold here.
        replace: rules that stand in the place of others.
        add: further rules.
        items: further names.
    """

    id: ProfileId
    note: str = ""
    applies: Applies = Applies()
    drop: Words = ()
    replace: tuple[FactEntry, ...] = ()
    add: tuple[FactEntry, ...] = ()
    items: tuple[ItemEntry, ...] = ()


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


FILES: dict[str, type[Any]] = {
    "facts/*": FactFile,
    "sentences/*": SentenceFile,
    "lexicon/items": ItemFile,
    "lexicon/units": UnitFile,
    "lexicon/slots": SlotFile,
    "lexicon/standing": StandingFile,
    "lexicon/misprints": MisprintFile,
    "lexicon/reasons": ReasonFile,
    "lexicon/metrics": MetricFile,
    "sections/topics": TopicFile,
    "sections/parts": PartFile,
    "sections/projects": ProjectFile,
    "tables/*": TableFile,
    "checks/bases": BaseFile,
    "checks/*": EquationFile,
    **{
        f"checks/words/{name}": WordingFile
        for name in ("years", "residue", "punctuation", "topics", "tables", "listed")
    },
    "checks/words/purposes": PurposeFile,
    "checks/words/item_names": RenamedFile,
    "checks/words/guide": GuideFile,
    "profiles/*": ProfileFile,
}
"""Where each kind of file lies under patterns/, without .yaml, and its type; `*` stands for any name."""
