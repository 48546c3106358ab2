"""Workbooks that are no .xlsx or .xls, whatever they are called, say what their sheets show."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jsextract import extract
from jsextract.pipeline import read
from jsextract.readers import office
from tests.readers.books import ROWS, members, report_of, values, workbook
from tests.readers.test_workbooks import FIXTURES, claimed

SPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
READ = {"B4": "12.5", "C4": "10", "B5": "12.5", "C5": "10"}
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


def as_text(parted: str, rows: tuple[tuple[object, ...], ...] = ROWS) -> str:
    return "".join(parted.join("" if v is None else str(v) for v in row) + "\r\n" for row in rows)


def xml_cell(value: object, how: str = "") -> str:
    kind = "Number" if isinstance(value, int | float) else "String"
    data = "" if value is None else f'<Data ss:Type="{kind}">{value}</Data>'
    return f"<Cell {how}>{data}</Cell>"


def xml_book(rows: str, styles: str = "", *, options: str = "", more: str = "") -> bytes:
    sheet = f'<Worksheet ss:Name="收入"><Table>{rows}</Table>{options}</Worksheet>'
    return f'<?xml version="1.0"?><Workbook {SPACES}><Styles>{styles}</Styles>{sheet}{more}</Workbook>'.encode()


def xml_rows(rows: tuple[tuple[object, ...], ...] = ROWS) -> str:
    return "".join(f"<Row>{''.join(map(xml_cell, row))}</Row>" for row in rows)


def strict(data: bytes) -> bytes:
    """A workbook with the names of the strict form of Open XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            for part in (b"spreadsheetml", b"officeDocument", b"drawingml"):
                usual = b"http://schemas.openxmlformats.org/%s/2006/" % part
                content = content.replace(usual, b"http://purl.oclc.org/ooxml/%s/" % part)
            new.writestr(info, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.csv", as_text(","), "utf-8-sig"),
        ("a.csv", as_text(";"), "utf-8"),
        ("a.tsv", as_text("\t"), "gbk"),
        ("a.xls", as_text("\t"), "gbk"),
        ("a.xls", as_text("\t"), "utf-16"),
        ("a.xlsx", as_text(","), "utf-8"),
    ],
)
def test_a_table_kept_as_text_is_a_sheet_whatever_it_is_called(name: str, text: str, encoding: str) -> None:
    report = report_of(text.encode(encoding), name)
    assert {cell.cell_ref: cell.value_text for cell in report.cells} == READ
    assert {cell.table for cell in report.cells} == {"T2"}
    assert not any(cell.flags for cell in report.cells)
    assert ("wrong_suffix" in report.flags) == (name[-4:] not in (".csv", ".tsv"))


def test_quotations_and_codes_kept_as_texts() -> None:
    rows = (*ROWS[:2], ("科目编码", "科目名称", "本年收入合计"), ('="201"', '"一般公共服务支出"', '"1,212.50"'))
    (cell,) = report_of(as_text(",", rows).encode(), "a.csv").cells
    assert (cell.code, cell.item, cell.value_text) == ("201", "一般公共服务支出", "1,212.50")
    assert report_of(b"a\0b", "a.csv").problem


def test_a_text_named_xls_that_is_no_table_is_a_text() -> None:
    assert report_of("青溪县粮食局2023年度部门决算。\n收入合计12.5万元。\n".encode(), "a.xls").format == "txt"


def test_an_xml_workbook_shows_what_its_formats_say() -> None:
    styles = (
        '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="c" ss:Parent="p"/>'
        '<Style ss:ID="d"><NumberFormat ss:Format="yyyy\\-mm"/></Style>'
    )
    assert values(xml_book(xml_rows(), styles), "a.xls") == READ
    assert report_of(xml_book(xml_rows()), "a.xml").format == "xmlss"
    dated = '<Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-08-01T00:00:00.000</Data></Cell>'
    row = "".join(["<Row>", xml_cell("教育支出"), dated, xml_cell(0.256, 'ss:StyleID="c"'), "</Row>"])
    shown = values(xml_book(xml_rows() + row, styles), "a.xls")
    assert (shown["B6"], shown["C6"]) == ("2024-08", "25.60%")


def test_places_merged_areas_and_what_is_hidden_in_an_xml_workbook() -> None:
    wide, third = 'ss:MergeAcross="2"', 'ss:Index="3"'
    head = f"<Row>{xml_cell('2023年度收入决算表', wide)}</Row>"
    body = (
        f"<Row>{xml_cell('部门：青溪县粮食局')}{xml_cell('单位：万元', third)}</Row>"
        f"<Row>{''.join(map(xml_cell, ROWS[2]))}{xml_cell('不公开')}</Row>"
        f"<Row ss:Index='5'>{''.join(map(xml_cell, ROWS[3]))}{xml_cell(9)}</Row>"
        f"<Row ss:Hidden='1'>{''.join(map(xml_cell, ROWS[4]))}</Row>"
    )
    seen = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    other = f'<Worksheet ss:Name="底稿"><Table>{xml_rows()}</Table>{seen}</Worksheet>'
    report = report_of(xml_book(f'<Column ss:Index="4" ss:Hidden="1"/>{head}{body}', more=other), "a.xls")
    assert {cell.cell_ref: cell.value_text for cell in report.cells} == {"B5": "12.5", "C5": "10"}
    assert report.flags == ("hidden", "wrong_suffix")


def test_a_formula_without_a_value_in_an_xml_workbook_is_told() -> None:
    row = f"<Row>{xml_cell('教育支出')}<Cell ss:Formula='=RC[1]'/>{xml_cell(3)}</Row>"
    cells = {cell.cell_ref: cell for cell in report_of(xml_book(xml_rows() + row), "a.xls").cells}
    assert "formula_unevaluated" in cells["B6"].flags
    assert cells["B6"].value is None


def test_unsound_xml_workbooks_have_their_problem() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + xml_book(xml_rows())[21:]
    assert {report_of(data, "a.xls").problem for data in (bomb, xml_book(xml_rows())[:-30])} == {"corrupt"}
    assert report_of(xml_book('<Row ss:Index="99999999"><Cell ss:Index="9999999"/></Row>'), "a.xls").problem == "empty"


def test_the_strict_form_of_open_xml_is_read_as_the_usual_one() -> None:
    data = (FIXTURES / "book_hubei.xlsx").read_bytes()
    assert claimed(report_of(strict(data))) == claimed(report_of(data))

    def dated(sheet: Worksheet) -> None:
        sheet["B4"].number_format = "yyyy-mm"

    plain = strict(workbook(ROWS, change=dated))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(
            b'r="B4" s="1" t="n"><v>12.5</v>', b'r="B4" s="1" t="d"><v>2024-08-01</v>'
        )
    page = read(members(plain, xl__worksheets__sheet1_dot_xml=sheet), file="a.xlsx").pages[0]
    assert {cell.ref: cell.text for cell in page.grids[0].cells}["B4"] == "2024-08"


@needs_office
def test_an_opendocument_workbook_is_converted(tmp_path: Path) -> None:
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "ods"]
    book = FIXTURES / "book_yuan.xls"
    subprocess.run([*command, "--outdir", tmp_path, book], check=True, capture_output=True, timeout=120)
    report = extract(tmp_path / "book_yuan.ods")
    assert (report.format, report.problem) == ("ods", "")
    assert claimed(report) == claimed(extract(book))


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    report = report_of(members(workbook(ROWS), xl__workbook_dot_xml=None, xl__workbook_dot_bin=b"x"), "a.xlsb")
    assert (report.format, report.problem) == ("xlsb", "unsupported")
    assert "LibreOffice" in report.message
