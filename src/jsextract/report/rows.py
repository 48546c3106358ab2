"""Rows of tables and sentences as text, for what has no picture: sheets, web pages, Word files (无版面的来源)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.model.report import CheckResult, Fact, Report, TableCell


def page_rows(report: Report, number: int) -> Iterator[str]:
    """What was seen on a page: each row of its tables, then each sentence that states something."""
    yield from _told(
        (cell for cell in report.cells if cell.page == number), (fact for fact in report.facts if fact.page == number)
    )


def check_rows(report: Report, check: CheckResult) -> Iterator[str]:
    """The rows and sentences that a check rests on."""
    refs = set(check.refs)
    cells = [cell for cell in report.cells if cell_ref(cell) in refs]
    rows = {_row_of(cell) for cell in cells}
    yield from _told(
        (cell for cell in report.cells if _row_of(cell) in rows),
        (fact for fact in report.facts if fact_ref(fact) in refs),
    )


def _row_of(cell: TableCell) -> tuple[str, int, str]:
    """What the cells of one row share: its table, its number, its side."""
    return cell.place, cell.row, cell.side


def _told(cells: Iterable[TableCell], facts: Iterable[Fact]) -> Iterator[str]:
    """Rows and sentences as lines of text; a sentence with several facts once."""
    for (place, _, side), row in groupby(cells, _row_of):
        own = list(row)
        name = " ".join(filter(None, (side, own[0].code, own[0].item)))
        values = " | ".join(f"{cell.column} {cell.value_text}".rstrip() for cell in own)
        yield f"{place}{_address(own[0])}: {name} | {values}"
    yield from dict.fromkeys(f"{fact.topic}{_address(fact)}: {fact.sentence}" for fact in facts)


def _address(row: TableCell | Fact) -> str:
    """Where in a workbook it stands, after a space; blank for what is in none."""
    return f" {row.sheet}!{row.cell_ref}" if row.cell_ref else ""
