"""What the tables of a document that are read tell of the columns in which figures of others stand (表间关系)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from jsextract.model.report import TableCell
from jsextract.tables.flowed_entries import Entry

ORDER = ("T1", "T6", "T5", "T4", "T2", "T3", "T8", "T9", "T7")
"""In which tables are put together: each knows those before it."""
FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
"""The columns of T4 that are funds."""
_SPENT = ("基本支出", "项目支出")
_OF_FUND = dict(zip(FUNDS, (("T5", "合计"), ("T8", "本年支出/合计"), ("T9", "本年支出/合计")), strict=True))
_SLACK = Decimal("0.02")  # of a figure beside that of another table
_IN_T6 = {
    "30212": "因公出国（境）费",
    "30217": "公务接待费",
    "30231": "公务用车购置及运行维护费/公务用车运行维护费",
    "31013": "公务用车购置及运行维护费/公务用车购置费",
}


class Known:
    """What the tables of a document say that are read already."""

    def __init__(self) -> None:
        self._figures: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)

    def add(self, table: str, cells: Iterable[TableCell]) -> None:
        """Adds the cells of a table."""
        for cell in cells:
            key = cell.code or (f"{cell.side}/{cell.item}" if cell.side else cell.item)
            self._figures[table, key][cell.column] = cell.value or Decimal(0)

    def agrees(self, table: str, entry: Entry, figures: Mapping[str, Decimal]) -> bool:
        """Whether the figures of a row can stand in these columns, as other tables have it.

        Args:
            table: T1 to T9.
            entry: the row.
            figures: by column, 0 where none stands.
        """
        same = self._same(table, entry)
        least, most = self._least(table, entry), self._most(table, entry)
        return (
            all(near(figures[column], told) for column, told in same.items() if column in figures)
            and all(figures[column] >= told - _SLACK for column, told in least.items() if column in figures)
            and all(figures[column] <= told + _SLACK for column, told in most.items() if column in figures)
        )

    def _same(self, table: str, entry: Entry) -> dict[str, Decimal]:
        """What stands in another table, too, by column."""
        if table == "T2" and not entry.code:
            return self._sources()
        if table == "T4" and entry.item.startswith("本年") and entry.part == 1:
            rows = {fund: (self._row(of, ""), column) for fund, (of, column) in _OF_FUND.items()}
            return {fund: row[column] for fund, (row, column) in rows.items() if column in row}
        if table == "T5" and not entry.code:
            basic = [self._figures.get(("T6", f"{side}/{side}合计"), {}) for side in ("人员经费", "公用经费")]
            if all("决算数" in row for row in basic):
                return {"基本支出": sum((row["决算数"] for row in basic), Decimal(0))}
        return {}

    def _least(self, table: str, entry: Entry) -> dict[str, Decimal]:
        """Of what another table has a part, by column."""
        if table == "T3":
            part = self._row("T5", entry.code)
            return {column: part[column] for column in _SPENT if column in part}
        if table == "T7":
            rows = {f"{item}/决算数": self._figures.get(("T6", code), {}) for code, item in _IN_T6.items()}
            return {column: row["决算数"] for column, row in rows.items() if "决算数" in row}
        return {}

    def _most(self, table: str, entry: Entry) -> dict[str, Decimal]:
        """What of the expenditure of a code, or of all, other funds leave to this one, by column."""
        if table not in {"T8", "T9"}:
            return {}
        whole, other = self._row("T3", entry.code), self._row("T5", entry.code)
        left = {column: whole[column] - other.get(column, Decimal(0)) for column in _SPENT if column in whole}
        return {f"本年支出/{column}": amount for column, amount in left.items()}

    def _row(self, table: str, code: str) -> Mapping[str, Decimal]:
        """The figures of a code by column; those of all where it is blank."""
        return self._figures.get((table, code or "合计"), {})

    def _sources(self) -> dict[str, Decimal]:
        """The income of T1 by the columns of T2."""
        found: dict[str, Decimal] = defaultdict(Decimal)
        for (table, key), row in self._figures.items():
            side, _, item = key.partition("/")
            if table == "T1" and side == "收入" and item.endswith("收入"):
                found["财政拨款收入" if "财政拨款" in item else item] += row.get("决算数", Decimal(0))
        return found


def near(figure: Decimal, told: Decimal) -> bool:
    """Whether two tables have the same figure, but for rounding."""
    return abs(figure - told) <= _SLACK
