"""Names of functional items against the list of codes of the document's year (支出功能分类科目)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from difflib import SequenceMatcher

import regex

from jsextract.check.figure import cell_ref
from jsextract.check.text_rules.finding import Finding
from jsextract.check.text_rules.passages import Printed
from jsextract.check.text_rules.wordings import data
from jsextract.model.report import TableCell
from jsextract.rules import rule_files
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Severity

_TABLES = ("T5", "T3", "T2", "T8", "T9")
_SINCE = 2019  # the list was rebuilt in 2019; names of earlier years are known in part only
_MISPRINT = 0.75
_NO_NAME = regex.compile(r"[（），、·]|支出$|类$|款$|项$")


@functools.cache
def _confirmed() -> dict[str, str]:
    """Code → name, of those that were read in published accounts; recalled names are no ground for a finding."""
    entries = rule_files.read_yaml(rule_files.root() / "lexicon" / "function_codes.yaml")["codes"]
    return {code: squeeze(name) for code, (name, evidence) in entries.items() if evidence == "seen"}


@functools.lru_cache(4096)
def _bare(name: str) -> str:
    return _NO_NAME.sub("", squeeze(name))


def item_names(printed: Printed) -> Iterator[Finding]:
    """Codes under a name that is another code's, or that is misprinted."""
    year = printed.report.year
    if year is None or year < _SINCE:
        return
    seen: set[tuple[str, str]] = set()
    for cell in printed.report.cells:
        known = _confirmed().get(cell.code, "")
        name = _bare(cell.item_text or cell.item)
        if cell.table not in _TABLES or not known or not name or (cell.code, name) in seen:
            continue
        seen.add((cell.code, name))
        if name != _bare(known) and not _was_named(cell.code, name, year):
            yield from _judge(cell, name, known)


def _was_named(code: str, name: str, year: int) -> bool:
    """Whether the code had that name in or about the year."""
    return any(
        entry["code"] == code and _bare(entry["name"]) == name and year <= entry.get("until", year)
        for entry in data("item_names")["renamed"]
    )


def _judge(cell: TableCell, name: str, known: str) -> Iterator[Finding]:
    family = cell.code[:3]
    other = next((c for c, n in _confirmed().items() if c != cell.code and c[:3] == family and _bare(n) == name), "")
    alike = SequenceMatcher(None, name, _bare(known), autojunk=False).ratio()
    if other and len(other) == len(cell.code):
        said = f"the name of {other}"
    elif alike >= _MISPRINT and not name.startswith(_bare(known)) and not _bare(known).startswith(name):
        said = "a misprint"
    else:
        return
    yield Finding(
        item=cell.item, stated=cell.item_text, computed=known, pages=(cell.page,), severity=Severity.WARNING,
        refs=(cell_ref(cell),),
        message=f"{cell.code} is called {cell.item_text} in table {cell.table}, {said}; the list calls it {known}.",
    )  # fmt: skip
