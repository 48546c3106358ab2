"""jsextract as a library: what may be given, what is raised, what is shown."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from jsextract import JsextractError, extract, extract_many, read
from jsextract.errors import SourceNotFound
from tests.check.told import account

FIXTURE = Path(__file__).parents[1] / "fixtures" / "account_shanghai.pdf"


def test_bytes_and_open_files_give_what_their_file_gives() -> None:
    report = extract(FIXTURE)
    assert len(report.cells) == 650
    with FIXTURE.open("rb") as handle:
        assert extract(handle) == report
    data = FIXTURE.read_bytes()
    assert extract(data, file=FIXTURE.name) == report
    assert extract(BytesIO(data), file=FIXTURE.name) == report
    assert extract(str(FIXTURE)) == report
    assert len(read(data).pages) == report.pages


def test_bytes_without_a_name_are_known_by_their_content() -> None:
    report = extract(account().encode())
    assert (report.file, report.format, report.entity) == ("", "txt", "北原市青禾区水务局")


def test_what_is_no_document_is_a_failed_report_whatever_it_came_in(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    assert extract(tmp_path / "a.pdf").problem == extract(b"").problem == "not-pdf"
    assert extract(b"\x89PNG\r\n\x1a\n" + bytes(99)).problem == "unsupported"


@pytest.mark.parametrize("kind", [str, Path])
def test_a_missing_file_is_raised(tmp_path: Path, kind: type) -> None:
    with pytest.raises(SourceNotFound, match="nosuch"):
        extract(kind(tmp_path / "nosuch.pdf"))
    with pytest.raises(JsextractError, match="nosuch"):
        read(kind(tmp_path / "nosuch.pdf"))


@pytest.mark.parametrize("paths", ["a.pdf", Path("a.pdf"), b"a.pdf"])
def test_one_path_is_not_several(paths: object) -> None:
    with pytest.raises(TypeError, match=r"extract\("):
        extract_many(paths)  # type: ignore[arg-type]


def test_a_report_is_shown_on_one_screen() -> None:
    report = extract(FIXTURE)
    shown = repr(report).splitlines()
    assert len(shown) < 8
    assert "9 tables, 650 cells, 185 facts" in shown[2]
    assert "临江市梧桐区水务局 2024" in shown[0]
    failed = repr(extract(b"%PDF-1.7 cut"))
    assert "corrupt" in failed
    assert len(repr(read(FIXTURE))) < 200


def test_what_is_shown_hides_nothing_of_the_comparison() -> None:
    report = extract(FIXTURE)
    other = replace(report, cells=(replace(report.cells[0], value_text="x"), *report.cells[1:]))
    assert other != report
    assert asdict(other) != asdict(report)
