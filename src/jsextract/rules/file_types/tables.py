"""The standard tables (tables/*.yaml)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from jsextract.rules.file_types.words import SectionTopicName, Text, Words
from jsextract.rules.table_kind import TableKind


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
        rows: names of its rows without codes that all accounts share; misread ones are held against them.
        sides_by_head: sides of further blocks, by the words over their names; down to the first of the `totals`.
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
    rows: Words = ()
    weak_titles: Words = ()
    refuses_titles: Words = ()
    sides: Words = ()
    sides_by_head: dict[str, Words] = field(default_factory=dict)
    sides_by_code: dict[str, Words] = field(default_factory=dict)
    sides_by_item: dict[str, Words] = field(default_factory=dict)
    items: dict[str, Words] = field(default_factory=dict)
    replaces: bool = False
