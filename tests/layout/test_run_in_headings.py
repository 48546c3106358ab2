"""Headings that begin their paragraph (段首标题): （三）国有资产占用情况。截至…."""

from __future__ import annotations

import pytest

from jsextract.model.document import Line
from jsextract.outline.headings import outline
from jsextract.rules.ruleset import load_rules

HEAD = ["第三部分 2022年度部门决算情况说明", "十、其他重要事项的情况说明"]


def sections(*lines: str) -> list[tuple[str, str]]:
    parts = outline([Line(0, text) for text in (*HEAD, *lines)], load_rules().sections).parts
    return [(part.topic, "".join(p.text for p in part.paragraphs)) for part in parts if part.paragraphs]


def test_each_of_them_begins_a_section_about_its_own_topic():
    found = sections(
        "（一）机关运行经费。2022年度机关运行经费支出21.05万元。",
        "（二）政府采购情况。2022年度政府采购支出总额30.40万元。",
        "（三）国有资产占用情况：截至2022年12月31日，本部门共有车辆3辆。",
        "（四）预算绩效情况。本部门组织对15个项目开展绩效自评。",
    )
    assert [topic for topic, _ in found] == ["operating", "procurement", "assets", "performance"]
    assert found[2][1] == "截至2022年12月31日，本部门共有车辆3辆。"


@pytest.mark.parametrize(
    "line",
    [
        "五、机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。",
        "1.道路养护项目绩效自评综述：项目全年预算数为90万元，执行数为86万元。",
        "（二）公务接待费。2022年度公务接待费支出1.20万元。",
        "（一）政府采购情况良好，共采购3项。",
    ],
)
def test_terms_projects_and_sentences_are_no_headings(line: str):
    assert sections(line)[-1][1].endswith(line[-8:])
    assert line in sections(line)[-1][1]


def test_a_heading_that_runs_on_into_its_sentence_turns_the_topic_and_stays_in_the_text():
    found = sections(
        "十一、机关运行经费42.10万元，比上年减少1.30万元。",
        "十二、政府采购支出合计30.40万元，其中货物12.00万元。",
        "十三、截至2022年12月31日，本站共有车辆3辆，其中应急保障用车2辆。",
        "十四、绩效：对6个项目开展自评，平均91.5分。",
    )
    assert [topic for topic, _ in found] == ["operating", "procurement", "assets", "performance"]
    assert found[1][1].startswith("十二、政府采购支出合计30.40万元")


def test_sections_with_other_numbers_run_on_too():
    lines = (
        "1、收支总体情况。总收入90.00万元。",
        "2、“三公”经费支出3.20万元。",
        "3、政府性基金预算财政拨款支出1.00万元。",
    )
    parts = outline([Line(0, line) for line in (HEAD[0], *lines)], load_rules().sections).parts
    assert [part.topic for part in parts if part.paragraphs] == ["totals", "three_public", "fund"]


def test_what_follows_the_section_before_and_names_no_topic_ends_it():
    found = sections("十一、政府采购30.40万元。", "十二、其他事项：志愿服务12次。")
    assert [topic for topic, _ in found] == ["procurement", ""]


@pytest.mark.parametrize(
    "lines",
    [
        ("十一、“三公”经费支出3.20万元。", "（一）因公出国（境）费0万元。", "（二）公务接待费3.20万元。"),
        ("十一、收支决算总体情况说明", "（一）收入合计90.00万元。", "1.财政拨款收入80.00万元。", "2.政府性基金预算财政拨款收入10.00万元。"),
        ("十一、预算绩效情况说明", "1.政府采购监管经费：预算10.00万元，执行9.50万元。"),
    ],
)  # fmt: skip
def test_lists_inside_a_section_are_no_sections(lines: tuple[str, ...]):
    assert len(sections(*lines)) == 1


def test_an_entry_that_begins_with_a_sentence_about_a_topic_turns_to_it():
    found = sections("（一）本校没有机关运行经费。", "（二）组织对11个项目开展绩效自评，涉及资金90.00万元。")
    assert found[-1][0] == "performance"


@pytest.mark.parametrize("words", ["总体情况", "支出情况", "支出决算具体情况"])
def test_what_is_said_in_general_below_the_spending_of_a_fund_is_about_that_fund(words: str):
    lines = ("五、一般公共预算财政拨款支出决算情况说明", f"（一）{words}", "年初预算为90.00万元，支出决算为81.00万元。")
    parts = outline([Line(0, line) for line in (HEAD[0], *lines)], load_rules().sections).parts
    assert [part.subject for part in parts if part.paragraphs] == ["一般公共预算财政拨款支出"]
