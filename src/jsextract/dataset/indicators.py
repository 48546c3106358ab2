"""The wide panel: for each variable the table cell that tells it, else the sentence that states it (面板数据).

A variable stays blank rather than wrong: where sentences disagree about it, or where its cell is blank and no
sentence states it. Why it is blank is its status.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal

from msgspec import Struct, field

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.model.report import Fact, Report, TableCell
from jsextract.vocabulary import CheckStatus, Evidence, Flag, IndicatorStatus, Measure, Problem

_ANNOUNCED = "table.announced"
_READ = frozenset({"", Problem.NOT_FINAL_ACCOUNT})
"""Problems of documents that were read whole."""
_UNDENIED = frozenset({Measure.BUDGET, Measure.FULL_YEAR_BUDGET, Measure.INITIAL_BUDGET, Measure.SHARE})


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
        topics: of the sections that would state it.
        none: the items of which a statement of none says that it is 0.
    """

    name: str
    en: str
    zh: str
    unit: str
    spots: tuple[CellSelector, ...] = ()
    said: tuple[FactSelector, ...] = ()
    topics: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


class Found(Struct, frozen=True):
    """A variable's value and where it stands; None, blank where the document tells none."""

    indicator: Indicator
    status: str
    value: Decimal | None = None
    source: str = ""
    page: int | None = None
    flags: tuple[str, ...] = ()


class PanelRow(Struct, frozen=True):
    """One document's row of the panel; `low_confidence` names the variables whose value is in doubt."""

    report: Report
    values: dict[str, Decimal] = field(default_factory=dict)
    low_confidence: tuple[str, ...] = ()


def find_all(report: Report, indicators: Iterable[Indicator]) -> Iterator[Found]:
    """What the document tells of each variable, in the order of their declaration."""
    tables: dict[str, list[TableCell]] = {}
    for cell in report.cells:
        tables.setdefault(cell.place, []).append(cell)
    items: dict[str, list[Fact]] = {}
    for fact in report.facts:
        if not fact.project and (Flag.REPEAT not in fact.flags or fact.measure == Measure.NONE):
            items.setdefault(fact.item, []).append(fact)
    there = {*tables, *(section.topic for section in report.sections)}
    whole = _is_whole(report)
    for indicator in indicators:
        yield (
            _in_tables(indicator, tables)
            or _in_text(indicator, items, report.year)
            or _stated_none(indicator, items, report.year)
            or Found(indicator, _absence(indicator, there, whole=whole))
        )


def _is_whole(report: Report) -> bool:
    """Whether what the report lacks is not in the document: no page and no standard table is known to be missing."""
    unread = (check for check in report.checks if check.check_id == _ANNOUNCED and check.item != "tables")
    return report.problem in _READ and all(check.status != CheckStatus.NOT_CHECKABLE for check in unread)


def _absence(indicator: Indicator, there: Container[str], *, whole: bool) -> str:
    """Why a variable has no value; `there` has the tables and the topics of the sections that the document has."""
    places = (*(spot.table for spot in indicator.spots), *indicator.topics)
    known = whole and not any(place in there for place in places)
    return IndicatorStatus.NOT_PRINTED if known else IndicatorStatus.NOT_READ


def _stated_none(indicator: Indicator, items: dict[str, list[Fact]], year: int | None) -> Found | None:
    """0 where the text says that there is none of it, and no figure of it that is more."""
    facts = [
        (fact, said) for said in _deniable(indicator) for fact in items.get(said.item, ()) if fact.year in (None, year)
    ]
    if any(fact.value and fact.measure in said.measures for fact, said in facts):
        return None
    for fact, said in facts:
        elsewhere = said.elsewhere and re.search(said.elsewhere, fact.section)
        if fact.measure == Measure.NONE and fact.evidence != Evidence.CONTRADICTED and not elsewhere:
            return Found(indicator, IndicatorStatus.STATED_NONE, Decimal(0), fact_ref(fact), fact.page, fact.flags)
    return None


def _deniable(indicator: Indicator) -> Iterator[FactSelector]:
    """Of what a statement of none makes the variable 0: its finals and counts, never its budgets and shares."""
    yield from (said for said in indicator.said if not _UNDENIED.intersection(said.measures))
    yield from (FactSelector(item) for item in indicator.none)


def _in_tables(indicator: Indicator, tables: dict[str, list[TableCell]]) -> Found | None:
    """The value of the first selector whose cells agree on one; None where none does."""
    for spot in indicator.spots:
        cells = [cell for cell in tables.get(spot.table, ()) if spot.fits(cell)]
        values = {_cell_value(indicator, cell) for cell in cells} - {None}
        if len(values) == 1:
            cell = next(cell for cell in cells if _cell_value(indicator, cell) is not None)
            value = _cell_value(indicator, cell)
            assert value is not None
            return Found(indicator, IndicatorStatus.CELL, value, cell_ref(cell), cell.page, cell.flags)
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
                return Found(indicator, IndicatorStatus.FACT, value, fact_ref(fact), fact.page, fact.flags)
    return None


def _states(fact: Fact, said: FactSelector, year: int | None) -> bool:
    """Whether a fact is what the selector names, in the account's year."""
    return (
        fact.value is not None
        and fact.year in (None, year)
        and (not said.basis or fact.basis == said.basis)
        and (not said.unit or re.fullmatch(said.unit, fact.unit) is not None)
        and not (said.elsewhere and re.search(said.elsewhere, fact.section))
    )


def _fact_value(indicator: Indicator, fact: Fact) -> Decimal | None:
    """Money in yuan, anything else as it is stated."""
    return fact.amount_yuan if indicator.unit == "元" else fact.value
