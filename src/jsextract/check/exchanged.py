"""Two items whose figures stand under each other's names: sums stay, and another table tells (科目错位)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from jsextract.check.figure import cell_ref
from jsextract.check.result import result
from jsextract.check.table_index import TableIndex
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult, TableCell
from jsextract.rules.table_definitions import TableDef, about
from jsextract.vocabulary import CheckStatus, Severity, Topic

_INCOME, _SPENT = "本年收入合计", "本年支出合计"
_LONGEST = 7  # digits of an item's code


def exchanged(grids: Mapping[str, TableIndex], tables: Sequence[TableDef]) -> Iterator[CheckResult]:
    """One result for each two items of one parent whose income is each other's expenditure, to the digit."""
    income, spent = grids.get(about(tables, Topic.INCOME)), grids.get(about(tables, Topic.EXPENDITURE))
    if income is None or spent is None:
        return
    came, went = _items(income, _INCOME), _items(spent, _SPENT)
    for one, other in combinations(sorted(came.keys() & went.keys()), 2):
        if one[:-2] != other[:-2]:
            continue
        cells = (came[one], came[other], went[other], went[one])
        a, b, c, d = (cell.value for cell in cells)
        if a == c and b == d and a != b:
            yield result(
                "cross.items_exchanged",
                CheckStatus.FAIL,
                item=f"{income.table} {one} {other}",
                message=phrase(
                    "{one} and {other}: table {income} states {a} and {b}, table {spent} the same figures exchanged, "
                    "{d} and {c}.",
                    one=f"{one} {cells[0].item}",
                    other=f"{other} {cells[1].item}",
                    income=income.table,
                    spent=spent.table,
                    a=cells[0].value_text,
                    b=cells[1].value_text,
                    c=cells[2].value_text,
                    d=cells[3].value_text,
                ),
                severity=Severity.WARNING,
                pages={cell.page for cell in cells},
                refs=[cell_ref(cell) for cell in cells],
            )


def _items(grid: TableIndex, column: str) -> dict[str, TableCell]:
    """The cells of items in one column, those whose amount no other item there has."""
    cells = {row.code: cell for row in grid.rows if len(row.code) == _LONGEST and (cell := row.cells.get(column))}
    amounts: Counter[Decimal | None] = Counter(cell.value for cell in cells.values())
    return {code: cell for code, cell in cells.items() if cell.value and amounts[cell.value] == 1}
