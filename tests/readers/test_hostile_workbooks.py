"""Workbooks that are damaged, locked or made to harm end with the right problem, quickly."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlwt

from jsextract.pipeline import extract
from jsextract.readers.sheets import book, page, xlsx
from tests.readers.books import ROWS, SHEET, members, report_of, workbook
from tests.readers.test_sniff import ole

SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    """A workbook whose only sheet has this XML."""
    xml = before + b"<worksheet " + SPACE + b"><sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
    return members(workbook(ROWS), **{SHEET: xml})


def laughs() -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 10))
    dtd = b'<!DOCTYPE x [<!ENTITY l0 "ha">' + entities + b"]>"
    return sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>', before=dtd)


def outside() -> bytes:
    dtd = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>', before=dtd)


def locked() -> bytes:
    """A workbook whose members are said to be encrypted."""
    data = bytearray(workbook(ROWS))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def overlapping() -> bytes:
    cells = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="Z%d"><v>1</v></c></row>' % (i, i, i) for i in range(1, 9)
    )
    areas = b"".join(b'<mergeCell ref="A%d:Z1048576"/>' % i for i in range(1, 9))
    return sheet(cells, b"<mergeCells>" + areas + b"</mergeCells>")


def legacy() -> bytes:
    out = io.BytesIO()
    made = xlwt.Workbook()
    made.add_sheet("a").write(0, 0, "决算")
    made.save(out)
    return out.getvalue()


HOSTILE = {
    "billion laughs": (laughs(), "a.xlsx", "corrupt"),
    "a file of the machine": (outside(), "a.xlsx", "corrupt"),
    "encrypted members": (locked(), "a.xlsx", "encrypted"),
    "an encrypted package": (ole("EncryptedPackage"), "a.xlsx", "encrypted"),
    "cut in the middle": (workbook(ROWS)[:2000], "a.xlsx", "corrupt"),
    "no sheets": (members(workbook(ROWS), **{SHEET: None}), "a.xlsx", "corrupt"),
    "XML that is none": (sheet(b"<row><c></row>"), "a.xlsx", "corrupt"),
    "an index beyond the texts": (sheet(b'<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), "a.xlsx", "corrupt"),
    "a number that is none": (sheet(b'<row r="1"><c r="A1"><v>twelve</v></c></row>'), "a.xlsx", "corrupt"),
    "merged areas over each other": (overlapping(), "a.xlsx", "corrupt"),
    "a text longer than any cell": (
        sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * 40_000 + b"</t></is></c></row>"),
        "a.xlsx",
        "too-large",
    ),
    "half an old workbook": (legacy()[:3000], "a.xls", "corrupt"),
    "an old workbook of noise": (legacy()[:1536] + bytes(range(256)) * 16, "a.xls", "corrupt"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_has_its_problem(name: str) -> None:
    data, file, problem = HOSTILE[name]
    assert extract(data, file=file).problem == problem


def test_a_bomb_is_told_by_what_it_would_become(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_UNPACKED", 1 << 20)
    bomb = members(workbook(ROWS), xl__media__a_dot_bin=bytes(2 << 20))
    assert len(bomb) < 1 << 16
    assert report_of(bomb).problem == "too-large"


def test_more_cells_than_an_account_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MAX_CELLS", 1000)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (i, i) for i in range(1, 2000))
    assert report_of(sheet(rows)).problem == "too-large"


def test_cells_spread_over_a_whole_sheet_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_PLACES", 1000)
    letters = [chr(65 + i) for i in range(26)]
    rows = "".join(f'<row r="{i}"><c r="{letters[i % 26]}{i}"><v>1</v></c></row>' for i in range(1, 80))
    assert report_of(sheet(rows.encode())).problem == "too-large"


def test_a_million_blank_rows_cost_nothing() -> None:
    rows = [*ROWS, *[() for _ in range(3)]]
    data = workbook(rows)
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (i, i) for i in range(1, 50_000))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>2023</t></is></c></row>'
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>end</t></is></c></row>'
    report = report_of(members(data, **{SHEET: sheet_xml(first + blank + far)}))
    assert (report.problem, report.pages) == ("not-final-account", 1)


def sheet_xml(rows: bytes) -> bytes:
    return b"<worksheet " + SPACE + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def test_content_decides_what_a_workbook_is() -> None:
    report = report_of(workbook(ROWS), "账.pdf")
    assert (report.format, len(report.cells)) == ("xlsx", 4)
    assert "wrong_suffix" in report.flags
    assert "wrong_suffix" in report_of(legacy(), "账.xlsx").flags
    assert report_of("青溪县粮食局2023年度部门决算".encode(), "账.xlsx").format == "txt"
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as archive:
        assert not any("vba" in name.lower() for name in archive.namelist())
    macros = members(workbook(ROWS), xl__vbaProject_dot_bin=b"\xcc")
    assert len(report_of(macros, "账.xlsm").cells) == 4


@pytest.mark.parametrize("part", ["xl__workbook_dot_xml", "xl___rels__workbook_dot_xml_dot_rels", SHEET])
def test_xml_that_ends_in_its_middle_is_a_fault_of_the_file_whichever_part_it_is(part: str) -> None:
    name = part.replace("__", "/").replace("_dot_", ".")
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as archive:
        half = archive.read(name)[:-30]
    report = report_of(members(workbook(ROWS), **{part: half}))
    assert (report.status, report.problem) == ("failed", "corrupt")


def test_a_directory_that_leads_back_to_itself_is_a_fault_of_the_file() -> None:
    data = bytearray((Path(__file__).parents[2] / "fixtures" / "book_yuan.xls").read_bytes())
    entry = data.index("Root Entry".encode("utf-16-le")) + 128  # the first one below the root
    data[entry + 68 : entry + 72] = (1).to_bytes(4, "little")  # its left neighbour: itself
    report = report_of(bytes(data), "a.xls")
    assert (report.status, report.problem) == ("failed", "corrupt")
