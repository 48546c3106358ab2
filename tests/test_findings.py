"""What bench/fuzz.py found, each drawn again in its smallest form."""

from __future__ import annotations

from jsextract.layout.detect import read_layout
from jsextract.readers.pdf.pdfium import read_pdf
from tests.readers.drawn import Sheet, pdf


def test_a_giant_letter_in_a_table_without_rulings_makes_no_grid_that_is_inside_out() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "收入决算表")
        sheet.text(430, 120, "单位：万元")
        for x, head in ((60, "项目"), (250, "预算数"), (400, "决算数")):
            sheet.text(x, 135, head)
        for row in range(6):
            sheet.text(60, 150 + 20 * row, f"项目{row}")
            sheet.right(300, 150 + 20 * row, f"{row}12.50")
            sheet.right(450, 150 + 20 * row, f"{row}3.40")
        sheet.text(150, 150, "5", size=200)

    assert read_layout(read_pdf(pdf(page))).pages


def test_letters_larger_than_any_poster_are_not_seen() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "合计")
        sheet.text(60, 300, "1", size=5000)

    (read,) = read_pdf(pdf(page)).pages
    assert [line.text for line in read.lines] == ["合计"]
    assert sum(read.dropped.values()) == 1
