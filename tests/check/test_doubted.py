"""What rests on a table that may have been read wrongly accuses nobody, and the table is told of once."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.check.doubted import READING, misread_tables, settled, spared
from jsextract.check.figure import fact_ref
from jsextract.check.result import at_most_warned, result
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult, TableCell
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Severity
from tests.check.made import checked, row
from tests.made import fact, report

LOST = {"本年收入合计": "34.00", "财政拨款收入": "30.00"}  # 其他收入 4.00 stands on a page that was not joined
T2 = [
    *row("T2", 0, "", "合计", **LOST),
    *row("T2", 1, "201", "一般公共服务支出", **LOST),
    *row("T2", 2, "20103", "政府办公厅（室）及相关机构事务", **LOST),
]


SAID = phrase("Table {table} may have been read wrongly.", table="T5")


def status(checks: tuple[CheckResult, ...], check_id: str) -> set[tuple[str, str]]:
    return {(str(c.status), c.origin) for c in checks if c.check_id == check_id}


def found(checks: tuple[CheckResult, ...]) -> frozenset[str]:
    """The tables in doubt by these checks."""
    return misread_tables(replace(report(), checks=checks))


def with_origin(cells: list[TableCell], origin: str) -> tuple[CheckResult, ...]:
    """The checks of cells, all that differ of one origin."""
    return tuple(replace(check, origin=origin) for check in checked(cells))


def test_a_doubted_table_is_told_of_once_and_fails_nothing() -> None:
    checks = with_origin(row("T5", 0, "", "合计", 合计="9.00", 基本支出="3.00", 项目支出="5.00"), "document")
    assert ("fail", "document") in status(settled(checks, ()), "table.t5_row")
    told = settled(checks, {"T5"})
    assert status(told, "table.t5_row") == {("not_checkable", "reading")}
    assert {c.follows for c in told if c.check_id == "table.t5_row"} == {f"{READING} T5"}
    assert status(told, READING) == {("not_checkable", "reading")}
    assert found(told) == {"T5"}


def test_a_column_that_no_reader_found_is_the_readings() -> None:
    rules = load_rules().equations
    told = settled(with_origin(T2, "document"), (), T2, rules)
    assert found(told) == {"T2"}
    assert status(told, "table.t2_row") == {("not_checkable", "reading")}


def test_a_row_that_alone_does_not_add_up_is_the_documents() -> None:
    cells = [*row("T2", 0, "", "合计", 本年收入合计="34.00", 财政拨款收入="34.00"), *T2[2:]]
    told = settled(with_origin(cells, "document"), (), cells, load_rules().equations)
    assert found(told) == frozenset()
    assert ("fail", "document") in status(told, "table.t2_row")


def test_several_errors_that_readers_do_not_agree_on_are_the_readings() -> None:
    cells = [
        *row("T5", 0, "", "合计", 合计="9.00", 基本支出="3.00", 项目支出="6.00"),
        *row("T5", 1, "201", "一般公共服务支出", 合计="7.00", 基本支出="2.00", 项目支出="6.00"),
        *row("T5", 2, "205", "教育支出", 合计="2.00", 基本支出="1.00", 项目支出="3.00"),
    ]
    assert found(settled(with_origin(cells, "unknown"), (), cells)) == {"T5"}
    assert found(settled(with_origin(cells, "document"), (), cells)) == frozenset()


def test_a_fact_that_may_be_misread_accuses_nobody_until_somebody_compared_it() -> None:
    plain = fact()
    unsure = replace(plain, flags=("low_confidence",))
    differs = result("text.total_vs_table", "fail", item="收入总计", message=SAID, refs=[fact_ref(plain)])
    passes = replace(differs, status="pass")
    assert spared([differs, passes], [plain]) == (differs, passes)
    told, kept = spared([differs, passes], [unsure])
    assert (told.status, told.severity, told.origin) == ("not_checkable", "warning", "reading")
    assert kept == passes
    assert spared([differs], [unsure], {fact_ref(unsure)}) == (differs,)


def test_what_need_not_be_the_documents_is_no_error_and_no_worse_than_it_was() -> None:
    assert [at_most_warned(each) for each in Severity] == [Severity.WARNING, Severity.WARNING, Severity.INFO]
