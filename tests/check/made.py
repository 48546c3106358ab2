"""Cells and facts for checks, made by hand."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from jsextract.check.equations import equations
from jsextract.model.report import CheckResult, Fact, Report, TableCell
from jsextract.rules.ruleset import load_rules
from jsextract.text.amounts import parse_number, to_yuan
from tests.made import cell, fact, report


def row(table: str, at: int, code: str, item: str, side: str = "", **columns: str) -> list[TableCell]:
    """The cells of one row; columns by name, as printed."""
    cells = []
    for column, text in columns.items():
        value = parse_number(text) if text else None
        amount = None if value is None else to_yuan(value, "万元")
        cells.append(
            cell(table=table, row=at, code=code, item=item, side=side, column=column.replace("_", "/"), value=value,
                 value_text=text, amount_yuan=amount, flags=())
        )  # fmt: skip
    return cells


def said(item: str, measure: str, text: str, unit: str = "万元", **changes: object) -> Fact:
    """A numeric fact of topic totals, or a text fact where the text is no number."""
    value = parse_number(text)
    if value is not None and changes.get("direction") == "减少":
        value = -value
    amount = None if value is None else to_yuan(value, unit)
    given: dict[str, object] = {
        "topic": "totals", "section": "三/一", "basis": "", "direction": "", "flags": (),
        "sentence": f"{item}{text}{unit}。",
    }  # fmt: skip
    return fact(
        item=item, measure=measure, value=value, value_text=text, unit=unit, amount_yuan=amount,
        fact_id=f"totals/{item}/{measure}/1", **(given | changes)
    )  # fmt: skip


def checked(cells: Sequence[TableCell] = (), facts: Sequence[Fact] = ()) -> tuple[CheckResult, ...]:
    """All results over these cells and facts."""
    made: Report = replace(report(), cells=tuple(cells), facts=tuple(facts), year=2024)
    return equations(made, load_rules())


def statuses(results: Sequence[CheckResult], check_id: str) -> list[str]:
    """The statuses of one check, in order."""
    return [r.status for r in results if r.check_id == check_id]
