"""A document as the rules about words see it: its prose, and what stands around its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jsextract.check.text_rules import Announced, Printed, PrintedTable
from jsextract.model.report import Report
from jsextract.outline.headings import Outline
from jsextract.rules.ruleset import RuleSet
from jsextract.tables import TableReading
from jsextract.tables.announced import announced_tables
from jsextract.tables.lost import LostTable
from jsextract.text.normal import squeeze
from jsextract.text.tokens import count_cents
from jsextract.vocabulary import Flag, Reader


def collect_passages(
    report: Report,
    outline: Outline,
    tables: Sequence[TableReading],
    rules: RuleSet,
    *,
    whole: bool,
    lost: Sequence[LostTable] = (),
    recognised: frozenset[int] = frozenset(),
    at: Mapping[int, int] = MappingProxyType({}),
) -> Printed:
    """What is printed, for the rules.

    Args:
        report: with all that the document claims.
        outline: its prose in parts.
        tables: in reading order.
        rules: those in force.
        whole: whether every page could be read.
        lost: the standard tables that were not read.
        recognised: the pages that were read from pictures, wholly or in part.
        at: the file's page for each that is only a part of one.
    """
    return Printed(
        report=report,
        outline=outline,
        rules=rules,
        tables=tuple(_table(table) for table in tables),
        announced=tuple(Announced(*entry) for entry in announced_tables(outline, rules.tables)),
        whole=whole,
        lost=tuple(lost),
        recognised=recognised,
        at=at,
    )


def _table(reading: TableReading) -> PrintedTable:
    return PrintedTable(
        table_id=reading.place,
        name=reading.name,
        title=reading.table.title,
        pages=reading.table.pages,
        above=reading.table.above,
        notes=reading.table.notes,
        filled=any(cell.value for cell in reading.cells),
        blank=all(cell.value is None for cell in reading.cells)
        and not any(count_cents(squeeze(cell.text)) for cell in reading.table.cells),
        guessed=reading.table.reader == Reader.STREAM or Flag.LOW_CONFIDENCE in reading.table.flags,
    )
