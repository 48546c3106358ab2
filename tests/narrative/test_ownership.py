"""A figure belongs to the name that stands with it, or to nobody."""

from __future__ import annotations

import pytest

from jsextract.authoring.examples import described, read_paragraphs
from jsextract.narrative.ownership import without_entity
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Flag


def told(*paragraphs: str, topic: str = "function") -> list[str]:
    return [described(fact).removesuffix(" (2022)") for fact in read_paragraphs(paragraphs, load_rules(), topic, 2022)]


@pytest.mark.parametrize(
    "entry",
    [
        "2.乡土植物园：年初预算160.00万元，决算数143.29万元。",
        "（二）乡土植物园，年初预算160.00万元，决算数143.29万元。",
        "②乡土植物园。年初预算160.00万元，决算数143.29万元。",
        "乡土植物园年初预算160.00万元，决算数143.29万元。",
    ],
)
def test_an_entry_with_words_of_its_own_is_not_about_the_entry_before(entry: str):
    first = "1.行政运行（项）。年初预算100.00万元，决算数90.00万元。"
    found = told(first, entry)
    assert found[:2] == ["行政运行 | initial_budget | 100.00 万元", "行政运行 | final | 90.00 万元"]
    assert found[2:] == ["乡土植物园 | initial_budget | 160.00 万元", "乡土植物园 | final | 143.29 万元"]
    flags = [fact.flags for fact in read_paragraphs([first, entry], load_rules(), "function", 2022)]
    assert [Flag.FREE_NAME in own for own in flags] == [False, False, True, True]


@pytest.mark.parametrize("why", ["受疫情影响，", "因厉行节约，", "按照要求，", "2022年，", "同口径"])
def test_words_that_say_why_or_when_leave_the_subject_as_it_is(why: str):
    assert told(f"公务接待费支出决算为1.20万元。{why}比上年减少0.30万元。", topic="three_public") == [
        "公务接待费 | final | 1.20 万元",
        "公务接待费 | change@上年 | -0.30 万元",
    ]


def test_words_for_the_source_of_money_qualify_another_name():
    facts = read_paragraphs(["因公出国（境）费2022年度财政拨款决算数为12.30万元。"], load_rules(), "three_public", 2022)
    assert [(fact.item, fact.fund) for fact in facts] == [("因公出国（境）费", "财政拨款")]
    facts = read_paragraphs(["使用政府性基金财政拨款安排基本支出3.00万元。"], load_rules(), "fiscal_basic", 2022)
    assert [(fact.item, fact.fund) for fact in facts] == [("基本支出", "政府性基金预算财政拨款")]


def test_short_names_pick_their_side():
    found = told(
        "收入总计500.10万元，支出总计490.20万元。与2021年决算数相比，收入增加20.40万元；支出减少30.50万元。",
        topic="totals",
    )
    assert found[2:] == ["收入总计 | change@上年 | 20.40 万元", "支出总计 | change@上年 | -30.50 万元"]


def test_what_follows_a_list_of_one_is_about_that_one():
    one = told("“三公”经费支出9万元。其中，公务接待费4万元。比2019年减少2万元。", topic="three_public")
    assert one[-1] == "公务接待费 | change@2019年 | -2 万元"
    two = told(
        "“三公”经费支出9万元，其中：公务接待费4万元，因公出国（境）费5万元。比2019年减少2万元。", topic="three_public"
    )
    assert two[-1] == "“三公”经费合计 | change@2019年 | -2 万元"


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("科研事业收入", "科研事业收入"),
        ("街区代管及其他收入", "街区代管及其他收入"),
        ("利息收入及其他收入", "其他收入"),
        ("我局事业收入", "事业收入"),
        ("主要包括事业收入", "事业收入"),
        ("全年取得事业收入", "事业收入"),
    ],
)
def test_a_noun_before_a_known_name_makes_it_another_one(words: str, item: str):
    assert told(f"{words}7.00万元。", topic="income") == [f"{item} | final | 7.00 万元"]


@pytest.mark.parametrize("between", ["，", "、"])
def test_what_two_equal_sides_changed_by_is_the_change_of_both(between: str):
    found = told(
        f"收入总计860.20万元{between}支出总计860.20万元。与上年相比，增加40.10万元，增长4.89%。", topic="totals"
    )
    assert found[2:] == ["收入支出总计 | change@上年 | 40.10 万元", "收入支出总计 | change_rate@上年 | 4.89 %"]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("收入总计860.20万元，支出总计850.10万元，比上年增加40.10万元。", "支出总计"),
        ("收入总计860.20万元；支出总计860.20万元，比上年增加40.10万元。", "支出总计"),
        ("财政拨款收入300.00万元，项目支出300.00万元，比上年增加40.10万元。", "项目支出"),
    ],
)
def test_sides_that_are_no_pair_keep_their_changes(text: str, item: str):
    assert told(text, topic="totals")[2:] == [f"{item} | change@上年 | 40.10 万元"]


@pytest.mark.parametrize(
    "text",
    [
        "本年收入合计500.20万元，本年支出合计500.20万元，较上年增加10.00万元。",  # of both, and no list has a name for them
        "收入合计300.00万元、支出合计290.00万元，比上年增加20.00万元和15.00万元。",
        "基本支出、项目支出500.00万元、202.90万元，比上年增加20.00万元、减少8.00万元。",
        "教育支出500.00万元、科学技术支出202.90万元，比上年增加20.00万元、8.00万元。",
    ],
)
def test_figures_of_several_are_given_to_none(text: str):
    assert [one for one in told(text, topic="expenditure") if "change" in one] == []


@pytest.mark.parametrize("text", ["两项支出500.00万元、202.90万元。", "本年收入和支出合计300.00万元、290.00万元。"])
def test_the_first_of_several_figures_in_a_row_is_no_whole(text: str):
    assert told(text, topic="expenditure") == []


def test_one_thing_has_one_final():
    entry = "1.行政运行（项）年初预算100.00万元，决算90.00万元。"
    all_of_it = "年初预算为300.00万元，支出决算为280.00万元，完成年初预算的93.33%。"
    assert len(told(entry, all_of_it)) == 2
    again = "年初预算为100.00万元，支出决算为90.00万元，完成年初预算的90.00%。"
    assert told(entry, again)[-1] == "行政运行 | completion_rate@年初预算 | 90.00 %"


def test_a_comparison_that_heads_its_sentence_is_about_what_heads_the_paragraph():
    compared = "与全年预算数相比：预算数9.00万元，决算数8.00万元。"
    found = told(f"“三公”经费支出决算8.00万元。公务接待9批47人次。{compared}", topic="three_public")
    assert found[-2:] == ["“三公”经费合计 | budget | 9.00 万元", "“三公”经费合计 | final | 8.00 万元"]
    found = told(f"公务用车运行维护费6.00万元。公务接待9批47人次。{compared}", topic="three_public")
    assert [one for one in found if "9.00" in one or "8.00" in one] == []


def test_a_semicolon_after_a_list_leaves_its_last_entry():
    listed = "其中公务用车运行维护费6.00万元，公务接待费2.00万元；"
    found = told(f"“三公”经费决算8.00万元，{listed}比上年减少1.00万元。", topic="three_public")
    assert [one for one in found if "change" in one] == []
    found = told(f"“三公”经费决算8.00万元，{listed}公务用车购置费0万元，比上年减少1.00万元。", topic="three_public")
    assert found[-1] == "公务用车购置费 | change@上年 | -1.00 万元"


@pytest.mark.parametrize(
    ("text", "outlay"),
    [
        ("全年收入700.00万元，主要为财政拨款收入600.00万元，支出690.00万元。", "本年支出合计 | final | 690.00 万元"),
        ("2022年总收入700.00万元。其他收入6.00万元。\n全年支出690.00万元。", "本年支出合计 | final | 690.00 万元"),
    ],
)
def test_what_was_spent_in_the_year_is_no_income(text: str, outlay: str):
    assert told(*text.splitlines(), topic="totals")[-1] == outlay
    of_fiscal = told("财政拨款收支总计700.00万元，全年支出690.00万元。", topic="fiscal_totals")
    assert of_fiscal[-1] == "财政拨款支出总计 | final | 690.00 万元"


def test_what_each_car_costs_is_not_what_changed():
    found = told("公务用车保有量3辆，平均每辆2.00万元，比上年减少0.20万元。", topic="three_public")
    assert [one for one in found if "change" in one] == []


@pytest.mark.parametrize(
    "text", ["收支相抵，差额10.00万元。", "公务接待费2.00万元，比上年增加0.20万元，差额0.20万元。"]
)
def test_a_difference_needs_a_final_and_a_budget(text: str):
    assert [one for one in told(text, topic="totals") if "预算" in one] == []


@pytest.mark.parametrize("words", ["两项合计", "其余", "差额", "年末", "追加", "系对困难群众补助", "以上各项支出"])
def test_words_that_name_nothing_are_no_names(words: str):
    assert told(f"湿地巡护支出30.00万元，{words}12.00万元。")[1:] == []


def test_the_year_that_heads_a_sentence_is_that_of_its_clauses():
    facts = read_paragraphs(
        ["2021年总收入81.00万元，总支出78.00万元；2022年总收入82.00万元，总支出79.00万元。"],
        load_rules(),
        "totals",
        2022,
    )
    assert [(fact.measure, fact.year) for fact in facts] == [("prior_year", 2021)] * 2 + [("final", 2022)] * 2


def test_years_told_one_after_another_have_finals_of_their_own():
    lines = ["2020年-2022年学校收支情况如下：", "2021年总收入81.00万元，总支出78.00万元。", "2022年总收入82.00万元。"]
    facts = read_paragraphs(lines, load_rules(), "totals", 2022)
    assert [(fact.measure, fact.year) for fact in facts] == [("final", 2021), ("final", 2021), ("final", 2022)]


def test_a_year_in_brackets_is_not_that_of_what_follows():
    facts = read_paragraphs(
        ["公务接待费（2021年为2.50万元）决算2.00万元，完成预算的80.00%。"], load_rules(), "three_public", 2022
    )
    assert Flag.YEAR_INFERRED not in facts[1].flags
    assert facts[1].year == 2022


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("某县中医院独立编制机构", "独立编制机构"),
        ("中医院独立编制机构", "独立编制机构"),
        ("住院部", "住院部"),
    ],
)
def test_the_account_s_own_name_is_no_part_of_another(phrase: str, left: str):
    assert without_entity(phrase, "某县中医院") == left


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2022年收入502.00万元，2021年收入490.00万元；2022年支出480.00万元。", "本年支出合计 | final | 480.00 万元"),
        ("决算收入502.00万元，预算收入490.00万元；预算支出480.00万元。", "支出总计 | budget | 480.00 万元"),
        ("一般公共预算财政拨款收入490.00万元，政府性基金8.00万元。", "政府性基金预算财政拨款收入 | final | 8.00 万元"),
        ("一般公共预算财政拨款支出490.00万元，政府性基金8.00万元。", "政府性基金预算财政拨款支出 | final | 8.00 万元"),
    ],
)
def test_a_short_name_is_of_the_side_that_its_clause_tells(text: str, last: str):
    assert told(text, topic="totals")[-1] == last


def test_what_money_is_for_is_named_without_its_verb():
    found = told("土地出让收入安排的支出48.00万元，用于征地补偿30.00万元。", topic="fund")
    assert found[-1] == "征地补偿 | final | 30.00 万元"


@pytest.mark.parametrize(
    ("listed", "next_one", "last"),
    [
        (
            "基本支出400.00万元，其中人员经费350.00万元，公用经费50.00万元",
            "项目支出90.00万元，占18.37%",
            "项目支出 | share@本年支出合计 | 18.37 %",
        ),
        (
            "教育支出300.00万元，其中教育管理事务支出60.00万元",
            "卫生健康支出90.00万元，占18.37%",
            "卫生健康支出 | share@本年支出合计 | 18.37 %",
        ),
    ],
)
def test_what_stands_beside_a_whole_is_no_part_of_it(listed: str, next_one: str, last: str):
    assert told(f"{listed}；{next_one}。", topic="expenditure")[-1] == last


def test_what_follows_a_list_of_free_names_is_about_its_whole():
    found = told(
        "项目支出90.00万元，包括图书馆维修30.00万元，设备购置60.00万元。占本年支出的18.37%。", topic="expenditure"
    )
    assert found[1:] == [
        "图书馆维修 | final | 30.00 万元",
        "设备购置 | final | 60.00 万元",
        "项目支出 | share@本年支出 | 18.37 %",
    ]


def test_the_unit_of_an_amount_begins_no_item():
    found = told("住房保障支出（类）住房改革支出（款）住房公积金（项）30.00万元、提租补贴（项）5.00万元。")
    assert found == [
        "住房保障支出/住房改革支出/住房公积金 | final | 30.00 万元",
        "住房保障支出/住房改革支出/提租补贴 | final | 5.00 万元",
    ]


def test_a_name_whose_final_refutes_the_one_that_follows_lends_neither_budget_nor_final():
    first = "财政拨款支出100.00万元。财政拨款结转结余0万元。"
    found = told(first, "2022年预算数90.00万元，调整数110.00万元，决算数110.00万元，增加20.00万元。")
    assert found == told(first)


def test_a_name_takes_the_budget_and_the_final_that_it_may_have():
    found = told("行政运行支出90.00万元。", "年初预算100.00万元，决算数90.00万元。")
    assert found[1:] == ["行政运行 | initial_budget | 100.00 万元", "行政运行 | final | 90.00 万元"]
