"""Figures on which readings of a picture differ: the identities of the tables choose, or nobody."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.check.disputed import with_readings
from jsextract.check.equations import equations
from jsextract.check.evidence import with_evidence
from jsextract.check.slips import slips
from jsextract.model.report import TableCell
from jsextract.rules.ruleset import load_rules
from jsextract.text.amounts import UNKNOWN
from jsextract.vocabulary import Evidence, Flag
from tests.check.made import row
from tests.made import report

RULES = load_rules()
SURE, UNSURE = "ocr:1.00", "ocr:0.91"


def scanned(cells: list[TableCell], flag: str = SURE) -> list[TableCell]:
    """The cells as recognised alike by two readings."""
    return [replace(cell, reader="ocr", flags=(flag,) if cell.value_text else ()) for cell in cells]


def table(**changes: str) -> list[TableCell]:
    """An item of 34.75, made of 30.25 and 4.50, alone under its total."""
    own = {"total": "34.75", "basic": "30.25", "project": "4.50", "all": "34.75"} | changes
    total = row("T3", 0, "", "合计", 本年支出合计=own["all"], 基本支出="30.25", 项目支出="4.50")
    item = row(
        "T3", 1, "201", "一般公共服务支出", 本年支出合计=own["total"], 基本支出=own["basic"], 项目支出=own["project"]
    )
    return scanned([*total, *item])


def disputed(cells: list[TableCell], code: str, column: str, *readings: str) -> list[TableCell]:
    """The cells, one of them without a value since its readings differ."""
    flags = (f"{Flag.READINGS_DIFFER}{'|'.join(readings)}",)
    return [
        replace(cell, value=None, amount_yuan=None, value_text=UNKNOWN * 5, flags=flags)
        if (cell.code, cell.column) == (code, column)
        else cell
        for cell in cells
    ]


def found(cells: list[TableCell], code: str, column: str) -> TableCell:
    return next(c for c in with_readings(cells, RULES) if (c.code, c.column) == (code, column))


def test_the_sums_choose_one_of_the_readings() -> None:
    cell = found(disputed(table(), "201", "基本支出", "80.25", "30.25"), "201", "基本支出")
    assert (cell.value, cell.value_text, cell.amount_yuan) == (Decimal("30.25"), "30.25", Decimal("302500"))
    assert cell.flags == ("readings_differ:80.25|30.25", Flag.ARBITRATED)


def test_readings_of_one_value_do_not_differ_in_it() -> None:
    cell = found(disputed(table()[:3], "", "项目支出", "4.50", "4.5"), "", "项目支出")
    assert (cell.value, cell.flags) == (Decimal("4.50"), ("readings_differ:4.50|4.5", Flag.LOW_CONFIDENCE))
    specks = found(disputed(table()[:3], "", "项目支出", "4.50", ".4.50"), "", "项目支出")
    assert (specks.value, Flag.LOW_CONFIDENCE in specks.flags) == (Decimal("4.50"), True)


def test_a_speck_may_be_a_second_point() -> None:
    assert found(disputed(table(), "201", "基本支出", "30.2.5"), "201", "基本支出").value == Decimal("30.25")


def test_a_third_value_is_chosen_only_one_slip_away_from_a_reading() -> None:
    assert found(disputed(table(), "201", "基本支出", "80.25", "36.25"), "201", "基本支出").value == Decimal("30.25")
    assert found(disputed(table(), "201", "基本支出", "90.25", "35.29"), "201", "基本支出").value is None


def test_what_stands_in_no_identity_keeps_its_readings_and_no_value() -> None:
    cells = disputed(
        scanned(row("T6", 0, "30101", "基本工资", "人员经费", 决算数="5.00")), "30101", "决算数", "5.00", "6.00"
    )
    assert list(with_readings(cells, RULES)) == cells


def test_two_figures_of_one_sum_are_chosen_together() -> None:
    cells = disputed(table(), "201", "基本支出", "30.25", "80.25")
    cells = disputed(cells, "201", "项目支出", "4.50", "1.50")
    cells = disputed(cells, "", "基本支出", "30.25", "80.25")
    assert [c.value for c in with_readings(cells, RULES)] == [c.value for c in table()]


def test_two_combinations_that_fit_leave_both_open() -> None:
    cells = row("T3", 1, "201", "一般公共服务支出", 本年支出合计="9.00", 基本支出="3.00", 项目支出="6.00")
    cells = disputed(disputed(scanned(cells), "201", "基本支出", "3.00", "8.00"), "201", "项目支出", "6.00", "1.00")
    assert [c.value for c in with_readings(cells, RULES)] == [Decimal("9.00"), None, None]


@pytest.mark.parametrize(
    ("change", "right"),
    [({"basic": "80.25"}, "30.25"), ({"project": "1.50"}, "4.50"), ({"project": "450"}, "4.50")],
)
def test_one_slip_that_explains_all_failing_sums_is_mended(change: dict[str, str], right: str) -> None:
    cells = [replace(c, flags=(UNSURE,) if c.value_text in change.values() else c.flags) for c in table(**change)]
    (cell,) = (c for c in with_readings(cells, RULES) if Flag.ARBITRATED in c.flags)
    assert (cell.value, cell.value_text) == (Decimal(right), right)
    assert f"{Flag.MISREAD}{next(iter(change.values()))}" in cell.flags


@pytest.mark.parametrize(("flag", "right"), [("ocr:0.61", "30.25"), (UNSURE, "90.25")])
def test_any_digit_may_be_another_where_the_reading_is_hardly_sure(flag: str, right: str) -> None:
    cells = [replace(c, flags=(flag,)) if c.value_text == "90.25" else c for c in table(basic="90.25")]
    (cell,) = (c for c in with_readings(cells, RULES) if (c.code, c.column) == ("201", "基本支出"))
    assert cell.value == Decimal(right)


def test_a_lost_minus_is_found_however_sure_the_digits_are() -> None:
    cells = scanned(row("T3", 1, "201", "一般公共服务支出", 本年支出合计="25.75", 基本支出="30.25", 项目支出="4.50"))
    assert [c.value for c in with_readings(cells, RULES)] == [Decimal("25.75"), Decimal("30.25"), Decimal("-4.50")]


def test_digits_of_which_all_readings_are_sure_are_what_is_printed() -> None:
    cells = table(basic="80.25")
    assert list(with_readings(cells, RULES)) == cells


def test_figures_that_were_not_recognised_are_left_alone() -> None:
    cells = [replace(c, reader="lattice", flags=()) for c in table(basic="80.25")]
    assert list(with_readings(cells, RULES)) == cells


def test_what_sums_chose_they_do_not_confirm() -> None:
    cells = with_readings(disputed(table(), "201", "基本支出", "80.25", "30.25"), RULES)
    read = replace(report(), cells=cells, facts=())
    seen = with_evidence(replace(read, checks=equations(read, RULES)), RULES).cells
    evidence = {(c.code, c.column): c.evidence for c in seen}
    assert evidence["201", "基本支出"] == Evidence.INFERRED
    assert evidence["201", "项目支出"] == Evidence.CONFIRMED


def test_slips_are_of_one_character() -> None:
    made = [slip.text for slip in slips("-14")]
    assert made == ["-44", "-74", "-11"]
