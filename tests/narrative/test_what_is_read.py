"""Which parts of a text are read, whatever headings it has or lacks."""

from __future__ import annotations

import pytest

from jsextract.model.report import Report
from jsextract.pipeline import understand
from jsextract.readers.plain_text import read_plain_text
from jsextract.rules.ruleset import load_rules


def stated(text: str) -> dict[tuple[str, str], str]:
    report: Report = understand(read_plain_text(text.encode()), load_rules())
    return {(fact.item, fact.measure): fact.value_text for fact in report.facts if fact.value is not None}


def test_a_text_whose_only_heading_is_its_title_is_read():
    found = stated("梧桐镇2022年“三公”经费决算\n2022年“三公”经费决算数共计35.5万元，其中公务接待费15.5万元。")
    assert found["“三公”经费合计", "final"] == "35.5"
    assert found["公务接待费", "final"] == "15.5"


def test_staff_under_a_heading_of_an_overview_and_of_none():
    for heading in ("二、机构设置", "第一部分 梧桐馆概况", "一、梧桐馆概况"):
        found = stated(f"梧桐馆2022年度部门决算\n{heading}\n单位编制人数20人，退休人员7人。")
        assert found["总编制", "quota"] == "20", heading
        assert found["退休", "headcount"] == "7", heading


def test_an_overview_whose_heading_tells_no_topic_is_about_offices_and_people():
    found = stated("梧桐馆2022年度部门决算\n第一部分 梧桐馆概况\n现有教职工20人，其中校级领导3人；食堂2幢，宿舍1幢。")
    assert found["校级领导", "headcount"] == "3"
    assert found["宿舍", "count"] == "1"


def test_a_paragraph_without_a_heading_that_names_offices_and_people_is_about_them():
    people = "（二）单位构成。现有职工20人，其中院领导3人。"
    found = stated(f"梧桐院2022年度部门决算\n2022年度收入总计9.00万元，支出总计9.00万元。\n{people}")
    assert found["院领导", "headcount"] == "3"


def test_a_list_goes_on_from_a_figure_that_was_read_and_from_no_other():
    found = stated("梧桐馆2022年度部门决算\n二、机构设置\n专任教师20人，大班60人。参会来宾300人，其中老年人20人。")
    assert found["大班", "headcount"] == "60"
    assert "20" not in [value for (item, _), value in found.items() if item == "老年人"]


def test_what_was_done_among_tasks_is_no_property():
    done = "帮扶困难户20户，完成整改15个。有耕地2000亩，有3名学生。单位编制人数20人，其中馆领导3人。"
    found = stated(f"梧桐馆2022年度部门决算\n一、主要职责\n{done}")
    assert found == {("总编制", "quota"): "20", ("馆领导", "quota"): "3"}


def test_a_share_behind_people_is_theirs():
    found = stated("梧桐院2022年度部门决算\n二、机构设置\n现有教职工80人，高级教师12人，占15.00%。")
    assert found["高级教师", "share"] == "15.00"


@pytest.mark.parametrize("printed", ["3万余人次", "3余万人次", "3万多人次"])
def test_a_count_that_is_said_to_be_more_keeps_its_unit(printed: str):
    text = f"梧桐院2022年度部门决算\n二、基本情况\n年收治住院病人{printed}。"
    report: Report = understand(read_plain_text(text.encode()), load_rules())
    assert [(fact.value_text, fact.unit) for fact in report.facts] == [("3", "万人次")]


def test_money_among_duties_is_not_read_and_staff_is():
    found = stated("梧桐馆2022年度部门决算\n一、主要职责\n单位编制人数20人，支出合计8.00万元。")
    assert found == {("总编制", "quota"): "20"}


def test_a_heading_that_no_rule_knows_hides_nothing():
    found = stated("梧桐馆2022年度部门决算\n一、补充内容\n2022年度支出合计8.00万元。")
    assert found["本年支出合计", "final"] == "8.00"


@pytest.mark.parametrize(
    ("sentence", "item", "unit_value"),
    [
        ("2022年国内接待220批，共计1357人次。", "国内公务接待", "1357"),
        ("截至2022年12月31日，共有车辆18辆。", "车辆", "18"),
    ],
)
def test_paragraphs_without_headings_are_read_by_what_they_name(sentence: str, item: str, unit_value: str):
    found = stated(f"梧桐馆2022年度部门决算\n2022年度收入总计9.00万元，支出总计9.00万元。\n{sentence}")
    assert found[item, "count"] == unit_value
    assert found["收入总计", "final"] == "9.00"


def test_traditional_characters_are_read_and_the_sentence_stays_as_printed():
    report = understand(
        read_plain_text("梧桐院2022年度部門決算\n2022年度收入總計9.00萬元，支出總計9.00萬元。".encode()), load_rules()
    )
    first = report.facts[0]
    assert (first.item, first.amount_yuan) == ("收入总计", 90000)
    assert "萬元" in first.sentence
