"""A table that is printed twice with different figures (重复列示)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jsextract.check.figure import cell_ref
from jsextract.check.result import not_checkable, result
from jsextract.check.sentences import printed
from jsextract.language.phrase import Phrase, listed, phrase
from jsextract.model.report import CheckResult, TableCell
from jsextract.text.amounts import UNKNOWN
from jsextract.text.normal import squeeze
from jsextract.vocabulary import CheckStatus, Severity

ID = "table.printed_twice"
_SHOWN = 4
Place = tuple[str, str, str]


def printed_twice(cells: Sequence[TableCell]) -> Iterator[CheckResult]:
    """One result for every further table under the title of a standard one that has its rows and columns.

    Where most figures differ it is another body's, as departments print those of their units: not checkable.
    """
    tables: dict[str, dict[Place, TableCell]] = {}
    for cell in cells:
        if cell.unit_name:
            continue  # a sub-unit's has figures of its own
        tables.setdefault(cell.table, {}).setdefault((cell.code or cell.item, cell.side, cell.column), cell)
    first = {_title(own): own for table, own in tables.items() if next(iter(own.values())).is_standard}
    for own in tables.values():
        one = next(iter(own.values()))
        same = first.get(_title(own))
        if same is not None and not one.is_standard and _title(own):
            yield from _compared(same, own)


def _title(own: Mapping[Place, TableCell]) -> str:
    return squeeze(next(iter(own.values())).title)


def _message(a: TableCell, b: TableCell, other: Sequence[tuple[TableCell, TableCell]]) -> Phrase:
    """One sentence with the two pages and the first figures that differ."""
    values = {"title": a.title, "page": a.page, "again": b.page}
    if not other:
        return phrase("{title} is printed on page {page} and again on page {again}, with the same figures.", **values)
    shown = listed(
        [
            phrase(
                "{name} {one} and {two}",
                name=f"{x.item} {x.column}",
                one=printed(x.value_text),
                two=printed(y.value_text),
            )
            for x, y in other[:_SHOWN]
        ],
        zh="；",
    )
    return phrase(
        "{title} is printed on page {page} and again on page {again}, with {number} different figures: {shown}.",
        **values, number=len(other), shown=shown,
    )  # fmt: skip


def _compared(first: Mapping[Place, TableCell], again: Mapping[Place, TableCell]) -> Iterator[CheckResult]:
    shared = [(first[place], cell) for place, cell in again.items() if place in first]
    if len(shared) * 2 < max(len(first), len(again)):
        return
    read = [(a, b) for a, b in shared if UNKNOWN not in f"{a.value_text}{b.value_text}"]
    other = [(a, b) for a, b in read if (a.value or 0) != (b.value or 0)]
    filled = sum(bool(a.value or b.value) for a, b in shared)
    a, b = next(iter(first.values())), next(iter(again.values()))
    item = f"{a.table} {a.title}"
    if len(other) * 2 > filled:
        why = phrase(
            "most figures of {again} are others than those of {first}, so that it may be another body's",
            again=b.table, first=a.table,
        )  # fmt: skip
        yield not_checkable(ID, (), item=item, why=why, severity=Severity.WARNING)
        return
    yield result(
        ID,
        CheckStatus.FAIL if other else CheckStatus.PASS,
        item=item,
        message=_message(a, b, other),
        severity=Severity.WARNING,
        pages=(a.page, b.page),
        refs=[cell_ref(cell) for pair in other for cell in pair],
    )
