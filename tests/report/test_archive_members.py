"""The pages of a document that lies in an archive are drawn like those of any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.dataset.folder import folder_at
from jsextract.errors import JsextractError
from jsextract.model.ids import document_id
from jsextract.pipeline import extract, read
from jsextract.readers.registry import load
from jsextract.report import shown
from jsextract.report.crops import Crop
from jsextract.report.drawing import Sheet, draw
from jsextract.report.results import Results
from jsextract.report.shown import Opened, PageShown, Wanted
from tests.readers.archives import zipped
from tests.report.made import FIXTURES

PDF, BOOK = "account_shanghai.pdf", "book_hubei.xlsx"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    inner = zipped({"附表.xlsx": (FIXTURES / BOOK).read_bytes()})
    (tmp_path / "in").mkdir()
    archive = tmp_path / "in" / "打包.zip"
    archive.write_bytes(zipped({"水务/决算.pdf": (FIXTURES / PDF).read_bytes(), "文化/附表.zip": inner}))
    return archive


def page(path: Path, number: int) -> PageShown | JsextractError:
    return shown.page_of(Wanted(Opened((str(path),), path.name), page=number))


def test_a_file_in_an_archive_is_named_as_if_the_archive_were_a_folder(packed: Path) -> None:
    whole = extract(FIXTURES / PDF)
    assert extract(packed / "水务" / "决算.pdf").cells == whole.cells
    assert read(packed / "文化" / "附表.zip" / "附表.xlsx").format == "xlsx"
    drawn = page(packed / "水务" / "决算.pdf", 6)
    assert isinstance(drawn, PageShown)
    assert drawn.image == page(FIXTURES / PDF, 6).image
    book = page(packed / "文化" / "附表.zip" / "附表.xlsx", 7)
    assert isinstance(book, PageShown)
    assert not book.image
    assert any("附表3" in row for row in book.rows)


def test_a_name_that_an_archive_lacks_is_told(packed: Path) -> None:
    assert "gone" in str(page(packed / "没有.pdf", 1))
    assert "does not exist" in str(page(packed.parent / "没有.zip" / "a.pdf", 1))


def test_a_dataset_finds_its_documents_in_their_archives_again(packed: Path) -> None:
    out = packed.parent.parent / "out"
    run(find_sources([packed.parent], skip=out), out, Settings(jobs=0), lambda outcome: None)
    results = Results(folder_at(out))
    key = document_id(load(FIXTURES / PDF).sha256)
    places = results.places(key)
    assert places is not None
    evidence = places.evidence([cell for cell in places.report.cells if cell.table == "T3"][:2])
    sheet = Sheet(results.paths(key, ()), results.sha256(key), tuple(item.cut for item in evidence))
    crops = draw(sheet)
    assert crops
    assert all(isinstance(crop, Crop) for crop in crops)
    packed.rename(packed.parent.parent / "打包.zip")
    assert draw(sheet) is None
    moved = Sheet(results.paths(key, (packed.parent.parent,)), sheet.sha256, sheet.cuts)
    assert draw(moved) == crops
    results.close()
