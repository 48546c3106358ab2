"""Names of functional items against the list of codes of the document's year (支出功能分类科目)."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

import regex

from jsextract.check.figure import cell_ref
from jsextract.check.text_rules.finding import Finding
from jsextract.check.text_rules.passages import Printed
from jsextract.language.phrase import phrase
from jsextract.model.report import TableCell
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.table_definitions import TableKind, with_kind
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Severity

_SINCE = 2019  # the list was rebuilt in 2019; names of earlier years are known in part only
_MISPRINT = 0.75
_NO_NAME = regex.compile(r"[（），、·]|支出$|类$|款$|项$")


@functools.lru_cache(4096)
def _bare(name: str) -> str:
    return _NO_NAME.sub("", squeeze(name))


def item_names(printed: Printed) -> Iterator[Finding]:
    """Codes under a name that is another code's, or that is misprinted."""
    year = printed.report.year
    if year is None or year < _SINCE:
        return
    confirmed = printed.rules.lexicon.seen  # recalled names are no ground for a finding
    coded = with_kind(printed.rules.tables, TableKind.CODED)
    seen: set[tuple[str, str]] = set()
    for cell in printed.report.cells:
        known = confirmed.get(cell.code, "")
        name = _bare(cell.item_text or cell.item)
        if cell.table not in coded or not known or not name or (cell.code, name) in seen:
            continue
        seen.add((cell.code, name))
        if name != _bare(known) and not _was_named(cell.code, name, year, printed.rules):
            yield from _judge(cell, name, known, confirmed)


def _was_named(code: str, name: str, year: int, rules: RuleSet) -> bool:
    """Whether the code had that name in or about the year."""
    return any(
        old.code == code and _bare(old.name) == name and year <= (old.until or year) for old in rules.wordings.renamed
    )


def _judge(cell: TableCell, name: str, known: str, confirmed: Mapping[str, str]) -> Iterator[Finding]:
    family = cell.code[:3]
    other = next((c for c, n in confirmed.items() if c != cell.code and c[:3] == family and _bare(n) == name), "")
    alike = SequenceMatcher(None, name, _bare(known), autojunk=False).ratio()
    if other and len(other) == len(cell.code):
        said = phrase("the name of {code}", code=other)
    elif alike >= _MISPRINT and not name.startswith(_bare(known)) and not _bare(known).startswith(name):
        said = phrase("a misprint")
    else:
        return
    yield Finding(
        item=cell.item, stated=cell.item_text, computed=known, pages=(cell.page,), severity=Severity.WARNING,
        refs=(cell_ref(cell),),
        message=phrase(
            "Table {table} calls {code} {name}, {said}; the list calls it {known}.",
            table=cell.table, code=cell.code, name=cell.item_text, said=said, known=known,
        ),
    )  # fmt: skip
