from __future__ import annotations

import re
from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.dataset.indicator_list import INDICATORS
from jsextract.dataset.indicators import find_all
from jsextract.model.report import Fact, Report
from tests import made


def found(report: Report) -> dict[str, tuple[Decimal, str]]:
    return {f.indicator.name: (f.value, f.source) for f in find_all(report, INDICATORS) if f.value is not None}


def statuses(report: Report) -> dict[str, str]:
    return {f.indicator.name: f.status for f in find_all(report, INDICATORS)}


def test_names_are_unique_and_fit_every_program() -> None:
    names = [indicator.name for indicator in INDICATORS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names)


def test_a_cell_comes_before_a_sentence() -> None:
    cell = made.cell(
        table="T7", item="公务接待费", column="决算数", code="", amount_yuan=Decimal(9600), value=Decimal("0.96")
    )
    report = made.report(cells=(cell,))
    assert found(report)["sangong_reception"] == (Decimal(9600), "cell:T7/公务接待费/决算数")


def test_a_sentence_speaks_where_the_cell_is_blank_or_missing() -> None:
    blank = made.cell(table="T7", item="公务接待费", column="决算数", code="", amount_yuan=None, value=None)
    for cells in ((), (blank,)):
        report = made.report(cells=cells)
        assert found(report)["sangong_reception"] == (Decimal("9500.00"), "fact:three_public/公务接待费/final/1")


def test_sentences_that_disagree_leave_it_blank() -> None:
    other = made.fact(fact_id="other", value=Decimal("0.97"), amount_yuan=Decimal(9700))
    assert "sangong_reception" not in found(made.report(cells=(), facts=(made.fact(flags=()), other)))
    repeat = made.fact(fact_id="other", flags=("repeat",))
    assert "sangong_reception" in found(made.report(cells=(), facts=(made.fact(flags=()), repeat)))


def test_another_year_or_a_project_is_another_thing() -> None:
    assert "sangong_reception" not in found(made.report(cells=(), facts=(made.fact(year=2023),)))
    assert "sangong_reception" not in found(made.report(cells=(), facts=(made.fact(project="接待中心"),)))


def test_a_total_of_one_fund_is_not_the_total() -> None:
    stated = made.fact(item="基本支出", topic="expenditure", section="三/五、一般公共预算财政拨款支出决算情况说明")
    assert "expenditure_basic" not in found(made.report(cells=(), facts=(stated,)))
    stated = made.fact(item="基本支出", topic="expenditure", section="三/三、支出决算情况说明")
    assert found(made.report(cells=(), facts=(stated,)))["expenditure_basic"][0] == Decimal("9500.00")


def test_units_tell_batches_from_persons() -> None:
    def visits(value: int, unit: str) -> object:
        return made.fact(
            item="国内公务接待", measure="count", value=Decimal(value), unit=unit, amount_yuan=None, flags=()
        )

    values = found(made.report(cells=(), facts=(visits(11, "批次"), visits(97, "人"))))  # type: ignore[arg-type]
    assert (values["receptions"][0], values["reception_guests"][0]) == (11, 97)


def test_a_class_is_found_by_its_code_under_another_name() -> None:
    cell = made.cell(
        code="208", item="社会保障和就业", column="本年支出合计", amount_yuan=Decimal(1), value=Decimal("0.0001")
    )
    assert found(made.report(cells=(cell,), facts=()))["class_208"] == (Decimal(1), "cell:T3/208/本年支出合计")


def denied(**changes: object) -> Fact:
    """A statement of none about official receptions, unless told otherwise."""
    return made.fact(measure="none", value=None, value_text="本年度无公务接待费", amount_yuan=None, flags=(), **changes)


def test_every_variable_has_a_status() -> None:
    assert list(statuses(made.report())) == [indicator.name for indicator in INDICATORS]


def test_what_the_text_denies_is_zero() -> None:
    report = made.report(cells=(), facts=(denied(),))
    assert found(report)["sangong_reception"] == (0, "fact:three_public/公务接待费/final/1")
    assert statuses(report)["sangong_reception"] == "stated_none"
    assert statuses(report)["sangong_reception_budget"] == "not_printed"  # that nothing was spent says no budget


def test_a_fund_that_the_text_denies_was_neither_received_nor_spent() -> None:
    report = made.report(cells=(), facts=(denied(item="政府性基金预算财政拨款收入和支出", topic="fund"),))
    assert [found(report)[name][0] for name in ("income_fund", "fund_spent")] == [0, 0]
    assert statuses(report)["state_capital_spent"] == "not_printed"


@pytest.mark.parametrize(
    "facts",
    [
        (
            denied(),
            made.fact(fact_id="other", flags=()),
            made.fact(fact_id="o2", value=Decimal(2), amount_yuan=Decimal(1)),
        ),
        (denied(evidence="contradicted"),),
        (denied(year=2023),),
        (denied(project="接待中心"),),
    ],
)
def test_a_denial_in_doubt_makes_no_zero(facts: tuple[Fact, ...]) -> None:
    report = made.report(cells=(), facts=facts, sections=(made.section(topic="three_public"),))
    assert "sangong_reception" not in found(report)
    assert statuses(report)["sangong_reception"] == "not_read"


def test_a_denial_about_one_fund_says_nothing_of_the_whole() -> None:
    said = denied(item="项目支出", topic="expenditure", section="三/五、一般公共预算财政拨款支出决算情况说明")
    assert statuses(made.report(cells=(), facts=(said,)))["expenditure_project"] == "not_printed"


def test_not_read_is_what_its_table_or_its_section_would_tell() -> None:
    blank = made.cell(table="T7", item="公务接待费", column="决算数", code="", amount_yuan=None, value=None)
    assert statuses(made.report(cells=(blank,), facts=()))["sangong_reception"] == "not_read"
    section = made.section(topic="operating")
    told = statuses(made.report(cells=(blank,), facts=(), sections=(section,)))
    assert (told["operating_costs"], told["procurement"], told["vehicles_kept"]) == (
        "not_read",
        "not_printed",
        "not_printed",
    )


@pytest.mark.parametrize("changes", [{"problem": "needs-ocr"}, {"checks": ("not_checkable",)}])
def test_a_document_that_was_not_read_whole_denies_no_table(changes: dict[str, object]) -> None:
    if "checks" in changes:
        (check,) = made.report().checks
        changes = {"checks": (replace(check, check_id="table.announced", status="not_checkable", item="T7"),)}
    assert statuses(made.report(cells=(), facts=(), **changes))["sangong_reception"] == "not_read"
    assert statuses(made.report(cells=(), facts=()))["sangong_reception"] == "not_printed"
