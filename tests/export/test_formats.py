"""Each format, as the programs that researchers use read it: types, texts and sums are those of the CSV files."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jsextract.dataset.csvtext import unescape_formula
from jsextract.dataset.schema import RESOURCES
from jsextract.export.formats import FORMATS
from jsextract.export.run import export
from tests.export.made import LONG, put, rows

Tables = Callable[[str], list[dict[str, Any]]]
"""Name of a table → its rows."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("dataset") / "data")


@pytest.fixture(scope="module")
def exported(out: Path) -> dict[str, Path]:
    return {to: export(out, to).path for to in FORMATS}


def by_pandas(path: Path) -> Tables:
    import pandas as pd

    def table(name: str) -> list[dict[str, Any]]:
        frame = pd.read_stata(path / f"{name}.dta", convert_missing=False)
        return frame.astype(object).where(frame.notna(), None).to_dict("records")

    return table


def by_pyreadstat(path: Path) -> Tables:
    import pyreadstat

    def table(name: str) -> list[dict[str, Any]]:
        frame, _ = pyreadstat.read_dta(str(path / f"{name}.dta"))
        return frame.astype(object).where(frame.notna(), None).to_dict("records")

    return table


def by_polars(path: Path) -> Tables:
    import polars as pl

    return lambda name: pl.read_parquet(path / f"{name}.parquet").to_dicts()


def by_duckdb(path: Path) -> Tables:
    import duckdb

    def table(name: str) -> list[dict[str, Any]]:
        with duckdb.connect(str(path), read_only=True) as db:
            return db.sql(f"SELECT * FROM {name}").to_arrow_table().to_pylist()

    return table


def by_sqlite(path: Path) -> Tables:
    def table(name: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(f"SELECT * FROM {name}")]

    return table


def by_openpyxl(path: Path) -> Tables:
    from openpyxl import load_workbook

    book = load_workbook(path)

    def table(name: str) -> list[dict[str, Any]]:
        lines = book[name].iter_rows(values_only=True)
        names = [str(each) for each in next(lines)]
        return [dict(zip(names, line, strict=True)) for line in lines]

    return table


READERS = {
    "pandas": ("stata", by_pandas),
    "pyreadstat": ("stata", by_pyreadstat),
    "polars": ("parquet", by_polars),
    "duckdb": ("duckdb", by_duckdb),
    "sqlite3": ("sqlite", by_sqlite),
    "openpyxl": ("xlsx", by_openpyxl),
}


@pytest.fixture(params=READERS)
def tables(request: pytest.FixtureRequest, exported: dict[str, Path]) -> Tables:
    to, reader = READERS[request.param]
    return reader(exported[to])


def test_texts_are_those_of_the_csv_files(tables: Tables, out: Path) -> None:
    for name in ("cells", "documents", "facts", "checks"):
        found, wanted = tables(name), rows(out, name)
        assert len(found) == len(wanted)
        for mine, theirs in zip(found, wanted, strict=True):
            for column in ("document_id", "item", "title", "code", "file", "message", "value_text", "flags"):
                if column in theirs:
                    assert (mine[column] or "") == unescape_formula(theirs[column])


def test_codes_and_ids_are_text_and_numbers_are_numbers(tables: Tables) -> None:
    cells = tables("cells")
    assert {type(cell["document_id"]) for cell in cells} == {str}
    assert [cell["code"] for cell in cells][:4] == ["2013901", "2013901", "0201", "2013901"]
    assert all(isinstance(cell["value"], float | int | Decimal) for cell in cells if cell["value"] is not None)
    assert [cell["value"] is None for cell in cells][:5] == [False, True, False, False, False]
    assert {int(cell["year"]) for cell in cells} == {2023, 2024}


@pytest.mark.parametrize(("table", "column"), [("cells", "amount_yuan"), ("cells", "value"), ("facts", "amount_yuan")])
def test_sums_are_those_of_the_csv_files(tables: Tables, out: Path, table: str, column: str) -> None:
    wanted = sum(Decimal(row[column]) for row in rows(out, table) if row[column])
    found = [row[column] for row in tables(table) if row[column] is not None]
    assert sum(Decimal(repr(value) if isinstance(value, float) else value) for value in found) == wanted


def test_the_wide_panel_is_whole(tables: Tables, out: Path) -> None:
    found, wanted = tables("indicators"), rows(out, "indicators")
    assert len(found) == len(wanted) == 3
    for mine, theirs in zip(found, wanted, strict=True):
        assert (mine["sangong_reception"] or "") == (Decimal(theirs["sangong_reception"] or 0) or "")


def test_doubles_stand_beside_their_text(exported: dict[str, Path], out: Path) -> None:
    for tables in (by_sqlite(exported["sqlite"]), by_pandas(exported["stata"])):
        texts = [row["amount_yuan_text"] for row in tables("cells")]
        assert texts == [row["amount_yuan"] for row in rows(out, "cells")]


def test_whose_account_it_is_stands_on_every_row(tables: Tables) -> None:
    owner = {row["document_id"]: (row["entity"] or "", row["year"], row["kind"]) for row in tables("documents")}
    names = {"facts": ("entity", "account_year", "kind"), "sections": ("entity", "year", "account_kind")}
    for resource in RESOURCES:
        for row in tables(resource.name) if resource.parent else []:
            told = [row[name] for name in names.get(resource.name, ("entity", "year", "kind"))]
            assert (told[0] or "", *told[1:]) == owner[row["document_id"]]
    assert {(row["account_year"], row["year"]) for row in tables("facts")} == {(2024, 2024), (2023, 2022)}


def test_long_texts_are_kept_whole_where_the_format_can(exported: dict[str, Path]) -> None:
    for name, (to, reader) in READERS.items():
        texts = {row["text"] for row in reader(exported[to])("sections")}
        assert (LONG in texts) is (name != "openpyxl")


def test_the_codebook_names_every_field(tables: Tables) -> None:
    told = {(row["table_name"], row["field_name"]) for row in tables("codebook")}
    for resource in RESOURCES:
        fields = {name for name in next(iter(tables(resource.name)), {}) if not name.endswith("_text")}
        assert {(resource.name, name) for name in fields} <= told
    assert ("statuses of documents", "partial") in {(row["vocabulary"], row["word"]) for row in tables("vocabulary")}


def converted(path: Path, folder: Path) -> Iterator[list[str]]:
    """The first sheet of a workbook as LibreOffice reads it."""
    import csv

    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    subprocess.run([*command, form, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120)
    (made,) = folder.glob("*.csv")
    with made.open(encoding="utf-8", newline="") as handle:
        yield from csv.reader(handle)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_workbook(exported: dict[str, Path], out: Path, tmp_path: Path) -> None:
    header, *lines = converted(exported["xlsx"], tmp_path)
    found = [dict(zip(header, line, strict=True)) for line in lines]
    wanted = rows(out, "cells")
    assert [row["document_id"] for row in found] == [row["document_id"] for row in wanted]
    assert [row["code"] for row in found] == [row["code"] for row in wanted]
    assert [row["item"] for row in found] == [unescape_formula(row["item"]) for row in wanted]
    assert [Decimal(row["value"]) for row in found if row["value"]] == [
        Decimal(r["value"]) for r in wanted if r["value"]
    ]


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_stata_files(exported: dict[str, Path], out: Path) -> None:
    program = (
        "suppressMessages(library(haven)); d <- read_dta(commandArgs(TRUE)); "
        "stopifnot(is.character(d$code), is.character(d$document_id), is.numeric(d$value)); "
        "cat(sprintf('%.2f', sum(d$amount_yuan, na.rm = TRUE)), d$item[3], attr(d$item, 'label'), sep = '\\n')"
    )
    if subprocess.run(["Rscript", "-e", "library(haven)"], capture_output=True, check=False).returncode:
        pytest.skip("R has no haven")
    command = ["Rscript", "-e", program, str(exported["stata"] / "cells.dta")]
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )
    total, item, label = told.stdout.splitlines()
    assert Decimal(total) == sum(Decimal(row["amount_yuan"]) for row in rows(out, "cells") if row["amount_yuan"])
    assert (item, label[:2]) == ("＝1+1", "行名")
