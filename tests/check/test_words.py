"""Rules about words, on invented sentences: what they must find, and what looks like it and is right."""

from __future__ import annotations

import pytest

from jsextract.check.text_rules import RULES
from tests.check.told import ENTITY, account, found, read

YEAR, NAME, RESIDUE = "text.stale_year", "text.entity_name", "text.template_residue"
TOPIC, FORM = "text.wrong_topic", "text.punctuation"


def test_an_account_that_is_right_passes_every_rule_about_words():
    checks = {c.check_id: c for c in read(account()).checks if c.check_id in {rule.check_id for rule in RULES}}
    assert set(checks) == {rule.check_id for rule in RULES}
    assert {c.check_id for c in checks.values() if c.status != "pass"} == set()


STALE = [
    {"units": f"纳入{ENTITY}2022年度部门决算汇编的单位有1个。"},
    {"part3": f"第三部分 {ENTITY}2022年度部门决算情况说明"},
    {"totals": f"{ENTITY}2022年度收入支出总计120.50万元。"},
    {"totals": f"{ENTITY}2023年度收入支出总计120.50万元。与2023年度相比，收入支出总计增加1.20万元。"},
    {"totals": f"{ENTITY}2023年度收入支出总计120.50万元。与2021年度相比，收入支出总计增加1.20万元。"},
    {"assets": f"截至2022年12月31日，{ENTITY}共有车辆2辆。"},
    {"fund": f"{ENTITY}2022年度无政府性基金预算财政拨款收入和支出。"},
]


@pytest.mark.parametrize("changes", STALE, ids=lambda c: next(iter(c.values()))[:24])
def test_another_year_in_a_place_of_the_documents_own_is_found(changes):
    rows = found(YEAR, **changes)
    assert [(row.status, row.origin) for row in rows] == [("fail", "document")]
    assert rows[0].computed == "2023"


RIGHT_YEARS = [
    {"totals": f"{ENTITY}2023年度收入支出总计120.50万元。与2022年度相比增加1.20万元，与2021年度相比增加2.00万元。"},
    {"totals": "2023年度收入支出总计120.50万元，2022年度收入支出总计119.30万元。"},
    {"totals": "2023年度收入支出总计120.50万元，主要是2019年开工的青禾水库项目。"},
    {"income": "本年收入合计120.50万元，按《北原市2021-2025年水利发展规划》安排。"},
    {"income": "本年收入合计120.50万元，其中2022年度结转项目12.00万元。"},
    {"income": "本年收入合计120.50万元，与2023年年初预算相比增加3.00万元。"},
    {"units": f"{ENTITY}于2009年成立，2016年与原防汛办合并。"},
    {"units": f"{ENTITY}根据《北原市2022年度部门决算公开办法》公开。"},
    {"glossary": "一、上年结转：指2022年度部门决算中结转的资金，截至2022年12月31日。"},
    {"three_public": "2022年度公务接待费1.20万元，2023年度公务接待费0.95万元。"},
    {"three_public": "公务接待费0.95万元，比2022年部门预算减少0.05万元；年初预算为1.00万元。"},
    {"assets": f"截至2023年12月31日，{ENTITY}共有车辆2辆，比2022年12月31日减少1辆。"},
]


@pytest.mark.parametrize("changes", RIGHT_YEARS, ids=lambda c: next(iter(c.values()))[:30])
def test_years_of_other_things_are_no_stale_years(changes):
    assert found(YEAR, **changes) == []


def test_last_years_budget_alone_is_weak_evidence():
    rows = found(YEAR, three_public="公务接待费0.95万元。2022年部门预算公务接待费2万元。")
    assert [(row.status, row.severity) for row in rows] == [("minor", "info")]


def test_headings_of_one_stale_year_are_one_row():
    rows = found(YEAR, part1=f"第一部分 {ENTITY}2022年度部门决算概况", part3="第三部分 2022年度部门决算情况说明")
    assert len(rows) == 1
    assert rows[0].message.startswith("2 headings")


WRONG_NAMES = {
    "the district is missing": {"totals": "北原市水务局2023年度收入支出总计120.50万元。"},
    "a name left from another account": {"part1": "第一部分 北原市柳溪县林业局概况"},
    "nearly the name": {"fund": "北原市青禾区水利局2023年度无政府性基金预算财政拨款收入和支出。"},
}


@pytest.mark.parametrize("changes", WRONG_NAMES.values(), ids=WRONG_NAMES)
def test_another_name_in_the_entitys_place_is_found(changes):
    rows = found(NAME, **changes)
    assert [(row.status, row.computed) for row in rows] == [("fail", ENTITY)]


def test_a_district_that_is_not_in_the_name_is_found():
    own = "北原市水务局"
    text = (
        account().replace(ENTITY, own).replace(f"{own}2023年度收入支出总计", "北原市青禾区水务局2023年度收入支出总计")
    )
    rows = [c for c in read(text).checks if c.check_id == NAME]
    assert [(row.status, "青禾区 is added" in row.message) for row in rows] == [("fail", True)]


SHORT = [
    ("北原市发改委", "北原市发展和改革委员会"),
    ("北原市人大常委会办公室", "北原市人民代表大会常务委员会办公室"),
    ("青禾区法院", "北原市青禾区人民法院"),
    ("中共北原市委组织部", "中国共产党北原市委员会组织部"),
]


@pytest.mark.parametrize(("short", "name"), SHORT)
def test_customary_short_names_are_no_other_names(short, name):
    text = account().replace(ENTITY, name).replace(f"{name}2023年度收入支出总计", f"{short}2023年度收入支出总计")
    assert [c.status for c in read(text).checks if c.check_id == NAME] == ["pass"]


RIGHT_NAMES = [
    {"totals": "本部门2023年度收入支出总计120.50万元。"},
    {"totals": "我局2023年度收入支出总计120.50万元。"},
    {"totals": "区水务局2023年度收入支出总计120.50万元。"},
    {"totals": "青禾区水务局2023年度收入支出总计120.50万元。"},
    {"totals": "北原市青禾区水务局本级2023年度收入支出总计120.50万元。"},
    {"totals": "北原市青禾区河道管理所2023年度收入支出总计20.50万元。"},
    {"part1": "第一部分 部门概况"},
    {"part3": "第三部分 2023年度部门决算情况说明"},
    {"part3": "第三部分 北原市青禾区水务局部门2023年度部门决算情况说明"},
    {"fund": "2023年度本部门无政府性基金预算财政拨款收入和支出。"},
]


@pytest.mark.parametrize("changes", RIGHT_NAMES, ids=lambda c: next(iter(c.values()))[:24])
def test_short_names_and_units_of_the_entity_are_right(changes):
    assert found(NAME, **changes) == []


def test_two_words_that_join_one_name_are_two_names():
    entity = "北原市青禾区文化和旅游局"
    text = (
        account()
        .replace(ENTITY, entity)
        .replace(f"{entity}2023年度收入支出总计", "北原市青禾区文化与旅游局2023年度收入支出总计")
    )
    rows = [c for c in read(text).checks if c.check_id == NAME]
    assert [(row.status, "joins" in row.message) for row in rows] == [("fail", True)]


RESIDUES = [
    {"totals": "XX局2023年度收入支出总计120.50万元。"},
    {"totals": "2023年度收入支出总计增加（减少）1.20万元，增长（下降）1.01%。"},
    {"income": "本年收入合计120.50万元（不涉及的不列）。"},
    {"assets": "应当按照下列格式说明："},
]


@pytest.mark.parametrize("changes", RESIDUES, ids=lambda c: next(iter(c.values()))[:24])
def test_words_of_the_template_are_found(changes):
    rows = found(RESIDUE, **changes)
    assert {(row.status, row.severity) for row in rows} == {("fail", "warning")}


def test_a_statement_of_none_about_another_topic_is_found():
    rows = found(TOPIC, state_capital="本单位无政府性基金支出。")
    assert [(row.status, row.severity, row.stated) for row in rows] == [("fail", "error", "本单位无政府性基金支出。")]


@pytest.mark.parametrize(
    "said", ["无此项支出。", "本单位无政府性基金支出，也无国有资本经营预算支出。", "本年度未发生支出。"]
)
def test_statements_of_none_that_fit_their_section_are_right(said):
    assert found(TOPIC, state_capital=said) == []


@pytest.mark.parametrize(
    "said",
    [
        "本年收入合计120.50万元（含结转，占100.00%。",
        "本年收入合计120.50万元，，占100.00%。",
        "其他收入6.25；财政拨款收入114.25万元。",
        "本年收入合计120.50万元；",
    ],
)
def test_slips_of_form_are_minor_and_for_information(said):
    assert [(row.status, row.severity) for row in found(FORM, income=said)] == [("minor", "info")]


def test_numbers_with_half_a_bracket_are_no_slip():
    assert (
        found(FORM, income="本年收入合计120.50万元，其中：1）财政拨款收入100.00万元；2）其他收入20.50万元（含利息）。")
        == []
    )
