from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from jsextract.accounts.assemble import assemble
from jsextract.dataset.keys import content_key
from jsextract.dataset.lock import locked
from jsextract.dataset.read import open_dataset
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import Store
from jsextract.errors import DatasetBusy, DatasetDamaged, SourceNotFound
from jsextract.model.report import Report
from tests import made


def add(out: Path, *reports: Report, reader: str = "r1", places: tuple[str, ...] = ()) -> Store:
    store = Store(out)
    for i, report in enumerate(reports):
        key = content_key(report.sha256, ".pdf")
        store.put(key, report, reader)
        store.assign(places[i] if places else f"place of {report.file}", report.file, key, reader)
    assemble(store)
    store.commit()
    return store


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def bytes_of(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}


def test_files_have_bom_header_and_lf(tmp_path: Path) -> None:
    add(tmp_path)
    for resource in RESOURCES:
        data = (tmp_path / resource.file).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data[3:].decode() == ",".join(resource.header) + "\n"
    assert (tmp_path / "datapackage.json").is_file()


def test_values_are_written_three_ways(tmp_path: Path) -> None:
    add(tmp_path, made.report())
    printed, blank, negative = rows(tmp_path, "cells.csv")
    assert (printed["value"], printed["value_text"], printed["amount_yuan"]) == ("1200.50", "1,200.50", "12005000.00")
    assert (printed["x0"], printed["x1"]) == ("10.00", "30.13")
    assert (blank["value"], blank["value_text"], blank["x0"]) == ("", "", "")
    assert blank["flags"] == "continued;unit_inferred"
    assert (negative["value"], negative["value_text"]) == ("-3.50", "-3.50")
    (document,) = rows(tmp_path, "documents.csv")
    assert document["file"] == "一.pdf"
    assert (document["cells"], document["facts"], document["checks_fail"]) == ("3", "2", "1")
    assert document["dropped"] == "doubled=12;invisible=3"
    (project,) = rows(tmp_path, "projects.csv")
    assert (project["full_year_budget"], project["executed"], project["score"]) == ("100", "99.10", "")
    assert (project["outputs"], project["n_outputs"], project["n_problems"]) == ("一；二", "2", "0")
    assert rows(tmp_path, "checks.csv")[0]["pages"] == "7;8"
    assert rows(tmp_path, "sections.csv")[0]["text"] == "职能。\n机构。"


def test_a_dataset_accumulates(tmp_path: Path) -> None:
    add(tmp_path, made.report(b"b", file="b.pdf"))
    add(tmp_path, made.report(b"a", file="a.pdf"))
    assert [r["file"] for r in rows(tmp_path, "documents.csv")] == ["a.pdf", "b.pdf"]
    ids = [r["document_id"] for r in rows(tmp_path, "documents.csv")]
    assert list(dict.fromkeys(r["document_id"] for r in rows(tmp_path, "cells.csv"))) == ids


def test_changed_content_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    add(tmp_path, made.report(b"old", file="a.pdf"), made.report(b"b", file="b.pdf"))
    new = made.report(b"new", file="a.pdf")
    add(tmp_path, new)
    documents = rows(tmp_path, "documents.csv")
    assert (documents[0]["file"], documents[0]["document_id"]) == ("a.pdf", new.document_id)
    assert len(documents) == 2
    assert len(list((tmp_path / ".jsextract" / "results").rglob("*.json"))) == 2


def test_two_runs_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    reports = [made.report(bytes([i]), file=f"{i}.pdf") for i in range(5)]
    add(tmp_path / "x", *reports)
    for report in reversed(reports):
        add(tmp_path / "y", report)
    add(tmp_path / "y", *reports)
    assert bytes_of(tmp_path / "x") == bytes_of(tmp_path / "y")


def test_equal_bytes_are_one_document_with_two_rows(tmp_path: Path) -> None:
    add(
        tmp_path,
        made.report(b"same", file="z.pdf"),
        made.report(b"m", file="m.pdf"),
        made.report(b"same", file="a.pdf"),
    )
    documents = rows(tmp_path, "documents.csv")
    assert [r["file"] for r in documents] == ["a.pdf", "m.pdf", "z.pdf"]
    assert [r["duplicate_of"] for r in documents][::2] == ["", documents[0]["document_id"]]
    assert len(rows(tmp_path, "cells.csv")) == 6
    assert len(list((tmp_path / ".jsextract" / "results").rglob("*.json"))) == 2


def test_equal_names_in_different_folders_are_different_documents(tmp_path: Path) -> None:
    add(tmp_path, made.report(b"2023", file="财政局.pdf"), places=("2023/财政局.pdf",))
    add(tmp_path, made.report(b"2024", file="财政局.pdf"), places=("2024/财政局.pdf",))
    assert [r["file"] for r in rows(tmp_path, "documents.csv")] == ["财政局.pdf"] * 2


def test_a_moved_source_folder_adds_no_second_row(tmp_path: Path) -> None:
    add(tmp_path, made.report(), places=("old/一.pdf",))
    add(tmp_path, made.report(), places=("new/一.pdf",))
    assert len(rows(tmp_path, "documents.csv")) == 1


def test_what_was_read_by_the_same_reader_is_fresh(tmp_path: Path) -> None:
    report = made.report()
    add(tmp_path, report, reader="r1")
    store = Store(tmp_path)
    assert store.fresh(report.sha256, "r1") == replace(report, file="")
    assert store.fresh(report.sha256, "r2") is None
    assert store.fresh("0" * 64, "r1") is None


def test_a_result_that_no_index_knows_is_found_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    report = made.report()
    store.put(report.sha256, report, "r1")
    assert Store(tmp_path).fresh(report.sha256, "r1") is not None


def test_a_failure_is_tried_again(tmp_path: Path) -> None:
    report = made.report(status="failed", problem="timeout")
    add(tmp_path, report)
    assert Store(tmp_path).fresh(report.sha256, "r1") is None


@pytest.mark.parametrize("text", ["", "{}", '{"reader": "r1", "rep', '{"reader": "r1", "report": {"cells": 3}}'])
def test_a_damaged_result_is_read_again(tmp_path: Path, text: str) -> None:
    report = made.report()
    add(tmp_path, report)
    (path,) = (tmp_path / ".jsextract" / "results").rglob("*.json")
    path.write_text(text)
    assert Store(tmp_path).fresh(report.sha256, "r1") is None


def test_a_damaged_result_is_named_and_nothing_is_replaced(tmp_path: Path) -> None:
    report = made.report()
    add(tmp_path, report)
    before = bytes_of(tmp_path)
    (path,) = (tmp_path / ".jsextract" / "results").rglob("*.json")
    path.write_text('{"reader": "r1", "rep')
    with pytest.raises(DatasetDamaged, match=path.name):
        assemble(Store(tmp_path))
    assert bytes_of(tmp_path) == before
    assert not list(tmp_path.glob(".tmp-*"))


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    add(tmp_path, made.report())
    (tmp_path / ".jsextract" / "index.sqlite").write_text("[]" * 4096)
    with pytest.raises(DatasetDamaged, match=r"index\.sqlite"):
        Store(tmp_path)


def test_a_dataset_has_one_writer(tmp_path: Path) -> None:
    folder = Store(tmp_path).out.path / ".jsextract"
    with locked(folder), pytest.raises(DatasetBusy), locked(folder):
        pass
    with locked(folder):
        assert (folder / "lock").exists()


def test_formulas_are_guarded_in_the_file_and_free_in_the_frame(tmp_path: Path) -> None:
    add(tmp_path, made.report(cells=(made.cell(item="=1+1", value_text="-5", value=Decimal(-5)),)))
    (row,) = rows(tmp_path, "cells.csv")
    assert (row["item"], row["value_text"], row["value"]) == ("'=1+1", "-5", "-5")
    assert open_dataset(tmp_path).cells["item"].tolist() == ["=1+1"]


def test_data_frames_hold_exact_decimals_or_nullable_floats(tmp_path: Path) -> None:
    add(tmp_path, made.report())
    exact = open_dataset(tmp_path).cells
    assert exact["value"].tolist() == [Decimal("1200.50"), None, Decimal("-3.50")]
    assert str(exact["page"].dtype) == "Int64"
    floats = open_dataset(tmp_path, numbers="float").cells
    assert str(floats["value"].dtype) == "Float64"
    assert floats["value"].isna().tolist() == [False, True, False]
    assert floats["value"].sum() == 1197.0
    assert open_dataset(tmp_path).facts["year"].tolist() == [2024, 2024]
    assert open_dataset(tmp_path).documents["region"].tolist() == [""]


def test_a_folder_without_a_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="no dataset"):
        open_dataset(tmp_path)


def test_the_descriptor_fits_the_files(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    failed = replace(
        made.report(b""), file="broken.pdf", status="failed", problem="corrupt", year=None, cells=(), facts=()
    )
    add(tmp_path, made.report(), failed)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])


def test_the_descriptor_would_notice_a_wrong_file(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    add(tmp_path, made.report(kind="别的"))
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type"]) == [["constraint-error"]] * 3, "in documents.csv, accounts.csv and indicators.csv"
