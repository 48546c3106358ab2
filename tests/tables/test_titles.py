"""Tables are known by words, not by the number that is printed."""

from __future__ import annotations

import json

import pytest

from jsextract.errors import PatternError
from jsextract.rules.ruleset import load_rules
from jsextract.rules.table_definitions import bare_title
from jsextract.tables import read_tables
from tests.tables.made import table

TITLES = {
    "表一：收入支出决算总表": "T1",
    "收入支出决算表": "T1",
    "部门收支决算总表": "T1",
    "公开02表 收入决算表": "T2",
    "（三）支出决算表": "T3",
    "2023年度财政拨款收支决算总表": "T4",
    "财政拨款收入支出决算表": "T4",
    "五、一般公共预算财政拨款支出决算表": "T5",
    "一般公共预算财政拨款收入支出决算表": "T5",
    "一般公共预算财政拨款基本支出决算明细表": "T6",
    "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表": "T7",
    "财政拨款〝三公〟经费支出决算表": "T7",
    "政府性基金预算财政拨款收入支出决算表": "T8",
    "国有资本经营预算财政拨款支出决算表": "T9",
    "2025年部门收入预算总表": "",
    "部门收支总表": "",
    "一般公共预算支出表": "",
    "财政拨款支出决算明细表": "",
    "项目支出决算表": "",
    "收入决算表（按单位列示）": "",
    "政府性基金预算财政拨款“三公”经费支出决算表": "",
    "国有资产使用情况表": "",
}


@pytest.mark.parametrize(("title", "name"), TITLES.items())
def test_title_names_the_table(title, name):
    plain = bare_title(title)
    assert [d.id for d in load_rules().tables if d.reads_title(plain)] == ([name] if name else [])


def test_two_tables_with_one_title_the_better_keeps_the_name():
    rows = """
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        205 | 教育支出 | 1.00 | 1.00 |
        """
    more = rows.replace("项目支出\n", "项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出\n")
    got = read_tables([table(rows, "支出决算表"), table(more, "支出决算表")], load_rules().tables)
    assert [t.table_id for t in got] == ["X1", "T3"]


def test_other_tables_are_numbered_in_reading_order():
    rows = "项目 | 金额\n甲 | 1.00"
    got = read_tables([table(rows, "甲表"), table(rows, "乙表")], load_rules().tables)
    assert [t.table_id for t in got] == ["X1", "X2"]


def test_definition_whose_example_does_not_hold_is_refused(tmp_path):
    wrong = {
        "id": "T10", "name": "甲", "kind": "coded", "titles": ["甲表"], "words": ["甲"], "need": 1, "columns": {},
        "reads": ["乙表"], "refuses": ["丙表"],
    }  # fmt: skip
    path = tmp_path / "tables" / "T10.yaml"
    path.parent.mkdir()
    path.write_text(json.dumps(wrong), encoding="utf-8")
    with pytest.raises(PatternError, match="乙表 is not read"):
        load_rules([tmp_path])
    path.write_text(json.dumps({**wrong, "colour": "red"}), encoding="utf-8")
    with pytest.raises(PatternError, match="unknown key colour"):
        load_rules([tmp_path, tmp_path.parent])
