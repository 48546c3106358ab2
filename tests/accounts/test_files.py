"""Checks over the files of one account: the text in one, the tables in another."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace
from msgspec.structs import replace as changed

from jsextract.accounts.account_index import AccountFile
from jsextract.accounts.files import checks_over, complementary, pure_parts
from jsextract.model.report import CheckResult, Opinion, Report
from tests import made
from tests.accounts.test_whole import put, rows


def file(name: str, facts: int = 0, tables: str = "", duplicate_of: str = "") -> AccountFile:
    return AccountFile(f"{name}.pdf", name, name, "a1", tuple(tables.split()), facts, duplicate_of)


def names(*files: AccountFile) -> str:
    return "".join(part.document_id for part in complementary(files))


def test_parts_are_those_that_have_what_others_lack() -> None:
    assert names(file("a", 9), file("b", 0, "T1 T2")) == "ab"
    assert names(file("a", 0, "T1 T2"), file("b", 9), file("c", 0, "T3")) == "bac"
    assert names(file("a", 2, "T1 T2"), file("b", 9)) == "ba", "notes in a workbook are no narrative"
    assert names(file("a", 9, "T1 T2"), file("b", 8, "T1 T2")) == "", "two publications"
    assert names(file("a", 9, "T7"), file("b", 0, "T1 T7")) == "ab", "one table stands in both"
    assert names(file("a", 9), file("b", 0, "T1 T2"), file("c", 0, "T2")) == "ab", "the third has nothing new"
    assert names(file("a", 9), file("b", 0, "T1", "c")) == "", "a duplicate gives nothing"
    assert names(file("a", 0, "T1"), file("b", 0, "T2")) == "", "nothing is stated"
    assert names() == ""


def test_parts_that_repeat_a_table_are_other_publications_too() -> None:
    files = (file("a", 9, "T7"), file("b", 0, "T1"), file("c", 0, "T2 T7"))
    assert [part.document_id for part in pure_parts(files)] == ["a", "b"]


TEXT = made.report(
    b"text", file="text.pdf", cells=(), checks=(), projects=(), facts=(
        made.fact(fact_id="totals/收入支出总计/final/1", topic="totals", item="收入支出总计", value=Decimal("12.30"),
                  value_text="12.30", page=3, flags=(), section=""),
    ),
)  # fmt: skip


def tables(value: str, **changes: object) -> Report:
    total = made.cell(
        table="T1", side="收入", code="", item="总计", column="决算数", value=Decimal(value), value_text=value, page=9
    )
    return made.report(b"tables", file="tables.pdf", cells=(total,), facts=(), checks=(), projects=(), **changes)


def found(text: Report, other: Report) -> dict[str, list[CheckResult]]:
    files = (file("text", 1), file("tables", 0, "T1"))
    known = [changed(f, document_id=r.document_id) for f, r in zip(files, (text, other), strict=True)]
    return checks_over(known, [text, other])


def test_the_text_is_held_against_the_tables_of_another_file() -> None:
    other = tables("12.30")
    ((document, [check]),) = found(TEXT, other).items()
    assert document == TEXT.document_id
    assert (check.check_id, check.status, check.pages) == ("text.total", "pass", (3,))
    assert check.refs == (
        "fact:totals/收入支出总计/final/1", f"{other.document_id}:cell:T1/收入/总计/决算数"
    )  # fmt: skip
    assert "Part of it stands in tables.pdf." in check.message


def test_documents_of_which_most_figures_differ_accuse_nobody() -> None:
    ((_, [check]),) = found(TEXT, tables("99.30")).items()
    assert (check.check_id, check.status, check.severity) == ("dataset.other_file", "not_checkable", "warning")
    assert "1 of 1 figures are not those in tables.pdf" in check.message


def test_what_one_document_told_is_not_told_again() -> None:
    ((_, made_already),) = found(TEXT, tables("12.30")).items()
    assert found(replace(TEXT, checks=tuple(made_already)), tables("12.30")) == {}


def test_a_table_that_was_in_doubt_is_not_surely_the_documents_error() -> None:
    doubt = Opinion(
        table="T1", pages=(9,), doubt=("identity",), reader="camelot", satisfied=1, failed=0, leftover=0, chosen=False
    )
    ((_, [plain]),) = found(TEXT, tables("12.31")).items()
    ((_, [doubted]),) = found(TEXT, tables("12.31", opinions=(doubt,))).items()
    assert (plain.status, plain.origin, doubted.origin) == ("minor", "document", "unknown")


FIGURES = (
    ("totals", "收入支出总计", "收入", "总计", "12.30"),
    ("income", "本年收入合计", "收入", "本年收入合计", "5.00"),
    ("expenditure", "本年支出合计", "支出", "本年支出合计", "4.00"),
)


def in_two_files(expenditure: str) -> tuple[Report, Report]:
    """A text with three totals, and table T1 with the same but for the expenditure."""
    facts = [
        made.fact(
            fact_id=f"{topic}/{item}/final/1",
            topic=topic,
            item=item,
            value=Decimal(value),
            value_text=value,
            section="",
        )
        for topic, item, _, _, value in FIGURES
    ]
    printed = [*(value for *_, value in FIGURES[:2]), expenditure]
    cells = [
        made.cell(
            table="T1", side=side, code="", item=item, column="决算数", row=n, value=Decimal(value), value_text=value
        )
        for n, ((_, _, side, item, _), value) in enumerate(zip(FIGURES, printed, strict=True))
    ]
    return replace(TEXT, facts=tuple(facts)), replace(tables("1"), cells=tuple(cells))


def test_they_stand_in_the_dataset_and_are_counted(tmp_path: Path) -> None:
    text, other = in_two_files("9.00")
    put(tmp_path, text, other)
    checks = [r for r in rows(tmp_path, "checks.csv") if f"{other.document_id}:cell:" in r["refs"]]
    assert [(r["document_id"], r["check_id"], r["status"]) for r in checks] == [
        (text.document_id, "text.total", "pass"),
        (text.document_id, "text.income", "pass"),
        (text.document_id, "text.expenditure", "fail"),
    ]
    assert {r["file"]: r["checks_fail"] for r in rows(tmp_path, "documents.csv")} == {
        "text.pdf": "1",
        "tables.pdf": "0",
    }
    (whole,) = rows(tmp_path, "accounts.csv")
    assert (whole["checks_fail"], {r["account_id"] for r in checks}) == ("1", {whole["account_id"]})


def test_parts_of_an_account_are_no_duplicates(tmp_path: Path) -> None:
    put(tmp_path, *in_two_files("4.00"))
    assert not [r for r in rows(tmp_path, "checks.csv") if r["check_id"] == "dataset.duplicate"]


def test_the_panel_takes_nothing_from_a_file_that_does_not_fit(tmp_path: Path) -> None:
    text, other = in_two_files("4.00")
    stranger = replace(
        other, cells=tuple(replace(c, value=c.value and 3 * c.value, amount_yuan=Decimal(7)) for c in other.cells)
    )
    put(tmp_path, text, stranger)
    (row,) = rows(tmp_path, "indicators.csv")
    assert row["documents"] == text.document_id
    assert {r["document_id"] for r in rows(tmp_path, "indicators_source.csv")} == {text.document_id}
    (whole,) = rows(tmp_path, "accounts.csv")
    assert (whole["documents"], whole["cells"]) == (f"{stranger.document_id};{text.document_id}", "3")


def test_what_stands_in_the_account_s_other_file_confirms(tmp_path: Path) -> None:
    put(tmp_path, *in_two_files("9.00"))
    facts = {row["item"]: (row["evidence"], row["confirmed_by"]) for row in rows(tmp_path, "facts.csv")}
    assert facts == {
        "收入支出总计": ("confirmed", "text.total"),
        "本年收入合计": ("confirmed", "text.income"),
        "本年支出合计": ("contradicted", ""),
    }
    assert [row["evidence"] for row in rows(tmp_path, "cells.csv")] == ["confirmed", "confirmed", "contradicted"]
