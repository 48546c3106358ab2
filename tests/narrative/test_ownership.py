"""A figure belongs to the name that stands with it, or to nobody."""

from __future__ import annotations

import pytest

from jsextract.authoring.examples import described, read_paragraphs
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
