from __future__ import annotations

from pathlib import Path

import pytest

from jsextract import __version__
from jsextract.dataset import fingerprint
from jsextract.dataset.fingerprint import others, reader_id
from jsextract.readers import page_work
from tests.pdfs import write


def test_a_rule_of_ones_own_makes_another_reader(tmp_path: Path) -> None:
    general = reader_id()
    assert general.startswith(f"{__version__}+")
    write(tmp_path / "a" / "facts" / "mine.yaml", b"[]")
    write(tmp_path / "b" / "facts" / "mine.yaml", b"[{}]")
    first, second = reader_id([tmp_path / "a"]), reader_id([tmp_path / "b"])
    assert len({general, first, second}) == 3
    assert reader_id() == general


def test_another_version_of_a_library_makes_another_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "PAGE_READER", lambda: None)
    found = others()
    assert list(found) == ["pypdfium2", "pdfplumber", "camelot-py", "jieba"]
    assert all(found.values())
    first = reader_id()
    monkeypatch.setattr(fingerprint, "_version", lambda library: "0.0")
    assert reader_id() != first
