"""Projects told in tables: the usual form of one project, lists of several, and what is no such table."""

from __future__ import annotations

from decimal import Decimal

from jsextract.tables.evaluations import read_evaluation_tables
from tests.tables.made import table

FORM = """
项目名称|社区养老服务中心建设项目|<|<|<|<|<|<
主管部门|某市民政局|<|<|实施单位|某市养老服务指导中心|<|<
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|年度资金总额|120.00|110.00|107.80|10|98.00%|9.8
^|其中：当年财政拨款|120.00|110.00|107.80|—|98.00%|—
^|上年结转资金|0|0|0|—|—|—
年度总体目标|预期目标|<|<|实际完成情况|<|<|<
^|建成养老服务中心3处。|<|<|1.建成养老服务中心3处；2.新增床位120张。|<|<|<
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|新增床位|≥120张|120张|20|无
^|效益指标|满意度指标|老人满意度|≥95%|93%|8|就餐品种少，已增加菜品
总分|<|<|<|<|100|95.8|
"""


def test_the_form_of_one_project():
    (project,) = read_evaluation_tables([table(FORM, "项目支出绩效自评表", unit="")])
    assert project.project == "社区养老服务中心建设"
    assert (project.full_year_budget, project.executed) == (Decimal("110.00"), Decimal("107.80"))
    assert (project.completion_rate, project.score, project.unit) == (Decimal("98.00"), Decimal("95.8"), "万元")
    assert project.outputs == ("建成养老服务中心3处", "新增床位120张")
    assert project.problems == ("就餐品种少，已增加菜品",)
    assert project.flags == ("from_table",)


def test_two_forms_in_one_grid_are_two_projects():
    both = FORM.strip() + "\n" + FORM.strip().replace("社区养老服务中心建设", "老年食堂补助").replace("107.80", "99.00")
    names = [(p.project, str(p.executed)) for p in read_evaluation_tables([table(both, unit="")])]
    assert names == [("社区养老服务中心建设", "107.80"), ("老年食堂补助", "99.00")]


def test_a_form_without_the_full_year_budget_says_which_budget_it_gives():
    drawing = """
    项目名称|河道保洁|<|<|<
    项目资金（元）||预算数|执行数|执行率
    ^|资金总额|500,000.00|498,000.00|99.6%
    """
    (project,) = read_evaluation_tables([table(drawing, unit="")])
    assert (project.full_year_budget, project.unit, project.score) == (Decimal("500000.00"), "元", None)
    initial = drawing.replace("预算数", "年初预算数")
    (project,) = read_evaluation_tables([table(initial, unit="")])
    assert project.flags == ("from_table", "initial_budget")


def test_a_list_of_projects():
    drawing = """
    序号|项目名称|全年预算数|全年执行数|执行率|自评得分
    1|河道保洁|50.00|49.80|99.6%|99.1
    2|绿地养护项目|80.00|76.00|95%|96
    |合计|130.00|125.80||
    """
    found = list(read_evaluation_tables([table(drawing, "项目绩效自评结果汇总表", unit="万元")]))
    assert [(p.project, str(p.full_year_budget), str(p.score)) for p in found] == [
        ("河道保洁", "50.00", "99.1"), ("绿地养护", "80.00", "96"),
    ]  # fmt: skip


def test_a_project_that_the_text_reports_is_not_given_twice():
    assert list(read_evaluation_tables([table(FORM, unit="")], ["社区养老服务中心建设"])) == []


def test_a_unit_that_nothing_names_is_inferred_and_flagged():
    (project,) = read_evaluation_tables([table(FORM.replace("（万元）", ""), unit="")])
    assert (project.unit, project.flags) == ("万元", ("from_table", "unit_inferred"))


def test_other_tables_report_no_projects():
    drawing = """
    项目|行次|决算数
    一、一般公共预算财政拨款收入|1|100.00
    本年收入合计|2|100.00
    """
    blank = FORM.replace("社区养老服务中心建设项目", "")
    empty = FORM.replace("110.00", "").replace("107.80", "").replace("120.00", "")
    assert list(read_evaluation_tables([table(drawing), table(blank, unit=""), table(empty, unit="")])) == []
