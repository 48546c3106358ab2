"""The rows of sub-units against those of the account that they are of (分单位合计)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from jsextract.check.figure import Figure
from jsextract.check.result import not_checkable, result
from jsextract.check.sentences import plain
from jsextract.check.table_index import Row, TableIndex
from jsextract.check.tolerance import Comparison, judge_sum
from jsextract.language.phrase import Phrase, listed, phrase
from jsextract.model.report import CheckResult
from jsextract.vocabulary import CheckStatus, Severity

ID = "table.unit_sums"
_WORST_FIRST = (CheckStatus.FAIL, CheckStatus.MINOR, CheckStatus.ROUNDING, CheckStatus.PASS)
_Sum = tuple[str, Figure, list[Figure], Comparison]


def unit_sums(
    tables: Mapping[str, TableIndex], units: Mapping[str, Sequence[TableIndex]], spent: str
) -> Iterator[CheckResult]:
    """One result for each table that units have rows in: they add up to the account's own.

    Where they are less, a unit may have been left out, and where they are more, they may have paid one another: it is
    not checkable. What is spent on 三公 goes to no other unit, so that more of it is a failure.

    Args:
        tables: the account's own, by their ids.
        units: for each table those of its units.
        spent: the table of which units cannot have more than the account.
    """
    for table, own in tables.items():
        parts = units.get(table, ())
        sums = list(_sums(own, parts)) if len(parts) > 1 else []
        if sums:
            yield _judged(table, sums, spent=table == spent)


def _sums(own: TableIndex, parts: Sequence[TableIndex]) -> Iterator[_Sum]:
    """Each filled place of the account with the figures of the units there, compared."""
    for row in own.rows:
        for column in row.cells:
            whole = own.figure(row, column)
            there = [figure for part in parts if (figure := part.figure(_same(part, row), column)) is not None]
            if whole is None or whole.unread or not there or any(figure.unread for figure in there):
                continue
            if whole.value or any(figure.value for figure in there):
                compared = judge_sum([(1, whole)], [(1, figure) for figure in there])
                yield f"{row.name} {column}", whole, there, compared


def _same(part: TableIndex, row: Row) -> Row | None:
    """The row of a unit that has the name of one of the account's."""
    return part.row(row.code or row.item, row.side)


def _place(name: str, whole: Figure, found: Comparison) -> Phrase:
    return phrase(
        "{name} is {whole}, and {sum} over the units", name=name, whole=whole.printed, sum=plain(found.computed)
    )


def _judged(item: str, sums: Sequence[_Sum], *, spent: bool) -> CheckResult:
    """The result for one table: that of the sums that do not hold, else that of all."""
    odd = [one for one in sums if one[3].status in (CheckStatus.FAIL, CheckStatus.MINOR)]
    more = [one for one in odd if one[3].difference < 0]
    if odd and not (spent and more):
        name, whole, there, compared = odd[0]
        values = {"name": name, "whole": whole.printed, "sum": plain(compared.computed)}
        why = (
            phrase("{name} is {whole} and {sum} over the units, which may have paid one another", **values)
            if more
            else phrase("{name} is {whole} and {sum} over the units, one of which may be left out", **values)
        )
        return not_checkable(ID, [whole, *there], item=item, why=why, severity=Severity.WARNING)
    told = more or sums
    figures = list(chain.from_iterable((whole, *there) for _, whole, there, _ in told))
    held = chain.from_iterable(compared.holds for *_, compared in told)
    message = phrase(
        "{item}: the rows of the units add up to the account's in {number} places.", item=item, number=len(sums)
    )
    if more:
        shown = listed([_place(name, whole, found) for name, whole, _, found in more], "; ", "；")
        message = phrase("{item}: {places}.", item=item, places=shown)
    statuses = {compared.status for *_, compared in told}
    return result(
        ID,
        next(status for status in _WORST_FIRST if status in statuses),
        item=item,
        message=message,
        severity=Severity.WARNING,
        pages=[figure.page for figure in figures],
        refs=[figure.ref for figure in figures],
        confirms=[f.ref for f, holds in zip(figures, held, strict=False) if holds and not f.blank],
    )
