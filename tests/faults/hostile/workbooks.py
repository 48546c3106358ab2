"""Hostile workbooks."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

import xlwt

from tests.faults.hostile.case import DOUBTED, NOBODY, READ, SECRET, TEXT, Hostile, cut, one
from tests.readers.books import ROWS, SHEET, members, workbook
from tests.readers.test_sniff import ole

_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
BOOK = workbook(ROWS)
_WORKBOOK = "xl__workbook_dot_xml"
_RELS = "xl__worksheets___rels__sheet1_dot_xml_dot_rels"


def sheet(rows: str, after: str = "", before: str = "", **parts: bytes) -> bytes:
    """A workbook whose only sheet has this XML."""
    xml = f"{before}<worksheet {_SPACE}><sheetData>{rows}</sheetData>{after}</worksheet>"
    return members(BOOK, **{SHEET: xml.encode(), **parts})


def cell(ref: str, inner: str) -> str:
    return f'<c r="{ref}">{inner}</c>'


def workbooks(luck: random.Random) -> Iterator[Hostile]:
    """xlsx, then xls."""
    yield one("bomb-media.xlsx", members(BOOK, xl__media__a_dot_bin=bytes(250 << 20)), "too-large")
    yield one("bomb-sheet.xlsx", sheet(" " * (210 << 20)), "too-large")
    yield from _entities()
    yield from _rows()
    yield from _formulas()
    yield from _outside()
    yield one("package.xlsx", ole("EncryptedPackage"), "encrypted")
    yield one("members.xlsx", locked(BOOK), "encrypted")
    yield from cut("cut.xlsx", BOOK, "corrupt", luck)
    yield from _old(luck)
    for name in ("book.pdf", "book.xls", "book.docx", "book.html", "book.txt", "book.zip"):
        yield one(name, BOOK, DOUBTED, "wrong_suffix")
    yield one("text.xlsx", TEXT, READ, "wrong_suffix")
    yield one("page.xls", f"<html><body><p>{TEXT.decode()}</p></body></html>".encode("gbk"), READ, "wrong_suffix")
    yield one("noise.xlsx", luck.randbytes(4000), "corrupt")


def _entities() -> Iterator[Hostile]:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&{};</t></is></c></row>'
    yield one("laughs.xlsx", sheet(row.format("l9"), before=f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'), "corrupt")
    for name, place in (("secret", SECRET), ("address", NOBODY)):
        dtd = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{place}">]>'
        yield one(f"{name}.xlsx", sheet(row.format("e"), before=dtd), "corrupt")
    dtd = f'<!DOCTYPE x SYSTEM "{NOBODY}">'
    yield one(
        "dtd-types.xlsx", members(BOOK, _Content_Types=None, **{"[Content_Types]_dot_xml": dtd.encode()}), "corrupt"
    )
    hidden = f'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x<a {_SPACE}/>'
    yield one("utf-7.xlsx", members(BOOK, **{SHEET: hidden.encode()}), "corrupt")


def _rows() -> Iterator[Hostile]:
    """Sheets of more, or wilder, rows than any account has."""
    million = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(1, 1_000_001))
    yield one("million.xlsx", sheet(million), "too-large")
    blank = "".join(f'<row r="{i}"/>' for i in range(1, 1_000_001))
    yield one(
        "million-blank.xlsx", sheet(blank + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), f"{READ} empty"
    )
    spread = "".join(f'<row r="{i}"><c r="{a}{i}"><v>1</v></c></row>' for i, a in enumerate("ABCDEFGHIJKLM" * 400, 1))
    yield one("spread.xlsx", sheet(spread), f"{READ} too-large")
    areas = "".join(f'<mergeCell ref="A{i}:XFD1048576"/>' for i in range(1, 9))
    row = "".join(f'<row r="{i}">{cell(f"A{i}", "<v>1</v>")}{cell(f"Z{i}", "<v>1</v>")}</row>' for i in range(1, 9))
    yield one("merged.xlsx", sheet(row, f"<mergeCells>{areas}</mergeCells>"), "corrupt")
    for name, rows in {
        "row-number": f'<row r="{10**30}"><c r="A{10**30}"><v>1</v></c></row>',
        "row-negative": '<row r="-5"><c r="A-5"><v>1</v></c></row>',
        "column": '<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>',
        "no-text": '<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>',
        "index": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        "style": '<row r="1"><c r="A1" s="999999999"><v>1</v></c></row>',
        "exponent": '<row r="1"><c r="A1"><v>1e999999999</v></c></row>',
        "nan": '<row r="1"><c r="A1"><v>NaN</v></c></row>',
        "digits": f'<row r="1"><c r="A1"><v>{"9" * 100_000}</v></c></row>',
        "date": '<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c></row>',
    }.items():
        yield one(f"{name}.xlsx", sheet(rows), f"{READ} corrupt empty")
    yield one("long-text.xlsx", sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"甲" * (20 << 20)}</t></is></c></row>'),
              "too-large")  # fmt: skip
    yield one("nested.xlsx", sheet("<row>" * 200_000), "corrupt")
    wide = f'<cols><col min="1" max="{10**12}" hidden="1"/></cols>'
    yield one("columns.xlsx", sheet('<row r="1"><c r="A1"><v>1</v></c></row>', wide), f"{READ} empty")


def _formulas() -> Iterator[Hostile]:
    """Formulas that turn in circles; none is ever computed."""
    circle = '<row r="1">' + cell("A1", "<f>B1+表2!A1</f>") + cell("B1", "<f>A1</f><v>3</v>") + "</row>"
    second = f'<worksheet {_SPACE}><sheetData><row r="1">{cell("A1", "<f>表1!A1</f>")}</row></sheetData></worksheet>'
    two = members(workbook(ROWS, ROWS), **{SHEET: f"<worksheet {_SPACE}><sheetData>{circle}</sheetData></worksheet>".encode(),
                                           "xl__worksheets__sheet2_dot_xml": second.encode()})  # fmt: skip
    yield one("circle.xlsx", two, READ)
    formula = '<row r="{0}"><c r="A{0}"><f t="shared" si="{1}" ref="A1:XFD1048576">A{2}</f></c></row>'
    shared = "".join(formula.format(i, i % 7, i + 1) for i in range(1, 2000))
    yield one("shared.xlsx", sheet(shared), READ)
    array = '<row r="1">' + cell("A1", '<f t="array" ref="A1:XFD1048576">A1:XFD1048576</f>') + "</row>"
    yield one("array.xlsx", sheet(array), READ)
    names = '<definedNames><definedName name="a">b</definedName><definedName name="b">a</definedName></definedNames>'
    book = f'<workbook {_SPACE} xmlns:r="{_OFFICE}/relationships"><sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets>'
    yield one("names.xlsx", members(BOOK, **{_WORKBOOK: f"{book}{names}</workbook>".encode()}), DOUBTED)
    self_made = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/relationships/worksheet" '
    same = f'{self_made}Target="workbook.xml"/></Relationships>'
    yield one("itself.xlsx", members(BOOK, xl___rels__workbook_dot_xml_dot_rels=same.encode()), "corrupt empty")


def _outside() -> Iterator[Hostile]:
    """Workbooks that name what is not in them."""
    command = '<row r="1">' + cell("A1", "<f>cmd|'/c calc'!A1</f><v>1</v>") + "</row>"
    yield one("command.xlsx", sheet(command), READ)
    call = '<row r="1">' + cell("A1", f'<f>WEBSERVICE("{NOBODY}")</f>') + "</row>"
    link = f'<hyperlinks><hyperlink ref="A1" r:id="rId1" xmlns:r="{_OFFICE}/relationships"/></hyperlinks>'
    rel = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/hyperlink" Target="{NOBODY}" TargetMode="External"/>'
    rels = f'<Relationships xmlns="{_PACKAGE}/relationships">{rel}</Relationships>'
    external = f'<externalLink {_SPACE}><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    yield one("links.xlsx", sheet(call, link, **{_RELS: rels.encode(), "xl__externalLinks__externalLink1_dot_xml": external.encode()}),
              READ)  # fmt: skip
    yield one("macros.xlsm", members(BOOK, xl__vbaProject_dot_bin=ole("VBA"), xl__embeddings__a_dot_exe=b"MZ"), DOUBTED)
    up = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/relationships/worksheet" '
    for name, target in (("up", "../../../../etc/passwd"), ("absolute", "/etc/passwd"), ("web", NOBODY)):
        rels = f'{up}Target="{target}"/></Relationships>'
        yield one(f"sheet-{name}.xlsx", members(BOOK, xl___rels__workbook_dot_xml_dot_rels=rels.encode()), "corrupt")


def locked(package: bytes) -> bytes:
    """A package whose members are said to be encrypted."""
    data = bytearray(package)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def _old(luck: random.Random) -> Iterator[Hostile]:
    """The old format."""
    out = io.BytesIO()
    made = xlwt.Workbook()
    first, second = made.add_sheet("甲"), made.add_sheet("乙")
    for row in range(400):
        first.write(row, 0, f"项目{row}")
        first.write(row, 1, xlwt.Formula(f"乙!A{row + 1}") if row < 5 else row)
    second.write(0, 0, xlwt.Formula("甲!B1"))
    made.save(out)
    data = out.getvalue()
    yield one("circle.xls", data, READ)
    yield from cut("cut.xls", data, "corrupt", luck)
    yield one("old-as-new.xlsx", data, READ, "wrong_suffix")
    yield one("old.doc", data, READ, "wrong_suffix")
    begin = data.index(b"\x09\x08\x10\x00")
    secret = bytearray(data)
    secret[begin + 20 : begin + 22] = b"\x2f\x00"  # the record behind the first says that the rest is encrypted
    yield one("locked.xls", bytes(secret), "encrypted corrupt")
    noisy = bytearray(data)
    for _ in range(60):
        noisy[luck.randrange(600, len(noisy))] = luck.randrange(256)
    yield one("noisy.xls", bytes(noisy), f"{READ} corrupt")
    yield one("streams.xls", ole("Workbook") + luck.randbytes(4000), "corrupt")
