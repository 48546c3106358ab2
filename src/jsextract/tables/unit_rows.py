"""Whose row it is where a table has one for each unit and year: a unit's, or the account's own (分单位、分年度)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from jsextract.text.normal import squeeze

_TOTAL = re.compile(r"(?:本?(?:部门|单位|系统))?(?:合计|总计)")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?")
_HAN = re.compile(r"[一-龥]")
_BODY = re.compile(
    r"(?:[局委办厅院校站所会队馆处社台部园科镇乡库场团]|中心|[小中大]学|街道|公司|集团|政府|监狱|本级|机关)$"
)
# Words of rows that tell a source of money, a measure or a year, where no body is named.
_NO_UNIT = re.compile(
    r"拨款|预算|决算|基金|资金|经费|上年|去年|本年|年初|年度|\d年|增减|%|率|其中|小计|项目|金额|数$|[：:。]"
)
Values = Mapping[int, Decimal]


class UnitRow(Struct, frozen=True):
    """One row with values.

    Attributes:
        row: its place in the grid.
        unit: the sub-unit's name; blank for the account itself.
        year: printed in the row; None where none is.
    """

    row: int
    unit: str = ""
    year: int | None = None


def rows_by_unit(stubs: Sequence[tuple[int, Sequence[str]]], values: Mapping[int, Values]) -> tuple[UnitRow, ...]:
    """The rows of the account and of its units; those of which it is not told whose they are, left out.

    A row is the account's own where it is called a total, where it is the only unit's, or where it is the sum of all
    the others. Of several units without such a row, none is the account.

    Args:
        stubs: for each row in order its place and its words beside the values.
        values: the figures of each row, by column.
    """
    found: list[UnitRow] = []
    for row, words in stubs:
        unit = _unit_of(words)
        year = next((int(m[1]) for w in words if (m := _YEAR.fullmatch(squeeze(w)))), None)
        if unit is None and found and year is not None and found[-1].year not in (None, year) and not _named(words):
            unit = found[-1].unit  # its name is printed once, over several years
        if unit is not None or not _named(words):
            found.append(UnitRow(row, unit or "", year))
    if any(_is_total(words) for _, words in stubs):
        own = {row for row, words in stubs if _is_total(words)}
        return tuple(r for r in found if r.unit or r.row in own or _goes_on(r, found, own))
    names = {r.unit for r in found}
    if len(names) == 1:
        return tuple(replace(r, unit="") for r in found)
    whole = next((name for name in sorted(names) if _is_sum(name, found, values)), None)
    return tuple(replace(r, unit="") if r.unit == whole else r for r in found if r.unit or r.unit == whole)


def tells_whose(words: Iterable[str]) -> bool:
    """Whether the words of a row name a total or, beyond doubt, a body."""
    return any(_TOTAL.fullmatch(squeeze(word)) or _BODY.search(_bare(squeeze(word))) for word in words)


def _unit_of(words: Iterable[str]) -> str | None:
    """The unit that a row names; blank where it names the total, None where it names neither."""
    squeezed = [squeeze(word) for word in words]
    if any(_TOTAL.fullmatch(word) for word in squeezed):
        return ""
    named = (w for w in squeezed if len(_HAN.findall(w)) > 1 and (_BODY.search(_bare(w)) or not _NO_UNIT.search(w)))
    return next((w for w in named if not _YEAR.fullmatch(w)), None)


def _bare(word: str) -> str:
    """A name without what stands in brackets at its end."""
    return re.sub(r"[（(]([^（）()]*)[）)]$", r"\1", word)


def _named(words: Iterable[str]) -> bool:
    """Whether any word tells what the row is, besides its year."""
    return any(_HAN.search(w) and not _YEAR.fullmatch(squeeze(w)) for w in words)


def _is_total(words: Iterable[str]) -> bool:
    return any(_TOTAL.fullmatch(squeeze(word)) for word in words)


def _goes_on(row: UnitRow, found: Sequence[UnitRow], own: set[int]) -> bool:
    """Whether a row without a name is the total's in another year: the rows between it and the total are, too."""
    before = [r for r in found if r.row <= row.row]
    for r in reversed(before):
        if r.unit:
            return False
        if r.row in own:
            return True
    return False


def _is_sum(name: str, rows: Sequence[UnitRow], values: Mapping[int, Values]) -> bool:
    """Whether a unit's rows are, year by year and column by column, the sum of two or more others', and not nothing."""
    mine = [row for row in rows if row.unit == name]
    for row in mine:
        others = [values[r.row] for r in rows if r.unit != name and r.year == row.year]
        if len(others) < 2 or not any(values[row.row].values()):
            return False
        columns = {c for v in (values[row.row], *others) for c in v}
        if any(sum((v.get(c, Decimal(0)) for v in others), Decimal(0)) != values[row.row].get(c, 0) for c in columns):
            return False
    return True


def main_year(years: Iterable[int | None], title: str) -> int | None:
    """The account's year among those of the rows: the one that the title names, else the last; None where none is."""
    printed = {year for year in years if year is not None}
    named = {int(y) for y in re.findall(r"(20\d\d)年", squeeze(title))} & printed
    return max(named or printed, default=None)
