"""What a file is, its content decides."""

from __future__ import annotations

import gzip
import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from jsextract.errors import BlankFile, EmptyFile, NotPdf, Unsupported
from jsextract.pipeline import extract, read
from jsextract.readers.formats import FORMATS, UNKNOWN
from jsextract.readers.registry import FORMAT_READERS
from jsextract.readers.sniff import sniff
from jsextract.vocabulary import Format
from tests.pdfs import LINES, account, write

TEXT = "\n".join(LINES).encode()


def zipped(*names: str, packed: int = zipfile.ZIP_DEFLATED, data: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name in names:
            archive.writestr(name, data)
    return out.getvalue()


def ole(stream: str) -> bytes:
    """An old Office file with one name in its directory, in the third sector."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<H", 9) + bytes(16) + struct.pack("<I", 1)
    return head.ljust(1024, b"\0") + f"{stream}\0".encode("utf-16-le").ljust(128, b"\0")


CASES = {
    "pdf": (account(), ""),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), ".pdf"),
    "xlsx": (zipped("xl/workbook.xml", "xl/worksheets/sheet1.xml"), ""),
    "xlsb": (zipped("xl/workbook.bin", "xl/worksheets/sheet1.bin"), ".xlsx"),
    "xmlss": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', ".xls"),
    "pptx": (zipped("ppt/presentation.xml"), ""),
    "ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), ""),
    "odt": (zipped("mimetype", packed=zipfile.ZIP_STORED, data=b"application/vnd.oasis.opendocument.text"), ""),
    "ods": (zipped("mimetype", packed=zipfile.ZIP_STORED, data=b"application/vnd.oasis.opendocument.spreadsheet"), ""),
    "epub": (zipped("mimetype", packed=zipfile.ZIP_STORED, data=b"application/epub+zip"), ""),
    "zip": (zipped("a.docx", packed=zipfile.ZIP_STORED, data=zipped("word/document.xml")), ".zip"),
    "doc": (ole("WordDocument"), ".doc"),
    "wps": (ole("WordDocument"), ".wps"),
    "xls": (ole("Workbook"), ""),
    "et": (ole("Workbook"), ".ET"),
    "ppt": (ole("PowerPoint Document"), ""),
    "dps": (ole("PowerPoint Document"), ".dps"),
    "ole": (ole("Contents"), ""),
    "rtf": (b"{\\rtf1\\ansi}", ".doc"),
    "html": ("<!DOCTYPE html><html><body>决算公开</body></html>".encode("gb18030"), ".xls"),
    "mht": (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html></html>", ""),
    "xml": (b'<?xml version="1.0"?><x/>', ""),
    "json": (b'{"code": 404}', ".pdf"),
    "csv": ("单位,年度\n某局,2024\n".encode(), ".csv"),
    "md": ("# 部门决算\n".encode(), ".md"),
    "log": (b"2025-01-01 done\n", ".log"),
    "code": (b"import sys\n", ".py"),
    "rar": (b"Rar!\x1a\x07\x01\x00", ""),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", ""),
    "volume": (zipped("a.txt")[:40], ".z01"),
    "gzip": (gzip.compress(account()), ".pdf"),
    "tar": (b"a.pdf".ljust(257, b"\0") + b"ustar\x0000", ""),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", ""),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", ""),
    "gif": (b"GIF89a\x01\x00", ""),
    "bmp": (b"BM\x36\x00\x03\x00" + bytes(4) + b"\x36\x00", ""),
    "tiff": (b"II*\x00\x08\x00", ""),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", ""),
    "caj": (b"CAJ\x00\x01", ""),
    "appledouble": (b"\x00\x05\x16\x07\x00\x02", ".pdf"),
    "txt": (TEXT, ""),
    "unknown": (b"\x00\x01\x02\x03 nothing", ".pdf"),
}


def test_every_kind_has_a_case_and_a_word() -> None:
    assert set(CASES) == set(FORMATS) == {str(word) for word in Format}
    assert all(kind.remedy for kind in FORMATS.values() if kind.code not in {*FORMAT_READERS, "unknown"})


@pytest.mark.parametrize("code", CASES)
def test_the_content_tells_the_kind(code: str) -> None:
    data, suffix = CASES[code]
    assert sniff(io.BytesIO(data), suffix).code == code


@pytest.mark.parametrize("junk", [b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", b"\x01junk\n" * 1000])
def test_a_pdf_may_begin_after_what_a_server_left(junk: bytes) -> None:
    assert sniff(io.BytesIO(junk + account())).code == "pdf"


def test_a_text_that_speaks_of_a_pdf_is_none() -> None:
    assert sniff(io.BytesIO("本文件由%PDF-1.4转换而来，部门决算如下。".encode() + TEXT)).code == "txt"


def test_letters_alone_are_an_accounts_text_only_if_they_say_so() -> None:
    assert sniff(io.BytesIO(b"1 0 obj << /Type /Catalog >>"), ".pdf") is UNKNOWN
    assert sniff(io.BytesIO(b"total 12.30"), ".txt").code == "txt"


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_of_pdfs_is_never_read_as_a_pdf(tmp_path: Path, packed: int) -> None:
    path = write(tmp_path / "决算.pdf", zipped("a.pdf", "b.pdf", packed=packed, data=account()))
    report = extract(path)
    assert (report.status, report.problem, report.format, report.cells) == ("failed", "unsupported", "zip", ())
    assert "Unpack it" in report.message
    assert report.sha256
    assert report.bytes == path.stat().st_size


def test_what_is_cut_short_is_what_its_name_says() -> None:
    for data, suffix in ((zipped("a")[:40], ".xlsx"), (ole("Workbook")[:600], ".xls"), (ole("Workbook")[:600], ".et")):
        assert sniff(io.BytesIO(data), suffix).suffixes[0] == suffix
    assert sniff(io.BytesIO(zipped("a")[:40]), ".pdf").code == "zip"


def test_a_package_under_a_password_is_what_its_name_says() -> None:
    assert sniff(io.BytesIO(ole("EncryptedPackage")), ".xlsx").code == "xlsx"
    assert sniff(io.BytesIO(ole("EncryptedPackage")), ".pdf").code == "ole"


def test_a_pdf_named_txt_is_read(tmp_path: Path) -> None:
    report = extract(write(tmp_path / "a.txt", account()))
    assert (report.status, report.format, report.flags, report.entity) == (
        "ok",
        "pdf",
        ("wrong_suffix",),
        "某某市某某局",
    )


def test_a_text_named_pdf_is_read(tmp_path: Path) -> None:
    report = extract(write(tmp_path / "a.pdf", TEXT))
    assert (report.status, report.format, report.flags, report.pages) == ("ok", "txt", ("wrong_suffix",), 0)


def test_no_suffix_and_a_year_promise_nothing(tmp_path: Path) -> None:
    assert extract(write(tmp_path / "决算.2024", account())).flags == ()
    assert extract(write(tmp_path / "决算", TEXT)).flags == ()


def test_what_is_not_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="its viewer"):
        read(write(tmp_path / "page.pdf", CASES["caj"][0]))
    with pytest.raises(Unsupported, match="soffice"):
        read(write(tmp_path / "talk.pdf", CASES["pptx"][0]))
    with pytest.raises(NotPdf, match="no %PDF header"):
        read(write(tmp_path / "junk.pdf", CASES["unknown"][0]))
    with pytest.raises(Unsupported, match="no kind that is known"):
        read(write(tmp_path / "junk.dat", CASES["unknown"][0]))
    for name, error in (("empty.pdf", EmptyFile), ("empty", EmptyFile), ("empty.xlsx", BlankFile)):
        with pytest.raises(error):
            read(write(tmp_path / name, b""))


@pytest.mark.parametrize("piece", ["<!---->", "<!-- a -->\n", "<!--", "<!-- -- ", "<!---->\n "])
def test_what_begins_with_thousands_of_comments_is_told_at_once(piece: str) -> None:
    started = time.process_time()
    assert sniff(io.BytesIO((piece * 2000 + "x").encode())) == UNKNOWN
    assert time.process_time() - started < 1
    assert sniff(io.BytesIO(b"<!-- a -->\n<!--b--><div>x")).code == "html"
