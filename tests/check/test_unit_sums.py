"""The rows of units beside those of the account."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.check.figure import precision
from jsextract.check.table_index import table_indexes, unit_indexes
from jsextract.check.unit_sums import unit_sums
from jsextract.model.report import TableCell
from tests.check.made import checked, row


def cells(*units: str, table: str = "T7") -> list[TableCell]:
    """公务接待费 of 3.00 and that of units."""
    own = row(table, 0, "", "公务接待费", 决算数="3.00")
    parts = [
        replace(c, unit_name=f"单位{at}")
        for at, v in enumerate(units)
        for c in row(table, 0, "", "公务接待费", 决算数=v)
    ]
    return [*own, *parts]


@pytest.mark.parametrize(
    ("units", "status"),
    [(("1.00", "2.00"), "pass"), (("1.00", "1.00"), "not_checkable"), (("1.00", "4.00"), "fail")],
    ids=["all of them", "one left out", "more than the whole"],
)
def test_units_add_up_to_the_account(units, status) -> None:
    told = cells(*units)
    places = precision(told)
    (found,) = unit_sums(table_indexes(told, places), unit_indexes(told, places), "T7")
    assert (found.status, found.severity) == (status, "warning")
    assert "cell:T7@单位1/公务接待费/决算数" in found.refs


def test_units_of_another_table_may_have_paid_one_another() -> None:
    told = cells("1.00", "4.00", table="T3")
    places = precision(told)
    (found,) = unit_sums(table_indexes(told, places), unit_indexes(told, places), "T7")
    assert found.status == "not_checkable"


def test_the_identities_of_a_unit_are_told_of_the_unit() -> None:
    kinds = {"合计": "9.00", "因公出国（境）费": "1.00", "公务用车购置及运行维护费/小计": "3.00", "公务接待费": "1.00"}
    own = [c for item, value in kinds.items() for c in row("T7", 0, "", item, 决算数=value)]
    told = [*own, *(replace(c, unit_name="局本级") for c in own)]
    found = [r for r in checked(told) if r.check_id == "table.t7_total"]
    assert [(r.item, r.status) for r in found] == [("T7 合计 决算数", "fail"), ("T7@局本级 合计 决算数", "fail")]
