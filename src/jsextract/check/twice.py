"""A table that is printed twice with different figures (重复列示)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jsextract.check.figure import cell_ref
from jsextract.check.result import not_checkable, result
from jsextract.model.report import CheckResult, TableCell
from jsextract.text.normal import squeeze
from jsextract.vocabulary import CheckStatus, Severity

ID = "table.printed_twice"
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


def _compared(first: Mapping[Place, TableCell], again: Mapping[Place, TableCell]) -> Iterator[CheckResult]:
    shared = [(first[place], cell) for place, cell in again.items() if place in first]
    if len(shared) * 2 < max(len(first), len(again)):
        return
    other = [(a, b) for a, b in shared if (a.value or 0) != (b.value or 0)]
    filled = sum(bool(a.value or b.value) for a, b in shared)
    a, b = next(iter(first.values())), next(iter(again.values()))
    item = f"{a.table} {a.title}"
    if len(other) * 2 > filled:
        why = f"most figures of {b.table} are others than those of {a.table}, so that it may be another body's"
        yield not_checkable(ID, (), item=item, why=why, severity=Severity.WARNING)
        return
    shown = ", ".join(
        f"{x.item} {x.column} {x.value_text or 'blank'} and {y.value_text or 'blank'}" for x, y in other[:4]
    )
    more = f" and {len(other) - 4} more" if len(other) > 4 else ""
    says = f"with different figures: {shown}{more}" if other else "with the same figures"
    yield result(
        ID,
        CheckStatus.FAIL if other else CheckStatus.PASS,
        item=item,
        message=f"{a.title} is printed on page {a.page} and again on page {b.page}, {says}.",
        severity=Severity.WARNING,
        pages=(a.page, b.page),
        refs=[cell_ref(cell) for pair in other for cell in pair],
    )
