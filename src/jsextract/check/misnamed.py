"""Functional items of the text whose figures are those of a row of T5 and whose name is another's (科目名称不符)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jsextract.check.figure import Figure
from jsextract.check.result import result
from jsextract.check.sentences import amount
from jsextract.check.table_index import Row, TableIndex
from jsextract.check.text import Statement, Text
from jsextract.check.tolerance import judge_equal
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.report import CheckResult
from jsextract.rules.file_types import Renamed
from jsextract.text.normal import squeeze
from jsextract.vocabulary import CheckStatus, Measure, Severity, Topic

ID = "text.item_in_table"
_GENERAL = re.compile(r"一般公共预算|财政拨款")
_OTHER = re.compile(r"基金|国有资本|财政拨款收入支出")
_TOTAL = "合计"


def misnamed(text: Text, general: TableIndex | None, renamed: Sequence[Renamed]) -> Iterator[CheckResult]:
    """One finding for every item whose own row has other figures, or is not there, and one other row has its figure.

    Args:
        text: the narrative.
        general: the general budget's expenditure by functional item; nothing is found without it.
        renamed: names that codes had in earlier years.
    """
    if general is None:
        return
    own = [said for said in text.topics.get(Topic.FUNCTION, ()) if _is_general(said)]
    named = {id(row) for said in own if (row := _row(said, general)) is not None}
    free = [row for row in general.rows if row.code and id(row) not in named]
    for said in own:
        row = _row(said, general)
        if row is not None and _fits(said, row, text, general):
            continue
        others = [other for other in free if len(other.code) == 7 and _fits(said, other, text, general)]
        if len(others) == 1 and said.fact.value:
            yield _finding(text.figure(said), said, others[0], general, renamed)


def _is_general(said: Statement) -> bool:
    section = squeeze(said.fact.section)
    return said.fact.measure == Measure.FINAL and bool(_GENERAL.search(section)) and not _OTHER.search(section)


def _name(said: Statement) -> str:
    return squeeze(said.fact.item.rpartition("/")[2])


def _row(said: Statement, general: TableIndex) -> Row | None:
    """The row that the item's code or name means."""
    return (general.row(said.fact.code) if said.fact.code else None) or general.row(_name(said))


def _fits(said: Statement, row: Row, text: Text, general: TableIndex) -> bool:
    figure = general.figure(row, _TOTAL)
    return (
        figure is not None and bool(figure.value) and judge_equal(text.figure(said), figure).status == CheckStatus.PASS
    )


def _finding(stated: Figure, said: Statement, row: Row, general: TableIndex, renamed: Sequence[Renamed]) -> CheckResult:
    cell = general.figure(row, _TOTAL)
    pages = [stated.page, *([cell.page] if cell else [])]
    return result(
        ID,
        CheckStatus.FAIL,
        item=said.fact.item,
        message=phrase(
            "{item}: the text states {amount}, which table {table} has as {row}; the text uses {whose}.",
            item=said.fact.item,
            amount=amount(stated),
            table=general.table,
            row=row.name,
            whose=_whose(_name(said), row, general, renamed),
        ),
        severity=Severity.ERROR,
        stated=said.fact.item,
        computed=row.name,
        pages=pages,
        refs=[stated.ref, *([cell.ref] if cell else [])],
    )


def _whose(name: str, row: Row, general: TableIndex, renamed: Sequence[Renamed]) -> Phrase:
    """What is wrong with the name."""
    if any(squeeze(old.name) == name and row.code.startswith(old.code) for old in renamed):
        return phrase("the name that it had in an earlier year")
    level = general.row(name)
    if level is not None and (row.code.startswith(level.code) or level.code.startswith(row.code)):
        return phrase("the name of another level")
    return phrase("another name")
