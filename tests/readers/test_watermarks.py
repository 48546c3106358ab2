"""A watermark that stands level with the figures is no part of them."""

from __future__ import annotations

from jsextract.readers.pdf.pdfium import read_pdf
from tests.readers.drawn import FONT, pdf


def figures(sheet):
    for row in range(6):
        sheet.text(50, 100 + 20 * row, "项目支出")
        sheet.right(200, 100 + 20 * row, f"{row + 1}23.45")


def mark(sheet, y: float, *, size: float = 22, grey: float = 0.78, words: str = "内部 资料"):
    sheet.canvas.setFillGray(grey)
    sheet.text(150, y, words, size, FONT)
    sheet.canvas.setFillGray(0)


def texts(page) -> list[str]:
    return [line.text for line in page.lines]


PLAIN = [f"项目支出 {row + 1}23.45" for row in range(6)]


def test_a_level_watermark_that_returns_on_a_page_is_left_out():
    def draw(sheet):
        figures(sheet)
        for y in (102, 142, 182):
            mark(sheet, y)

    page = read_pdf(pdf(draw)).pages[0]
    assert (texts(page), page.dropped) == (PLAIN, {"watermark": 12})


def test_one_that_stands_once_on_each_page_is_left_out_of_all():
    def draw(sheet):
        figures(sheet)
        mark(sheet, 142)

    pages = read_pdf(pdf(draw, draw, draw)).pages
    assert [(texts(page), page.dropped) for page in pages] == [(PLAIN, {"watermark": 4})] * 3


def test_pale_words_that_do_not_return_and_words_of_the_usual_size_are_read():
    def once(sheet):
        figures(sheet)
        mark(sheet, 60, words="部门决算")

    assert texts(read_pdf(pdf(once)).pages[0]) == ["部门决算", *PLAIN]

    def small(sheet):
        figures(sheet)
        for y in (40, 55, 70):
            mark(sheet, y, size=10)

    assert texts(read_pdf(pdf(small)).pages[0]) == ["内部 资料"] * 3 + PLAIN


def test_dark_words_that_return_are_read():
    def draw(sheet):
        figures(sheet)
        for y in (30, 55, 80):
            mark(sheet, y, grey=0.2)

    assert texts(read_pdf(pdf(draw)).pages[0]) == ["内部 资料"] * 3 + PLAIN
