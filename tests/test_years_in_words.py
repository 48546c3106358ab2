"""Years in Chinese digits (二〇二〇年) are years wherever they stand: cover, headings, sentences, names of columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jsextract import extract
from jsextract.model.report import Report
from jsextract.rules.ruleset import load_rules
from jsextract.rules.table_definitions import bare_title
from jsextract.tables.row_names import canonical

ACCOUNT = Path(__file__).parents[1] / "fixtures" / "account_text.txt"
WRITTEN = {
    "〇": str.maketrans("0123456789", "〇一二三四五六七八九"),
    "○": str.maketrans("0123456789", "○一二三四五六七八九"),
    "零": str.maketrans("0123456789", "零一二三四五六七八九"),
    "0": str.maketrans("123456789", "一二三四五六七八九"),
    "O": str.maketrans("0123456789", "O一二三四五六七八九"),
    "贰零": str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"),
}


def stated(report: Report) -> list[tuple[object, ...]]:
    return [
        (f.topic, f.item, f.measure, f.basis, f.value, f.unit, f.direction, f.year, f.pattern) for f in report.facts
    ]


@pytest.mark.parametrize("zero", WRITTEN)
def test_an_account_says_the_same_with_its_years_in_chinese_digits(zero, tmp_path):
    text = ACCOUNT.read_text(encoding="utf-8")
    written = re.sub(r"20\d\d(?=年)", lambda m: m[0].translate(WRITTEN[zero]), text)
    assert written != text
    path = tmp_path / "account.txt"
    path.write_text(written, encoding="utf-8")
    before, after = extract(ACCOUNT), extract(path)
    assert (after.entity, after.year, after.kind) == (before.entity, before.year, before.kind)
    assert after.year is not None
    assert after.entity
    assert stated(after) == stated(before)
    assert [(c.check_id, c.status) for c in after.checks] == [(c.check_id, c.status) for c in before.checks]


@pytest.mark.parametrize("cover", ["二〇二〇年度", "二0二0年度", "二○二○年度", "二零二零年", "2020年度"])
def test_the_cover_names_entity_and_year(cover, tmp_path):
    path = tmp_path / "account.txt"
    path.write_text(
        f"临江市青石县档案馆\n\n{cover}部门决算\n\n第一部分 部门概况\n\n一、主要职能\n\n保管档案。\n\n第二部分 2020年度部门决算情况说明\n\n"
        "一、收入支出决算总体情况说明\n\n2020年度收入总计120.50万元，支出总计120.50万元。\n",
        encoding="utf-8",
    )
    report = extract(path)
    assert (report.entity, report.year, report.kind) == ("临江市青石县档案馆", 2020, "部门决算")


def test_printed_years_stay_as_printed(tmp_path):
    path = tmp_path / "account.txt"
    sentence = "二〇二〇年度收入总计120.50万元，支出总计120.50万元。"
    path.write_text(
        f"临江市青石县档案馆\n\n二〇二〇年度部门决算\n\n第二部分 二〇二〇年度部门决算情况说明\n\n一、收入支出决算总体情况说明\n\n{sentence}\n",
        encoding="utf-8",
    )
    report = extract(path)
    assert {fact.sentence for fact in report.facts} == {sentence}
    assert any("二〇二〇年度" in section.heading for section in report.sections)


def test_titles_and_columns_of_tables_are_known_by_them():
    title = bare_title("二〇二〇年度财政拨款收入支出决算总表")
    assert [d.id for d in load_rules().tables if d.reads_title(title)] == ["T4"]
    assert canonical("二〇二〇年度决算数") == ("2020年度决算数", False)
