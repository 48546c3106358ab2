"""The nine standard tables as patterns/tables/ defines them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import regex
from msgspec import Struct

from jsextract.errors import PatternError
from jsextract.language.phrase import NOTHING, Phrase, phrase
from jsextract.rules import overlay
from jsextract.rules.file_types import TableFile
from jsextract.rules.regexes import PROOF, compiled
from jsextract.rules.rule_files import Placed, files
from jsextract.rules.table_kind import TableKind as TableKind
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NUMERAL

Names = tuple[tuple[str, tuple[regex.Pattern[str], ...]], ...]


class TableDef(Struct, frozen=True):
    """One standard table as its file gives it (`TableFile` says what each attribute means), expressions compiled."""

    id: str
    name: str
    english: str
    kind: TableKind
    topic: str
    levels: tuple[int, ...]
    totals: tuple[tuple[str, ...], ...]
    rows: tuple[str, ...]
    titles: tuple[regex.Pattern[str], ...]
    weak_titles: tuple[regex.Pattern[str], ...]
    refused: tuple[regex.Pattern[str], ...]
    words: tuple[str, ...]
    need: int
    sides: tuple[str, ...]
    sides_by_head: Names
    sides_by_code: Mapping[str, tuple[str, ...]]
    sides_by_item: Names
    items: Names
    columns: Names
    reads: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()

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
    """The standard tables of all these folders.

    Raises:
        PatternError: a file does not load, two tables share an id or a topic, or an example does not hold.
    """
    found: dict[str, Placed[TableFile]] = {}
    for file in files(folders, "tables/*"):
        there = found.get(file.value.id)
        if file.value.replaces and not there:
            raise file.fault(phrase("there is no table of this id to replace."), NOTHING, "id")
        if there and not file.value.replaces:
            raise file.fault(
                phrase("there is a table of this id already, in {name}.", name=there.path.name),
                phrase("Say replaces: true."),
                "id",
            )
        found[file.value.id] = file
    topics: dict[str, str] = {}
    for file in found.values():
        if file.value.topic and (other := topics.setdefault(file.value.topic, file.value.id)) != file.value.id:
            raise file.fault(
                phrase("{other} is about {topic} already.", other=other, topic=file.value.topic), NOTHING, "topic"
            )
    return tuple(_defined(file, proved=file.path.is_relative_to(folders[0])) for file in found.values())


def with_kind(tables: Iterable[TableDef], kind: TableKind) -> frozenset[str]:
    """The ids of the tables that are laid out in this way."""
    return frozenset(table.id for table in tables if table.kind == kind)


def about(tables: Iterable[TableDef], topic: str) -> str:
    """The id of the table about this topic; blank where none is."""
    return next((table.id for table in tables if table.topic == topic), "")


def _defined(placed: Placed[TableFile], *, proved: bool) -> TableDef:
    """A table, compiled; its examples are tried unless tests prove them.

    Raises:
        PatternError: for a pattern that does not compile, or an example that does not hold.
    """
    entry = placed.value
    with overlay.blamed(placed):
        table = TableDef(
            id=entry.id,
            name=entry.name,
            english=entry.english,
            kind=entry.kind,
            topic=entry.topic,
            levels=entry.levels,
            totals=entry.totals,
            rows=tuple(squeeze(row) for row in entry.rows),
            titles=_patterns(entry.titles),
            weak_titles=_patterns(entry.weak_titles),
            refused=_patterns(entry.refuses_titles),
            words=tuple(squeeze(word) for word in entry.words),
            need=entry.need,
            sides=entry.sides,
            sides_by_head=_names(entry.sides_by_head),
            sides_by_code=entry.sides_by_code,
            sides_by_item=_names(entry.sides_by_item),
            items=_names(entry.items),
            columns=_names(entry.columns),
            reads=entry.reads,
            refuses=entry.refuses,
        )
        if not proved:
            for fault in title_faults(table):
                raise PatternError(fault)
        return table


def _patterns(sources: Iterable[str]) -> tuple[regex.Pattern[str], ...]:
    return tuple(compiled(source, repr(source[:60])) for source in sources)


def _names(data: Mapping[str, Sequence[str]]) -> Names:
    return tuple((name, _patterns(sources)) for name, sources in data.items())


def title_faults(table: TableDef) -> Iterator[Phrase]:
    """What is wrong with a table by its own examples; nothing where it holds."""
    for wanted, titles in ((True, table.reads), (False, table.refuses)):
        for title in titles:
            bare = bare_title(title)
            try:
                refused = any(pattern.search(bare, timeout=PROOF) for pattern in table.refused)
                holds = not refused and any(pattern.search(bare, timeout=PROOF) for pattern in table.titles)
            except TimeoutError:
                yield phrase(
                    "a pattern takes more than {seconds} s on the title {title}.", seconds=f"{PROOF:g}", title=title
                )
                continue
            if holds != wanted:
                missed = phrase("the title {title} is not read.", title=title)
                yield missed if wanted else phrase("the title {title} is read but must not be.", title=title)


_NUMBER = re.compile(rf"^(附?(件|表)|公开)?{NUMERAL}{{0,3}}(-\d+)?(表)?[：:、.．]|^（{NUMERAL}{{1,3}}）")
_FORM = re.compile(r"[（(]?(财决)?公开?\d{2}(-\d)?表[）)]?|（续表?.?）|（(金额)?(单位)?：?(万|千|亿)?元）")


def bare_title(title: str) -> str:
    """The squeezed title without its number and form marks; any other bracket stays."""
    return _NUMBER.sub("", _FORM.sub("", squeeze(title).replace("〟", "")), count=1)
