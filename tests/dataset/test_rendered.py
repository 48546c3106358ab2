"""Rows that are made with the result are those that would be made of it later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from jsextract.accounts.account_summary import summary_of
from jsextract.accounts.assemble import assemble
from jsextract.dataset import codec, result_files
from jsextract.dataset.columns_documents import DOCUMENTS
from jsextract.dataset.columns_other import CHECKS
from jsextract.dataset.rendered import CHILDREN, check_rows, document_row, from_line, render_rows, to_line
from jsextract.dataset.store import Store
from jsextract.model.geometry import Box
from jsextract.model.report import Report
from tests import made


def dataset(out: Path, report: Report, form: str = "f1") -> Store:
    store = Store(out)
    store.put(report.sha256, report, "r1", form, summary_of(report))
    for name in ("b.pdf", "a.pdf"):
        store.assign(name, name, report.sha256, "r1")
    return store


def files(store: Store, form: str) -> dict[str, bytes]:
    assemble(store, form=form)
    return {p.name: p.read_bytes() for p in Path(store.out.name).iterdir() if p.is_file()}


def result_file(out: Path) -> Path:
    (path,) = (out / ".jsextract" / "results").rglob("*.json")
    return path


def test_rows_are_the_same_before_and_after_keeping() -> None:
    edges = made.cell(box=Box(10.0049999, 20.1250001, 30.9949996, 40.0))
    report = made.report(cells=(edges, made.cell(row=1)))
    kept = codec.from_json(json.loads(codec.to_text(replace(report, file=""))))
    assert render_rows(report) == render_rows(kept) == from_line(to_line(render_rows(report)))


def test_no_report_is_decoded_to_put_rows_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = dataset(tmp_path, made.report())
    wanted = files(store, "another form")  # all rows made anew
    monkeypatch.setattr(codec, "from_json", lambda data: pytest.fail("decoded"))
    assert files(store, "f1") == wanted
    assert (store.note(made.report().sha256, "f1"), store.note(made.report().sha256, "another form")) == (
        summary_of(made.report()),
        None,
    )


def test_rows_of_another_form_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = dataset(tmp_path, made.report(), "f0")
    monkeypatch.setattr(result_files, "rows_of", lambda head, line, key: pytest.fail("copied"))
    made_anew = files(store, "f1")
    monkeypatch.undo()
    assert made_anew == files(dataset(tmp_path / "other", made.report()), "f1")


@pytest.mark.parametrize("rows", ["", "{}", '{"document": [], "rows": []}', '{"document": [], "rows": ["eJx="]}'])
def test_damaged_rows_are_made_anew(tmp_path: Path, rows: str) -> None:
    store = dataset(tmp_path, made.report())
    wanted = files(store, "f1")
    head, _, report = result_file(tmp_path).read_text().splitlines()
    result_file(tmp_path).write_text(f"{head}\n{rows}\n{report}\n")
    assert files(store, "f1") == wanted


def test_a_result_of_one_line_is_still_understood(tmp_path: Path) -> None:
    report = made.report()
    store = dataset(tmp_path, report)
    wanted = files(store, "f1")
    old = {"format": 1, "reader": "r1", "report": json.loads(codec.to_text(replace(report, file="")))}
    result_file(tmp_path).write_text(json.dumps(old) + "\n")
    store._index.put(report.sha256, "r1", settled=True)  # as an index of that time has it
    assert files(store, "f1") == wanted
    assert store.report(report.sha256) == replace(report, file="")
    assert store.fresh(report.sha256, "r1") is None, "nothing tells whether it was damaged"


def test_further_checks_are_counted_in_the_documents_row() -> None:
    report = made.report()
    further = replace(report.checks[0], check_id="dataset.duplicate", status="minor")
    whole = replace(report, checks=(*report.checks, further))
    assert document_row(render_rows(report), "a.pdf", "a.pdf", (further,)) == document_row(
        render_rows(whole), "a.pdf", "a.pdf", ()
    )
    before, after = (render_rows(one).rows[CHILDREN.index(CHECKS)] for one in (report, whole))
    assert check_rows(render_rows(report), (further,)) == after.removeprefix(before)


def test_control_characters_in_a_name_are_flagged_once() -> None:
    at = DOCUMENTS.header.index("flags")
    once = document_row(render_rows(made.report(flags=("odd",))), "a\x01.pdf", "a\x01.pdf", ())
    assert (once[DOCUMENTS.header.index("file")], once[at]) == ("a.pdf", "odd;control_characters")
    twice = document_row(render_rows(made.report(flags=("odd",), entity="甲\x01")), "a\x01.pdf", "a\x01.pdf", ())
    assert twice[at] == "odd;control_characters"
