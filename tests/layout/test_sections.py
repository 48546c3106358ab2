"""Parts and sections by the words of their headings, in the manners of many places."""

from __future__ import annotations

import pytest

from jsextract.outline.heading_lines import is_heading
from jsextract.outline.headings import Outline, outline
from jsextract.readers.plain_text import read_plain_text
from jsextract.rules.ruleset import load_rules
from jsextract.text.tokens import ordinal_level


def outlined(text: str) -> Outline:
    return outline(read_plain_text(text.encode()).pages[0].lines, load_rules().sections)


def shape(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.topic) for part in outlined(text).parts]


def test_contents_are_told_from_the_body():
    found = outlined(
        "某市档案馆\n2022年度部门决算\n目录\n公开时间：2023年9月1日\n第一部分 单位概况......3\n一、主要职责......3\n"
        "第二部分 2022年度部门决算情况说明......5\n一、收入支出决算总体情况说明......5\n第三部分 名词解释......9\n"
        "第一部分 单位概况\n一、主要职责\n负责档案保管。\n第二部分 2022年度部门决算情况说明\n一、收入支出决算总体情况说明\n"
        "2022年度收、支总计均为100.00万元。\n第三部分 名词解释\n1.财政拨款收入：指拨款。"
    )
    assert [line.text for line in found.cover] == ["某市档案馆", "2022年度部门决算"]
    assert [part.heading for part in found.parts] == [
        "第一部分 单位概况", "一、主要职责", "第二部分 2022年度部门决算情况说明", "一、收入支出决算总体情况说明", "第三部分 名词解释",
    ]  # fmt: skip
    assert [part.kind for part in found.parts] == ["overview", "overview", "narrative", "narrative", "glossary"]


def test_parts_are_known_by_words_not_by_number():
    assert shape(
        "第一部分 单位概况\n一、职能\n负责。\n第二部分 2021年度部门决算情况说明\n一、收入决算情况说明\n本年收入合计1万元。\n"
        "第三部分 名词解释\n一、其他收入：指其他。\n第四部分 附件\n附件1\n第五部分 附表\n一、收入支出决算总表"
    ) == [
        ("overview", ""), ("overview", "duty"), ("narrative", ""), ("narrative", "income"), ("glossary", "glossary"),
        ("attachment", ""), ("tables", ""), ("tables", "totals"),
    ]  # fmt: skip


def test_parts_numbered_without_the_word_part():
    assert shape(
        "一、单位概况\n（一）主要职能\n负责。\n二、2020年度部门决算公开表\n详见附表。\n三、2020年度部门决算情况说明\n"
        "（一）收入支出决算总体情况说明\n收、支总计1万元。\n（二）“三公”经费支出决算情况说明\n1.总体情况\n三公经费1万元。\n四、名词解释\n1.其他收入：指其他。"
    ) == [
        ("overview", "staffing"), ("overview", "duty"), ("tables", ""), ("narrative", ""), ("narrative", "totals"),
        ("narrative", "three_public"), ("narrative", "three_public"), ("glossary", "glossary"),
    ]  # fmt: skip


def test_running_text_without_parts():
    assert shape(
        "一、单位基本情况\n（一）职能职责\n负责。\n二、单位决算情况说明\n（一）收入支出决算总体情况说明\n1.总体情况。2022年度收入总计9.00万元。\n"
        "三、“三公”经费情况说明\n三公经费1万元。\n四、其他需要说明的事项\n（一）机关运行经费情况说明\n机关运行经费1万元。"
    )[2:] == [
        ("narrative", ""),
        ("narrative", "totals"),
        ("narrative", "three_public"),
        ("other", ""),
        ("other", "operating"),
    ]


def test_parts_with_words_in_common_are_no_contents():
    found = outlined(
        "某县中心小学2020年度部门决算\n二、部门基本情况\n纳入汇编范围的单位共1个。\n第二部分 2020年度部门决算表\n见附表\n"
        "第三部分 2020年度部门决算情况说明\n一、收入决算情况说明\n本年收入合计1万元。"
    )
    assert [part.topic for part in found.parts] == ["staffing", "", "", "income"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "三、某校2020年度部门决算情况说明（一）某校2020年度收入支出决算总体情况说明\n收支决算总计1万元。",
            [("narrative", ""), ("narrative", "totals")],
        ),
        (
            "一、收入决算情况说明：2018年收入7元。\n二、支出决算情况说明：2018年支出8元。",
            [("narrative", "income"), ("narrative", "expenditure")],
        ),
        (
            "一、机构设置情况 内设机构8个。 二、收入决算情况说明 2018年收入7元。 （一）支出决算情况说明。2018年支出8元。",
            [("", "staffing"), ("narrative", "income"), ("narrative", "expenditure")],
        ),
    ],
)
def test_headings_that_web_pages_glue_to_their_text_are_cut_out(text: str, expected: list[tuple[str, str]]):
    assert shape(text) == expected


@pytest.mark.parametrize(
    "text",
    ["一、收入决算情况说明\n主要做了两项工作：一、收入决算情况的核对，支出1元；二、支出决算情况的核对，支出2元。"],
)
def test_lists_inside_a_sentence_are_no_headings(text: str):
    assert shape(text) == [("narrative", "income")]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("第二部分决算表", 0),
        ("三、支出决算情况说明", 1),
        ("（四）政府采购支出情况", 2),
        ("2、公务接待费", 3),
        ("（1）总体", 4),
        ("①", 5),
        ("情况", 6),
    ],
)
def test_ordinal_level(text, rank):
    assert ordinal_level(text) == rank


@pytest.mark.parametrize(
    "text",
    [
        "一、收入支出决算总体情况说明。", "（一）“三公”经费财政拨款支出决算总体情况说明。", "第三部分某市财政局2022年度部门决算情况说明",
        "(六)国有资产占用情况说明(注意：该项应写明车辆数)", "支出决算情况说明",
    ],
)  # fmt: skip
def test_is_a_heading(text):
    assert is_heading(text, load_rules().sections)


@pytest.mark.parametrize(
    "text",
    [
        "1、公务接待费支出2.00万元。", "1、教育支出（类）普通教育（款）小学教育（项）", "（一）贯彻执行国家有关财政工作的法律、法规；",
        "2022年度收入总计9.00万元，支出总计9.00万元。", "3.14万元", "主要原因是人员变动情况",
    ],
)  # fmt: skip
def test_is_no_heading(text):
    assert not is_heading(text, load_rules().sections)


def test_a_heading_over_two_lines_is_one():
    found = outlined("第三部分 某市委政策研究室2022年度部门决算情况\n说明\n一、收入决算情况说明\n本年收入合计1万元。")
    assert found.parts[0].heading == "第三部分 某市委政策研究室2022年度部门决算情况说明"
    assert found.parts[0].kind == "narrative"


def test_a_heading_set_at_the_end_of_running_text_begins_a_section():
    found = outlined(
        "第三部分 决算情况说明\n（一）收支情况总体说明\n其他支出1.00万元，占1%，（二）收支增减变化情况说明\n决算收入9.00万元。"
    )
    assert [part.heading for part in found.parts] == [
        "第三部分 决算情况说明",
        "（一）收支情况总体说明",
        "（二）收支增减变化情况说明",
    ]
