"""Every check of docs/checks.md says what it found, in both languages (what `conftest` holds against every row)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from jsextract.accounts import comparison
from jsextract.accounts.account import Account, Prior
from jsextract.accounts.files import _of_others
from jsextract.check.binding import Scope, bind
from jsextract.check.docs import documented
from jsextract.check.doubted import settled
from jsextract.check.equations import equations
from jsextract.check.evaluate import example_figures, outcome
from jsextract.check.figure import Figure
from jsextract.check.text_rules import RULES
from jsextract.model.report import CheckResult, Project
from jsextract.pipeline import extract
from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.ruleset import load_rules
from tests.check.made import checked, row, said
from tests.check.test_exchanged import results as exchanged
from tests.check.test_in_text import budget, change
from tests.check.test_limits import again, items, reception
from tests.check.test_roots import shifted
from tests.check.test_unit_sums import cells as of_units
from tests.made import report

FIXTURES = Path(__file__).parents[2] / "fixtures"
ITEM = "收入支出总计"


def account(name: str, year: int, **figures: str) -> Account:
    own = {
        item.strip("_"): (Figure(f"{item} final", Decimal(v), Decimal("0.01"), "万元", v, f"fact:{item}", 1),)
        for item, v in figures.items()
    }
    return Account(name, f"{name}.pdf", name, "部门决算", year, "", own)


def across() -> Iterable[CheckResult]:
    one, other = account("甲局", 2023, 总计="119.00"), account("甲局", 2024, 总计="120.50")
    told = Prior("总计", ((1, one.figures["总计"][0]),))
    for stated in (told, replace(told, terms=((1, replace(told.terms[0][1], value=Decimal(90), text="90.00")),))):
        yield from comparison.prior_year(replace(other, priors=(stated,)), one)
    same = account("甲局", 2024, 总计="9.00", 收入="5.00", 支出="4.00")
    yield from comparison.duplicates(same, [replace(same, file="乙.pdf")])
    yield from comparison.duplicates(same, [account("甲局", 2024, 总计="9.00", 收入="5.00", 支出="4.10")])
    whole = account("甲部门", 2024, 财政拨款收入="80.00")
    for part in ("90.00", "20.00"):
        unit = account("甲所", 2024, 财政拨款收入=part)
        yield from comparison.within_department(unit, whole)
        yield from comparison.units_within(whole, [unit, unit])


def form() -> Iterable[CheckResult]:
    own = Project(
        project="泵站改造", full_year_budget=Decimal("50.00"), executed=Decimal("40.00"), completion_rate=Decimal(90),
        score=None, unit="万元", outputs=(), problems=(), improvements=(), page=9, flags=("from_table",),
    )  # fmt: skip
    return equations(replace(report(), cells=(), facts=(), projects=(own,)), load_rules())


def unchanged() -> Iterable[CheckResult]:
    last = {"basis": "上年"}
    reason = said(ITEM, "reason", "人员变动，经费减少", "", **last)
    return checked((), [said(ITEM, "comparison", "持平", "", **last), reason, said(ITEM, "change", "2.00", **last)])


def changed() -> Iterable[CheckResult]:
    return checked(
        (),
        [
            said(ITEM, "final", "1.20"),
            said(ITEM, "prior_year", "1.00", year=2023),
            said(ITEM, "change", "0.30", basis="上年"),
        ],
    )


def without_total() -> Iterable[CheckResult]:
    codes = ("208", "20805", "2080501", "210", "21011", "2101101")
    return checked(
        [c for at, code in enumerate(codes) for c in row("T5", at, code, code, 合计="1.00", 基本支出="1.00")]
    )


MADE: dict[str, Callable[[], Iterable[CheckResult]]] = {
    "cross.items_exchanged": lambda: exchanged("22.25", "34.25"),
    "dataset.": across,
    "table.column": shifted,
    "table.reading": lambda: settled(shifted(), {"T5"}),
    "table.printed_twice": lambda: again("42.10"),
    "table.project_rate": form,
    "table.total_missing": without_total,
    "table.unit_sums": lambda: checked(of_units("1.00", "4.00")),
    "text.budget_blank": lambda: reception("budget", "2.40"),
    "text.change": changed,
    "text.direction": lambda: change("10.00", "10.00", rate_up="减少"),
    "text.item_in_table": lambda: items("水利设施看护", "41.20"),
    "text.rate_base": lambda: budget("0", "321.02", "95.89"),
    "text.unchanged": unchanged,
}


@pytest.mark.parametrize("name", MADE)
def test_a_check_of_figures_is_told(name: str) -> None:
    assert any(check.check_id.startswith(name) and check.message_zh for check in MADE[name]())


@pytest.mark.parametrize("rule", load_rules().equations, ids=lambda rule: rule.id)
def test_an_equation_is_told_whatever_it_finds(rule: EquationRule) -> None:
    for example in rule.examples:
        figures = example_figures(example.figures, example.unit)
        scope = Scope(lambda n: next(iter(figures.get(n, ())), None), lambda n: figures.get(f"{n}.*", ()))  # noqa: B023
        outcome(rule, bind(rule.equation, scope), "甲项")


def test_no_check_is_left_out() -> None:
    accounts = ("account_shanghai.pdf", "account_hubei.pdf", "account_yuan.pdf", "account_sichuan.pdf")
    seen = {check.check_id for name in accounts for check in extract(FIXTURES / name).checks if check.message_zh}
    seen |= {rule.id for rule in load_rules().equations} | {rule.check_id for rule in RULES}
    seen |= {check.check_id for make in MADE.values() for check in make()}
    assert documented(load_rules()) - seen - {"dataset.other_file", "dataset.table_copy"} == set()


def test_files_that_do_not_fit_are_told() -> None:
    files = [account("甲局", 2024), account("乙局", 2024)]
    assert _of_others(files, "甲局", 5, 7).message_zh == "7个数中有5个与乙局.pdf不同，可能属于不同的决算。"
