"""Lines know their normal text and their place on the page."""

from __future__ import annotations

from jsextract.model.document import Line, numbered
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.readers.plain_text import read_plain_text
from jsextract.text.normal import squeeze
from tests.readers.drawn import pdf


def test_a_line_knows_its_normal_text() -> None:
    line = Line(1, "收 入 （含） １２．３ ％")
    assert line.normal == squeeze(line.text) == "收入（含）12.3%"


def test_lines_of_a_page_know_their_places() -> None:
    def draw(sheet):  # type: ignore[no-untyped-def]
        sheet.text(50, 140, "第二行")
        sheet.text(50, 100, "第一行")

    (page,) = read_pdf(pdf(draw)).pages
    assert [(line.index, line.text) for line in page.lines] == [(0, "第一行"), (1, "第二行")]
    (text,) = read_plain_text("一\n\n二".encode()).pages
    assert [(line.index, line.text) for line in text.lines] == [(0, "一"), (1, ""), (2, "二")]


def test_a_line_of_no_page_has_no_place() -> None:
    assert Line(0, "收入").index == -1
    assert [line.index for line in numbered([Line(3, "收入"), Line(3, "收入")])] == [0, 1]
