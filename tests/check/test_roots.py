"""Each error is told once: what follows from another failure says so."""

from __future__ import annotations

from jsextract.check.findings import counted, is_finding
from jsextract.check.roots import COLUMN, with_roots
from jsextract.model.report import CheckResult
from tests.check.made import checked, row, said

SECTION = "三/一般公共预算财政拨款支出"


def follow(checks: tuple[CheckResult, ...]) -> dict[str, str]:
    """Failing check and item → what it follows from."""
    told = with_roots(checks)
    return {f"{c.check_id} {c.item}": c.follows for c in told if c.status in ("fail", "minor")}


def test_what_rests_on_one_misprint_follows_from_the_most_direct() -> None:
    total, share = "一般公共预算财政拨款支出", {"measure": "share", "unit": "%", "basis": "一般公共预算财政拨款支出"}
    cells = row("T5", 0, "", "合计", 合计="80.00", 基本支出="80.00", 项目支出="")
    facts = [
        said(total, "final", "90.00", section=SECTION),
        said("教育支出", "final", "60.00", section=SECTION, topic="function", code="205"),
        said("教育支出", text="75.00", section=SECTION, topic="function", code="205", **share),
        said("卫生健康支出", "final", "20.00", section=SECTION, topic="function", code="210"),
        said("卫生健康支出", text="25.00", section=SECTION, topic="function", code="210", **share),
    ]
    root = f"text.general_expenditure {total}"
    found = follow(checked(cells, facts))
    assert found.pop(root) == ""
    assert set(found) == {f"text.class_sum {total}", "text.share 教育支出", "text.share 卫生健康支出"}
    assert set(found.values()) == {root}
    told = with_roots(checked(cells, facts))
    assert counted(told)["fail"] == sum(map(is_finding, told)) == 1
    assert all(c.message.endswith(f"It follows from {root}.") for c in told if c.follows)


def test_a_limit_that_is_exceeded_follows_from_the_sum_that_does_not_hold() -> None:
    plan = {"topic": "project", "section": "三/绩效"}
    facts = [
        said("绩效自评项目资金", "budget", "30.00", topic="performance", section="三/绩效"),
        said("绩效自评项目", "count", "2", "个", topic="performance", section="三/绩效"),
        said("泵站改造", "full_year_budget", "9.00", project="泵站改造", **plan),
        said("泵站改造", "final", "18.45", project="泵站改造", **plan),
        said("河道巡查", "full_year_budget", "11.00", project="河道巡查", **plan),
    ]
    found = follow(checked(facts=facts))
    assert found == {
        "text.projects_sum 绩效自评项目资金": "",
        "text.project_budget 泵站改造": "text.projects_sum 绩效自评项目资金",
    }


def test_two_misprints_are_two_findings() -> None:
    cells = row("T5", 0, "", "合计", 合计="90.00", 基本支出="80.00", 项目支出="")
    fact = said("一般公共预算财政拨款支出", "final", "95.00", section=SECTION)
    found = follow(checked(cells, [fact]))
    assert len(found) == 2
    assert set(found.values()) == {""}


def shifted() -> tuple[CheckResult, ...]:
    """A table whose figures of 基本支出 stand one row too low each."""
    codes = [("2010101", "甲"), ("2010102", "乙"), ("2010103", "丙"), ("2010104", "丁"), ("2010105", "戊")]
    basic = ["11.00", "12.00", "13.00", "14.00", "15.00"]
    cells = row("T5", 0, "", "合计", 合计="65.00", 基本支出="65.00", 项目支出="")
    for at, ((code, name), amount) in enumerate(zip(codes, basic, strict=True)):
        printed = basic[at - 1]  # each figure of 基本支出 one row too low
        cells += row("T5", at + 1, code, name, 合计=amount, 基本支出=printed, 项目支出="")
    return with_roots(checked(cells))


def test_a_shifted_column_is_one_finding() -> None:
    told = shifted()
    roots = [c for c in told if is_finding(c)]
    assert [(c.check_id, c.severity, c.origin) for c in roots] == [(COLUMN, "warning", "unknown")]
    assert "基本支出" in roots[0].item
    followers = [c for c in told if c.follows == f"{COLUMN} {roots[0].item}"]
    assert len(followers) == 5
    assert {(c.severity, c.origin) for c in followers} == {("warning", "unknown")}


def test_two_columns_that_are_exchanged_are_one_finding() -> None:
    cells, other = row("T3", 0, "", "合计", 本年支出合计="40.00", 基本支出="66.00", 项目支出="26.00"), []
    for at, (code, whole, basic) in enumerate(
        [("205", "33.00", "20.00"), ("208", "22.00", "13.00"), ("210", "11.00", "7.00")]
    ):
        cells += row("T3", at + 1, code, code, 本年支出合计=basic, 基本支出=whole, 项目支出="")
        other += row("T5", at, code, code, 合计=whole, 基本支出=basic, 项目支出="")
    text = said("基本支出", "final", "40.00", topic="expenditure", section="三/三、支出决算情况说明")
    told = with_roots(checked([*cells, *other], [text]))
    assert [c.check_id for c in told if is_finding(c) and c.check_id != "table.levels"] == [COLUMN]


def test_checks_that_pass_follow_from_nothing() -> None:
    checks = checked(row("T5", 0, "", "合计", 合计="65.00", 基本支出="65.00", 项目支出=""))
    assert with_roots(checks) == checks
