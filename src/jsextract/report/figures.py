"""What the charts of a dataset show: money by year and entity, trust in values, findings by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from jsextract.dataset.csvfile import understood
from jsextract.dataset.csvtext import unescape_formula
from jsextract.dataset.read_checks import read_rows
from jsextract.language.phrase import Phrase, phrase
from jsextract.report import labels
from jsextract.report.charts import Bars, Number, figure_text, svg
from jsextract.report.found import AccountFindings
from jsextract.report.view import Chart
from jsextract.vocabulary import EVIDENCE, SEVERITIES

_MOST = 16
_WAN = Decimal(10_000)
_CENT = Decimal("0.01")
_NAME = 16  # characters that stand beside a bar


def charts(out: Path, accounts: Sequence[AccountFindings], *, whole: bool) -> Iterator[Chart]:
    """The charts of a dataset.

    Args:
        out: its folder.
        accounts: those of the page.
        whole: whether the page has all accounts; else only their findings are drawn.

    Raises:
        DatasetDamaged: if a file of the dataset is missing or is none of ours.
    """
    if whole:
        rows = list(read_rows(out / "indicators.csv", ("entity", "year", "sangong_total", "income_year")))
        with understood(out / "indicators.csv"):
            yield from _money(
                rows, phrase("三公 spending by entity and year (万元)"), "sangong",
                [(phrase("total"), "sangong_total"), (phrase("abroad"), "sangong_abroad"),
                 (phrase("vehicles"), "sangong_vehicles"), (phrase("receptions"), "sangong_reception")],
            )  # fmt: skip
            yield from _money(
                rows, phrase("Income and expenditure by entity and year (万元)"), "totals",
                [(phrase("income of the year"), "income_year"),
                 (phrase("expenditure of the year"), "expenditure_year")],
            )  # fmt: skip
        yield from _evidence(out)
    yield from _kinds(accounts)


def _money(
    rows: Sequence[Mapping[str, str]], title: Phrase, name: str, series: Sequence[tuple[Phrase, str]]
) -> Iterator[Chart]:
    """Amounts of accounts, those of the largest first; nothing where none has one."""
    first = series[0][1]
    known = [row for row in rows if any(row.get(column) for _, column in series)]
    known.sort(key=lambda row: (-Decimal(row[first] or 0), row["entity"], row["year"]))
    shown = sorted(known[:_MOST], key=lambda row: (row["entity"], row["year"]))
    if not shown:
        return
    groups = [f"{_cut(unescape_formula(row['entity']))} {row['year']}".strip() for row in shown]
    numbers = [(str(label), [_wan(row.get(column, "")) for row in shown]) for label, column in series]
    note = phrase("The {shown} largest of {number} accounts.", shown=len(shown), number=len(known))
    yield _chart(Bars(name, str(title), groups, numbers), str(note) if len(known) > len(shown) else "")


def _wan(text: str) -> Decimal | None:
    """An amount in 元 in 万元, to two decimals; None for a blank."""
    return (Decimal(text) / _WAN).quantize(_CENT, ROUND_HALF_EVEN) if text else None


def _cut(text: str) -> str:
    return text if len(text) <= _NAME else f"{text[: _NAME - 1]}…"


def _evidence(out: Path) -> Iterator[Chart]:
    """How far printed values can be trusted, in percent."""
    kinds = {"cells.csv": phrase("cells of tables"), "facts.csv": phrase("facts of the text")}
    groups, counts = [], []
    for file, label in kinds.items():
        found = Counter(row["evidence"] for row in read_rows(out / file, ("evidence", "value")) if row["value"])
        if found.total():
            groups.append(f"{label} ({found.total():,})")
            counts.append(found)
    if not groups:
        return
    names: Mapping[str, Phrase] = {
        "confirmed": phrase("confirmed"), "stated": phrase("read under its own name"), "inferred": phrase("inferred"),
        "contradicted": phrase("contradicted"),
    }  # fmt: skip
    series: list[tuple[str, Sequence[Number]]] = [
        (str(names[word]), [(Decimal(c[word] * 100) / c.total()).quantize(_CENT) for c in counts])
        for word in EVIDENCE.words
    ]
    title = phrase("How far values can be trusted (%)")
    note = phrase("Confirmed: a check would fail if the value were another. Contradicted: a failing check rests on it.")
    yield _chart(Bars("evidence", str(title), groups, series, stacked=True, shares=True), str(note))


def _kinds(accounts: Sequence[AccountFindings]) -> Iterator[Chart]:
    """Findings by check, the most frequent first."""
    found: dict[str, Counter[str]] = {}
    for account in accounts:
        for finding in account.findings:
            found.setdefault(finding.check.check_id, Counter())[finding.check.severity] += 1
    ids = sorted(found, key=lambda check_id: (-found[check_id].total(), check_id))[:_MOST]
    if not ids:
        return
    series = [
        (str(labels.severity(word)), [found[check_id][word] or None for check_id in ids])
        for word in SEVERITIES.words
        if any(found[check_id][word] for check_id in ids)
    ]
    note = phrase("The {shown} most frequent of {number} checks.", shown=len(ids), number=len(found))
    bars = Bars("kinds", str(phrase("Findings by check and severity")), ids, series, stacked=True)
    yield _chart(bars, str(note) if len(found) > len(ids) else "")


def _chart(bars: Bars, note: str) -> Chart:
    heads = ["", *(name for name, _ in bars.series)]
    rows = [[group, *(figure_text(values[at]) for _, values in bars.series)] for at, group in enumerate(bars.groups)]
    return Chart(bars.title, note, svg(bars), heads, rows)
