"""The nine tables in the forms that regions and years print them in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from tests.tables.made import by_place, read, table


def test_two_sides_with_line_numbers_and_a_number_row():
    got = read(
        """
        收入 | < | < | 支出 | < | <
        项目 | 行次 | 金额 | 项目 | 行次 | 金额
        栏次 |  | 1 | 栏次 |  | 2
        一、一般公共预算财政拨款收入 | 1 | 1,234.50 | 一、一般公共服务支出 | 32 | 1,000.00
        二、政府性基金预算财政拨款收入 | 2 |  | 二、外交支出 | 33 |
        三、国有资本经营预算财政拨款收入 | 3 | 0.00 | 三、国防支出 | 34 | —
        本年收入合计 | 27 | 1,234.50 | 本年支出合计 | 59 | 1,000.00
        使用非财政拨款结余（含专用结余） | 28 |  | 结余分配 | 60 |
        年初结转和结余 | 29 | (5.50) | 年末结转和结余 | 61 | 229.00
        总计 | 30 | 1,229.00 | 总计 | 62 | 1,229.00
        """,
        "收入支出决算总表",
    )
    assert got.table_id == "T1"
    places = by_place(got.cells)
    assert places["收入", "一般公共预算财政拨款收入", "决算数"] == "1,234.50"
    assert places["支出", "国防支出", "决算数"] == "—"
    assert places["收入", "国有资本经营预算财政拨款收入", "决算数"] == "0.00"
    assert len(places) == 14
    value = {(c.side, c.item): c for c in got.cells}
    assert value["收入", "年初结转和结余"].value == Decimal("-5.50")
    assert value["收入", "年初结转和结余"].amount_yuan == Decimal(-55000)
    assert value["支出", "国防支出"].value is None
    assert value["收入", "国有资本经营预算财政拨款收入"].value == Decimal("0.00")


def test_income_before_2019_with_a_part_row():
    got = read(
        """
        收入 | < | < | 支出 | < | <
        项目 | 行次 | 决算数 | 项目 | 行次 | 决算数
        栏次 |  | 1 | 栏次 |  | 2
        一、财政拨款收入 | 1 | 500.00 | 一、一般公共服务支出 | 29 | 480.00
        其中：政府性基金预算财政拨款 | 2 | 20.00 | 二、外交支出 | 30 |
        二、上级补助收入 | 3 |  | 七、文化体育与传媒支出 | 35 |
        本年收入合计 | 24 | 500.00 | 本年支出合计 | 52 | 480.00
        用事业基金弥补收支差额 | 25 |  | 结余分配 | 53 |
        年初结转和结余 | 26 | 0 | 年末结转和结余 | 54 | 20.00
        合计 | 27 | 500.00 | 合计 | 55 | 500.00
        """,
        "收入支出决算总表",
    )
    places = by_place(got.cells)
    assert places["收入", "政府性基金预算财政拨款", "决算数"] == "20.00"
    assert places["收入", "用事业基金弥补收支差额", "决算数"] == ""
    assert places["收入", "总计", "决算数"] == "500.00"
    part = next(c for c in got.cells if c.item == "政府性基金预算财政拨款")
    assert "of_which" in part.flags


CODED = {
    "one cell": """
        项目 | < | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | < | 经营收入 | 附属单位上缴收入 | 其他收入
        功能分类科目编码 | 科目名称 | ^ | ^ | ^ | 小计 | 其中：教育收费 | ^ | ^ | ^
        栏次 | < | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
        合计 | < | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        205 | 教育支出 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        20502 | 普通教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        2050202 | 小学教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        """,
    "three cells": """
        项目 | < | < | < | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | < | 经营收入 | 附属单位上缴收入 | 其他收入
        支出功能分类科目编码 | < | < | 科目名称 | ^ | ^ | ^ | 金额 | 其中：教育收费 | ^ | ^ | ^
        类 | 款 | 项 | 栏次 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
         |  |  | 合计 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        205 |  |  | 教育支出 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        205 | 02 |  | 普通教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        205 | 02 | 02 | 小学教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        """,
    "labels beside the total": """
        项目 | < | < | < | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | < | 经营收入 | 附属单位上缴收入 | 其他收入
        支出功能分类科目编码 | < | < | 科目名称 | ^ | ^ | ^ | 小计 | 教育收费 | ^ | ^ | ^
        类 | 款 | 项 | 合计 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        205 |  |  | 教育支出 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        20502 | < | < | 普通教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        2050202 | < | < | 小学教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        """,
    "glued to the name": """
        项目 | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | < | 经营收入 | 附属单位上缴收入 | 其他收入
        科目名称 | ^ | ^ | ^ | 小计 | 其中：教育收费 | ^ | ^ | ^
        合计 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        205教育支出 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        20502 普通教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        2050202小学教育 | 30.00 | 20.00 |  | 10.00 | 4.00 |  |  |
        """,
}


@pytest.mark.parametrize("form", CODED)
def test_codes_in_every_form_give_the_same_places(form):
    got = read(CODED[form], "2020年度收入决算表")
    assert got.table_id == "T2"
    places = by_place(got.cells)
    for row in ("合计", "205", "20502", "2050202"):
        assert places["", row, "本年收入合计"] == "30.00"
        assert places["", row, "财政拨款收入"] == "20.00"
        assert places["", row, "事业收入"] == "10.00"
        assert places["", row, "事业收入/教育收费"] == "4.00"
        assert places["", row, "其他收入"] == ""
    assert len(places) == 4 * 8
    assert {c.item for c in got.cells if c.code == "2050202"} == {"小学教育"}


def test_repeated_names_of_the_opening_balance_become_paths():
    got = read(
        """
        收入 | < | 支出 | < | < | < | <
        项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 | 国有资本经营预算财政拨款
        一、一般公共预算财政拨款 | 90.00 | 一、一般公共服务支出 | 95.00 | 95.00 |  |
        二、政府性基金预算财政拨款 |  | 二、外交支出 |  |  |  |
        三、国有资本经营预算财政拨款 |  | 三、国防支出 |  |  |  |
        本年收入合计 | 90.00 | 本年支出合计 | 95.00 | 95.00 |  |
        年初财政拨款结转和结余 | 6.00 | 年末财政拨款结转和结余 | 1.00 | 1.00 |  |
        一、一般公共预算财政拨款 | 6.00 |  |  |  |  |
        二、政府性基金预算财政拨款 |  |  |  |  |  |
        总计 | 96.00 | 总计 | 96.00 | 96.00 |  |
        """,
        "财政拨款收入支出决算总表",
    )
    assert got.table_id == "T4"
    places = by_place(got.cells)
    assert places["收入", "一般公共预算财政拨款", "决算数"] == "90.00"
    assert places["收入", "年初财政拨款结转和结余/一般公共预算财政拨款", "决算数"] == "6.00"
    assert places["支出", "一般公共服务支出", "合计"] == "95.00"
    assert places["支出", "总计", "政府性基金预算财政拨款"] == ""


def test_two_funds_only_and_a_second_header_level():
    got = read(
        """
        收入 | < | < | 支出 | < | < | < | <
        项目 | 行次 | 金额 | 项目 | 行次 | 决算数 | < | <
        ^ | ^ | ^ | ^ | ^ | 小计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款
        栏次 |  | 1 | 栏次 |  | 2 | 3 | 4
        一、一般公共预算财政拨款 | 1 | 90.00 | 一、一般公共服务支出 | 28 | 95.00 | 95.00 |
        二、政府性基金预算财政拨款 | 2 | 5.00 | 十一、城乡社区支出 | 38 |  |  |
        本年收入合计 | 23 | 95.00 | 本年支出合计 | 50 | 95.00 | 95.00 |
        """,
        "财政拨款收入支出决算总表",
    )
    places = by_place(got.cells)
    assert places["支出", "本年支出合计", "合计"] == "95.00"
    assert places["支出", "本年支出合计", "一般公共预算财政拨款"] == "95.00"
    assert len(places) == 3 + 3 * 3


def test_general_budget_with_income_and_balances():
    got = read(
        """
        项目 | < | 年初结转和结余 | < | 本年收入 | < | < | 本年支出 | < | < | 年末结转和结余
        科目编码 | 科目名称 | 合计 | 基本支出结转 | 合计 | 基本支出 | 项目支出 | 合计 | 基本支出 | 项目支出 | ^
        合计 | < | 1.00 |  | 50.00 | 30.00 | 20.00 | 51.00 | 30.00 | 21.00 |
        205 | 教育支出 | 1.00 |  | 50.00 | 30.00 | 20.00 | 51.00 | 30.00 | 21.00 |
        """,
        "一般公共预算财政拨款收入支出决算表",
    )
    assert got.table_id == "T5"
    places = by_place(got.cells)
    assert places["", "205", "合计"] == "51.00"
    assert places["", "205", "项目支出"] == "21.00"
    assert places["", "205", "本年收入/合计"] == "50.00"
    assert places["", "205", "年初结转和结余/合计"] == "1.00"


def test_economic_items_in_three_blocks():
    got = read(
        """
        人员经费 | < | < | 公用经费 | < | < | < | < | <
        科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
        301 | 工资福利支出 | 80.00 | 302 | 商品和服务支出 | 9.00 | 307 | 债务利息及费用支出 |
        30101 | 基本工资 | 80.00 | 30201 | 办公费 | 9.00 | 30701 | 国内债务付息 |
        303 | 对个人和家庭的补助 | 5.00 | 30202 | 印刷费 |  | 310 | 资本性支出 | 1.00
        30399 | 其他对个人和家庭的补助 | 5.00 |  |  |  | 31002 | 办公设备购置 | 1.00
        人员经费合计 | < | 85.00 | 公用经费合计 | < | < | < | < | 10.00
        """,
        "一般公共预算财政拨款基本支出决算明细表",
    )
    assert got.table_id == "T6"
    places = by_place(got.cells)
    assert places["人员经费", "30399", "决算数"] == "5.00"
    assert places["公用经费", "31002", "决算数"] == "1.00"
    assert places["人员经费", "人员经费合计", "决算数"] == "85.00"
    assert places["公用经费", "公用经费合计", "决算数"] == "10.00"
    assert len(places) == 13


def test_code_glued_to_its_name_and_codes_in_two_columns():
    got = read(
        """
        经济分类科目编码 | < | 科目名称 | 决算数 | 经济分类科目编码 | < | 科目名称 | 决算数
        类 | 款 | ^ | ^ | 类 | 款 | ^ | ^
        301 |  | 工资福利支出 | 2,082.85 | 302 |  | 商品和服务支出 | 171.07
        301 | 01 | 基本工资 | 262.33 | 302 | 01 | 办公费 | 21.21
         |  |  |  |  |  | 310资本性支出 | 13.58
        人员经费合计 | < | < | 2,082.85 | 公用经费合计 | < | < | 184.65
        """,
        "一般公共预算财政拨款基本支出决算表",
    )
    places = by_place(got.cells)
    assert places["人员经费", "30101", "决算数"] == "262.33"
    assert places["公用经费", "310", "决算数"] == "13.58"
    assert next(c.item for c in got.cells if c.code == "310") == "资本性支出"


PAIRED = """
    财政拨款“三公”经费 | < | < | < | < | < | < | < | < | < | < | <
    合计 | < | 因公出国（境）费 | < | 公务用车购置及运行费 | < | < | < | < | < | 公务接待费 | <
    ^ | ^ | ^ | ^ | 小计 | < | 公务用车购置费 | < | 公务用车运行费 | < | ^ | ^
    预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数
    7.95 | 5.00 |  |  | 7.00 | 4.50 |  |  | 7.00 | 4.50 | 0.95 | 0.50
    """
APART = """
    预算数 | < | < | < | < | < | 决算数 | < | < | < | < | <
    合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费
    ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^
    1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
    7.95 |  | 7.00 |  | 7.00 | 0.95 | 5.00 |  | 4.50 |  | 4.50 | 0.50
    """
LISTED = """
    项目 | 预算数 | 决算数
    合计 | 7.95 | 5.00
    一、因公出国（境）支出 |  |
    二、公务用车购置及运行维护费 | 7.00 | 4.50
    1.公务用车购置费 |  |
    2.公务用车运行维护费 | 7.00 | 4.50
    三、公务接待费 | 0.95 | 0.50
    """


@pytest.mark.parametrize("form", [PAIRED, APART, LISTED], ids=["paired", "budget first", "list"])
def test_three_public_values_go_to_their_items(form):
    got = read(form, "一般公共预算财政拨款“三公”经费支出决算表")
    assert got.table_id == "T7"
    places = by_place(got.cells)
    assert len(places) == 12
    assert places["", "合计", "预算数"] == "7.95"
    assert places["", "合计", "决算数"] == "5.00"
    assert places["", "公务用车购置及运行维护费/小计", "决算数"] == "4.50"
    assert places["", "公务用车购置及运行维护费/公务用车购置费", "预算数"] == ""
    assert places["", "公务用车购置及运行维护费/公务用车运行维护费", "预算数"] == "7.00"
    assert places["", "公务接待费", "预算数"] == "0.95"
    assert places["", "公务接待费", "决算数"] == "0.50"
    assert places["", "因公出国（境）费", "决算数"] == ""


def test_three_public_row_of_blanks_gives_twelve_blank_cells():
    blank = PAIRED.rsplit("\n", 2)[0] + "\n" + " | ".join([""] * 12)
    got = read(blank, "财政拨款“三公”经费支出决算表")
    assert len(got.cells) == 12
    assert {c.value_text for c in got.cells} == {""}


def test_three_public_sub_units_below_a_total():
    got = read(
        """
        单位名称 | 合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | < | <
        ^ | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费
        本级 | 3.00 |  | 1.00 | 2.00 |  | 2.00
        分局 | 4.00 |  | 1.50 | 2.50 |  | 2.50
        合计 | 7.00 |  | 2.50 | 4.50 |  | 4.50
        """,
        "“三公”经费支出决算表",
    )
    places = by_place(tuple(c for c in got.cells if not c.unit_name))
    assert places["", "合计", "决算数"] == "7.00"
    assert places["", "公务接待费", "决算数"] == "2.50"
    assert places["", "公务用车购置及运行维护费/公务用车运行维护费", "决算数"] == "4.50"


def test_counts_in_the_three_public_list_are_no_money():
    got = read(
        """
        项目 | 行次 | 预算数 | 决算统计数
        栏次 |  | 1 | 2
        一、“三公”经费支出 | 1 | — | —
        （一）支出合计 | 2 | 7.95 | 5.00
        1．因公出国（境）费 | 3 |  |
        2．公务用车购置及运行维护费 | 4 | 7.00 | 4.50
        （1）公务用车购置费 | 5 |  |
        （2）公务用车运行维护费 | 6 | 7.00 | 4.50
        3．公务接待费 | 7 | 0.95 | 0.50
        （二）相关统计数 | 10 | — | —
        1．因公出国（境）团组数（个） | 11 | — | 0
        5．国内公务接待批次（个） | 15 | — | 12
        """,
        "财政拨款“三公”经费、机关运行经费支出决算表",
    )
    assert got.table_id == "T7"
    count = next(c for c in got.cells if c.item.startswith("国内公务接待批次") and c.column == "决算数")
    assert (count.value, count.unit, count.amount_yuan) == (Decimal(12), "个", None)
    total = [c for c in got.cells if c.item == "合计" and c.column == "决算数" and c.value is not None]
    assert [c.value for c in total] == [Decimal("5.00")]


@pytest.mark.parametrize(
    ("title", "name"),
    [("政府性基金预算财政拨款收入支出决算表", "T8"), ("国有资本经营预算财政拨款收入支出决算表", "T9")],
)
def test_empty_fund_table_gives_its_total_row_blank_and_keeps_the_note(title, name):
    drawn = table(
        """
        项目 | < | < | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
        支出功能分类科目编码 | < | < | 科目名称 | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
        类 | 款 | 项 | ^ | ^ | ^ | ^ | ^ | ^ | ^
        合计 | < | < | < |  |  |  |  |  |
         |  |  |  |  |  |  |  |  |
        """,
        title,
        notes=("注：本表反映部门本年度收入支出情况。", "说明：本单位没有相关收入和支出，故本表无数据。"),
    )
    got = read_tables([drawn], load_rules().tables)[0]
    assert got.table_id == name
    assert got.empty_note == "说明：本单位没有相关收入和支出，故本表无数据。"
    columns = [
        "年初结转和结余",
        "本年收入",
        "本年支出/合计",
        "本年支出/基本支出",
        "本年支出/项目支出",
        "年末结转和结余",
    ]
    assert [(c.item, c.column, c.value_text) for c in got.cells] == [("合计", column, "") for column in columns]


def test_state_capital_table_with_expenditure_only():
    got = read(
        """
        项目 | < | 本年支出 | < | <
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        合计 | < | 8.00 |  | 8.00
        223 | 国有资本经营预算支出 | 8.00 |  | 8.00
        """,
        "国有资本经营预算财政拨款支出决算表",
    )
    assert got.table_id == "T9"
    assert by_place(got.cells)["", "223", "本年支出/项目支出"] == "8.00"


def test_the_total_row_of_an_empty_national_form_is_no_header():
    """类 款 项 reach down beside 合计, and nothing is in the table."""
    got = read(
        """
        项目 | < | < | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
        支出功能分类科目编码 | < | < | 科目名称 | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
        类 | 款 | 项 | 栏次 | 1 | 2 | 3 | 4 | 5 | 6
        ^ | ^ | ^ | 合计 |  |  |  |  |  |
        """,
        "国有资本经营预算财政拨款收入支出决算表",
    )
    assert got.table_id == "T9"
    assert {c.item for c in got.cells} == {"合计"}
    assert len(got.cells) == 6


def test_t1_with_a_third_block_by_nature_has_each_total_once():
    got = read(
        """
        收入 | < | < | 支出 | < | < | < | < | <
        项目 | 行次 | 决算数 | 项目（按功能分类） | 行次 | 决算数 | 项目（按支出性质和经济分类） | 行次 | 决算数
        栏次 |  | 1 | 栏次 |  | 2 | 栏次 |  | 3
        一、财政拨款收入 | 1 | 500.00 | 一、一般公共服务支出 | 29 | 480.00 | 一、基本支出 | 58 | 300.00
        二、上级补助收入 | 2 |  | 二、外交支出 | 30 |  | 二、项目支出 | 61 | 180.00
        本年收入合计 | 24 | 500.00 | 本年支出合计 | < | < | < | 85 | 480.00
        年初结转和结余 | 26 | 0 | 年末结转和结余 | < | < | < | 87 | 20.00
        合计 | 27 | 500.00 | 合计 | < | < | < | 88 | 500.00
        """,
        "收入支出决算总表",
    )
    printed = {key: text for key, text in by_place(got.cells).items() if key[0] != "收入" and text}
    assert printed == {
        ("支出", "一般公共服务支出", "决算数"): "480.00",
        ("支出按性质和经济分类", "基本支出", "决算数"): "300.00",
        ("支出按性质和经济分类", "项目支出", "决算数"): "180.00",
        ("支出", "本年支出合计", "决算数"): "480.00",
        ("支出", "年末结转和结余", "决算数"): "20.00",
        ("支出", "总计", "决算数"): "500.00",
    }


def test_meetings_and_training_beside_the_three_public_items_are_kept():
    got = read(
        """
        “三公”经费 | < | < | < | < | < | 会议费 | 培训费
        合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行维护费 | < | < | ^ | ^
        ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^ | ^
        7.50 | 0.00 | 1.50 | 6.00 | 0.00 | 6.00 | 2.00 | 3.00
        """,
        "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
    )
    values = {c.item: c.value_text for c in got.cells}
    assert (got.table_id, values["会议费"], values["培训费"], values["合计"]) == ("T7", "2.00", "3.00", "7.50")


def test_a_column_too_narrow_for_its_figures_is_flagged_and_blank():
    reading = read(
        """
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        合计 | < | ###### | 300.00 | 40.00
        201 | 一般公共服务支出 | ##### | 300.00 | 40.00
        """,
        "支出决算表",
    )
    narrow = [c for c in reading.cells if c.column == "本年支出合计"]
    assert [(c.value, c.value_text, c.flags) for c in narrow] == [
        (None, "######", ("overflowed",)),
        (None, "#####", ("overflowed",)),
    ]
    assert not any("overflowed" in c.flags for c in reading.cells if c.column != "本年支出合计")


def test_amounts_with_their_own_unit_are_amounts_of_that_unit():
    reading = read(
        """
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        合计 | < | 1,340.25万元 | 1,300.00万元 | 40.25万元
        201 | 一般公共服务支出 | 1,340.25万元 | 1,300.00万元 | 40.25万元
        """,
        "支出决算表",
        unit="元",
    )
    assert reading.table_id == "T3"
    found = {(c.code or c.item, c.column): (str(c.value), c.unit, str(c.amount_yuan)) for c in reading.cells}
    assert found["合计", "本年支出合计"] == ("1340.25", "万元", "13402500")
    assert found["201", "项目支出"] == ("40.25", "万元", "402500")


@pytest.mark.parametrize("first", ["1", "1."])
def test_a_row_that_counts_columns_may_lack_numbers_that_were_not_told(first: str) -> None:
    got = read(
        f"""
        项目 | < | 本年支出合计 | 基本支出 | 项目支出
        功能分类科目编码 | 科目名称 | ^ | ^ | ^
        栏次 | < | {first} | \N{REPLACEMENT CHARACTER} | 3
        合计 | < | 30.00 | 20.00 | 10.00
        205 | 教育支出 | 30.00 | 20.00 | 10.00
        """,
        "支出决算表",
    )
    assert {cell.column for cell in got.cells} == {"本年支出合计", "基本支出", "项目支出"}


def test_a_table_without_sides_has_none_whatever_words_stand_over_its_columns() -> None:
    got = read(
        """
        支出功能分类科目编码 | 科目名称 | 本年支出合计 | 名称 | 基本支出 | 项目支出
        205 | 教育支出 | 30.00 | 教育 | 20.00 | 10.00
        20502 | 普通教育 | 30.00 | 普通 | 20.00 | 10.00
        """,
        "支出决算表",
    )
    assert {cell.side for cell in got.cells} == {""}
