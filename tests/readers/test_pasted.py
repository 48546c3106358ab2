"""Tables pasted as pictures into typed pages."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from jsextract.model.document import Line, Mark, Ruling
from jsextract.model.geometry import Box
from jsextract.pipeline import extract, read
from jsextract.readers import page_work
from jsextract.readers.ocr import engine
from jsextract.readers.page_work import Picture
from jsextract.readers.recognised import Recognised

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_hubei.pdf"
WIDTH, HEIGHT = 595, 842


def pasted(picture: Image.Image, words: str = "收入支出决算总表", over: str = "") -> bytes:
    """A page with a title, a picture below it, and words in the picture's middle."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont("STSong-Light", 14)
    canvas.drawString(200, 780, words)
    canvas.drawImage(ImageReader(picture), 50, 200, 500, 540)
    canvas.drawString(200, 450, over)
    canvas.drawString(60, 100, "说明文字，不在图中。")
    canvas.save()
    return out.getvalue()


class GridReader:
    """Sees the same in every picture: four figures, with or without a grid of four cells around them."""

    name, model = "grid", "1"

    def __init__(self, ruled: bool) -> None:
        self.ruled, self.seen = ruled, list[Picture]()

    def read(self, picture: Picture) -> Recognised:
        self.seen.append(picture)
        lines = tuple(
            Line(0, "1.50", Box(x, y, x + 20, y + 10), tuple((x + 5 * i, x + 5 * i + 5) for i in range(4)), 10)
            for y in (20.0, 60.0)
            for x in (20.0, 120.0)
        )
        level = tuple(Ruling(10, y, 210, y) for y in (10.0, 50.0, 90.0))
        upright = tuple(Ruling(x, 10, x, 90) for x in (10.0, 110.0, 210.0))
        return Recognised(lines, (*level, *upright) if self.ruled else (), (Mark("ocr:0.90", lines[0].box),))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> GridReader:
    made = GridReader(getattr(request, "param", True))
    monkeypatch.setattr(page_work, "PAGE_READER", lambda: made)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return made


def test_a_pasted_table_is_read_at_its_place_and_the_rest_stays(reader: GridReader) -> None:
    document = read(pasted(Image.new("RGB", (1000, 1080), "white")))
    (page,) = document.pages
    assert (page.source, document.health.text_source) == ("native", "mixed")
    assert [line.text for line in page.lines] == ["收入支出决算总表", *["1.50"] * 4, "说明文字，不在图中。"]
    (area,) = page.recognised
    assert (area.x0, area.y0) == pytest.approx((50, 102), abs=1)
    first = page.lines[1].box
    assert first is not None
    assert (first.x0, first.y0) == pytest.approx((70, 122), abs=1)
    assert page.marks[0].box == first
    assert {cell.reader for cell in extract(pasted(Image.new("RGB", (1000, 1080), "white"))).cells} == {"ocr"}


@pytest.mark.parametrize("reader", [False], indirect=True)
def test_a_picture_without_a_grid_adds_nothing(reader: GridReader) -> None:
    (page,) = read(pasted(Image.new("RGB", (1000, 1080), "white"))).pages
    assert reader.seen
    assert (page.recognised, page.rulings, len(page.lines)) == ((), (), 2)


def test_a_ground_with_text_on_it_is_not_looked_at(reader: GridReader) -> None:
    (page,) = read(pasted(Image.new("RGB", (1000, 1080), "white"), over="图上的文字")).pages
    assert not reader.seen
    assert page.recognised == ()


@pytest.mark.skipif(not engine.installed(), reason="jsextract[ocr] is not installed")
def test_a_table_of_an_account_pasted_as_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    printed = pypdfium2.PdfDocument(FIXTURE)[4].render(scale=150 / 72).to_pil().convert("RGB")
    table = printed.crop((0, round(printed.height * 0.12), printed.width, printed.height))
    native = {(c.item, c.column): c.value for c in extract(FIXTURE).cells if c.table == "T1" and c.value is not None}
    read_ = {(c.item, c.column): c.value for c in extract(pasted(table)).cells if c.value is not None}
    assert read_
    assert read_.items() <= native.items()
