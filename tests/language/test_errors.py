"""What goes wrong is told in both languages: on the terminal, and in documents.csv."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from jsextract import errors
from jsextract.errors import DocumentError, JsextractError
from jsextract.language import chosen
from jsextract.language.phrase import phrase
from jsextract.model.failures import failed, failure
from jsextract.model.report import Report
from jsextract.pipeline import extract
from jsextract.readers.formats import FORMATS

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLASSES = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, JsextractError)]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _english_afterwards():
    yield
    chosen.use("en")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_told_in_the_language_in_force(kind: type[JsextractError]) -> None:
    error = kind(phrase("The file is empty (0 bytes)."), phrase("Download it again."))
    assert str(error) == "The file is empty (0 bytes). Download it again."
    chosen.use("zh")
    assert str(error) == "文件为空（0 字节）。请重新下载。"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("kind", [c for c in CLASSES if issubclass(c, DocumentError)], ids=lambda kind: kind.__name__)
def test_a_document_that_fails_says_so_in_both(kind: type[DocumentError]) -> None:
    report = Report(document_id="d", file="a.pdf", sha256="", bytes=0)
    made = failed(report, kind(phrase("The file is empty (0 bytes)."), phrase("Download it again.")))
    assert made.message == "The file is empty (0 bytes). Download it again."
    assert made.message_zh == "文件为空（0 字节）。请重新下载。"
    chosen.use("zh")
    assert str(failure(made)) == made.message_zh


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("broken_*.[pt][dx][ft]")), ids=lambda path: path.stem)
def test_what_is_wrong_with_a_file_is_told_in_both(path: Path) -> None:
    report = extract(path)
    assert bool(report.message) == bool(report.message_zh)
    assert not HAN.search(report.message)
    assert not report.message_zh or HAN.search(report.message_zh)
    assert report.problem == "" or report.message_zh


@pytest.mark.parametrize("kind", FORMATS.values(), ids=lambda kind: kind.code)
def test_every_kind_of_file_has_a_name_in_chinese(kind) -> None:
    assert phrase(kind.name).zh != kind.name
    assert not kind.remedy or HAN.search(phrase(kind.remedy).zh)
