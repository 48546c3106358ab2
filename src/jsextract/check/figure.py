"""A figure as checks see it: its number, the worth of its last printed digit, and where it stands (数字)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from jsextract.model.report import Fact, TableCell
from jsextract.text.amounts import decimals, is_money
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag

ZERO = Decimal(0)
# What stands in a cell that holds nothing.
_ELSEWHERE = re.compile(r"(d[0-9a-f]{16}):((?:cell|fact):.*)", re.DOTALL)
_NOTHING = frozenset({"", "-", "--", "—", "——", "–", "―", "─", "/", "\\", "无", "空", "*", "……", "…"})
# As many different figures with fewer decimals show that it is no accident: the last digit is rarely zero that often.
_ENOUGH = 5
TEXT = "text"
_BY_HAND = "亿元"


class Figure(Struct, frozen=True):
    """One printed figure.

    Attributes:
        name: what it is, as a message names it: `T3 2013901 行政运行 基本支出`.
        value: None where something is printed that was not read as a number; zero where the place is blank.
        step: the worth of the last printed digit, 0 for blanks and for counts, which are exact.
        text: as printed; blank where nothing is.
        total: whether it is a sum of others, which rounding may move by one digit.
    """

    name: str
    value: Decimal | None
    step: Decimal
    unit: str
    text: str
    ref: str
    page: int
    total: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is printed: zero in a sum and nothing else."""
        return self.value is not None and not self.text

    @property
    def unread(self) -> bool:
        """Whether something is printed that was not read as a number."""
        return self.value is None

    @property
    def printed(self) -> str:
        """The figure as printed, for messages."""
        return self.text or "blank"


class Precision(Struct, frozen=True):
    """How many decimals the document prints, by place (a table's id or `text`) and unit of money."""

    decimals: Mapping[tuple[str, str], int]

    def of(self, place: str) -> dict[tuple[str, str], int]:
        """The decimals of one place alone."""
        return {where: digits for where, digits in self.decimals.items() if where[0] == place}

    def step(self, place: str, unit: str, value: Decimal) -> Decimal:
        """The worth of the last digit of a printed value.

        Money takes the decimals that its place prints, since some documents leave out closing zeros; rates keep
        their own, and so do 亿元 in a text, which writers round by hand (1.1亿元); counts are exact.
        """
        own = decimals(value)
        if place == TEXT and unit == _BY_HAND:
            return Decimal(1).scaleb(-own)
        if is_money(unit):
            return Decimal(1).scaleb(-max(own, self.decimals.get((place, unit), own)))
        return Decimal(1).scaleb(-own) if own or unit == "%" else ZERO


def precision(cells: Iterable[TableCell], facts: Iterable[Fact] = ()) -> Precision:
    """The decimals of every place; one with few figures takes those of the whole document."""
    printed: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    rows: list[tuple[str, TableCell | Fact]] = [*((c.place, c) for c in cells), *((TEXT, f) for f in facts)]
    for place, row in rows:
        if row.value and row.amount_yuan is not None:
            printed[place, row.unit].add(row.value)
    finest: dict[str, int] = defaultdict(int)
    for (_, unit), values in printed.items():
        finest[unit] = max(finest[unit], _usual(values))
    return Precision(
        {
            (place, unit): _usual(values) if len(values) >= _ENOUGH else finest[unit]
            for (place, unit), values in printed.items()
        }
    )


def _usual(values: Iterable[Decimal]) -> int:
    """The most decimals; those of the others where one figure alone is printed two digits finer (0.011559)."""
    most, *others = sorted(map(decimals, values), reverse=True)
    lone = others and 0 < others[0] <= most - 2  # that all others end in zeros is an accident of one in a hundred
    return others[0] if lone else most


def place_ref(table: str, row: str, column: str) -> str:
    """How checks and indicators refer to a place in a table: `cell:T3/2013901/基本支出`."""
    return f"cell:{table}/{row}/{column}"


def cell_ref(cell: TableCell) -> str:
    """`cell:T3/2013901/基本支出`; the side stands before an item without a code: `cell:T1/收入/总计/决算数`."""
    return place_ref(cell.place, cell.code or "/".join(filter(None, (cell.side, cell.item))), cell.column)


def fact_ref(fact: Fact) -> str:
    """`fact:three_public/公务接待费/final/1`."""
    return f"fact:{fact.fact_id}"


def parted(ref: str) -> tuple[str, str]:
    """The document that a reference into another file begins with, blank for one into its own, and the rest."""
    match = _ELSEWHERE.fullmatch(ref)
    return (match[1], match[2]) if match else ("", ref)


def is_nothing(text: str) -> bool:
    """Whether a cell's text says that there is nothing: blank, a dash, 无."""
    return squeeze(text) in _NOTHING


def from_cell(cell: TableCell, places: Precision, *, total: bool = False) -> Figure:
    """The figure of a table cell; a dash is as good as a blank."""
    row = " ".join(filter(None, (cell.code, cell.item)))
    name = " ".join(filter(None, (cell.place, cell.side, row, cell.column)))
    ref = cell_ref(cell)
    if cell.value is not None:
        step = places.step(cell.place, cell.unit, cell.value)
        return Figure(name, cell.value, step, cell.unit, _said(cell), ref, cell.page, total)
    nothing = is_nothing(cell.value_text)
    text = "" if nothing else cell.value_text
    return Figure(name, ZERO if nothing else None, ZERO, cell.unit, text, ref, cell.page, total)


def from_fact(fact: Fact, places: Precision) -> Figure:
    """The figure of a numeric fact; unread where it has no value."""
    name = f"{fact.item} {fact.measure}"
    step = ZERO if fact.value is None else places.step(TEXT, fact.unit, fact.value)
    return Figure(name, fact.value, step, fact.unit, _said(fact), fact_ref(fact), fact.page)


def _said(row: TableCell | Fact) -> str:
    """The figure as printed; where somebody corrected what was read, the right one."""
    if row.value is not None and Flag.CORRECTED in row.flags:
        return format(row.value, "f")
    return row.value_text.strip()
