"""The columns of indicators.csv (one row a document, one column a variable) and of indicators_source.csv."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from jsextract.dataset.column import PAGE, Column, Resource, flags, number, text
from jsextract.dataset.indicator_list import INDICATORS
from jsextract.dataset.indicators import Found, Indicator, PanelRow, find_all
from jsextract.model.report import Report
from jsextract.vocabulary import INDICATOR_FLAGS, KINDS


def _panel(report: Report) -> Iterator[PanelRow]:
    if report.status != "failed":
        yield PanelRow(report, {found.indicator.name: found.value for found in find_all(report, INDICATORS)})


def _sources(report: Report) -> Iterator[Found]:
    if report.status != "failed":
        yield from find_all(report, INDICATORS)


def _variable(indicator: Indicator) -> Column:
    def take(row: PanelRow) -> Decimal | None:
        return row.values.get(indicator.name)

    return number(indicator.name, indicator.en, indicator.zh, unit=indicator.unit, take=take)


INDICATORS_WIDE = Resource(
    "indicators",
    "One row a document that was read, one column a variable; its cell or sentence is in indicators_source.csv.",
    "每个读出的文件一行，每个变量一列；其出处见 indicators_source.csv。",
    (
        text("kind", "What the document is.", "文件种类。", take=attrgetter("report.kind"), words=KINDS),
        text("entity", "The entity whose account it is.", "单位名称。", take=attrgetter("report.entity")),
        text("region", "Region; blank unless printed.", "地区；未印出则为空。", take=attrgetter("report.region")),
        Column("year", "year", "Fiscal year.", "会计年度。", attrgetter("report.year")),
        *(_variable(indicator) for indicator in INDICATORS),
    ),
    _panel,
)
INDICATORS_SOURCE = Resource(
    "indicators_source",
    "One row a value of indicators.csv: where it stands.",
    "indicators.csv 的每个数值一行：它的出处。",
    (
        text("indicator", "The variable.", "变量。", take=attrgetter("indicator.name")),
        number("value", "Its value.", "数值。"),
        text("unit", "Its unit.", "单位。", take=attrgetter("indicator.unit")),
        text(
            "source",
            "The cell (cell:table/side/row/column) or the fact (fact:fact_id).",
            "单元格（cell:表/栏/行/列）或事实（fact:fact_id）。",
        ),
        PAGE,
        flags(INDICATOR_FLAGS),
    ),
    _sources,
)
