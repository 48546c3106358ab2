"""Files that no reader takes, among those that one does: each has its row, the run says how many."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from jsextract.batch.outcome import outcome_of
from jsextract.cli.main import run_cli
from jsextract.cli.tally import Tally
from jsextract.model.report import Report
from jsextract.readers import page_work
from tests.pdfs import LINES, account, scan, write


def slides() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", "<x/>")
    return out.getvalue()


def documents(out: Path) -> dict[str, dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return {row["path"]: row for row in csv.DictReader(handle)}


def test_a_strangers_slides_has_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "in" / "a.pdf", account())
    write(tmp_path / "in" / "表" / "三公.pptx", slides())
    write(tmp_path / "in" / "表" / "说明.txt", "\n".join(LINES).encode("gb18030"))
    write(tmp_path / "in" / "scan.pdf", scan())
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1", "--ocr", "never"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.splitlines()[-2:] == [
        "2 read, 1 needs OCR, 1 of unsupported kinds: 1 pptx",
        f"{tmp_path / 'out'}: 4 documents",
    ]
    found = documents(tmp_path / "out")
    assert list(found) == ["a.pdf", "scan.pdf", "表/三公.pptx", "表/说明.txt"]
    row = found["表/三公.pptx"]
    assert (row["status"], row["problem"], row["format"]) == ("failed", "unsupported", "pptx")
    assert row["message"] == (
        "The file is a PowerPoint file (pptx); no reader takes it. "
        "Convert it to PDF: soffice --headless --convert-to pdf FILE."
    )
    assert row["document_id"] == f"d{row['sha256'][:16]}"
    assert int(row["bytes"]) == len(slides())
    assert (found["表/说明.txt"]["format"], found["表/说明.txt"]["flags"]) == ("txt", "encoding:gb18030")
    assert {row["format"] for row in found.values()} == {"pdf", "txt", "pptx"}


def test_a_run_in_which_nothing_can_be_read_does_not_end_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "in" / "决算.pptx", slides())
    write(tmp_path / "in" / "图.png", b"\x89PNG\r\n\x1a\n")
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 10
    shown = capsys.readouterr()
    told = "0 read, 2 of unsupported kinds: 1 png, 1 pptx"
    assert shown.err == f"jsextract: {told}; documents.csv says what to do with them.\n"
    assert shown.out.splitlines() == [told, f"{tmp_path / 'out'}: 2 documents"]
    assert {row["problem"] for row in documents(tmp_path / "out").values()} == {"unsupported"}


def test_one_file_that_was_named_says_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "决算.pdf", slides())
    assert run_cli([str(path), "-o", str(tmp_path / "out")]) == 23
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "a PowerPoint file (pptx)" in shown.err


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for year in ("2024", "2025"):
        write(tmp_path / year / "a.pdf", account(f"{year}年"))
    sources = [str(tmp_path / "2024"), str(tmp_path / "2025")]
    assert run_cli([*sources, "-o", str(tmp_path / "out"), "-q"]) == 0
    assert sorted(documents(tmp_path / "out")) == ["2024/a.pdf", "2025/a.pdf"]


def test_equal_content_under_other_names_keeps_what_each_name_says(tmp_path: Path) -> None:
    for name in ("a.pdf", "a.txt", "a.xlsx", "决算"):
        write(tmp_path / "in" / name, account())
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q"]) == 0
    found = documents(tmp_path / "out")
    assert {name: row["flags"] for name, row in found.items()} == {
        "a.pdf": "",
        "a.txt": "wrong_suffix",
        "a.xlsx": "wrong_suffix",
        "决算": "",
    }
    assert {row["status"] for row in found.values()} == {"ok"}


def test_the_tally_names_the_kinds_by_their_number() -> None:
    tally = Tally()
    for number, problem, kind in (
        (2, "", "pdf"),
        (1, "needs-ocr", "pdf"),
        (1, "corrupt", "pdf"),
        (3, "unsupported", "xls"),
        (4, "unsupported", "xlsx"),
        *((1, "unsupported", kind) for kind in ("doc", "docx", "html", "jpeg", "zip")),
    ):
        status = "failed" if problem in {"corrupt", "unsupported"} else "ok"
        report = Report(document_id="", file="x", sha256="", bytes=1, status=status, problem=problem, format=kind)
        for _ in range(number):
            tally.add(outcome_of(report, reused=False))
    told = "4 xlsx, 3 xls, 1 doc, 1 docx, 1 html, 1 jpeg, …"
    assert tally.line.en == f"2 read, 1 needs OCR, 1 could not be read, 12 of unsupported kinds: {told}"
    assert (len(tally.shown), len(tally.bad), tally.untold) == (4, 1, 0)


def test_plain_reading_needs_no_tally() -> None:
    tally = Tally()
    tally.add(outcome_of(Report(document_id="", file="x", sha256="", bytes=1), reused=False))
    assert tally.line.en == ""


def without_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "PAGE_READER", lambda: None)


def test_a_scan_says_what_would_have_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_recogniser(monkeypatch)
    path, out = write(tmp_path / "in" / "scan.pdf", scan()), str(tmp_path / "out")
    assert run_cli([str(path), "-o", out, "--jobs", "0"]) == 0
    assert "scan.pdf: No text layer on page 1. It would need OCR: pip install" in capsys.readouterr().err
    write(tmp_path / "in" / "a.pdf", account())
    assert run_cli([str(path.parent), "-o", out, "--jobs", "0"]) == 0
    assert capsys.readouterr().err == (
        "jsextract: Pages that are pictures are read with: pip install 'jsextract[ocr]'.\n"
    )
    assert run_cli([str(path.parent), "-o", out, "--jobs", "0", "--ocr", "never"]) == 0
    assert capsys.readouterr().err == ""


def test_what_nothing_can_do_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_recogniser(monkeypatch)
    path = write(tmp_path / "a.pdf", account())
    assert run_cli([str(path), "-o", str(tmp_path / "out"), "--ocr", "always", "--jobs", "0"]) == 0
    assert "Install with: pip install 'jsextract[ocr]'" in capsys.readouterr().err
    assert (tmp_path / "out" / "cells.csv").exists()
