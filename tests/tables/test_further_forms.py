"""Forms of the standard tables with further blocks and columns, each adding up, and failing where a figure is wrong."""

from __future__ import annotations

import pytest

from jsextract.check.score import score_table
from jsextract.rules.ruleset import load_rules
from tests.tables.made import by_place, read

NATURE = "支出按性质和经济分类"
T1 = """
收入|<|<|<|<|支出|<|<|<|<|<|<|<|<|<
项目|行次|年初预算数|全年预算数|决算数|项目（按功能分类）|行次|年初预算数|全年预算数|决算数|项目（按支出性质和经济分类）|行次|年初预算数|全年预算数|决算数
栏次||1|2|3|栏次||4|5|6|栏次||7|8|9
一、一般公共预算财政拨款收入|1|180.00|204.50|203.10|一、一般公共服务支出|32|180.00|190.00|171.60|一、基本支出|58|120.00|126.00|124.30
二、政府性基金预算财政拨款收入|2||||二、外交支出|33||||人员经费|59|100.00|105.00|104.20
八、其他收入|8||2.00|1.50|二十三、其他支出|54||16.50|15.00|日常公用经费|60|20.00|21.00|20.10
|9|||||||||二、项目支出|61|60.00|80.50|62.30
|10|||||||||经济分类支出合计|66|||186.60
|11|||||||||一、工资福利支出|67|||104.20
|12|||||||||十、其他支出|76|||82.40
本年收入合计|27|180.00|206.50|204.60|本年支出合计|<|<|<|<|<|84|180.00|206.50|186.60
年初结转和结余|29|7.00|7.00|7.00|年末结转和结余|<|<|<|<|<|86|7.00|7.00|25.00
总计|30|187.00|213.50|211.60|总计|<|<|<|<|<|87|187.00|213.50|211.60
"""
T5 = """
项目|<|年初结转和结余|<|<|本年收入|<|<|本年支出|<|<|<|<|年末结转和结余|<|<
支出功能分类科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|<|<|项目支出|合计|基本支出结转|项目支出结转和结余
^|^|^|^|^|^|^|^|^|小计|人员经费|公用经费|^|^|^|^
栏次|<|1|2|3|4|5|6|7|8|9|10|11|12|13|14
合计|<|5.20|2.20|3.00|100.40|60.40|40.00|101.10|61.10|50.00|11.10|40.00|4.50|1.50|3.00
201|一般公共服务支出|5.20|2.20|3.00|100.40|60.40|40.00|101.10|61.10|50.00|11.10|40.00|4.50|1.50|3.00
2010301|行政运行|2.20|2.20||60.40|60.40||61.10|61.10|50.00|11.10||1.50|1.50|
2010302|一般行政管理事务|3.00||3.00|40.00||40.00|40.00||||40.00|3.00||3.00
"""
T6 = """
人员经费|<|公用经费|<|<|<
经济分类科目|决算数|经济分类科目|决算数|经济分类科目|决算数
301 工资福利支出|50.30|302 商品和服务支出|11.20|307 债务利息及费用支出|
30101 基本工资|30.30|30201 办公费|6.20|310 资本性支出|1.70
30102 津贴补贴|20.00|30202 印刷费|5.00|31002 办公设备购置|1.70
人员经费合计|50.30|公用经费合计|<|<|12.90
"""
TITLES = {
    T1: "收入支出决算总表",
    T5: "一般公共预算财政拨款收入支出决算表",
    T6: "一般公共预算财政拨款基本支出决算明细表",
}


def failing(drawing: str, right: str = "", wrong: str = "") -> set[str]:
    """The checks inside the table that fail once a figure is replaced."""
    assert right in drawing
    found = read(drawing.replace(right, wrong, 1), TITLES[drawing])
    return {r.check_id for r in score_table(found.cells, found.table_id, load_rules()).results if r.status == "fail"}


@pytest.mark.parametrize("drawing", [T1, T5, T6])
def test_each_form_adds_up(drawing):
    found = read(drawing, TITLES[drawing])
    score = score_table(found.cells, found.table_id, load_rules())
    assert (score.failed, score.not_checkable) == (0, 0)
    assert score.satisfied > 3


def test_a_block_by_nature_is_a_side_of_its_own_and_budgets_are_columns():
    cells = by_place(read(T1, TITLES[T1]).cells)
    assert cells["支出", "其他支出", "决算数"] == "15.00"
    assert cells[NATURE, "其他支出", "决算数"] == "82.40"
    assert cells[NATURE, "公用经费", "全年预算数"] == "21.00"
    assert cells["收入", "一般公共预算财政拨款收入", "年初预算数"] == "180.00"
    assert cells["支出", "本年支出合计", "决算数"] == "186.60"
    assert cells["支出", "总计", "决算数"] == "211.60"


def test_general_budget_with_income_keeps_its_parts_apart():
    cells = by_place(read(T5, TITLES[T5]).cells)
    assert cells["", "2010301", "合计"] == "61.10"
    assert cells["", "2010301", "本年支出/基本支出/公用经费"] == "11.10"
    assert cells["", "2010302", "年末结转和结余/项目支出结转和结余"] == "3.00"
    assert cells["", "合计", "本年收入/合计"] == "100.40"


def test_code_and_name_in_one_cell_in_three_blocks():
    cells = by_place(read(T6, TITLES[T6]).cells)
    assert cells["公用经费", "310", "决算数"] == "1.70"
    assert cells["人员经费", "30102", "决算数"] == "20.00"
    assert cells["公用经费", "公用经费合计", "决算数"] == "12.90"


@pytest.mark.parametrize(
    ("drawing", "right", "wrong", "check"),
    [
        (T1, "|104.20\n", "|140.20\n", "table.t1_basic"),
        (T1, "|62.30", "|63.20", "table.t1_nature"),
        (T1, "|82.40", "|84.20", "table.t1_economic"),
        (T1, "66|||186.60", "66|||168.60", "table.t1_economic_total"),
        (T1, "|206.50|186.60", "|205.60|186.60", "table.t1_total"),
        (T5, "50.00|11.10|40.00|4.50", "50.00|10.10|40.00|4.50", "table.t5_basic"),
        (T5, "100.40|60.40|40.00|101", "100.40|60.40|41.00|101", "table.t5_income"),
        (T5, "11.10||1.50", "11.10||5.10", "table.t5_balance"),
        (T6, "|1.70\n人员", "|1.07\n人员", "table.code_sum"),
    ],
)
def test_a_wrong_figure_fails(drawing, right, wrong, check):
    assert check in failing(drawing, right, wrong)
