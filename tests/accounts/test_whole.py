"""One account in several files: its row, its panel, and which file repeats which."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import msgspec

from jsextract.accounts.assemble import assemble
from jsextract.dataset.indicator_list import INDICATORS
from jsextract.dataset.keys import content_key
from jsextract.dataset.read import open_dataset
from jsextract.dataset.store import Store
from jsextract.model.report import Report
from tests import made


def put(out: Path, *reports: Report) -> None:
    store = Store(out)
    for report in reports:
        key = content_key(report.sha256, ".pdf")
        store.put(key, report, "r")
        store.assign(report.file, report.file, key, "r")
    assemble(store)
    store.commit()


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


TOTAL = made.cell(table="T1", side="收入", code="", item="总计", column="决算数", amount_yuan=Decimal(10))
TEXT = made.report(b"text", file="a.pdf", cells=(), region="")
TABLES = made.report(b"tables", file="b.pdf", cells=(TOTAL,), facts=(), checks=(), projects=(), region="某某市")


def test_text_and_tables_in_two_files_are_one_account(tmp_path: Path) -> None:
    put(tmp_path, TEXT, TABLES)
    (row,) = rows(tmp_path, "accounts.csv")
    assert row["documents"] == f"{TEXT.document_id};{TABLES.document_id}"
    assert (row["tables"], row["cells"], row["facts"], row["projects"]) == ("T1", "1", "2", "1")
    assert (row["region"], row["checks_fail"], row["status"]) == ("某某市", "1", "ok")
    assert {r["account_id"] for r in rows(tmp_path, "documents.csv")} == {row["account_id"]}
    assert row["account_id"].startswith("a")
    assert len(row["account_id"]) == 17


def test_the_panel_is_filled_from_all_files_of_an_account(tmp_path: Path) -> None:
    put(tmp_path, TEXT, TABLES)
    (row,) = rows(tmp_path, "indicators.csv")
    assert (row["income_total"], row["sangong_reception"]) == ("10", "9500.00")
    assert row["documents"] == f"{TEXT.document_id};{TABLES.document_id}"
    sources = {r["indicator"]: (r["document_id"], r["status"]) for r in rows(tmp_path, "indicators_source.csv")}
    assert sources["income_total"] == (TABLES.document_id, "cell")
    assert sources["sangong_reception"] == (TEXT.document_id, "fact")


def test_an_account_says_what_comes_from_pictures_and_what_is_in_doubt(tmp_path: Path) -> None:
    doubted = msgspec.structs.replace(TOTAL, reader="ocr", flags=("ocr:0.71", "low_confidence"))
    put(tmp_path, TEXT, msgspec.structs.replace(TABLES, cells=(doubted,), text_source="ocr", ocr_pages=2))
    (row,) = rows(tmp_path, "accounts.csv")
    assert (TEXT.text_source, row["text_source"]) == ("native", "mixed")
    (wide,) = rows(tmp_path, "indicators.csv")
    assert (wide["income_total"], wide["low_confidence"]) == ("10", "income_total")
    assert [r["ocr_pages"] for r in rows(tmp_path, "documents.csv")] == ["0", "2"]


def test_each_variable_of_an_account_has_one_status_from_all_its_files(tmp_path: Path) -> None:
    section = made.section(topic="operating")
    denied = made.fact(item="公务接待费", measure="none", value=None, amount_yuan=None, flags=())
    text = made.report(b"text", file="a.pdf", cells=(), facts=(denied,), sections=(section,), checks=())
    put(tmp_path, text, TABLES)
    found = rows(tmp_path, "indicators_source.csv")
    assert [row["indicator"] for row in found] == [indicator.name for indicator in INDICATORS]
    told = {row["indicator"]: (row["status"], row["value"], row["page"]) for row in found}
    assert told["income_total"] == ("cell", "10", "7")
    assert told["sangong_reception"] == ("stated_none", "0", "12")
    assert told["operating_costs"] == ("not_read", "", "")
    assert told["procurement"] == ("not_printed", "", "")
    (wide,) = rows(tmp_path, "indicators.csv")
    assert (wide["sangong_reception"], wide["procurement"]) == ("0", "")


def test_the_same_data_in_another_file_is_a_duplicate_and_counts_once(tmp_path: Path) -> None:
    one, two = made.report(b"1", file="1.pdf"), made.report(b"2", file="2.pdf")
    other = made.report(b"3", file="3.pdf", cells=(made.cell(value=Decimal(7)),))
    put(tmp_path, one, two, other)
    found = {r["file"]: r["duplicate_of"] for r in rows(tmp_path, "documents.csv")}
    assert found == {"1.pdf": "", "2.pdf": one.document_id, "3.pdf": ""}
    (row,) = rows(tmp_path, "accounts.csv")
    assert row["documents"] == ";".join(r.document_id for r in (one, two, other))
    assert row["cells"] == str(len(one.cells) + len(other.cells))
    assert len(rows(tmp_path, "indicators.csv")) == 1


def test_what_is_nobodys_account_has_no_row_and_a_panel_of_its_own(tmp_path: Path) -> None:
    unknown = [made.report(bytes([n]), file=f"{n}.pdf", entity="") for n in range(2)]
    put(tmp_path, *unknown)
    assert rows(tmp_path, "accounts.csv") == []
    assert [r["document_id"] for r in rows(tmp_path, "indicators.csv")] == [r.document_id for r in unknown]
    assert {r["account_id"] for r in rows(tmp_path, "indicators.csv")} == {""}


def test_accounts_open_as_a_frame(tmp_path: Path) -> None:
    put(tmp_path, TEXT, TABLES)
    assert open_dataset(tmp_path).accounts[["kind", "year", "cells"]].values.tolist() == [["部门决算", 2024, 1]]
