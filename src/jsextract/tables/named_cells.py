"""What the text may state of a cell: the names that patterns/checks/ gives to cells (正文名称与单元格)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from jsextract.model.report import TableCell
from jsextract.rules.equation_rules import EquationRule
from jsextract.text.normal import squeeze

STATEMENT = "statement"
_EACH_ITEM = "{item}"
_TOTALS = ("合计", "总计", "本年收入合计", "本年支出合计")
Places = Mapping[tuple[str, str, str, str], TableCell]


class NamedCell(Struct, frozen=True):
    """A cell with the fact that would state it.

    Attributes:
        topic, item, measure: of the fact; the item of a coded row is its bare name.
        code: of the row, where the name is that of any coded row.
        amount: in 元.
        rule: which says so, and in which sections.
    """

    topic: str
    item: str
    measure: str
    code: str
    amount: Decimal
    rule: EquationRule

    def is_of(self, item: str, code: str) -> bool:
        """Whether it is the cell of an item, by its code where it has one."""
        return self.code == code if self.code else self.item == item

    def may_stand_in(self, section: str) -> bool:
        """Whether a section with this path states such cells."""
        return self.rule.reads_section(squeeze(section))


def named_cells(cells: Iterable[TableCell], rules: Iterable[EquationRule]) -> tuple[NamedCell, ...]:
    """Every cell with an amount that some statement of the text is held against."""
    places: dict[tuple[str, str, str, str], TableCell] = {}
    codes: dict[str, dict[str, str]] = {}
    for cell in cells:
        if not cell.is_standard or cell.unit_name:
            continue
        for side in {cell.side, ""}:
            for name in {cell.code, cell.item} - {""}:
                places.setdefault((cell.table, side, name, cell.column), cell)
        if len(cell.code) in {3, 5, 7}:
            codes.setdefault(cell.table, {}).setdefault(cell.code, cell.item)
    return tuple(found for rule in rules if rule.each == STATEMENT for found in _of(rule, places, codes))


def _of(rule: EquationRule, places: Places, codes: Mapping[str, Mapping[str, str]]) -> Iterator[NamedCell]:
    for equation in rule.alternatives:
        if len(equation.right) > 1:
            continue
        topic, item, measure = equation.left[0].name.split(":")
        table, *middle, column = equation.right[0].name.split(":")
        side, row = middle if len(middle) == 2 else ("", middle[0])
        if row == _EACH_ITEM:
            for code, name in codes.get(table, {}).items():
                cell = places.get((table, side, code, column))
                if cell is not None and cell.amount_yuan is not None:
                    yield NamedCell(topic, name, measure, code, cell.amount_yuan, rule)
            continue
        names = (row, *rule.also.get(row, ()), *(_TOTALS if row in _TOTALS and not side else ()))
        cell = next((found for name in names if (found := places.get((table, side, name, column)))), None)
        if cell is not None and cell.amount_yuan is not None:
            yield NamedCell(topic, item, measure, "", cell.amount_yuan, rule)
