"""Whose error a difference is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.check.origin import with_origins
from jsextract.model.report import CheckResult, Report, TableCell
from tests.made import cell, fact, report

TOTAL = cell(item="合计", code="", column="基本支出", value=Decimal(3), value_text="3.00", flags=())
PART = cell(item="行政运行", code="2013901", column="基本支出", value=Decimal(2), value_text="2.00", flags=())
REFS = ("cell:T3/合计/基本支出", "cell:T3/2013901/基本支出")


def check(status: str = "fail", refs: tuple[str, ...] = REFS) -> CheckResult:
    return CheckResult(
        check_id="table.x",
        status=status,
        severity="error",
        item="合计",
        stated="3",
        computed="2",
        difference="1",
        tolerance="0",
        unit="万元",
        pages=(7,),
        refs=refs,
        message="3.00 differs from 2.00.",
    )


def origin(
    made: CheckResult, others: dict[str, tuple[tuple[TableCell, ...], ...]] | None = None, **changes: object
) -> str:
    base: Report = report(**({"cells": (TOTAL, PART), "checks": (made,)} | changes))
    (found,) = with_origins(base, others or {}).checks
    return found.origin


@pytest.mark.parametrize("status", ["fail", "minor", "rounding"])
def test_what_every_reader_sees_is_the_documents(status: str) -> None:
    assert origin(check(status), {"T3": ((TOTAL, PART), (PART, TOTAL))}) == "document"


def test_readers_that_differ_on_a_figure_leave_it_unknown() -> None:
    other = replace(PART, value_text="3.00")
    assert origin(check(), {"T3": ((TOTAL, PART), (TOTAL, other))}) == "unknown"


def test_a_difference_elsewhere_in_the_table_does_not_matter() -> None:
    elsewhere = cell(item="培训支出", code="2050803", value_text="1.00")
    assert origin(check(), {"T3": ((TOTAL, PART, elsewhere),)}) == "document"


def test_a_table_that_nobody_else_could_read_is_no_evidence() -> None:
    assert origin(check(), {"T3": ((), ())}) == "unknown"


def test_a_table_still_in_doubt_points_at_the_reading() -> None:
    doubtful = replace(PART, flags=("arbitrated", "low_confidence"))
    assert origin(check(), {"T3": ((TOTAL, PART),)}, cells=(TOTAL, doubtful)) == "reading"


def test_a_table_never_in_doubt_needs_no_witness() -> None:
    assert origin(check("rounding")) == "document"


def test_text_read_plainly_is_the_documents_and_an_inferred_unit_leaves_it_unknown() -> None:
    refs = ("fact:three_public/公务接待费/final/1", REFS[0])
    plain = fact(flags=("from_list",))
    assert origin(check(refs=refs), facts=(plain,)) == "document"
    assert origin(check(refs=refs), facts=(replace(plain, flags=("unit_inferred",)),)) == "unknown"


def test_text_from_a_scan_is_unknown() -> None:
    assert origin(check(), text_source="ocr") == "unknown"


def test_what_passes_keeps_what_it_had() -> None:
    (found,) = with_origins(report(checks=(check("pass"),)), {}).checks
    assert found == check("pass")


@pytest.mark.parametrize(
    "changes",
    [
        {"named": "inherited"}, {"flags": ("basis_inherited",)}, {"flags": ("year_inferred",)},
        {"flags": ("arbitrated",)}, {"flags": ("free_name",)},
    ],
)  # fmt: skip
def test_a_name_base_or_year_that_is_not_told_there_accuses_nobody(changes: dict[str, object]) -> None:
    refs = ("fact:three_public/公务接待费/final/1",)
    base: Report = report(checks=(check(refs=refs),), facts=(replace(fact(flags=()), **changes),))
    (found,) = with_origins(base, {}).checks
    assert (found.origin, found.severity) == ("unknown", "warning")
    (sure,) = with_origins(replace(base, facts=(fact(flags=()),)), {}).checks
    assert (sure.origin, sure.severity) == ("document", "error")


def test_a_table_still_in_doubt_is_a_warning_at_most() -> None:
    doubtful = replace(PART, flags=("low_confidence",))
    base: Report = report(cells=(TOTAL, doubtful), checks=(check(),))
    (found,) = with_origins(base, {}).checks
    assert (found.origin, found.severity) == ("reading", "warning")
