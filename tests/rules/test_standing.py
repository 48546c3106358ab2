"""Items of the lists of codes by their name alone: their own figures where it stands as a name, nothing where it does not."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from jsextract.authoring.examples import read_paragraphs
from jsextract.errors import PatternError
from jsextract.narrative.prose import CodeBook
from jsextract.rules.code_list import code_of, read_codes, todays
from jsextract.rules.rule_files import root
from jsextract.rules.ruleset import load_rules
from jsextract.rules.tokenize import tokenize
from jsextract.text.normal import normalise, squeeze
from tests.made import cell

RULES = load_rules()
BOOK = CodeBook((), RULES)
"""Of a document without tables: only the list tells codes."""
ALONE = {
    "人大监督": "2010106", "委员视察": "2010205", "参事事务": "2010309", "经济体制改革研究": "2010407", "统计抽样调查": "2010508",
    "财政国库业务": "2010605", "协税护税": "2010708", "审计管理": "2010805", "派驻派出机构": "2011105", "外资管理": "2011306",
    "民族工作专项": "2012304", "台湾事务": "2012505", "海关关务": "2010909", "工会事务": "2012906", "公务员事务": "2013204",
    "质量安全监管": "2013815", "信访业务": "2014004", "人民防空": "2030603", "执法办案": "2040220", "检察监督": "2040410",
    "“两庭”建设": "2040506", "社区矫正": "2040610", "保密管理": "2040905", "职业高中教育": "2050304", "特殊学校教育": "2050701",
    "教师进修": "2050801", "农村中小学教学设施": "2050902", "社会公益研究": "2060302", "科技成果转化与扩散": "2060404", "科普活动": "2060702",
    "文化展示及纪念机构": "2070105", "艺术表演团体": "2070107", "体育场馆": "2070307", "版权管理": "2070606", "劳动保障监察": "2080105",
    "行政区划和地名管理": "2080207", "公益性岗位补贴": "2080705", "在乡复员、退伍军人生活补助": "2080803", "殡葬": "2081004", "残疾人体育": "2081106",
    "流浪乞讨人员救助支出": "2082002", "中医（民族）医院": "2100202", "乡镇卫生院": "2100302", "采供血机构": "2100406", "疾病应急救助": "2101302",
    "水体": "2110302", "核与辐射安全监督": "2110204", "减排专项支出": "2111103", "市政公用行业市场监管": "2120107", "土地开发支出": "",
    "病虫害控制": "2130108", "农产品质量安全": "2130109", "森林资源管理": "2130207", "水土保持": "2130310", "水文测报": "2130313",
    "农业保险保费补贴": "2130803", "航道维护": "2140123", "海事管理": "2140131", "中小企业发展专项": "2150805", "海域与海岛管理": "2200120",
    "农村危房改造": "2210105", "粮食风险基金": "2220115", "地震预测预报": "2240505",
}  # fmt: skip
"""Items, and the code that the name alone tells: none where several codes had it in some year."""
BEFORE = "1.一般公共服务支出（类）政协事务（款）政协会议（项）。年初预算为77.00万元，支出决算为77.00万元，完成年初预算的100%。"
FORMS = {
    "entry": "2.{}。年初预算为41.50万元，支出决算为40.25万元，完成年初预算的96.99%。",
    "final": "（3）{}支出决算40.25万元，比上年增加3.10万元，增长8.34%。",
    "share": "{}：40.25万元，占12.30%。",
    "listed": "政协会议77.00万元，主要用于开会；{}40.25万元，主要用于日常工作；其他教育支出5.00万元，主要用于培训。",
    "budget": "{}年初预算41.50万元，支出决算40.25万元，完成年初预算的96.99%。",
}
OWN = {
    "entry": {("initial_budget", "41.50"), ("final", "40.25"), ("completion_rate", "96.99")},
    "final": {("final", "40.25"), ("change", "3.10"), ("change_rate", "8.34")},
    "share": {("final", "40.25"), ("share", "12.30")},
    "listed": {("final", "40.25")},
    "budget": {("initial_budget", "41.50"), ("final", "40.25"), ("completion_rate", "96.99")},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ALONE)
def test_a_name_alone_has_its_own_figures(name, form):
    facts = [*BOOK.fill(read_paragraphs([BEFORE, FORMS[form].format(name)], RULES, "function"))]
    own = [fact for fact in facts if squeeze(fact.item) == squeeze(name) and fact.value is not None]
    assert {(fact.measure, str(fact.value)) for fact in own} == OWN[form]
    assert {fact.code for fact in own} == {ALONE[name]}
    assert all(fact.value != Decimal("40.25") for fact in facts if fact not in own)


def test_the_sixty_three_are_known_by_the_list_alone():
    files = [path.read_text(encoding="utf-8") for path in (root() / "lexicon").glob("*.yaml")]
    assert len(ALONE) == 63
    assert [name for name in ALONE if any(name in text for text in files)] == []


@pytest.mark.parametrize(
    "text",
    [
        "主要原因是举办图书馆活动和防汛培训，支出增加。",
        "主要用于社区矫正、法律援助、普法宣传等工作支出。",
        "承担信访、统计、宣传、机关服务等职责。",
        "全县有博物馆2个、乡镇卫生院12家。",
        "2.负责档案馆的日常管理，开展学前教育督导。",
        "信息化建设项目已经验收，执法办案能力得到提升。",
        "主要是用于农村危房改造的资金减少。",
        "教育支出1,200.00万元。",
        "用于公务接待3.00万元。",
        "退休12人。",
        "公共安全、科学技术和节能环保等方面的支出增加。",
        "用于公共安全3.00万元。",
    ],
)
def test_words_that_are_no_name_here(text):
    found = tokenize(normalise(text), RULES.lexicon).tokens.values()
    alone = {item for item, _, _ in RULES.lexicon.standing.items.values()}
    assert [token.name.item for token in found if token.name is not None and token.name.item in alone] == []


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("地震预测预报", 2017, "2200405"),
        ("地震预测预报", 2023, "2240505"),
        ("旅游宣传", 2016, "2160504"),
        ("旅游宣传", 2020, "2070113"),
        ("其他教育支出", 2022, ""),  # a 款 and its 项
        ("行政运行", 2022, ""),
        ("棚户区改造支出", 2022, ""),  # 2120810, or the 支出 of 2210103
        ("信访业务", None, "2014004"),
    ],
)
def test_a_name_tells_its_code_where_only_one_had_it_that_year(name, year, code):
    assert code_of(RULES.lexicon.coded[name], year) == code


def test_the_tables_tell_the_code_of_a_name_that_many_items_have():
    facts = read_paragraphs(["行政运行12.00万元，主要用于工资。"], RULES, "function")
    cells = [
        cell(table="T5", code=code, item=item)
        for code, item in [
            ("201", "一般公共服务支出"),
            ("20126", "档案事务"),
            ("2012601", "行政运行"),
            ("2012604", "档案馆"),
        ]
    ]
    (fact, _) = CodeBook(cells, RULES).fill(facts)
    assert (fact.code, fact.item) == ("2012601", "一般公共服务支出/档案事务/行政运行")
    cells.append(cell(table="T5", code="2010801", item="行政运行"))
    (fact, _) = CodeBook(cells, RULES).fill(facts)
    assert (fact.code, fact.item) == ("", "行政运行")


@pytest.mark.parametrize(
    "text",
    [
        "——{}12.00万元，用于日常工作。", "●{}：12.00万元。", "①{}，2022年决算数12.00万元。", "其中，{}支出12.00万元。",
        "一般公共服务支出中，{}12.00万元。", "（2）{} 支出决算为12.00万元。", "委员视察3.00万元和{}12.00万元。", "二是{}支出12.00万元。",
    ],
)  # fmt: skip
def test_other_places_where_a_name_stands(text):
    facts = read_paragraphs([BEFORE, text.format("参事事务")], RULES, "function")
    assert [fact.item for fact in facts if str(fact.value) == "12.00"] == ["参事事务"]


@pytest.mark.parametrize("lead", ["包括", "其中", "主要包括"])
def test_words_before_a_list_are_no_part_of_a_name(lead):
    (token, _) = tokenize(normalise(f"{lead}文物（款）38.69万元。"), RULES.lexicon).tokens.values()
    assert token.path == "文物"


@pytest.mark.parametrize("kind", ["function", "economic"])
def test_lists_are_in_order_and_every_name_has_its_level_above(kind):
    names = read_codes(root() / "lexicon" / f"{kind}_codes.csv")
    codes = [name.code for name in names]
    assert codes == sorted(codes)
    assert {code[:-2] for code in codes if len(code) > 3} <= set(codes)
    assert len({(name.code, name.name) for name in names}) == len(names)
    renamed = [(one, other) for one, other in pairwise(names) if one.code == other.code and one.until and other.since]
    assert renamed
    assert all(one.until < other.since for one, other in renamed)
    assert len(todays(names)) > (1600 if kind == "function" else 110)


@pytest.mark.parametrize("row", ["20x,甲,,,", "201,,,,", "201,甲,19,,", "201,甲,,,maybe", "201,甲,,", "2010,甲,,,"])
def test_a_row_that_is_none_is_named(tmp_path, row):
    path = tmp_path / "codes.csv"
    path.write_text(f"code,name,since,until,seen\n201,甲,2019,,seen\n{row}\n", encoding="utf-8")
    with pytest.raises(PatternError, match="line 3"):
        read_codes(path)


def test_a_list_says_its_columns(tmp_path):
    (tmp_path / "codes.csv").write_text("201,甲\n", encoding="utf-8")
    with pytest.raises(PatternError, match="first line"):
        read_codes(tmp_path / "codes.csv")
    with pytest.raises(PatternError, match="nothing"):
        read_codes(tmp_path / "nothing.csv")
