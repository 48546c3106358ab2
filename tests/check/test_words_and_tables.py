"""Rules that hold words against tables: lists, uses, names of codes, notes, what is announced."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.check.text_rules import RULES, Announced, Printed, PrintedTable
from jsextract.check.text_rules.finding import Finding
from jsextract.check.text_rules.listed import bare
from jsextract.model.document import Line
from jsextract.model.report import Report, TableCell
from jsextract.outline.headings import Outline, outline
from jsextract.rules.ruleset import load_rules
from jsextract.tables.lost import LostTable
from jsextract.text.amounts import UNKNOWN
from tests.made import cell, fact

IN_FORCE = load_rules()
FIND = {rule.check_id: rule.find for rule in RULES}


def report(*cells: TableCell, **values: object) -> Report:
    known = {"kind": "部门决算", "entity": "北原市水务局", "year": 2023, "cells": cells}
    return Report(document_id="0" * 16, file="a.pdf", sha256="0" * 64, bytes=1, **(known | values))  # type: ignore[arg-type]


def prose(*lines: str) -> Outline:
    return outline([Line(3, line) for line in lines], IN_FORCE.sections)


def findings(check_id: str, printed: Printed) -> list[Finding]:
    return list(FIND[check_id](printed))


def item(code: str, name: str, value: str, side: str) -> TableCell:
    number = Decimal(value) if value else None
    return cell(table="T6", code=code, item=name, side=side, column="决算数", value=number, value_text=value)


T6 = (
    item("30101", "基本工资", "12.10", "人员经费"),
    item("30103", "奖金", "", "人员经费"),
    item("30201", "办公费", "1.20", "公用经费"),
    item("30207", "邮电费", "0.00", "公用经费"),
    item("30299", "其他商品和服务支出", "0.30", "公用经费"),
)


def listed(said: str) -> list[Finding]:
    text = prose("第三部分 2023年度部门决算情况说明", "六、一般公共预算财政拨款基本支出决算情况说明", said)
    return findings("text.listed_item", Printed(report(*T6), text, IN_FORCE))


def test_listed_items_without_money_are_one_finding_a_list():
    rows = listed(
        "人员经费12.10万元，主要包括：基本工资、奖金；公用经费1.50万元，主要包括：办公费、邮电费、其他商品和服务支出。"
    )
    assert [(row.item, row.stated) for row in rows] == [("人员经费", "奖金"), ("公用经费", "邮电费")]
    assert "30207: 0.00" in rows[1].message.en
    assert "cell:T6/30207/决算数" in rows[1].refs


def test_a_whole_list_that_leaves_out_an_item_with_money_is_found():
    rows = listed("公用经费1.50万元，包括：办公费。")
    assert [row.computed for row in rows] == ["其他商品和服务支出"]


@pytest.mark.parametrize(
    "said",
    [
        "公用经费1.50万元，主要包括：办公费。",
        "公用经费1.50万元，包括：办公费等。",
        "人员经费12.10万元，包括：基本工资；公用经费1.50万元，包括：办公费、其他商品和服务支出。",
        "公用经费主要用于：保障机关运转、开展日常工作。",
    ],
)
def test_lists_that_agree_or_claim_nothing_are_right(said):
    assert listed(said) == []


def test_names_of_economic_items_are_compared_without_their_endings():
    assert bare("其他对个人和家庭的补助支出") == bare("其他对个人和家庭的补助")
    assert bare("维修（护）费") == bare("维修(护)费")


def use(item_name: str, text: str, number: int = 1, code: str = "2210201") -> object:
    return fact(
        fact_id=f"function/{item_name}/purpose/{number}", topic="function", item=item_name, code=code,
        measure="purpose", value=None, value_text=text, unit="", page=20,
    )  # fmt: skip


HOUSING = "住房保障支出/住房改革支出/住房公积金"
MEDICAL = "卫生健康支出/行政事业单位医疗/事业单位医疗"


def test_a_use_copied_from_another_item_names_both():
    facts = (use(MEDICAL, "事业单位医疗保险支出", 1, "2101102"), use(HOUSING, "事业单位医疗保险支出", 2))
    rows = findings("text.copied_purpose", Printed(report(facts=facts), prose(), IN_FORCE))
    assert [(row.item, len(row.refs)) for row in rows] == [(HOUSING, 2)]
    assert "事业单位医疗" in rows[0].message.en


@pytest.mark.parametrize("said", ["缴存的住房公积金", "在职人员住房公积金和医疗保险", "按规定缴纳"])
def test_uses_that_speak_of_their_item_or_of_nothing_are_right(said):
    assert findings("text.copied_purpose", Printed(report(facts=(use(HOUSING, said),)), prose(), IN_FORCE)) == []


def t5(code: str, basic: str, project: str) -> tuple[TableCell, ...]:
    return tuple(
        cell(table="T5", code=code, column=column, value=Decimal(text) if text else None, value_text=text)
        for column, text in (("基本支出", basic), ("项目支出", project))
    )


@pytest.mark.parametrize(
    ("said", "basic", "project", "wrong"),
    [
        ("业务宣传等基本支出", "", "10.00", True),
        ("业务宣传等基本支出", "8.00", "10.00", False),
        ("专项业务项目支出", "8.00", "0.00", True),
        ("人员开支", "", "10.00", False),
        ("基本支出和项目支出", "", "10.00", False),
    ],
)
def test_uses_agree_with_the_column_of_their_money(said, basic, project, wrong):
    facts = (use("农林水支出/水利/行政运行", said, code="2130301"),)
    rows = findings(
        "text.purpose_vs_table", Printed(report(*t5("2130301", basic, project), facts=facts), prose(), IN_FORCE)
    )
    assert bool(rows) is wrong


@pytest.mark.parametrize(
    ("code", "name", "year", "wrong"),
    [
        ("2210201", "住房公积金", 2023, False),
        ("2210201", "购房补贴", 2023, True),
        ("2210201", "住房公积全", 2023, True),
        ("20805", "行政事业单位离退休", 2019, False),
        ("2210201", "购房补贴", 2012, False),
        ("2999999", "其他支出", 2023, False),
    ],
)
def test_names_of_items_are_those_of_their_codes(code, name, year, wrong):
    cells = (cell(table="T5", code=code, item=name, item_text=name),)
    assert bool(findings("text.item_name", Printed(report(*cells, year=year), prose(), IN_FORCE))) is wrong


def table(table_id: str, title: str, page: int = 5, **values: object) -> PrintedTable:
    return PrintedTable(table_id, title, title, (page,), **values)  # type: ignore[arg-type]


FUND, TOTALS = "政府性基金预算财政拨款收入支出决算表", "收入支出决算总表"


def test_an_announced_table_that_is_nowhere_is_found():
    told, lost = (Announced("T8", f"八、{FUND}", 2),), (LostTable("T8", FUND),)
    printed = Printed(report(), prose(), IN_FORCE, (table("T1", TOTALS),), told, lost=lost)
    rows = findings("table.announced", printed)
    assert [(row.status, row.stated) for row in rows] == [("fail", FUND)]


def test_an_announced_table_whose_title_is_printed_was_not_read_rather_than_left_out():
    body = prose("第二部分 2023年度部门决算表", f"八、{FUND}", "合计 12.30")
    told, lost = (Announced("T8", f"八、{FUND}", 2),), (LostTable("T8", FUND),)
    printed = Printed(report(), body, IN_FORCE, (table("T1", TOTALS),), told, lost=lost)
    assert [row.status for row in findings("table.announced", printed)] == ["not_checkable"]


def test_a_usual_table_that_nothing_announces_and_nobody_read_accuses_nobody():
    printed = Printed(report(), prose(), IN_FORCE, (table("T1", TOTALS),), lost=(LostTable("T2", "收入决算表"),))
    rows = findings("table.announced", printed)
    assert [(row.status, row.severity, row.stated) for row in rows] == [("not_checkable", "warning", "收入决算表")]


def test_a_document_without_any_table_is_not_held_to_its_contents():
    printed = Printed(report(), prose(), IN_FORCE, (), (Announced("T8", FUND, 2), Announced("T1", TOTALS, 2)))
    assert [row.status for row in findings("table.announced", printed)] == ["not_checkable"]


def test_tables_in_another_order_than_announced_are_for_information():
    tables = (table("T8", FUND, 5), table("T1", TOTALS, 6))
    printed = Printed(report(), prose(), IN_FORCE, tables, (Announced("T1", TOTALS, 2), Announced("T8", FUND, 2)))
    assert [(row.status, row.severity) for row in findings("table.order", printed)] == [("minor", "info")]


NO_DATA = "说明：北原市水务局本年度没有政府性基金收支，故本表无数据。"


@pytest.mark.parametrize(
    ("values", "statuses"),
    [
        ({"blank": True, "filled": False}, ["fail"]),
        ({"blank": True, "filled": False, "notes": (NO_DATA,)}, []),
        ({"blank": False, "filled": True, "notes": (NO_DATA,)}, ["fail"]),
        ({"blank": False, "filled": False, "notes": (NO_DATA,)}, []),
        ({"blank": False, "filled": True, "notes": ("注：本单位无经营收入。",)}, []),
        ({"blank": False, "filled": True}, []),
    ],
)
def test_empty_tables_say_so_and_only_those(values, statuses):
    rows = findings("table.note", Printed(report(), prose(), IN_FORCE, (table("T8", FUND, **values),)))
    assert [row.status for row in rows] == statuses


def test_an_empty_table_that_the_text_explains_lacks_only_its_note():
    text = prose("第三部分 2023年度部门决算情况说明", "八、政府性基金情况说明", "本单位无政府性基金收支。")
    rows = findings("table.note", Printed(report(), text, IN_FORCE, (table("T8", FUND, blank=True, filled=False),)))
    assert [(row.status, row.severity) for row in rows] == [("minor", "info")]


CONTENTS = [
    "目录", "第一部分 北原市水务局概况", "第三部分 2023年度部门决算情况说明", "一、收入决算情况说明",
    "二、政府采购支出情况", "第四部分 名词解释",
]  # fmt: skip
BODY = [
    "第一部分 北原市水务局概况",
    "本局负责水务。",
    "第三部分 2023年度部门决算情况说明",
    "一、收入决算情况说明",
    "本年收入合计1.20万元。",
]


def test_a_section_that_is_announced_and_nowhere_is_found():
    rows = findings("text.section_announced", Printed(report(), prose(*CONTENTS, *BODY), IN_FORCE))
    assert [row.stated for row in rows] == ["政府采购支出情况"]


@pytest.mark.parametrize("more", [("二、政府采购情况的说明", "无。"), ("二、政府采购支出。本单位无此项支出。",)])
def test_a_section_under_nearly_its_name_is_there(more):
    assert findings("text.section_announced", Printed(report(), prose(*CONTENTS, *BODY, *more), IN_FORCE)) == []


def test_an_item_whose_figure_could_not_be_told_has_money_for_all_that_is_known():
    unknown = item("30103", "奖金", "", "人员经费")
    cells = (T6[0], replace(unknown, value_text=UNKNOWN * 5), *T6[2:])
    text = prose(
        "第三部分 2023年度部门决算情况说明",
        "六、一般公共预算财政拨款基本支出决算情况说明",
        "人员经费12.10万元，主要包括：基本工资、奖金；公用经费1.50万元，主要包括：办公费、其他商品和服务支出。",
    )
    assert findings("text.listed_item", Printed(report(*cells), text, IN_FORCE)) == []
