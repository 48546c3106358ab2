"""The wide panel: for each variable the table cell that tells it, else the sentence that states it (面板数据).

A variable stays blank rather than wrong: where sentences disagree about it, or where its cell is blank and no
sentence states it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct, field

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.model.report import Fact, Report, TableCell
from jsextract.vocabulary import Flag, Measure


class CellSelector(Struct, frozen=True):
    """A place in a standard table; blank parts are not asked for.

    Attributes:
        table, side, item, column, code: as in cells.csv.
    """

    table: str
    item: str
    column: str
    side: str = ""
    code: str = ""

    def fits(self, cell: TableCell) -> bool:
        """Whether the cell is the one that is meant."""
        return (
            cell.column == self.column
            and (not self.side or cell.side == self.side)
            and (cell.code == self.code if self.code else cell.item == self.item)
        )


class FactSelector(Struct, frozen=True):
    """What a sentence must state.

    Attributes:
        item, basis: as in facts.csv; a blank basis is not asked for.
        measures: in order of preference.
        unit: a pattern that the unit must match; blank for money.
        elsewhere: a pattern of sections that speak of something narrower.
    """

    item: str
    measures: tuple[str, ...] = (Measure.FINAL,)
    unit: str = ""
    basis: str = ""
    elsewhere: str = ""


class Indicator(Struct, frozen=True):
    """One variable of the panel.

    Attributes:
        unit: 元 for money, else the unit of the count or rate.
        spots, said: tried in this order, the first that holds a number wins.
    """

    name: str
    en: str
    zh: str
    unit: str
    spots: tuple[CellSelector, ...] = ()
    said: tuple[FactSelector, ...] = ()


class Found(Struct, frozen=True):
    """A variable's value and where it stands."""

    indicator: Indicator
    value: Decimal
    source: str
    page: int
    flags: tuple[str, ...]


class PanelRow(Struct, frozen=True):
    """One document's row of the panel."""

    report: Report
    values: dict[str, Decimal] = field(default_factory=dict)


def find_all(report: Report, indicators: Iterable[Indicator]) -> Iterator[Found]:
    """The variables that the document tells, in the order of their declaration."""
    tables: dict[str, list[TableCell]] = {}
    for cell in report.cells:
        tables.setdefault(cell.place, []).append(cell)
    items: dict[str, list[Fact]] = {}
    for fact in report.facts:
        if fact.value is not None and not fact.project and Flag.REPEAT not in fact.flags:
            items.setdefault(fact.item, []).append(fact)
    for indicator in indicators:
        found = _in_tables(indicator, tables) or _in_text(indicator, items, report.year)
        if found:
            yield found


def _in_tables(indicator: Indicator, tables: dict[str, list[TableCell]]) -> Found | None:
    """The value of the first selector whose cells agree on one; None where none does."""
    for spot in indicator.spots:
        cells = [cell for cell in tables.get(spot.table, ()) if spot.fits(cell)]
        values = {_cell_value(indicator, cell) for cell in cells} - {None}
        if len(values) == 1:
            cell = next(cell for cell in cells if _cell_value(indicator, cell) is not None)
            value = _cell_value(indicator, cell)
            assert value is not None
            return Found(indicator, value, cell_ref(cell), cell.page, cell.flags)
    return None


def _cell_value(indicator: Indicator, cell: TableCell) -> Decimal | None:
    """Money in yuan, anything else as it is printed; None for a blank cell."""
    return cell.amount_yuan if indicator.unit == "元" else cell.value


def _in_text(indicator: Indicator, items: dict[str, list[Fact]], year: int | None) -> Found | None:
    """The value of the first selector and measure that the text states; None where sentences disagree on it."""
    for said in indicator.said:
        for measure in said.measures:
            facts = [f for f in items.get(said.item, ()) if f.measure == measure and _states(f, said, year)]
            values = {_fact_value(indicator, fact) for fact in facts} - {None}
            if len(values) > 1:
                return None
            if values:
                fact = next(f for f in facts if _fact_value(indicator, f) is not None)
                value = values.pop()
                assert value is not None
                return Found(indicator, value, fact_ref(fact), fact.page, fact.flags)
    return None


def _states(fact: Fact, said: FactSelector, year: int | None) -> bool:
    """Whether a fact is what the selector names, in the account's year."""
    return (
        fact.year in (None, year)
        and (not said.basis or fact.basis == said.basis)
        and (not said.unit or re.fullmatch(said.unit, fact.unit) is not None)
        and not (said.elsewhere and re.search(said.elsewhere, fact.section))
    )


def _fact_value(indicator: Indicator, fact: Fact) -> Decimal | None:
    """Money in yuan, anything else as it is stated."""
    return fact.amount_yuan if indicator.unit == "元" else fact.value
