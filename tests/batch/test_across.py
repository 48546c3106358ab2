"""Accounts of one dataset held against each other."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jsextract.accounts.account_index import AccountIndex, placed
from jsextract.accounts.account_summary import summary_of
from jsextract.accounts.comparison import IDS
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.model.report import CheckResult, Report
from tests.check.told import ENTITY, account, read
from tests.made import cell, fact

PRIOR, TWICE, WITHIN, SUM = IDS


def told(file: str, year: int = 2023, **changes: str) -> Report:
    text = (
        account(**changes).replace("2022", f"{year - 1}").replace("2023", f"{year}")
        if year != 2023
        else account(**changes)
    )
    return replace(read(text), file=file)


def unit(file: str, name: str, amount: str, kind: str = "单位决算", **values: object) -> Report:
    """An account with nothing but the figure of table T5."""
    whole = cell(table="T5", side="", code="", item="合计", column="合计", value=Decimal(amount), value_text=amount)
    known = {"kind": kind, "entity": name, "year": 2023, "region": "北原市青禾区", "cells": (whole,)}
    return Report(document_id=file, file=file, sha256=file, bytes=1, **(known | values))  # type: ignore[arg-type]


def checks(report: Report, *others: Report) -> list[CheckResult]:
    with AccountIndex() as across:
        for known in sorted((report, *others), key=lambda r: r.file):
            across.add(known.file, known.file, summary_of(known))
        return list(across.checks(report.file, report.file))


def said(report: Report, *others: Report) -> list[tuple[str, str, str]]:
    return [(c.check_id, c.status, c.item) for c in checks(report, *others)]


TOTAL, INCOME = "收入支出总计", "本年收入合计"
THIS = {"totals": f"{ENTITY}2023年度收入支出总计120.50万元。与2022年度相比，收入支出总计增加1.20万元，增长1.01%。"}
LAST = {"totals": f"{ENTITY}2022年度收入支出总计119.30万元。与2021年度相比，收入支出总计持平。"}


def last(**changes: str) -> Report:
    text = account(**{**LAST, **changes}).replace("2023", "2022")
    return replace(read(text), file="2022.txt")


def test_what_is_said_of_the_year_before_agrees_with_its_own_account():
    assert said(told("2023.txt", **THIS), last()) == [(PRIOR, "pass", TOTAL)]


def test_another_figure_for_the_year_before_is_found_where_others_agree():
    both = {**THIS, "income": "本年收入合计120.50万元，比上年增加2.50万元，增长2.12%。"}
    rows = checks(told("2023.txt", **both), last(income="本年收入合计117.00万元，比上年增加1.00万元。"))
    assert [(c.item, c.status, c.severity) for c in rows] == [(TOTAL, "pass", "warning"), (INCOME, "fail", "warning")]
    assert (rows[1].stated, rows[1].computed, rows[1].difference) == ("118.00", "117.00", "1.00")
    assert "2022.txt" in rows[1].message
    assert any(ref.startswith("document:") for ref in rows[1].refs)


def test_where_nothing_agrees_the_scope_may_be_another():
    both = {**THIS, "income": "本年收入合计120.50万元，比上年增加2.50万元，增长2.12%。"}
    other = last(totals="2022年度收入支出总计90.00万元。", income="本年收入合计91.00万元，比上年增加1.00万元。")
    assert said(told("2023.txt", **both), other) == [(PRIOR, "not_checkable", "prior year")]


@pytest.mark.parametrize(
    "totals",
    [
        "2023年度收入支出总计120.50万元。按同口径与2022年度相比，收入支出总计增加1.20万元。",
        "2023年度收入支出总计120.50万元。",
    ],
)
def test_figures_on_another_basis_or_none_at_all_give_no_row(totals):
    other = last(totals="2022年度收入支出总计90.00万元。")
    assert said(told("2023.txt", totals=totals), other) == []


def test_other_entities_kinds_and_years_are_left_alone():
    now = told("2023.txt", **THIS)
    assert said(now, replace(last(), entity="北原市青禾区林业局")) == []
    assert said(now, replace(last(), kind="单位决算")) == []
    assert said(now, replace(last(), year=2021)) == []


@given(st.integers(1, 10**6), st.integers(-(10**5), 10**5), st.sampled_from([0, 1, 2, 4]))
def test_rounding_of_a_change_is_no_error(total, change, digits):
    before = Decimal(total - change).scaleb(-digits)
    now = Decimal(total).scaleb(-digits)
    facts = (
        fact(fact_id="a", topic="totals", item=TOTAL, measure="final", value=now, value_text=f"{now:f}"),
        fact(
            fact_id="b", topic="totals", item=TOTAL, measure="change", basis="上年", value=now - before,
            value_text=f"{now - before:f}", sentence="比上年增加。",
        ),
    )  # fmt: skip
    then = (fact(fact_id="a", topic="totals", item=TOTAL, measure="final", value=before, value_text=f"{before:f}"),)
    known = {"kind": "部门决算", "entity": ENTITY, "region": "北原市青禾区"}
    current = Report(document_id="1" * 16, file="b", sha256="", bytes=1, year=2023, facts=facts, **known)  # type: ignore[arg-type]
    earlier = Report(document_id="2" * 16, file="a", sha256="", bytes=1, year=2022, facts=then, **known)  # type: ignore[arg-type]
    assert {c.status for c in checks(current, earlier)} <= {"pass", "rounding"}


FULL = {
    **THIS,
    "income": "本年收入合计120.50万元，其中：财政拨款收入120.50万元，占100.00%。",
    "three_public": "“三公”经费财政拨款支出决算为0.95万元。其中：公务接待费支出决算为0.95万元。",
}


def test_two_publications_of_one_account_are_flagged_on_both():
    one, two = told("a.txt", **FULL), told("b.txt", **FULL, assets="")
    assert [(c.check_id, c.status, c.computed) for c in checks(one, two) if c.check_id == TWICE] == [
        (TWICE, "minor", "b.txt")
    ]
    assert [c.computed for c in checks(two, one) if c.check_id == TWICE] == ["a.txt"]


def test_two_publications_with_another_figure_fail():
    one = told("a.txt", **FULL)
    two = told("b.txt", **{**FULL, "income": FULL["income"].replace("120.50", "120.60", 1)})
    (row,) = [c for c in checks(one, two) if c.check_id == TWICE]
    assert row.status == "fail"
    assert "本年收入合计 120.50 and 120.60" in row.message


def test_parts_of_an_account_in_two_files_and_namesakes_are_no_duplicates():
    tables = unit("tables.pdf", ENTITY, "120.50", kind="部门决算")
    assert [c for c in checks(told("text.txt", **FULL), tables) if c.check_id == TWICE] == []
    namesake = told(
        "b.txt", **{name: line.replace("120.50", "98.70").replace("0.95", "0.12") for name, line in FULL.items()}
    )
    assert [c for c in checks(told("a.txt", **FULL), namesake) if c.check_id == TWICE] == []


LISTING = {
    "units": f"纳入{ENTITY}2023年度部门决算编制范围的单位包括：{ENTITY}（本级）、青禾区河道管理所、北原市青禾区水文站。"
}


def department(amount: str) -> Report:
    text = read(account(**LISTING))
    whole = unit("department.pdf", ENTITY, amount, kind="部门决算")
    return replace(whole, sections=text.sections)


@pytest.mark.parametrize("name", ["北原市青禾区河道管理所", "青禾区河道管理所", "河道管理所", "区河道管理所"])
def test_short_names_of_units_get_their_region(name):
    assert placed(name, "北原市青禾区") == "北原市青禾区河道管理所"


RIVER, WATER = "北原市青禾区河道管理所", "北原市青禾区水文站"


def test_a_units_figure_is_no_more_than_its_departments():
    item = "一般公共预算财政拨款支出"
    assert said(unit("u.pdf", RIVER, "20.00"), department("80.00")) == [(WITHIN, "pass", item)]
    assert said(unit("u.pdf", RIVER, "80.01"), department("80.00")) == [(WITHIN, "rounding", item)]
    assert said(unit("u.pdf", RIVER, "90.00"), department("80.00")) == [(WITHIN, "fail", item)]
    assert said(unit("u.pdf", "北原市青禾区林场", "90.00"), department("80.00")) == []


def test_units_together_are_no_more_than_their_department():
    units = [unit("0.pdf", ENTITY, "50.00"), unit("1.pdf", RIVER, "20.00"), unit("2.pdf", WATER, "10.00")]
    assert [c.status for c in checks(department("80.00"), *units)] == ["pass"]
    (row,) = checks(department("70.00"), *units)
    assert (row.check_id, row.status, row.stated) == (SUM, "fail", "80.00")


def dataset(folder: Path, out: Path, names: list[str]) -> dict[str, bytes]:
    for name in names:
        run(find_sources([str(folder / name)]), out, Settings(jobs=0), lambda outcome: None)
    return {p.name: p.read_bytes() for p in out.iterdir() if p.suffix == ".csv"}


def test_rows_do_not_depend_on_which_run_read_what(tmp_path: Path):
    (tmp_path / "2023.txt").write_text(account(**THIS), encoding="utf-8")
    (tmp_path / "2022.txt").write_text(account(**LAST).replace("2023", "2022"), encoding="utf-8")
    forth = dataset(tmp_path, tmp_path / "a", ["2022.txt", "2023.txt"])
    back = dataset(tmp_path, tmp_path / "b", ["2023.txt", "2022.txt"])
    assert forth == back
    with (tmp_path / "a" / "checks.csv").open(encoding="utf-8-sig", newline="") as handle:
        found = [row for row in csv.DictReader(handle) if row["check_id"].startswith("dataset.")]
    assert [(row["check_id"], row["status"]) for row in found] == [(PRIOR, "pass")]
