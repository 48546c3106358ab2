"""Titles of accounts of every kind of body, of whole regions and of what is no account: kind, entity, place, year."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.outline.headings import outline
from jsextract.outline.identity import identify
from jsextract.outline.places import place_of
from jsextract.readers.plain_text import read_plain_text
from jsextract.rules.ruleset import load_rules

OPENINGS = {
    "totals": "一、收入支出决算总体情况说明\n{year}年度收入总计1234.56万元，支出总计1234.56万元。与上年相比，收、支总计各增加34.56万元。\n"
    "二、收入决算情况说明\n本年收入合计1200.00万元，其中：财政拨款收入1100.00万元，占91.67%。",
    "items": "一、收入支出总体情况\n{year}年度收入总计1234.56万元，支出总计1234.56万元。\n二、收入情况\n财政拨款收入1100.00万元，为市本级财政拨付。",
    "three_public": "{year}年度“三公”经费支出决算数为12.30万元，比上年减少1.20万元，下降8.89%。",
    "finances": "{year}年总收入1234.56万元，其中财政拨款收入900.00万元；总支出1100.00万元，结余134.56万元。",
    "procurement": "{year}年度政府采购支出总额120.00万元，其中：政府采购货物支出100.00万元。",
    "operating": "{year}年度机关运行经费支出88.00万元，比上年增加8.00万元，增长10.00%。",
    "government": "{year}年，全县一般公共预算收入完成12.30亿元，比上年增长5.2%；一般公共预算支出45.60亿元。",
    "summed": "经县财政局汇总，{year}年县级“三公”经费支出1234.00万元，比上年下降5.20%。",
    "budget": "{year}年收入预算1234.56万元，比上年预算增加34.56万元；支出预算1234.56万元，基本支出900.00万元，项目支出334.56万元。",
    "work": "一、基本情况\n{year}年完成投资12.30亿元，支出1234.56万元，资金到位率98.00%。",
}
LINES = (Path(__file__).parent / "titles.tsv").read_text("utf-8").splitlines()
TITLES = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(
    ("kind", "entity", "place", "year", "opening", "title"), TITLES, ids=[f"{row[5]}…{row[4]}" for row in TITLES]
)
def test_a_title_says_whose_account_it_is(kind: str, entity: str, place: str, year: str, opening: str, title: str):
    text = title.replace("|", "\n") + "\n" + OPENINGS[opening].format(year=year or 2021)
    found = identify(outline(read_plain_text(text.encode()).pages[0].lines, load_rules().sections), ())
    # where the title says neither 部门 nor 单位, either will do
    assert found.kind == kind or (kind == "决算" and found.is_final_account)
    if kind != "其他":
        assert (found.entity, found.region, str(found.year)) == (entity, place, year)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("苏州大学", ""),
        ("浙江省杭州第二中学", "浙江省"),
        ("四川省凉山州西昌市公安局", "四川省凉山州西昌市"),
        ("盐城市城市管理局", "盐城市"),
        ("城市建设研究院", ""),
        ("内江市市中区水利局", "内江市市中区"),
        ("北京市东城区教育局", "北京市东城区"),
        ("内蒙古自治区科尔沁左翼中旗水务局", "内蒙古自治区科尔沁左翼中旗"),
        ("积石山保安族东乡族撒拉族自治县教育局", "积石山保安族东乡族撒拉族自治县"),
        ("临江农产品批发市场", ""),
        ("国家税务总局临江市税务局", "临江市"),
    ],
)
def test_a_place_is_what_a_name_begins_with(name: str, place: str):
    assert place_of(name) == place
