"""One table in two files of an account, held against each other."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from jsextract.accounts.account_index import AccountFile
from jsextract.accounts.copies import checks_of_copies, repeated, with_copies
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.dataset.corrections import COLUMNS
from jsextract.model.report import CheckResult, Report
from tests import made

ITEMS = ("总计", "本年收入合计", "一、财政拨款收入", "二、其他收入")


def table(name: str, *values: str, form: str = "pdf", **changes: object) -> Report:
    cells = tuple(
        made.cell(table="T1", side="收入", code="", item=item, column="决算数", value=Decimal(value), value_text=value,
                  unit="万元", amount_yuan=Decimal(value) * 10000, **changes)
        for item, value in zip(ITEMS, values, strict=False)
    )  # fmt: skip
    return made.report(name.encode(), file=f"{name}.{form}", format=form, cells=cells, facts=(), checks=(), projects=())


def file(report: Report) -> AccountFile:
    return AccountFile(report.file, report.document_id, report.document_id, "a1", ("T1",), 0, "")


def found(*reports: Report) -> dict[str, list[CheckResult]]:
    return checks_of_copies([file(report) for report in reports], reports)


def test_what_agrees_in_another_format_is_confirmed() -> None:
    one, other = table("a", "5.00", "4.00"), table("b", "5.00", "4.00", form="xlsx")
    checks = found(one, other)
    assert [(c.status, c.message) for c in checks[other.document_id]] == [("pass", "T1: 2 cells are those of a.pdf.")]
    for report in (one, other):
        judged = with_copies(report, checks)
        assert [(c.evidence, c.confirmed_by) for c in judged.cells] == [("confirmed", ("dataset.table_copy",))] * 2


def test_a_copy_of_the_same_format_confirms_nothing() -> None:
    assert found(table("a", "5.00"), table("b", "5.00")) == {}


def test_a_cell_that_differs_is_a_finding() -> None:
    one, other = table("a", "5.00", "4.00", "3.00", "1.00"), table("b", "5.00", "4.00", "3.00", "2.00", form="xlsx")
    checks = found(one, other)
    differs, _ = checks[other.document_id]
    assert (differs.status, differs.severity, differs.difference) == ("fail", "warning", "1.00")
    assert differs.message == "T1 收入 二、其他收入 决算数: 2.00 万元 here, 1.00 万元 in a.pdf."
    assert differs.message_zh == "T1 收入 二、其他收入 决算数：此处 2.00 万元，a.pdf 中 1.00 万元。"
    assert [c.evidence for c in with_copies(one, checks).cells][-1] == "contradicted"


@pytest.mark.parametrize(
    ("values", "changes"),
    [(("6.00", "4.00", "3.00", "1.00"), {"flags": ("low_confidence",)}), (("6.00", "3.00", "3.00", "1.00"), {})],
)
def test_a_doubt_accuses_nobody(values: tuple[str, ...], changes: dict[str, object]) -> None:
    one, other = table("a", "5.00", "4.00", "3.00", "1.00"), table("b", *values, form="xlsx", **changes)
    assert "fail" not in {check.status for check in found(one, other)[other.document_id]}


def test_only_files_with_a_table_in_common_are_looked_at() -> None:
    others = [AccountFile(n, n, n, "a1", tables, 0, "") for n, tables in (("c", ("T2",)), ("d", ("T1", "T3")))]
    assert [one.file for one in repeated([file(table("a", "1.00")), *others])] == ["a.pdf", "d"]


FIXTURES = Path(__file__).parents[2] / "fixtures"


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def read(out: Path) -> None:
    sources = [FIXTURES / "account_hubei.pdf", FIXTURES / "book_hubei.xlsx"]
    run(find_sources(sources), out, Settings(jobs=0), lambda outcome: None)


def copies(out: Path) -> list[dict[str, str]]:
    return [row for row in rows(out, "checks") if row["check_id"] == "dataset.table_copy"]


def test_a_workbook_beside_its_pdf(tmp_path: Path) -> None:
    read(tmp_path)
    assert {row["status"] for row in copies(tmp_path)} == {"pass"}
    assert {row["item"] for row in copies(tmp_path)} >= {"T1", "T2", "T3"}
    assert any("dataset.table_copy" in row["confirmed_by"] for row in rows(tmp_path, "cells"))


def test_what_is_compared_is_what_corrections_say(tmp_path: Path) -> None:
    read(tmp_path)
    contents = {row["document_id"]: (row["file"], row["sha256"]) for row in rows(tmp_path, "documents")}
    wanted = ("T3", "合计", "本年支出合计")
    for name in ("book_hubei.xlsx", "account_hubei.pdf"):
        (cell,) = (
            row for row in rows(tmp_path, "cells")
            if (row["table"], row["item"], row["column"]) == wanted and contents[row["document_id"]][0] == name
        )  # fmt: skip
        told = (contents[cell["document_id"]][1], f"cell:{'/'.join(wanted)}", cell["value_text"], "reading", "1.23", "")
        path = tmp_path / "corrections.csv"
        before = path.read_text(encoding="utf-8") if path.exists() else ",".join(COLUMNS) + "\n"
        path.write_text(before + ",".join(told) + "\n", encoding="utf-8")
        read(tmp_path)
        found = [(row["status"], row["stated"], row["computed"]) for row in copies(tmp_path) if row["status"] != "pass"]
        if name == "book_hubei.xlsx":
            assert found == [("fail", "1.23", cell["value"])]
        else:
            assert found == []
