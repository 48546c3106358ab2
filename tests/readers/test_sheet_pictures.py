"""Tables and pages that stand in workbooks as pictures."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jsextract.model.document import Document
from jsextract.pipeline import extract
from jsextract.readers import page_work
from jsextract.readers.ocr import engine
from jsextract.readers.page_work import Picture
from jsextract.readers.recognised import Recognised
from jsextract.readers.registry import load_stream, read_document
from jsextract.readers.sheets.anchors import Axis
from jsextract.readers.sheets.office_art import shapes_of, stored
from tests.readers.books import members
from tests.readers.recognisers import ROWS, TITLE, UNIT, TableReader, use
from tests.readers.test_old_word import needs_office
from tests.readers.test_word_pictures import png

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_hubei.pdf"
FIGURES = [amount for _, amount in ROWS]
TABLE: tuple[tuple[Any, ...], ...] = (("支出决算表",), (UNIT,), ("项目", "本年支出合计"), ("合计", 4), ("教育支出", 4))
WMF = b"\xd7\xcd\xc6\x9a" + bytes(18) + bytes(20)

Put = Callable[[Worksheet], object]


def shown(place: str, data: bytes = b"", **how: Any) -> Put:
    """A picture at a cell, 645 points wide and 375 high unless told otherwise."""
    return lambda sheet: sheet.insert_image(place, "a.png", {"image_data": io.BytesIO(data or png()), **how})


def rows(at: int, *texts: Sequence[Any]) -> Put:
    return lambda sheet: [sheet.write_row(at + n, 0, row) for n, row in enumerate(texts)]


def book(*sheets: Sequence[Put]) -> bytes:
    """A workbook of sheets on which something is put."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for puts in sheets:
            sheet = made.add_worksheet()
            for put in puts:
                put(sheet)
    return out.getvalue()


def opened(data: bytes, ocr: str = "auto", name: str = "a.xlsx") -> Document:
    return read_document(load_stream(io.BytesIO(data), name=name, ocr=ocr))


def shape(document: Document) -> list[tuple[int, str, list[str]]]:
    """Number of the sheet, source and titles over the picture, or the words of its cells, of each page."""
    return [
        (page.of_file, page.source, [own.text for own in page.lines if own.ref])
        if page.source == "ocr"
        else (page.of_file, page.source, [cell.text for grid in page.grids for cell in grid.cells])
        for page in document.pages
    ]


def test_a_table_as_a_picture_stands_between_the_rows_of_its_sheet(reader: TableReader) -> None:
    first = [
        rows(0, ["第二部分"], [TITLE], ["部门：甲", "", UNIT]),
        shown("A4"),
        rows(30, ["注：本表反映收入。"], ["文字。"]),
    ]
    document = opened(book(first, [rows(0, *TABLE)]))
    assert shape(document) == [
        (1, "native", ["第二部分"]),
        (1, "ocr", [TITLE, f"部门：甲 {UNIT}", "注：本表反映收入。"]),
        (1, "native", ["文字。"]),
        (2, "native", ["支出决算表", UNIT, "项目", "本年支出合计", "合计", "4", "教育支出", "4"]),
    ]
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert (document.health.text_source, document.health.problem) == ("mixed", "")


def test_rows_at_the_edges_of_a_picture_may_lie_under_it(reader: TableReader) -> None:
    slipped = [rows(0, ["第二部分"], [TITLE], [UNIT]), shown("A3"), rows(25, ["注：本表反映收入。"], ["文字。"])]
    assert shape(opened(book(slipped))) == [
        (1, "native", ["第二部分"]),
        (1, "ocr", [TITLE, UNIT, "注：本表反映收入。"]),
        (1, "native", ["文字。"]),
    ]
    beside = [rows(0, [TITLE], [UNIT]), shown("A3"), lambda sheet: sheet.write_column(4, 20, ["甲", "乙", "丙"])]
    assert shape(opened(book(beside))) == [(1, "ocr", [TITLE, UNIT]), (1, "native", ["甲", "乙", "丙"])]


def test_its_cells_have_their_sheet_and_no_places(reader: TableReader) -> None:
    report = extract(book([rows(0, *TABLE)], [rows(0, [TITLE], [UNIT]), shown("A3")]), file="a.xlsx")
    seen = [cell for cell in report.cells if cell.reader == "ocr"]
    assert [str(cell.value) for cell in seen] == FIGURES
    assert {(cell.title, cell.unit, cell.page, cell.sheet, cell.cell_ref, cell.box) for cell in seen} == {
        (TITLE, "万元", 2, "Sheet2", "", None)
    }
    assert {(cell.page, cell.sheet, cell.cell_ref) for cell in report.cells if cell.reader != "ocr"} == {
        (1, "Sheet1", "B4"), (1, "Sheet1", "B5"),
    }  # fmt: skip
    assert (report.pages, report.ocr_pages) == (2, 1)


def test_a_sheet_of_scanned_pages_is_read_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(TableReader(ruled=False), monkeypatch, tmp_path)
    document = opened(book([shown("A1"), shown("A40", png("ivory"))], [rows(0, ["文字"])]))
    assert [(page.of_file, page.source) for page in document.pages] == [(1, "ocr"), (1, "ocr"), (2, "native")]
    assert document.health.status == "ok"


def test_stamps_emblems_and_hidden_pictures_are_not_looked_at(reader: TableReader) -> None:
    ground = [rows(0, *TABLE), shown("A1")]
    emblem = [rows(0, [TITLE]), shown("A2", png(size=(120, 120)))]
    unseen: list[Put] = [rows(0, [TITLE]), shown("A2"), lambda sheet: sheet.hide()]
    document = opened(book([rows(0, ["文字"])], ground, emblem, unseen))
    assert (document.health.problem, {page.source for page in document.pages}) == ("", {"native"})
    part = "xl/drawings/drawing1.xml"
    data = book([rows(0, [TITLE]), shown("A2")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        drawing = archive.read(part)
    for hidden in (
        drawing.replace(b"<xdr:cNvPr ", b'<xdr:cNvPr hidden="1" '),
        re.sub(rb"(<xdr:to><xdr:col>)\d+", rb"\g<1>0", drawing),  # as of columns that are folded up
    ):
        assert hidden != drawing
        assert opened(members(data, xl__drawings__drawing1_dot_xml=hidden)).health.problem == ""
    assert not reader.seen


def test_what_is_missed_has_its_sheets_and_a_remedy_that_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    titled = [rows(0, [TITLE], [UNIT]), shown("A3")]
    data = book(titled, [rows(0, ["文字"])], [shown("B2")])
    use(TableReader(), monkeypatch, tmp_path)
    two = "2 pictures stand where tables would, on pages 1, 3. It would need OCR: "
    assert str(opened(data, "never").health.message) == f"{two}--ocr auto."
    drawn = members(book(titled, [rows(0, ["文字"])]), xl__media__image1_dot_png=WMF)
    as_pdf = "It would need OCR: export it to PDF, whose pages are read as pictures."
    told = f"A picture stands where a table would, on page 1. {as_pdf}"
    assert [str(opened(drawn, ocr).health.message) for ocr in ("auto", "never")] == [told, told]
    use(None, monkeypatch, tmp_path)
    assert str(opened(data).health.message) == f"{two}pip install 'jsextract[ocr]'."
    assert str(opened(drawn).health.message) == told


class Unlettered(TableReader):
    """Finds no print in any picture; a dark one makes it fail."""

    def read(self, picture: Picture) -> Recognised:
        super().read(picture)
        return Recognised()


def test_a_code_or_an_emblem_is_no_lost_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(Unlettered(), monkeypatch, tmp_path)
    for size, colour, problem in (
        ((400, 400), "white", ""), ((400, 400), "black", "needs-ocr"), ((800, 1100), "white", "needs-ocr"),
    ):  # fmt: skip
        document = opened(book([shown("A1", png(colour, size))], [rows(0, ["文字"])]))
        assert (len(document.pages), document.health.problem) == (2, problem)


def test_a_bomb_or_a_damaged_drawing_costs_the_picture_alone(reader: TableReader) -> None:
    data = book([rows(0, [TITLE]), shown("A2")])
    bomb = png(size=(1, 1)).replace(b"\0\0\0\1\0\0\0\1", b"\0\0\xff\xff\0\0\xff\xff", 1)
    document = opened(members(data, xl__media__image1_dot_png=bomb))
    assert (shape(document), document.health.problem) == ([(1, "native", [TITLE])], "needs-ocr")
    for broken in (b"<", None):
        for part in ("xl__drawings__drawing1_dot_xml", "xl__worksheets___rels__sheet1_dot_xml_dot_rels"):
            assert opened(members(data, **{part: broken})).pages[0].source == "native"
            blank = members(book([shown("A1")]), **{part: broken})
            assert opened(blank).health.problem == "needs-ocr"
    assert not reader.seen


def test_a_picture_that_fills_a_cell_is_one_of_its_sheet(reader: TableReader) -> None:
    def filled(sheet: Worksheet) -> None:
        sheet.set_row(2, 300)
        sheet.merge_range("A3:H3", "")
        sheet.write_formula("A3", '=_xlfn.DISPIMG("ID_A7",1)', None, '=DISPIMG("ID_A7",1)')

    space, rels = "http://schemas.openxmlformats.org", "officeDocument/2006/relationships"
    picture = f"""<e:cellImages xmlns:e="e" xmlns:xdr="x" xmlns:r="{space}/{rels}"><e:cellImage><xdr:pic><xdr:nvPicPr>
        <xdr:cNvPr id="2" name="ID_A7"/></xdr:nvPicPr><xdr:blipFill><xdr:blip r:embed="rId1"/></xdr:blipFill><xdr:spPr/>
        </xdr:pic></e:cellImage></e:cellImages>"""
    named = f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" Target="media/a.png"/></Relationships>'
    parts = {
        "xl__cellimages_dot_xml": picture.encode(),
        "xl___rels__cellimages_dot_xml_dot_rels": named.encode(),
        "xl__media__a_dot_png": png(),
    }
    data = book([rows(0, [TITLE], [UNIT]), filled, rows(3, ["文字。"])])
    assert shape(opened(members(data, **parts))) == [(1, "ocr", [TITLE, UNIT]), (1, "native", ["文字。"])]
    lost = opened(members(data, **(parts | {"xl__cellimages_dot_xml": None})))
    assert (shape(lost)[0][2][-1], lost.health.problem) == ("文字。", "needs-ocr")


def test_a_workbook_has_a_budget_of_pictures(reader: TableReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "MAX_PAGES", 1)
    document = opened(book([rows(0, [TITLE]), shown("A2")], [rows(0, ["支出决算表"]), shown("A2", png("ivory"))]))
    assert [page.source for page in document.pages] == ["ocr", "native"]
    assert "on page 2" in str(document.health.message)


def test_hidden_rows_take_no_place() -> None:
    axis = Axis(15.0, {1: 0.0, 2: 30.0})
    assert [axis.start(n) for n in range(5)] == [0, 15, 15, 45, 60]
    assert [axis.under(0, 45), axis.under(8, 50), axis.under(40, 61)] == [(0, 2), (1, 2), (3, 3)]


def record(kind: int, instance: int, content: bytes, *, holds: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (15 if holds else 0), kind, len(content)) + content


def test_shapes_of_old_drawings_show_pictures_of_their_store() -> None:
    image, digest = png(), bytes(16)
    entry = bytes(36) + record(0xF01E, 0x6E1, digest * 2 + b"\xff" + image)
    drawn = bytes(36) + record(0xF01A, 0x3D4, digest + bytes(90))
    bitmap = struct.pack("<IiiHHIIiiII", 40, 2, 2, 1, 24, 0, 16, 0, 0, 0, 0) + bytes(16)
    blips = [record(0xF007, 6, entry), record(0xF007, 2, drawn), record(0xF01F, 0x7A8, digest + b"\xff" + bitmap)]
    assert stored(record(0xF000, 0, record(0xF001, 3, b"".join(blips), holds=True), holds=True)) == [
        image, b"", b"BM" + struct.pack("<IHHI", len(bitmap) + 14, 0, 0, 54) + bitmap
    ]  # fmt: skip

    def shape_of(flags: int = 0, **told: int) -> bytes:
        keys = {"index": 0x4104, "left": 0x102, "turn": 4, "hidden": 0x3BF}
        properties = b"".join(struct.pack("<Hi", keys[name], value) for name, value in told.items())
        parts = record(0xF00A, 75, struct.pack("<II", 1, flags)) + record(0xF00B, len(told), properties)
        return record(0xF004, 0, parts + record(0xF010, 0, struct.pack("<9H", 0, *range(8))), holds=True)

    shapes = [
        shape_of(index=1, left=16384, turn=90 << 16), shape_of(0x40, index=1), shape_of(index=2, hidden=0x20002), shape_of(),
    ]  # fmt: skip
    found = [(one.shape.key, one.shape.cut[0], one.shape.quarters, one.corners) for one in shapes_of(b"".join(shapes))]
    assert found == [("1", 0.25, 1, tuple(range(8))), ("", 0.0, 0, tuple(range(8)))]
    for end in range(0, len(entry), 7):
        assert len(stored(record(0xF007, 6, entry)[:end])) <= 1


@needs_office
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_pictures_of_other_workbooks_stand_where_they_do(ending: str, reader: TableReader, tmp_path: Path) -> None:
    first = [rows(0, ["文字"], [TITLE], [UNIT]), shown("A4"), rows(40, ["末行。"])]
    (tmp_path / "a.xlsx").write_bytes(book(first, [shown("B2", png("ivory"))]))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.xlsx"], check=True, capture_output=True, timeout=120)
    document = opened((tmp_path / f"a.{ending}").read_bytes(), name=f"a.{ending}")
    assert shape(document) == [
        (1, "native", ["文字"]), (1, "ocr", [TITLE, UNIT]), (1, "native", ["末行。"]), (2, "ocr", []),
    ]  # fmt: skip


@pytest.mark.skipif(not engine.installed(), reason="jsextract[ocr] is not installed")
def test_a_table_of_an_account_in_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    printed = pypdfium2.PdfDocument(FIXTURE)[4].render(scale=150 / 72).to_pil().convert("RGB")
    out = io.BytesIO()
    printed.crop((0, round(printed.height * 0.12), printed.width, round(printed.height * 0.95))).save(out, "PNG")
    native = {(c.item, c.column): c.value for c in extract(FIXTURE).cells if c.table == "T1" and c.value is not None}
    title = [rows(0, ["收入支出决算总表"]), shown("A2", out.getvalue(), x_scale=0.6, y_scale=0.6)]
    report = extract(book([rows(0, *TABLE)], title), file="a.xlsx")
    read = {(c.item, c.column): c.value for c in report.cells if c.sheet == "Sheet2" and c.value is not None}
    assert read.items() <= native.items()
    assert (len(read), report.text_source) == (len(native), "mixed")
