"""Pages of OFD files that are pictures, and tables pasted into others."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from fixtures.draw.ofd import MM, SPACE, packed, scans_ofd
from jsextract.model.document import Document, Page
from jsextract.model.geometry import Box
from jsextract.pipeline import extract, read
from jsextract.readers.ocr import engine
from jsextract.readers.ofd.pictures import Placed, Sheet, drawn
from jsextract.readers.page_work import SCALE
from jsextract.readers.registry import load_stream, read_document
from jsextract.tables.lost import LostTable
from jsextract.tables.wholeness import wholeness
from tests.readers.recognisers import TableReader, use
from tests.readers.test_ofd_files import text

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_hubei.pdf"
AREA = Box(50.0, 50.0, 500.0, 500.0)
PICTURE = '<ofd:ImageObject Boundary="20 40 160 100" CTM="160 0 0 100 0 0" ResourceID="5"/>'
RESOURCES = (
    f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png'
    "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
)


def png(colour: str = "white", size: tuple[int, int] = (320, 200), form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


def page_of(objects: str, picture: bytes) -> bytes:
    """An OFD file of one A4 page that may name the picture by 5."""
    page = f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    return packed([page], RESOURCES, {"Doc_0/Res/a.png": picture})


def opened(data: bytes, ocr: str = "auto") -> Document:
    return read_document(load_stream(io.BytesIO(data), name="a.ofd", ocr=ocr))


def test_a_scanned_page_is_read_with_places_on_the_page(reader: TableReader) -> None:
    document = opened(scans_ofd([png(), png("ivory", form="TIFF")], "png"))
    assert [page.source for page in document.pages] == ["ocr", "ocr"]
    assert (document.health.text_source, document.health.problem) == ("ocr", "")
    assert [picture.width for picture in reader.seen] == pytest.approx([595, 595], abs=0.1)
    cells = extract(scans_ofd([png()], "png"), file="a.ofd").cells
    assert {(cell.page, cell.reader, cell.flags[0]) for cell in cells} == {(1, "ocr", "ocr:0.90")}
    assert cells[0].box is not None
    assert 110 <= cells[0].box.x0 < cells[0].box.x1 <= 210


def test_a_picture_that_is_not_read_is_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader = TableReader()
    use(reader, monkeypatch, tmp_path)
    for data, ocr in ((png(), "never"), (png()[:60], "auto"), (b"\x97JB2\r\n\x1a\n\1", "auto"), (png("black"), "auto")):
        told = opened(scans_ofd([data], "png"), ocr).health
        assert (told.status, told.problem, told.text_source) == ("partial", "needs-ocr", "none")
    assert len(reader.seen) == 1
    use(None, monkeypatch, tmp_path)
    assert "jsextract[ocr]" in str(opened(scans_ofd([png()], "png")).health.message)


def test_a_table_pasted_under_its_title_stands_at_its_place(reader: TableReader) -> None:
    title, unit = text("收入决算表", at="80 20 90 6"), text("单位：万元", at="150 30 90 6")
    document = opened(page_of(title + unit + PICTURE, png()))
    (page,) = document.pages
    assert (page.source, document.health.text_source) == ("native", "mixed")
    (area,) = page.recognised
    assert (area.x0 * MM, area.y0 * MM) == pytest.approx((20, 40), abs=0.1)
    report = extract(page_of(title + unit + PICTURE, png()), file="a.ofd")
    assert {(cell.title, cell.unit, cell.reader) for cell in report.cells} == {("收入决算表", "万元", "ocr")}


def test_only_pictures_that_were_not_read_may_be_lost_tables() -> None:
    pages = [
        Page(number=n, width=595.0, height=842.0, source=source, pictures=(AREA,), recognised=seen)
        for n, (source, seen) in enumerate((("ocr", ()), ("native", (AREA,)), ("native", ())), 1)
    ]
    lost = [LostTable("T3", "支出决算表")]
    told = wholeness(Document(pages=tuple(pages), format="ofd"), (), lost, 0)
    assert (told.problem, str(told.message)) == (
        "needs-ocr", "Not read: 支出决算表. The picture on page 3 may be a table; it would need OCR.",
    )  # fmt: skip
    assert wholeness(Document(pages=tuple(pages[:2]), format="ofd"), (), lost, 0).problem == ""


def test_emblems_grounds_and_broken_pictures_change_nothing(reader: TableReader) -> None:
    emblem = PICTURE.replace("160", "20").replace("100", "20")
    ground = text("图上的文字", at="40 60 90 6") + PICTURE
    for objects, picture in ((text("甲") + emblem, png()), (ground, png()), (text("甲") + PICTURE, b"GIF89a")):
        (page,) = opened(page_of(objects, picture)).pages
        assert (page.source, page.recognised, len(page.lines)) == ("native", (), 1)
    assert not reader.seen


@pytest.mark.parametrize(
    ("matrix", "corner"),
    [
        ((80.0, 0.0, 0.0, -80.0, 10.0, 90.0), (12, 12)),  # upright
        ((-80.0, 0.0, 0.0, -80.0, 90.0, 90.0), (88, 12)),  # mirrored
        ((80.0, 0.0, 0.0, 80.0, 10.0, 10.0), (12, 88)),  # flipped
        ((0.0, -80.0, -80.0, 0.0, 90.0, 90.0), (88, 12)),  # turned by a quarter, clockwise
        ((0.0, 80.0, 80.0, 0.0, 10.0, 10.0), (12, 88)),  # the other way
    ],
)
def test_pictures_are_turned_and_mirrored_as_their_matrix_says(
    matrix: tuple[float, float, float, float, float, float], corner: tuple[int, int]
) -> None:
    image = Image.new("RGB", (40, 40), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 10, 10), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    sheet = Sheet(100.0, 100.0, (Placed("Doc_0/Res/a.png", matrix),))
    seen = drawn(page_of("", out.getvalue()), sheet, Page(number=1, width=100.0, height=100.0))
    x, y = (round(at * SCALE) for at in corner)
    assert seen.getpixel((x, y)) == (0, 0, 0)
    dark = sum(seen.getpixel((round(a * SCALE), round(b * SCALE))) == (0, 0, 0) for a in (12, 88) for b in (12, 88))
    assert dark == 1


@pytest.mark.skipif(not engine.installed(), reason="jsextract[ocr] is not installed")
def test_a_scanned_page_of_an_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    image = (
        pypdfium2.PdfDocument(FIXTURE)[4].render(scale=150 / 72).to_pil().convert("RGB").rotate(0.4, fillcolor="white")
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    native = {(c.item, c.column): c.value for c in extract(FIXTURE).cells if c.table == "T1" and c.value is not None}
    read_ = extract(scans_ofd([out.getvalue()], "jpg"), file="a.ofd").cells
    assert {(c.item, c.column): c.value for c in read_ if c.value is not None} == native
    assert all(cell.box for cell in read_)
    assert read(scans_ofd([out.getvalue()], "jpg"), file="a.ofd").pages[0].source == "ocr"
