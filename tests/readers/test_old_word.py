"""Old Word files are read where LibreOffice is there to convert them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from fixtures.draw.profiles import JUSTICE, PLACES
from fixtures.draw.style import YUAN
from fixtures.draw.word import draw_word
from jsextract import extract
from jsextract.readers.word import office
from tests.readers.test_workbooks import FIXTURES, claimed

RTF = rb"{\rtf1\ansi\ansicpg936 \u38738?\u28330?\u21439? 2023\par}"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


def as_doc(data: bytes, folder: Path) -> bytes:
    (folder / "b.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'p').as_uri()}", "--headless", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", folder, folder / "b.docx"], check=True, capture_output=True, timeout=120)
    return (folder / "b.doc").read_bytes()


@needs_office
def test_an_old_word_file_is_converted_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, _ = draw_word(seed=2021, style=YUAN, profile=JUSTICE, year=2021, place=PLACES[2])
    data = as_doc(drawn, tmp_path)
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "work"))
    report = extract(data, file="a.wps")
    assert report.format == "wps"
    assert claimed(report) == claimed(extract(FIXTURES / "account_yuan.pdf"))
    assert not list((tmp_path / "work").iterdir())


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    report = extract(RTF, file="a.rtf")
    assert report.problem == "unsupported"
    assert "LibreOffice" in str(report.message)


@needs_office
def test_a_ruin_of_an_old_word_file_is_no_text() -> None:
    assert extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"ruin" * 200, file="a.doc").problem == "corrupt"
