"""An account as far as others are held against it: its main figures, last year's as it states them, its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import regex
from msgspec import Struct

from jsextract.check.figure import Figure, from_cell, from_fact, precision
from jsextract.check.text_rules.entity_names import core, listed_units
from jsextract.check.tolerance import judge_equal, scale
from jsextract.model.report import Fact, Report
from jsextract.vocabulary import CheckStatus, DocumentStatus, Kind, Measure

DEPARTMENT, UNIT = Kind.DEPARTMENT_ACCOUNT, Kind.UNIT_ACCOUNT
_TOPICS = frozenset({"totals", "income", "expenditure", "three_public"})
_ALONE = {"operating": "机关运行经费", "procurement": "政府采购支出总额"}
_CELLS: Mapping[tuple[str, str, str], tuple[str, ...]] = {
    ("T1", "收入", "总计"): ("收入支出总计", "收入总计", "支出总计"),
    ("T1", "收入", "本年收入合计"): ("本年收入合计",),
    ("T1", "支出", "本年支出合计"): ("本年支出合计",),
    ("T4", "收入", "总计"): ("财政拨款收入支出总计",),
    ("T4", "收入", "本年收入合计"): ("财政拨款收入",),
    ("T5", "", "合计"): ("一般公共预算财政拨款支出",),
    ("T7", "", "合计"): ("“三公”经费合计",),
    ("T7", "", "因公出国（境）费"): ("因公出国（境）费",),
    ("T7", "", "公务接待费"): ("公务接待费",),
    ("T7", "", "公务用车购置及运行维护费/小计"): ("公务用车购置及运行维护费",),
}
_COLUMNS = {"T1": "决算数", "T4": "决算数", "T5": "合计", "T7": "决算数"}
_ADJUSTED = regex.compile(r"口径|可比|剔除")
Figures = Mapping[str, tuple[Figure, ...]]


class Prior(Struct, frozen=True):
    """Last year's figure as this year's account states it: as such, or as this year's less its change."""

    item: str
    terms: tuple[tuple[int, Figure], ...]

    @property
    def said(self) -> str:
        """The figures as printed, ` - ` between them."""
        return " - ".join(figure.printed.removeprefix("-") for _, figure in self.terms)


class Account(Struct, frozen=True):
    """An account of the dataset, as far as others are held against it.

    Attributes:
        entity: the entity's name as it is compared.
        figures: this year's figures by item; a second one where text and table differ in what they print.
        priors: last year's figures as the text states them.
        units: the names that a department's account lists its units by.
    """

    document_id: str
    file: str
    entity: str
    kind: str
    year: int
    region: str
    figures: Figures
    priors: tuple[Prior, ...] = ()
    units: tuple[str, ...] = ()


def account(report: Report) -> Account | None:
    """The account that a report is; None for budgets, other files, and those without a name or year."""
    if report.status == DocumentStatus.FAILED or not report.is_final_account:
        return None
    if not report.entity or report.year is None:
        return None
    return Account(
        document_id=report.document_id,
        file=report.file,
        entity=core(report.entity),
        kind=report.kind,
        year=report.year,
        region=report.region,
        figures=figures(report),
        priors=tuple(priors(report)),
        units=tuple(sorted(listed_units(report))) if report.kind == DEPARTMENT else (),
    )


def figures(report: Report) -> Figures:
    """This year's main figures: those of the tables first, then those that the text states with one voice."""
    places = precision(report.cells, report.facts)
    found: dict[str, list[Figure]] = defaultdict(list)
    for cell in report.cells:
        items = _CELLS.get((cell.place, cell.side, cell.item), ())
        if items and cell.column == _COLUMNS[cell.table] and cell.value is not None:
            for item in items:
                found[item].append(from_cell(cell, places, total=True))
    for item, fact in _told(report, Measure.FINAL).items():
        figure = from_fact(fact, places)
        if not any(
            judge_equal(figure, other).status == CheckStatus.PASS
            for other in found[item]
            if scale(other.unit, figure.unit)
        ):
            found[item].append(figure)
    return {item: tuple(values) for item, values in sorted(found.items()) if values}


def _told(report: Report, measure: str) -> dict[str, Fact]:
    """The facts of a measure by item; what the text states in two ways is left out."""
    found: dict[str, Fact] = {}
    doubtful: set[str] = set()
    for fact in report.facts:
        if fact.measure != measure or fact.value is None or fact.project or not _is_main(fact):
            continue
        first = found.setdefault(fact.item, fact)
        if (first.value, first.unit) != (fact.value, fact.unit):
            doubtful.add(fact.item)
    return {item: fact for item, fact in found.items() if item not in doubtful}


def _is_main(fact: Fact) -> bool:
    """Whether a fact is one of the amounts of money that accounts are compared by."""
    return fact.amount_yuan is not None and (fact.topic in _TOPICS or _ALONE.get(fact.topic) == fact.item)


def priors(report: Report) -> list[Prior]:
    """Last year's figures that the text states; those on another basis (同口径) are left out."""
    places = precision(report.cells, report.facts)
    finals, stated = _told(report, Measure.FINAL), _told(report, Measure.PRIOR_YEAR)
    found = [
        Prior(item, ((1, from_fact(fact, places)),))
        for item, fact in stated.items()
        if fact.year == (report.year or 0) - 1 and not _ADJUSTED.search(fact.sentence)
    ]
    for item, fact in _told(report, Measure.CHANGE).items():
        final = finals.get(item)
        if item in stated or final is None or fact.basis != "上年" or _ADJUSTED.search(fact.sentence):
            continue
        if final.unit == fact.unit:
            found.append(Prior(item, ((1, from_fact(final, places)), (-1, from_fact(fact, places)))))
    return found
