"""What was painted over is not read, and what stands on top says so."""

from __future__ import annotations

from jsextract.readers.pdf.pdfium import read_pdf
from tests.readers.drawn import pdf


def page(draw):
    return read_pdf(pdf(draw)).pages[0]


def texts(found) -> list[str]:
    return [line.text for line in found.lines]


def test_a_figure_retyped_over_a_white_patch_is_the_upper_one():
    def draw(sheet):
        sheet.text(50, 100, "项目支出")
        sheet.right(200, 100, "253.46")
        sheet.bar(165, 90, 201, 103, grey=1.0)
        sheet.right(200, 100, "254.36")

    found = page(draw)
    assert texts(found) == ["项目支出 254.36"]
    assert found.dropped == {"covered": 6}
    assert {mark.flag for mark in found.marks} == {"patched"}
    assert all(165 <= mark.box.cx <= 201 and 90 <= mark.box.cy <= 103 for mark in found.marks)


def test_a_shade_behind_its_text_covers_nothing():
    def once(sheet):
        sheet.text(50, 80, "表头")
        sheet.bar(40, 90, 300, 103, grey=0.9)
        sheet.text(50, 100, "合计 12.50")

    assert (texts(page(once)), page(once).dropped) == (["表头", "合计 12.50"], {})


def test_a_highlighter_covers_nothing():
    def draw(sheet):
        sheet.text(50, 100, "合计 12.50")
        sheet.canvas.setFillAlpha(0.4)
        sheet.bar(40, 90, 300, 103, grey=0.8)

    assert texts(page(draw)) == ["合计 12.50"]


def test_an_area_that_is_clipped_away_covers_nothing():
    def draw(sheet):
        sheet.text(50, 100, "合计 12.50")
        clip = sheet.canvas.beginPath()
        clip.rect(300, 600, 50, 50)
        sheet.canvas.saveState()
        sheet.canvas.clipPath(clip, stroke=0)
        sheet.bar(40, 90, 400, 300, grey=1.0)
        sheet.canvas.restoreState()

    assert texts(page(draw)) == ["合计 12.50"]


def test_an_area_that_only_touches_a_figure_covers_nothing():
    def draw(sheet):
        sheet.text(50, 100, "合计 12.50")
        sheet.bar(40, 97, 300, 120, grey=1.0)

    assert texts(page(draw)) == ["合计 12.50"]


def clip(sheet, x: float, words: str, *, width: float = 60.0):
    area = sheet.canvas.beginPath()
    area.rect(x - 2, 842 - 108, width, 20)
    sheet.canvas.saveState()
    sheet.canvas.clipPath(area, stroke=0)
    sheet.text(x, 100, words)
    sheet.canvas.restoreState()


def test_a_name_that_is_cut_off_at_its_cell_does_not_run_into_the_amount():
    def draw(sheet):
        clip(sheet, 50, "农业技术推广与服务支出")
        sheet.right(150, 100, "318.25")

    found = page(draw)
    assert (texts(found), found.dropped) == (["农业技术推广 318.25"], {"clipped": 5})


def test_half_a_figure_is_no_figure():
    def draw(sheet):
        clip(sheet, 50, "12345678.25", width=30.0)

    assert texts(page(draw)) == ["12345678.25"]


def test_what_is_painted_through_a_stencil_covers_it_not():
    def draw(sheet):
        sheet.text(50, 60, "项目支出 12.50")
        sheet.canvas.saveState()
        letters = sheet.canvas.beginText(50, 842 - 100)
        letters.setFont("STSong-Light", 10)
        letters.setTextRenderMode(7)
        letters.textOut("基本支出")
        sheet.canvas.drawText(letters)
        sheet.bar(40, 90, 300, 103, grey=0.3)
        sheet.canvas.restoreState()

    found = page(draw)
    assert texts(found) == ["项目支出 12.50", "基本支出"]
    assert (found.dropped, found.marks) == ({}, ())
