"""Checks of the text against itself and against tables, one for each kind of inconsistency."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.model.report import CheckResult
from tests.check.made import checked, row, said, statuses

TOTAL, PAID = "收入支出总计", "一般公共预算财政拨款支出"


def one(results: tuple[CheckResult, ...], check_id: str) -> CheckResult:
    found = [r for r in results if r.check_id == check_id]
    assert len(found) == 1, [r.check_id for r in results]
    return found[0]


def test_a_total_of_the_text_is_that_of_its_table() -> None:
    cells = row("T4", 0, "", "总计", "收入", 决算数="1,961.68")
    found = one(checked(cells, [said("财政拨款收入支出总计", "final", "0.3")]), "text.fiscal_total")
    assert (found.status, found.stated, found.computed) == ("fail", "0.3", "1961.68")
    assert found.refs == ("fact:totals/财政拨款收入支出总计/final/1", "cell:T4/收入/总计/决算数")
    assert "states 0.3 万元, table T4 states 1,961.68 万元" in found.message
    assert "正文为0.3万元，表T4为1,961.68万元，相差1961.38万元" in found.message_zh


def test_other_units_are_compared_at_the_coarser_digit() -> None:
    cells = row("T1", 0, "", "总计", "收入", 决算数="12345.67")
    assert one(checked(cells, [said(TOTAL, "final", "1.23", "亿元")]), "text.total").status == "pass"


def test_figures_of_another_year_are_not_compared() -> None:
    cells = row("T1", 0, "", "总计", "收入", 决算数="12.00")
    assert statuses(checked(cells, [said(TOTAL, "final", "13.00", year=2023)]), "text.total") == []


def test_an_item_that_the_table_does_not_have_is_not_checkable() -> None:
    cells = row("T5", 0, "2010601", "行政运行", 合计="9.00")
    fact = said("甲/乙/丙", "final", "9.00", topic="function", code="2010699", section="三/一般公共预算财政拨款支出")
    found = one(checked(cells, [fact]), "text.function_general")
    assert (found.status, "T5 has no row 2010699" in found.message) == ("not_checkable", True)


def parts(*amounts: str, topic: str = "operating", **changes: object) -> list:  # type: ignore[type-arg]
    names = ["办公费", "水费", "电费", "差旅费"]
    return [
        said(n, "final", a, topic=topic, flags=("from_list",), **changes) for n, a in zip(names, amounts, strict=False)
    ]


def test_listed_items_add_up() -> None:
    head = said("机关运行经费", "final", "9.00", topic="operating")
    assert one(checked((), [head, *parts("4.00", "5.00")]), "text.operating_sum").status == "pass"
    assert one(checked((), [head, *parts("4.00", "3.00")]), "text.operating_sum").status == "fail"


def test_the_list_of_a_later_sentence_is_of_what_that_sentence_is_about() -> None:
    head = said("机关运行经费", "final", "9.00", topic="operating")
    bought = replace(
        said("政府购买服务支出", "final", "3.00", topic="operating"), sentence="政府购买服务支出3.00万元。"
    )
    services = [replace(fact, sentence=bought.sentence) for fact in parts("1.00", "2.00")[::-1]]
    own = [replace(fact, item=f"{fact.item}用") for fact in parts("4.00", "5.00")]
    assert one(checked((), [head, *own, bought, *services]), "text.operating_sum").status == "pass"


def test_a_list_of_some_parts_may_add_up_to_less() -> None:
    head = said("机关运行经费", "final", "9.00", topic="operating")
    some = [replace(fact, sentence="其中主要包括办公费等。") for fact in parts("4.00", "3.00")]
    assert one(checked((), [head, *some]), "text.operating_sum").status == "not_checkable"
    assert one(checked((), [head, *parts("4.00")]), "text.operating_sum").status == "not_checkable"
    assert one(checked((), [head, *parts("10.00")]), "text.operating_sum").status == "fail", "never to more"


def test_a_share_is_recomputed() -> None:
    facts = [
        said(PAID, "final", "307.82"),
        said("住房保障支出", "final", "29.42"),
        said("住房保障支出", "share", "9.55", "%", basis=PAID),
    ]
    found = one(checked((), facts), "text.share")
    assert (found.status, found.stated, found.computed) == ("minor", "9.55", "9.5575")


def test_shares_of_all_parts_are_all() -> None:
    facts = [said("本年支出合计", "final", "100.00")]
    for item, amount, share in (("基本支出", "60.00", "60.07"), ("项目支出", "40.00", "40.00")):
        facts += [said(item, "final", amount), said(item, "share", share, "%", basis="本年支出合计")]
    assert one(checked((), facts), "text.shares_sum").status == "fail"
    assert statuses(checked((), facts[:3] + facts[4:]), "text.shares_sum") == []


def budget(initial: str, whole: str, rate: str) -> tuple[CheckResult, ...]:
    return checked(
        (),
        [
            said(PAID, "initial_budget", initial),
            said(PAID, "full_year_budget", whole),
            said(PAID, "final", "307.82"),
            said(PAID, "completion_rate", rate, "%", basis="年初预算"),
        ],
    )


def test_a_rate_is_that_of_the_budget_it_names() -> None:
    assert one(budget("321.02", "400.00", "95.89"), "text.rate").status == "pass"
    assert one(budget("321.02", "400.00", "98.59"), "text.rate").status == "fail"
    found = one(budget("0", "321.02", "95.89"), "text.rate_base")
    assert found.status == "fail"
    assert (
        "95.89 % of 年初预算, which is 0 万元; 95.89 % is the rate of 全年预算, 307.82 万元 of 321.02" in found.message
    )


def change(
    amount: str, rate: str, *, final: str = "110.00", up: str = "增加", rate_up: str = "增加"
) -> tuple[CheckResult, ...]:
    return checked(
        (),
        [
            said(TOTAL, "final", final),
            said(TOTAL, "change", amount, direction=up, basis="上年"),
            said(TOTAL, "change_rate", rate, "%", direction=rate_up, basis="上年"),
        ],
    )


@pytest.mark.parametrize(
    ("results", "status"),
    [
        (change("10.00", "10.00"), "pass"),
        (change("10.00", "9.09"), "fail"),
        (change("10.00", "8.33", up="减少", rate_up="减少"), "pass"),
        (change("110.00", "100.00"), "fail"),
        (change("0.00", "0.00", final="0.00"), "pass"),
    ],
)
def test_a_rate_of_change_follows_from_the_change(results: tuple[CheckResult, ...], status: str) -> None:
    assert one(results, "text.change_rate").status == status


def test_growth_from_nothing_has_no_rate() -> None:
    found = one(change("110.00", "100.00"), "text.change_rate")
    assert (found.severity, "without a rate of change" in found.message) == ("warning", True)


def test_a_change_and_its_rate_go_the_same_way() -> None:
    assert one(change("10.00", "10.00", rate_up="减少"), "text.direction").status == "fail"
    assert statuses(change("10.00", "10.00"), "text.direction") == []


@pytest.mark.parametrize(
    ("final", "word", "status"),
    [("51.32", "小于", "pass"), ("51.32", "大于", "fail"), ("51.32", "持平", "fail"), ("52.00", "持平", "pass")],
)
def test_a_word_agrees_with_its_figures(final: str, word: str, status: str) -> None:
    facts = [
        said(PAID, "full_year_budget", "52.00"),
        said(PAID, "final", final),
        said(PAID, "comparison", word, "", basis="全年预算"),
    ]
    assert one(checked((), facts), "text.comparison").status == status


@pytest.mark.parametrize(("reason", "found"), [("人员变动，经费减少", ["fail"]), ("人员没有变化", [])])
def test_what_did_not_change_has_no_reason_for_a_change(reason: str, found: list[str]) -> None:
    facts = [said(TOTAL, "comparison", "持平", "", basis="上年"), said(TOTAL, "reason", reason, "", basis="上年")]
    assert statuses(checked((), facts), "text.unchanged_reason") == found


def test_projects_add_up_where_all_are_described() -> None:
    def described(count: str) -> tuple[CheckResult, ...]:
        facts = [said("绩效自评项目", "count", count, "个"), said("绩效自评项目资金", "budget", "30.00")]
        for name, planned, spent in (("甲", "12.00", "11.00"), ("乙", "16.00", "17.00")):
            facts += [
                said(name, "full_year_budget", planned, topic="project", project=name),
                said(name, "final", spent, topic="project", project=name),
            ]
        return checked((), facts)

    found = one(described("2"), "text.projects_sum")
    assert (found.status, found.stated, found.computed) == ("fail", "30.00", "28.00")
    assert one(described("5"), "text.projects_sum").status == "not_checkable"
    assert statuses(described("2"), "text.project_budget") == ["pass", "fail"]


def test_contracts_won_are_a_part_of_the_procurement() -> None:
    facts = [
        said("政府采购支出总额", "final", "21.07", topic="procurement"),
        said("中小企业预留项目由中小企业中标或成交", "final", "21.07", topic="procurement"),
        said("其他项目由中小企业中标或成交", "final", "21.07", topic="procurement"),
    ]
    found = one(checked((), facts), "text.procurement_won")
    assert (found.status, found.computed) == ("fail", "42.14")


def test_a_rate_between_budget_and_final_needs_no_change() -> None:
    def rated(rate: str) -> str:
        facts = [
            said(PAID, "initial_budget", "760.60"),
            said(PAID, "final", "820.60"),
            said(PAID, "change_rate", rate, "%", basis="年初预算"),
        ]
        return one(checked((), facts), "text.change_rate").status

    assert (rated("7.89"), rated("8.79")) == ("pass", "fail")


def test_a_denominator_of_another_section_proves_nothing_against_a_share() -> None:
    facts = [
        said("本年支出合计", "final", "100.00", section="三/一"),
        said("基本支出", "final", "40.00", section="三/二"),
        said("基本支出", "share", "50.00", "%", basis="总支出", section="三/二"),
    ]
    assert one(checked((), facts), "text.share").status == "not_checkable"


def test_a_sum_of_items_without_their_table_may_be_incomplete() -> None:
    items = [said(n, "final", "10.00", topic="function", code=c) for n, c in (("甲", "2010601"), ("乙", "2010650"))]
    assert one(checked((), [said(PAID, "final", "25.00"), *items]), "text.item_sum").status == "not_checkable"
    assert one(checked((), [said(PAID, "final", "15.00"), *items]), "text.item_sum").status == "fail"
