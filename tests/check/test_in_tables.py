"""Identities inside tables and between them, on small tables."""

from __future__ import annotations

from functools import partial

from jsextract.check.score import score_table
from jsextract.rules.ruleset import load_rules
from tests.check.made import checked, row, statuses

RULES = load_rules()
score = partial(score_table, rules=RULES)


def t5(**changes: str) -> list:  # type: ignore[type-arg]
    figures = {"total": "9.00", "c": "9.00", "k": "9.00", "a": "4.00", "b": "5.00"} | changes
    rows = [
        ("", "合计", figures["total"]),
        ("201", "一般公共服务支出", figures["c"]),
        ("20106", "财政事务", figures["k"]),
        ("2010601", "行政运行", figures["a"]),
        ("2010650", "事业运行", figures["b"]),
    ]
    return [
        c for at, (code, item, v) in enumerate(rows) for c in row("T5", at, code, item, 合计=v, 基本支出=v, 项目支出="")
    ]


def test_codes_add_up_level_by_level() -> None:
    assert statuses(checked(t5()), "table.code_sum") == ["pass"] * 6
    broken = [r for r in checked(t5(a="4.70")) if r.status == "fail"]
    assert {(r.check_id, r.item) for r in broken} == {
        ("table.code_sum", "T5 20106 财政事务 合计"),
        ("table.code_sum", "T5 20106 财政事务 基本支出"),
    }
    assert broken[0].refs == ("cell:T5/20106/合计", "cell:T5/2010601/合计", "cell:T5/2010650/合计")
    assert (broken[0].stated, broken[0].computed, broken[0].difference) == ("9.00", "9.70", "-0.70")
    assert "states 9.00 万元, its parts 4.70 + 5.00 = 9.70" in broken[0].message


def test_a_level_that_is_not_printed_is_passed_over() -> None:
    cells = [c for c in t5() if len(c.code) != 5]
    assert set(statuses(checked(cells), "table.code_sum")) == {"pass"}


def test_a_part_that_was_not_read_is_named() -> None:
    found = [r for r in checked(t5(b="5.O0")) if r.check_id == "table.code_sum" and r.status == "not_checkable"]
    assert "2010650 事业运行 合计 was not read (5.O0)" in found[0].message


def test_a_row_without_a_code_leaves_a_sum_open() -> None:
    cells = [*t5(total="9.90"), *row("T5", 9, "", "年初结转", 合计="0.90", 基本支出="0.90", 项目支出="")]
    assert "not_checkable" in statuses(checked(cells), "table.code_sum")
    assert "fail" not in statuses(checked(cells), "table.code_sum")


def test_a_blank_total_is_no_zero() -> None:
    assert statuses(checked(t5(total="")), "table.code_sum").count("not_checkable") == 2


def two_sided(**changes: str) -> list:  # type: ignore[type-arg]
    figures = {"of_which": "2.00", "total": "9.00"} | changes
    left = [
        ("财政拨款收入", "8.00"),
        ("事业收入", ""),
        ("本年收入合计", "8.00"),
        ("上年结转和结余", "1.00"),
        ("合计", figures["total"]),
    ]
    right = [
        ("教育支出", "8.50"),
        ("基本支出", "8.50"),
        ("本年支出合计", "8.50"),
        ("年末结转和结余", "0.50"),
        ("合计", "9.00"),
    ]
    cells = []
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        cells += row("T1", at, "", one[0], "收入", 决算数=one[1])
        cells += row("T1", at, "", other[0], "支出", 决算数=other[1])
    return cells


def test_other_names_and_other_views_of_the_same_money() -> None:
    results = checked(two_sided())
    assert statuses(results, "table.t1_total") == ["pass", "pass"]
    assert statuses(results, "table.t1_expenditure_sum") == ["pass"]
    assert statuses(results, "table.t1_totals") == ["pass"]
    assert statuses(checked(two_sided(total="9.10")), "table.t1_total") == ["fail", "pass"]


def test_a_column_that_other_forms_do_not_have_leaves_a_row_open() -> None:
    cells = row("T3", 0, "", "合计", 本年支出合计="9.00", 基本支出="4.00", 项目支出="3.00", 专项业务费="2.00")
    assert statuses(checked(cells), "table.t3_row") == ["not_checkable"]


def test_the_conference_column_of_a_table_leaves_its_total_open() -> None:
    cells = row("T7", 0, "", "合计", 决算数="3.00")
    for item, value in (
        ("因公出国（境）费", ""),
        ("公务用车购置及运行维护费/小计", "1.00"),
        ("公务接待费", "1.00"),
        ("会议费", "1.00"),
    ):
        cells += row("T7", 0, "", item, 决算数=value)
    assert statuses(checked(cells), "table.t7_total") == ["not_checkable"]


def test_tables_are_compared_with_each_other() -> None:
    cells = [
        *t5(),
        *row("T3", 0, "", "合计", 本年支出合计="9.00"),
        *row("T3", 1, "2010601", "行政运行", 本年支出合计="3.00"),
    ]
    results = checked(cells)
    assert [(r.item, r.status) for r in results if r.check_id == "cross.t5_t3"] == [("T5 T3 2010601 行政运行", "fail")]
    assert [r.stated for r in results if r.check_id == "cross.codes_t5_t3"] == ["2010650"]


def test_a_lost_level_and_a_lost_total_are_noticed() -> None:
    cells = t5()
    for at, (code, item) in enumerate(
        [
            ("208", "社保"),
            ("20805", "养老"),
            ("2080501", "离退休"),
            ("210", "卫生"),
            ("21011", "医疗"),
            ("2101101", "行政医疗"),
        ]
    ):
        cells += row("T5", 10 + at, code, item, 合计="1.00", 基本支出="1.00", 项目支出="")
    assert set(statuses(checked(cells), "table.levels")) == {"pass"}
    lost = checked([c for c in cells if c.code != "20805" and c.item != "合计"])
    assert [r.stated for r in lost if r.check_id == "table.levels" and r.status == "fail"] == ["208", "2080501"]
    assert statuses(lost, "table.total_missing") == ["not_checkable"]


def test_a_reading_is_judged_by_its_identities() -> None:
    right, wrong = score(t5(), "T5"), score(t5(a="40.0"), "T5")
    assert (right.failed, wrong.satisfied < right.satisfied) == (0, True)
    assert wrong.failed == 2
    assert score(t5(), "T2") == score([], "T2")
