"""Scores, budgets, forms, copies of a figure, tables printed twice, items under another's name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.check.equations import equations
from jsextract.check.twice import printed_twice
from jsextract.model.report import CheckResult, Project, TableCell
from jsextract.rules.ruleset import load_rules
from tests.check.made import checked, row, said, statuses
from tests.made import report

GENERAL = "三/五、一般公共预算财政拨款支出决算情况/（三）具体情况"


@pytest.mark.parametrize(("score", "status"), [("96.50", "pass"), ("100", "pass"), ("104.50", "fail")])
def test_a_score_is_no_more_than_a_hundred(score: str, status: str) -> None:
    fact = said("泵站改造", "score", score, "分", topic="project", project="泵站改造")
    assert statuses(checked(facts=[fact]), "text.score") == [status]


# ---- 三公


def three_public(budget: str, final: str) -> list[TableCell]:
    other = row("T7", 0, "", "合计", 预算数="9.00", 决算数="8.00")
    return other + row("T7", 1, "", "公务接待费", 预算数=budget, 决算数=final)


def reception(measure: str, text: str) -> list[CheckResult]:
    fact = said("公务接待费", measure, text, topic="three_public")
    return [r for r in checked(three_public("", "1.00"), [fact]) if r.check_id == "text.budget_blank"]


@pytest.mark.parametrize("measure", ["initial_budget", "full_year_budget", "budget"])
def test_a_budget_in_the_text_whose_cell_is_blank(measure: str) -> None:
    (found,) = reception(measure, "2.40")
    assert (found.status, found.severity) == ("fail", "warning")
    assert "cell:T7/公务接待费/预算数" in found.refs
    assert not reception(measure, "0.00")
    fact = said("公务接待费", measure, "2.40", topic="three_public")
    assert statuses(checked(three_public("2.40", "1.00"), [fact]), "text.budget_blank") == []


@pytest.mark.parametrize(("final", "status"), [("1.20", "pass"), ("1.60", "minor")])
def test_a_final_over_its_budget_is_told_for_information(final: str, status: str) -> None:
    found = [r for r in checked(three_public("1.20", final)) if r.item == "公务接待费"]
    assert [(r.check_id, r.status, r.severity) for r in found] == [("text.three_public_over_budget", status, "info")]
    facts = [said("公务接待费", m, v, topic="three_public") for m, v in (("budget", "1.20"), ("final", final))]
    assert statuses(checked(facts=facts), "text.three_public_over_budget") == [status]


# ---- projects


@pytest.mark.parametrize(("rate", "status"), [("80.00", "pass"), ("90.00", "fail")])
def test_the_rate_in_a_form_follows_from_its_budget_and_what_was_spent(rate: str, status: str) -> None:
    form = Project(
        project="泵站改造", full_year_budget=Decimal("50.00"), executed=Decimal("40.00"), completion_rate=Decimal(rate),
        score=Decimal(101), unit="万元", outputs=(), problems=(), improvements=(), page=9, flags=("from_table",),
    )  # fmt: skip
    found = equations(replace(report(), cells=(), facts=(), projects=(form,)), load_rules())
    assert [(r.check_id, r.status) for r in found] == [("text.score", "fail"), ("table.project_rate", status)]


@pytest.mark.parametrize(("rate", "status"), [("95.00", "fail"), ("90.00", "pass")])
def test_a_completion_follows_from_final_and_budget(rate: str, status: str) -> None:
    facts = [
        said("泵站改造", "full_year_budget", "50.00", project="泵站改造", topic="project"),
        said("泵站改造", "final", "45.00", project="泵站改造", topic="project"),
        said("泵站改造", "completion_rate", rate, "%", basis="全年预算", project="泵站改造", topic="project"),
    ]
    assert statuses(checked(facts=facts), "text.rate") == [status]


# ---- items of T5


def items(name: str, final: str, code: str = "") -> list[CheckResult]:
    cells = row("T5", 0, "21303", "水利", 合计="53.20") + row("T5", 1, "2130305", "水利工程建设", 合计="12.00")
    cells += row("T5", 2, "2130306", "水利工程运行与维护", 合计="41.20")
    facts = [
        said(f"农林水支出/水利/{name}", "final", final, topic="function", section=GENERAL, code=code),
        said("农林水支出/水利/水利工程建设", "final", "12.00", topic="function", section=GENERAL, code="2130305"),
    ]
    return [r for r in checked(cells, facts) if r.check_id == "text.item_in_table"]


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("水利设施看护", "another name"),
        ("水利", "the name of another level"),
    ],
)
def test_an_item_with_the_figure_of_a_row_of_another_name(name: str, whose: str) -> None:
    (found,) = items(name, "41.20")
    assert (found.status, found.computed) == ("fail", "2130306 水利工程运行与维护")
    assert whose in found.message


def test_an_item_under_its_name_of_an_earlier_year() -> None:
    cells = row("T5", 0, "2200199", "其他自然资源事务支出", 合计="7.70")
    fact = said("甲/乙/其他国土资源事务支出", "final", "7.70", topic="function", section=GENERAL)
    (found,) = [r for r in checked(cells, [fact]) if r.check_id == "text.item_in_table"]
    assert "the name that it had in an earlier year" in found.message


def test_an_item_under_its_own_name_or_with_figures_of_its_own_is_no_finding() -> None:
    assert not items("水利工程运行与维护", "41.20", "2130306")
    assert not items("水利设施看护", "40.10")


@pytest.mark.parametrize("measure", ["initial_budget", "full_year_budget", "budget"])
@pytest.mark.parametrize(("second", "status"), [("20.00", "pass"), ("21.00", "fail")])
def test_budgets_of_the_items_add_up_to_that_of_the_total(measure: str, second: str, status: str) -> None:
    cells = row("T5", 0, "2130305", "甲", 合计="1.00") + row("T5", 1, "2130306", "乙", 合计="1.00")
    facts = [
        said("一般公共预算财政拨款支出", measure, "30.00", section=GENERAL.replace("（三）具体", "（一）总体")),
        said("农林水支出/水利/甲", measure, "10.00", section=GENERAL, topic="function", code="2130305"),
        said("农林水支出/水利/乙", measure, second, section=GENERAL, topic="function", code="2130306"),
    ]
    assert statuses(checked(cells, facts), "text.item_sum") == [status]


# ---- copies of a figure


@pytest.mark.parametrize(("stated", "status"), [("53.20", "pass"), ("53.21", "minor"), ("53.22", "fail")])
def test_a_figure_that_the_text_copies_wrongly_in_its_last_digit_is_minor(stated: str, status: str) -> None:
    cells = row("T5", 0, "", "合计", 合计="53.20", 基本支出="53.20", 项目支出="")
    fact = said("一般公共预算财政拨款支出", "final", stated, section=GENERAL)
    assert statuses(checked(cells, [fact]), "text.general_expenditure") == [status]


# ---- a table printed twice


def again(amount: str, title: str = "支出决算表") -> list[CheckResult]:
    rows = [("2130305", "甲", "12.00"), ("2130306", "乙", "41.20"), ("2130399", "丙", "3.30")]
    first = [c for at, (code, name, v) in enumerate(rows) for c in row("T3", at, code, name, 本年支出合计=v)]
    rows[1] = (*rows[1][:2], amount)
    second = [c for at, (code, name, v) in enumerate(rows) for c in row("X1", at, code, name, 本年支出合计=v)]
    told = [*(replace(c, title="支出决算表") for c in first), *(replace(c, title=title, page=19) for c in second)]
    return list(printed_twice(told))


def test_a_table_printed_twice() -> None:
    assert [r.status for r in again("41.20")] == ["pass"]
    (found,) = again("42.10")
    assert (found.status, found.severity, found.pages[-1]) == ("fail", "warning", 19)
    assert found.refs == ("cell:T3/2130306/本年支出合计", "cell:X1/2130306/本年支出合计")
    assert not again("42.10", "项目支出明细表")


def test_the_same_table_of_another_body_is_not_compared() -> None:
    first = [c for at in range(4) for c in row("T3", at, f"213030{at}", f"{at}", 本年支出合计=f"1{at}.00")]
    second = [c for at in range(4) for c in row("X1", at, f"213030{at}", f"{at}", 本年支出合计=f"{at + 1}.00")]
    assert [r.status for r in printed_twice([*first, *second])] == ["not_checkable"]
