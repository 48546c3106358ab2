"""Hostile Word files, of the new format and of the old ones."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

from tests.faults.hostile.case import NOBODY, READ, SECRET, TEXT, Hostile, cut, one
from tests.faults.hostile.workbooks import locked
from tests.readers.books import members
from tests.readers.test_sniff import ole
from tests.readers.word_files import cell, packed, para, part, table, word

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)
SAID = para(TEXT.decode())


def words(luck: random.Random) -> Iterator[Hostile]:
    """docx, then doc, wps, rtf and odt."""
    yield one("bomb.docx", packed(document=b" " * (90 << 20)), "too-large")
    yield one("bomb-media.docx", members(word(SAID), word__media__a_dot_png=bytes(320 << 20)), "too-large")
    yield from _entities()
    yield from _outside()
    yield from _shapes()
    whole = word(SAID + "".join(para(luck.randbytes(20).hex()) for _ in range(300)))
    yield from cut("cut.docx", whole, "corrupt", luck)
    yield one("package.docx", ole("EncryptedPackage"), "encrypted")
    yield one("members.docx", locked(whole), "encrypted")
    for name in ("word.pdf", "word.doc", "word.xlsx", "word.ofd", "word.rtf"):
        yield one(name, whole, READ, "wrong_suffix")
    yield one("old-word.docx", ole("WordDocument"), "corrupt", "")
    yield one("rtf.docx", rtf(), READ, "wrong_suffix")
    yield from _old(luck)


def _entities() -> Iterator[Hostile]:
    body = part("document", f"<w:body>{para('&l9;&e;')}</w:body>").split("?>")[1]
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    yield one(
        "laughs.docx", packed(document=f'<!DOCTYPE w [<!ENTITY l0 "ha"><!ENTITY e "">{laughs}]>{body}'), "corrupt"
    )
    for name, place in (("secret", SECRET), ("address", NOBODY)):
        dtd = f'<!DOCTYPE w [<!ENTITY l9 ""><!ENTITY e SYSTEM "{place}">]>'
        yield one(f"{name}.docx", packed(document=dtd + body), "corrupt")
    parameter = f'<!DOCTYPE w [<!ENTITY % e SYSTEM "{NOBODY}"> %e;]>'
    yield one("parameter.docx", packed(document=parameter + part("document", "").split("?>")[1]), "corrupt")


def _outside() -> Iterator[Hostile]:
    """Files that name what is not in them."""
    targets = {"attachedTemplate": NOBODY, "image": NOBODY, "aFChunk": SECRET, "oleObject": r"\\127.0.0.1\x\a.exe"}
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    xml = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
    fields = (
        f'<w:p><w:fldSimple w:instr="INCLUDETEXT {SECRET}"/><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe /k"/></w:p>'
    )
    chunk = f'<w:altChunk xmlns:r="{_RELATIONS}" r:id="rId2"/>'
    data = members(word(SAID + fields + chunk), word___rels__document_dot_xml_dot_rels=xml.encode())
    yield one("outside.docx", data, READ)
    yield one("macros.docm", members(word(SAID), word__vbaProject_dot_bin=ole("VBA")), READ)


def _shapes() -> Iterator[Hostile]:
    """Structures of no end, or in circles."""
    yield one(
        "nested.docx", packed(document=part("document", f"<w:body>{'<w:sdt><w:sdtContent>' * 50_000}")), "corrupt"
    )
    yield one(
        "deep.docx", word("<w:sdt><w:sdtContent>" * 120 + SAID + "</w:sdtContent></w:sdt>" * 120), f"{READ} corrupt"
    )
    yield one(
        "span.docx", word(SAID + table([cell("1", f'<w:gridSpan w:val="{10**9}"/>')], [cell("2"), cell("3")])), READ
    )
    wide = [cell("1", '<w:gridSpan w:val="1000"/>')] * 100
    yield one("places.docx", word(SAID + table(wide, *[[cell("1")]] * 6)), "too-large")
    nested = cell("1")
    for _ in range(200):
        nested = cell(table([nested, cell("2")]) + para(""))
    yield one("tables.docx", word(SAID + table([nested])), f"{READ} corrupt too-large")
    circle = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    numbers = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/><w:styleLink w:val="a"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styled = para(TEXT.decode(), '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>')
    yield one("circles.docx", word(styled, numbers, circle), READ)
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1"><w:p>{reference}<w:r><w:t>注</w:t></w:r></w:p></w:footnote>'
    yield one("notes.docx", word(f"<w:p>{reference}</w:p>" + SAID, footnotes=note), READ)
    high = para(TEXT.decode(), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 3
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{10**8}"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="{"%1" * 9}"/></w:lvl>'
    counted = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    yield one("roman.docx", word(high, counted), READ)
    yield one("no-body.docx", packed(document=part("document", "")), "corrupt")


def rtf(inner: str = "") -> bytes:
    """An RTF file that says something in Chinese."""
    said = "".join(f"\\u{ord(char)}?" for char in TEXT.decode())
    return rf"{{\rtf1\ansi\ansicpg936 {inner}{said}\par}}".encode()


def odt(body: str, before: str = "", **parts: bytes) -> bytes:
    """An OpenDocument text."""
    spaces = (
        f'xmlns:office="{_OFFICE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    content = f"{before}<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{content}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _old(luck: random.Random) -> Iterator[Hostile]:
    """What LibreOffice converts: it must reach for nothing, and be ended."""
    fields = "".join(
        rf'{{\field{{\*\fldinst {{{kind} "{place}"}}}}{{\fldrslt x}}}}'
        for kind in ("INCLUDEPICTURE", "INCLUDETEXT", "DDEAUTO")
        for place in (NOBODY, SECRET)
    )
    yield one("fields.rtf", rtf(fields + rf"{{\*\template {NOBODY}}}"), f"{READ} corrupt")
    yield one("object.rtf", rtf(r"{\object\objautlink\objupdate{\*\objdata 0105000002000000}}"), f"{READ} corrupt")
    yield one("braces.rtf", rtf("{" * 200_000), f"{READ} corrupt timeout crashed")
    yield one("binary.rtf", rtf(r"\bin2000000000 "), f"{READ} corrupt timeout")
    picture = f'<text:p>{TEXT.decode()}<draw:frame><draw:image xlink:href="{NOBODY}.png"/></draw:frame></text:p>'
    section = f'<text:section text:name="a"><text:section-source xlink:href="{NOBODY}.odt"/></text:section>'
    yield one("linked.odt", odt(picture + section), f"{READ} corrupt")
    dtd = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{SECRET}">]>'
    yield one("secret.odt", odt(f"<text:p>{TEXT.decode()}&e;</text:p>", dtd), f"{READ} corrupt")
    yield one("bomb.odt", odt("<text:p>a</text:p>" * 300_000), f"{READ} corrupt timeout crashed too-large")
    yield one("noise.doc", ole("WordDocument") + luck.randbytes(9000), "corrupt")
    yield one("noise.wps", luck.randbytes(5000), f"corrupt unsupported {READ}")
