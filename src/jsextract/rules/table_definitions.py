"""The nine standard tables as patterns/tables/ defines them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from jsextract.errors import PatternError
from jsextract.rules import rule_files
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NUMERAL
from jsextract.vocabulary import SECTION_TOPICS, Topic


class TableKind(StrEnum):
    """How a standard table is laid out, as its rule file spells it (表式)."""

    TWO_SIDED = "two_sided"
    """Income and expenditure side by side."""
    CODED = "coded"
    """One row a functional item, with its code."""
    ECONOMIC = "economic"
    """Economic items in several blocks of columns."""
    THREE_PUBLIC = "three_public"
    """Few items, each in a place of its own."""


TABLE_KINDS = frozenset(TableKind)
TABLE_KEYS = frozenset(
    {
        "id", "name", "english", "kind", "topic", "levels", "totals", "titles", "weak_titles", "refuses_titles",
        "words", "need", "sides", "sides_by_code", "sides_by_item", "items", "columns", "reads", "refuses",
    }
)  # fmt: skip
TABLE_NEEDS = frozenset({"id", "name", "kind", "titles", "words", "need", "columns"})
Names = tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]


@dataclass(frozen=True, slots=True)
class TableDef:
    """One standard table.

    Attributes:
        english: what it holds, in one line.
        kind: how it is laid out.
        topic: what its money is about, as in the narrative; no two tables share one, blank for none.
        levels: digits of the codes on each level of its classification, the highest first; empty without codes.
        totals: rows without which its figures cannot be added up, each by its names; one of each must be there.
        titles: expressions over the squeezed title; weak ones count only where the header speaks of 决算.
        words: header words and row names; `need` of them tell a table without a title.
        columns, items: canonical name and the expressions that its printed forms match.
    """

    id: str
    name: str
    english: str
    kind: TableKind
    topic: str
    levels: tuple[int, ...]
    totals: tuple[tuple[str, ...], ...]
    titles: tuple[re.Pattern[str], ...]
    weak_titles: tuple[re.Pattern[str], ...]
    refused: tuple[re.Pattern[str], ...]
    words: tuple[str, ...]
    need: int
    sides: tuple[str, ...]
    sides_by_code: Mapping[str, tuple[str, ...]]
    sides_by_item: Names
    items: Names
    columns: Names

    def reads_title(self, title: str) -> bool:
        """Whether the title (squeezed, without its number) names this table."""
        return self._allowed(title) and any(p.search(title) for p in self.titles)

    def reads_weakly(self, title: str) -> bool:
        """Whether the title may name this table, where the header says 决算."""
        return self._allowed(title) and any(p.search(title) for p in self.weak_titles)

    def _allowed(self, title: str) -> bool:
        return not any(p.search(title) for p in self.refused)


def named(names: Names, text: str) -> str:
    """The canonical name whose expressions match all of `text`; blank where none does."""
    return next((name for name, patterns in names if any(p.fullmatch(text) for p in patterns)), "")


def load_tables(folders: Sequence[Path]) -> tuple[TableDef, ...]:
    """All definitions, T1 to T9.

    Raises:
        PatternError: a file has an unknown key, a bad expression, or an example that does not hold.
    """
    found = tuple(_load(str(path), rule_files.read_yaml(path)) for path in rule_files.files(folders, "tables"))
    for what, told in (("an id", [d.id for d in found]), ("a topic", [d.topic for d in found if d.topic])):
        if len(set(told)) != len(told):
            raise PatternError(f"patterns/tables: {what} is defined twice ({', '.join(told)}).")
    return found


def with_kind(tables: Iterable[TableDef], kind: TableKind) -> frozenset[str]:
    """The ids of the tables that are laid out in this way."""
    return frozenset(table.id for table in tables if table.kind == kind)


def about(tables: Iterable[TableDef], topic: str) -> str:
    """The id of the table about this topic; blank where none is."""
    return next((table.id for table in tables if table.topic == topic), "")


def _load(place: str, data: Any) -> TableDef:
    if not isinstance(data, dict) or not data.keys() >= TABLE_NEEDS:
        raise PatternError(f"{place}: a table needs {', '.join(sorted(TABLE_NEEDS))}.")
    unknown = sorted(data.keys() - TABLE_KEYS)
    if unknown:
        raise PatternError(f"{place}: unknown key {unknown[0]}.", f"Known: {', '.join(sorted(TABLE_KEYS))}.")
    if data.get("topic", Topic.OTHER) not in SECTION_TOPICS.words:
        raise PatternError(f"{place}: unknown topic {data['topic']}.", f"Known: {', '.join(SECTION_TOPICS.words)}.")
    if data["kind"] not in TABLE_KINDS:
        raise PatternError(f"{place}: unknown kind {data['kind']}.", f"Known: {', '.join(sorted(TABLE_KINDS))}.")
    table = TableDef(
        data["id"],
        data["name"],
        data.get("english", ""),
        TableKind(data["kind"]),
        data.get("topic", ""),
        tuple(data.get("levels", ())),
        tuple(map(tuple, data.get("totals", ()))),
        _patterns(place, data["titles"]),
        _patterns(place, data.get("weak_titles", [])),
        _patterns(place, data.get("refuses_titles", [])),
        tuple(squeeze(w) for w in data["words"]),
        int(data["need"]),
        tuple(data.get("sides", [])),
        {side: tuple(str(c) for c in codes) for side, codes in data.get("sides_by_code", {}).items()},
        _names(place, data.get("sides_by_item", {})),
        _names(place, data.get("items", {})),
        _names(place, data["columns"]),
    )
    _try_examples(place, table, data.get("reads", []), data.get("refuses", []))
    return table


def _patterns(place: str, sources: list[str]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(source) for source in sources)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"{place}: {error} in {getattr(error, 'pattern', sources)!r:.200}.") from error


def _names(place: str, data: Mapping[str, list[str]]) -> Names:
    return tuple((name, _patterns(place, sources)) for name, sources in data.items())


def _try_examples(place: str, table: TableDef, reads: list[str], refuses: list[str]) -> None:
    if not reads or not refuses:
        raise PatternError(f"{place}: give at least one title under reads and one under refuses.")
    for title in reads:
        if not table.reads_title(bare_title(title)):
            raise PatternError(f"{place}: the title {title} is not read.")
    for title in refuses:
        if table.reads_title(bare_title(title)):
            raise PatternError(f"{place}: the title {title} is read but must not be.")


_NUMBER = re.compile(rf"^(附?(件|表)|公开)?{NUMERAL}{{0,3}}(-\d+)?(表)?[：:、.．]|^（{NUMERAL}{{1,3}}）")
_FORM = re.compile(r"[（(]?(财决)?公开?\d{2}(-\d)?表[）)]?|（续表?.?）|（(金额)?(单位)?：?(万|千|亿)?元）")


def bare_title(title: str) -> str:
    """The squeezed title without its number and form marks; any other bracket stays."""
    return _NUMBER.sub("", _FORM.sub("", squeeze(title).replace("〟", "")), count=1)
