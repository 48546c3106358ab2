"""Other readers see watermarks; their digits must not get into figures."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from jsextract import extract
from jsextract.layout.detect import read_layout
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.tables.arbitration.seen import only_seen
from tests.pdfs import write
from tests.readers.drawn import HEIGHT, Sheet, pdf

XS, YS = (60, 260, 400, 540), [140 + 24 * i for i in range(7)]
ROWS = [
    ["项目", "预算数", "决算数"],
    ["一般公共服务支出", "120.00", "118.40"],
    ["教育支出", "80.00", "79.30"],
    ["住房保障支出", "30.00", "31.25"],
    ["农林水支出", "12.00", "11.05"],
    ["合计", "999.00", "888.00"],  # no sum: the table is in doubt
]


def page(sheet: Sheet) -> None:
    sheet.text(230, 100, "支出决算总表")
    sheet.text(460, 125, "单位：万元")
    sheet.grid(XS, YS)
    sheet.rows(XS, YS, ROWS)
    for x in (380, 520):  # across the figures of the total
        sheet.canvas.saveState()
        sheet.canvas.translate(x, HEIGHT - 275)
        sheet.canvas.rotate(30)
        sheet.canvas.setFont("Times-Roman", 9)
        sheet.canvas.drawString(0, 0, "9.9")
        sheet.canvas.restoreState()


def test_a_watermark_gets_into_no_figure_when_a_table_in_doubt_is_read_again(tmp_path: Path) -> None:
    report = extract(write(tmp_path / "a.pdf", pdf(page)))
    assert report.dropped == {"watermark": 6}
    printed = {figure for row in ROWS[1:] for figure in row[1:]}
    assert {cell.value_text for cell in report.cells} == printed


def test_a_table_with_a_digit_that_is_not_printed_there_is_left_out() -> None:
    source = read_pdf(pdf(page))
    (table,) = read_layout(source).tables
    assert only_seen([table], source.pages[0]) == (table,)
    cells = list(table.cells)
    at = next(i for i, cell in enumerate(cells) if cell.text == "118.40")
    cells[at] = replace(cells[at], text="118.409")
    assert only_seen([replace(table, cells=tuple(cells))], source.pages[0]) == ()
    assert only_seen([replace(table, cells=tuple(cells))], replace(source.pages[0], dropped={}))
    cells[at] = replace(cells[at], text="支出")
    assert only_seen([replace(table, cells=tuple(cells))], source.pages[0])
