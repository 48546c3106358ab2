"""The columns of indicators.csv and of indicators_source.csv, as one document gives them to its account (面板)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from jsextract.dataset.column import Column, Resource, count, flags, number, text
from jsextract.dataset.column_account import ACCOUNT_ID
from jsextract.dataset.indicator_list import INDICATORS
from jsextract.dataset.indicators import Found, Indicator, PanelRow, find_all
from jsextract.model.report import Report
from jsextract.vocabulary import INDICATOR_FLAGS, INDICATOR_STATUSES, KINDS, DocumentStatus, Flag


def _panel(report: Report) -> Iterator[PanelRow]:
    """The report's row of the panel; none for failed documents."""
    if report.status != DocumentStatus.FAILED:
        told = [found for found in find_all(report, INDICATORS) if found.value is not None]
        yield PanelRow(
            report,
            {found.indicator.name: found.value for found in told if found.value is not None},
            tuple(found.indicator.name for found in told if Flag.LOW_CONFIDENCE in found.flags),
        )


def _sources(report: Report) -> Iterator[Found]:
    """What the report tells of each variable; nothing for failed documents."""
    if report.status != DocumentStatus.FAILED:
        yield from find_all(report, INDICATORS)


def _variable(indicator: Indicator) -> Column:
    """The column of one variable in the wide panel."""

    def take(row: PanelRow) -> Decimal | None:
        return row.values.get(indicator.name)

    return number(indicator.name, indicator.en, indicator.zh, unit=indicator.unit, take=take)


INDICATORS_WIDE = Resource(
    "indicators",
    "One row an account, filled from all its files, one column a variable; its cell or sentence is in "
    "indicators_source.csv. A document whose account is unknown has a row of its own; a file whose "
    "figures do not fit the others' gives none.",
    "每份决算一行，由其全部文件得出，每个变量一列；其出处见 indicators_source.csv。"
    "所属决算不明的文件自成一行；数字与其他文件对不上的文件不取数。",
    (
        text("kind", "What the document is.", "文件种类。", take=attrgetter("report.kind"), words=KINDS),
        text("entity", "The entity whose account it is.", "单位名称。", take=attrgetter("report.entity")),
        text("region", "Region; blank unless printed.", "地区；未印出则为空。", take=attrgetter("report.region")),
        Column("year", "year", "Fiscal year.", "会计年度。", attrgetter("report.year")),
        *(_variable(indicator) for indicator in INDICATORS),
        ACCOUNT_ID,
        text(
            "documents",
            "The documents that its values come from, `;` between several.",
            "数值所出的文件，多个以 `;` 分隔。",
            take=attrgetter("report.document_id"),
        ),
        text(
            "low_confidence",
            "The variables whose value comes from a cell or sentence flagged low_confidence, `;` between several.",
            "数值出自标有 low_confidence 的单元格或句子的变量，多个以 `;` 分隔。",
        ),
    ),
    _panel,
)
INDICATORS_SOURCE = Resource(
    "indicators_source",
    "One row a variable of each row of indicators.csv: where its value stands, or why it has none.",
    "indicators.csv 每行的每个变量一行：数值的出处，或没有数值的原因。",
    (
        text("indicator", "The variable.", "变量。", take=attrgetter("indicator.name")),
        number("value", "Its value; blank where there is none.", "数值；没有则为空。"),
        text("unit", "Its unit.", "单位。", take=attrgetter("indicator.unit")),
        text(
            "source",
            "The cell (as in checks.csv, cell:table/code or row/column) or the fact (fact:fact_id); blank where "
            "there is none.",
            "单元格（同 checks.csv，cell:表/编码或行/列）或事实（fact:fact_id）；没有数值则为空。",
        ),
        count("page", "Its page; blank where there is no value.", "页码；没有数值则为空。", required=False),
        flags(INDICATOR_FLAGS),
        ACCOUNT_ID,
        text(
            "status",
            "Where its value comes from, or why it has none.",
            "数值的来源，或没有数值的原因。",
            words=INDICATOR_STATUSES,
            required=True,
        ),
    ),
    _sources,
)
