"""Pages that something slow reads: here bars in a picture, 21 for each character of a line."""

from __future__ import annotations

import io
import itertools
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from jsextract.dataset.fingerprint import others, reader_id
from jsextract.model.document import Bend, Line
from jsextract.model.geometry import Box
from jsextract.pipeline import extract, read
from jsextract.readers import page_work
from jsextract.readers.page_cache import FolderCache
from jsextract.readers.page_work import PageWork, Picture, read_pictures
from jsextract.readers.pdf.draw import render_page
from jsextract.readers.recognised import Recognised
from tests.pdfs import LINES, write

BITS, CHARS, ROWS = 21, 64, 24
CELL = 4  # pixels of a bar
WIDTH, HEIGHT = 595, 842


def drawn(lines: tuple[str, ...]) -> Image.Image:
    """A page whose rows are bars: each character is the bits of its code, the unused rest of the page is white."""
    image = Image.new("1", (BITS * CHARS * CELL, ROWS * CELL * 8), 1)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        for at, char in enumerate(line):
            for bit in range(BITS):
                if ord(char) >> bit & 1:
                    x, y = (at * BITS + bit) * CELL, row * CELL * 8
                    pen.rectangle((x, y, x + CELL - 1, y + CELL * 8 - 1), fill=0)
    return image


def scanned(lines: tuple[str, ...] = LINES, typed: int | None = None, pieces: int = 1) -> bytes:
    """A page of a picture in so many pieces; with a page number typed over it, so far from its lower edge."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    image, high = drawn(lines), HEIGHT / pieces
    for piece in range(pieces):
        edges = (0, image.height * piece // pieces, image.width, image.height * (piece + 1) // pieces)
        canvas.drawImage(ImageReader(image.crop(edges)), 0, HEIGHT - high * (piece + 1), WIDTH, high)
    if typed is not None:
        canvas.drawString(280, typed, "- 3 -")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class BarReader:
    """Reads the bars."""

    name = "bars 1"

    def __init__(self, model: str = "a") -> None:
        self.model, self.seen = model, 0

    def read(self, picture: Picture) -> Recognised:
        self.seen += 1
        return Recognised(tuple(self.lines(picture)))

    def lines(self, picture: Picture) -> Iterator[Line]:
        image = picture.image.convert("L")
        across, down = image.width / (BITS * CHARS), image.height / ROWS

        def black(bar: int, row: int) -> bool:
            return image.getpixel((int((bar + 0.5) * across), int((row + 0.5) * down))) < 128

        for row in range(ROWS):
            codes = [sum(black(at * BITS + bit, row) << bit for bit in range(BITS)) for at in range(CHARS)]
            text = "".join(chr(code) for code in codes if code)
            if text:
                top, high = row * picture.height / ROWS, picture.height / ROWS
                edges = tuple((at * 9.0, at * 9.0 + 9.0) for at in range(len(text)))
                box = Box(0.0, top, edges[-1][1], top + high)
                yield Line(0, text, box, edges, 9.0, confidence=(0.75,) * len(text))


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> BarReader:
    reader = BarReader()
    monkeypatch.setattr(page_work, "PAGE_READER", lambda: reader)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return reader


def test_without_a_reader_a_scan_needs_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "PAGE_READER", lambda: None)
    report = extract(write(tmp_path / "a.pdf", scanned()))
    assert (report.status, report.problem, report.text_source, report.facts) == ("partial", "needs-ocr", "none", ())
    assert "jsextract[ocr]" in report.message


def test_a_page_on_which_nothing_is_printed_needs_no_ocr(
    tmp_path: Path, bars: BarReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BarReader, "read", lambda self, picture: Recognised(blank=True))
    document = read(write(tmp_path / "a.pdf", scanned()))
    assert [(page.source, page.lines) for page in document.pages] == [("ocr", ())]
    assert document.health.problem == "empty"
    monkeypatch.setattr(BarReader, "read", lambda self, picture: Recognised())
    bars.model = "b"
    document = read(write(tmp_path / "a.pdf", scanned()))
    assert document.health.problem == "needs-ocr", "ink without text is not nothing"


def test_a_scan_is_read_where_something_reads_it(tmp_path: Path, bars: BarReader) -> None:
    path = write(tmp_path / "a.pdf", scanned())
    (page,) = read(path).pages
    assert page.source == "ocr"
    assert tuple(line.text for line in page.lines) == LINES
    assert [(line.page, line.index) for line in page.lines] == [(1, i) for i in range(len(LINES))]
    assert all(line.confidence == (0.75,) * len(line.text) for line in page.lines)
    report = extract(path)
    assert (report.status, report.problem, report.text_source) == ("ok", "", "ocr")
    assert (report.entity, report.year) == ("某某市某某局", 2024)
    assert report.facts


class TurningReader(BarReader):
    """Finds that the page lies on its side, and bent."""

    def read(self, picture: Picture) -> Recognised:
        bend = Bend(1000.0, 2, (0.0, 1000.0, 0.0, 1000.0), (5.0, 5.0, 1005.0, 1005.0))
        return Recognised(tuple(self.lines(picture)), turned=90, bend=bend)


def test_a_page_on_its_side_is_upright_and_flat_when_it_was_read(
    tmp_path: Path, bars: BarReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_work, "PAGE_READER", TurningReader)
    data = scanned()
    (page,) = read(write(tmp_path / "a.pdf", data)).pages
    assert (page.width, page.height, page.rotation) == (HEIGHT, WIDTH, 90)
    seen = render_page(data, page, scale=1).convert("L")
    assert seen.size == (HEIGHT, WIDTH)
    turned = render_page(data, replace(page, bend=None), scale=1).convert("L")
    assert seen.crop((100, 0, 800, 500)).tobytes() == turned.crop((100, 5, 800, 505)).tobytes()


def test_a_page_is_read_once_by_one_model(tmp_path: Path, bars: BarReader) -> None:
    first = read(write(tmp_path / "a.pdf", scanned()))
    again = read(write(tmp_path / "b.pdf", scanned() + b"\n% another file"))
    assert bars.seen == 1
    assert again.pages == first.pages
    read(write(tmp_path / "c.pdf", scanned(LINES[:2])))
    assert bars.seen == 2
    bars.model = "b"
    read(tmp_path / "a.pdf")
    assert bars.seen == 3


def test_a_scan_in_strips_with_a_typed_page_number_is_a_scan(tmp_path: Path, bars: BarReader) -> None:
    (page,) = read(write(tmp_path / "a.pdf", scanned(typed=30, pieces=4))).pages
    assert (page.source, bars.seen) == ("ocr", 1)
    (page,) = read(write(tmp_path / "b.pdf", scanned(typed=400))).pages
    assert (page.source, bars.seen) == ("native", 1)


def test_pages_with_text_are_not_looked_at(bars: BarReader) -> None:
    fixture = Path(__file__).parents[2] / "fixtures" / "account_shanghai.pdf"
    assert extract(fixture).text_source == "native"
    assert bars.seen == 0


class EndlessReader(BarReader):
    """Works on and on: only the budget of processor time ends it, however little of the machine it gets."""

    def read(self, picture: Picture) -> Recognised:
        self.seen += sum(1 for _ in itertools.count())
        return super().read(picture)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no interval timers")
def test_a_page_that_takes_too_long_stays_as_it_was(tmp_path: Path) -> None:
    (page,) = read(write(tmp_path / "a.pdf", scanned())).pages
    work = PageWork(EndlessReader(), FolderCache(tmp_path / "cache"), seconds=0.1)
    assert read_pictures((page,), {1}, lambda page: drawn(LINES), work) == (page,)
    assert not (tmp_path / "cache").exists()


def test_a_page_that_cannot_be_kept_is_read_all_the_same(
    tmp_path: Path, bars: BarReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(write(tmp_path / "file", b"no folder")))
    assert read(write(tmp_path / "a.pdf", scanned())).pages[0].source == "ocr"
    assert bars.seen == 1


def test_another_model_makes_old_results_stale(bars: BarReader) -> None:
    first = reader_id()
    assert others()["model"] == "bars 1 a"
    bars.model = "b"
    assert reader_id() != first


def test_a_document_with_text_loads_no_recogniser() -> None:
    script = (
        "import sys; from jsextract import extract; assert extract(sys.argv[1]).status == 'ok';"
        "print([m for m in ('rapidocr', 'onnxruntime') if m in sys.modules])"
    )
    fixture = Path(__file__).parents[2] / "fixtures" / "account_shanghai.pdf"
    done = subprocess.run([sys.executable, "-c", script, fixture], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
