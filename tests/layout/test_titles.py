"""What stands above and below a table."""

from __future__ import annotations

import pytest

from jsextract.layout.titles import find_heading, find_notes, is_above, is_continued, is_note, is_title, unit_of
from tests.layout.made import gapped, line


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位:元", "元"),
        ("单 位 ： 万 元", "万元"),
        ("部门：某某局 金额单位：万元", "万元"),
        ("（单位：亿元）", "亿元"),
        ("单位：某某局", ""),
        ("（元）", "元"),
        ("收入决算表", ""),
    ],
)
def test_units(text, unit):
    assert unit_of(text) == unit


@pytest.mark.parametrize(
    "text", ["收入支出决算总表", "表2：高等学校收入决算表", "财政拨款支出预算表（功能科目）", "三、支出决算表"]
)
def test_titles(text):
    assert is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "公开01表",
        "第二部分 2024年度部门决算表",
        "编制单位：某某局",
        "本表反映部门本年度收入情况。",
        "单位名称如下",
        "说明：见附表。",
    ],
)
def test_no_titles(text):
    assert not is_title(text)


@pytest.mark.parametrize(
    "text", ["公开01表", "部门：某某局", "编制单位：某某局", "财决公开02表", "单位名称：某校", "表二"]
)
def test_lines_that_stand_above(text):
    assert is_above(text)


@pytest.mark.parametrize("text", ["续表", "（续表）", "续表1", "收入决算表（续）", "接上表"])
def test_continued(text):
    assert is_continued(text)


@pytest.mark.parametrize(
    "text",
    [
        "注：本表反映部门本年度的总收支情况。",
        "说明：本单位没有收入，故本表无数据。",
        "备注：无",
        "本表为空。",
        "2.本表金额转换为万元时，因四舍五入可能存在尾差。",
    ],
)
def test_notes(text):
    assert is_note(text)


def test_title_unit_and_form_number_above_a_grid():
    lines = [
        line("第二部分 某某局2024年度部门决算表", 150, 60, 16),
        line("收入支出决算总表", 200, 100, 14),
        line("公开01表", 480, 120),
        gapped(("部门：某某局", 60), ("金额单位：万元", 450), y=134),
    ]
    got = find_heading(lines, 145)
    assert (got.title, got.unit) == ("收入支出决算总表", "万元")
    assert set(got.above) == {"公开01表", "部门：某某局"}
    assert [used.text for used in got.used] == [made.text for made in lines[1:]]


def test_title_on_two_lines():
    lines = [
        line("一般公共预算财政拨款", 200, 100, 14),
        line("基本支出决算表", 221, 118, 14),
        line("单位：元", 480, 134),
    ]
    got = find_heading(lines, 145)
    assert (got.title, got.unit) == ("一般公共预算财政拨款基本支出决算表", "元")


def test_title_and_unit_on_one_line():
    got = find_heading([gapped(("收入决算表", 240), ("单位：万元", 480), y=130)], 145)
    assert (got.title, got.unit) == ("收入决算表", "万元")


def test_running_text_above_is_not_taken():
    got = find_heading([line("纳入汇编范围的单位包括：", 60, 130)], 145)
    assert got.used == ()


def test_notes_run_on_until_the_next_heading():
    lines = [
        line("注：1.本表反映部门本年度取得的各项收入情况，", 60, 210),
        line("包括财政拨款。", 60, 224),
        line("2.本表金额单位转换时可能存在尾数误差。", 60, 238),
        line("三、支出决算表", 200, 270, 14),
    ]
    assert [n.text for n in find_notes(lines, 200)] == [made.text for made in lines[:3]]


def test_no_notes_far_below():
    assert find_notes([line("注：后面的注", 60, 400)], 200) == ()
