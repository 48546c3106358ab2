"""Sheets of .xlsx files, by openpyxl's streaming parser: what cells show, merged areas, what is hidden."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import iterparse

from jsextract.errors import Corrupt, DocumentError, Encrypted, TooLarge
from jsextract.language.phrase import phrase
from jsextract.readers.package import STRICT, transitional
from jsextract.readers.sheets.book import SAVE_AGAIN, TAKE_OUT, UNLOCK, Anchored, SheetData
from jsextract.readers.sheets.drawings import drawn_pictures, pictures_in_cells
from jsextract.readers.sheets.number_format import CHINESE_FORMATS, GENERAL
from jsextract.readers.sheets.xlsx_sheet import Texts, XlsxSheet, read_sheet

MAX_UNPACKED = 200 << 20
"""Bytes that a workbook may become when it is unpacked: real ones stay below a hundredth of it."""
MAX_MEMBERS = 4000
_EPOCH = 1904  # the year from which some workbooks count days
_OLE = b"\xd0\xcf\x11\xe0"
_BOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_HEAD = 200  # bytes in which XML says its encoding
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_REFUSED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, SyntaxError, ValueError, TypeError, LookupError, AttributeError, OSError,
    EOFError, NotImplementedError, ArithmeticError, zlib.error,
)  # fmt: skip
"""What broken parts raise; of XML, both of the parsers that openpyxl uses a SyntaxError."""


def xlsx_sheets(data: bytes) -> tuple[SheetData, ...]:
    """The sheets of a workbook, hidden ones too, in order.

    Raises:
        Encrypted: if a password is needed.
        TooLarge: if it unpacks to more than any account, or has more cells.
        Corrupt: if it is no workbook, or its XML declares entities.
    """
    if data.startswith(_OLE):
        raise Encrypted(phrase("The workbook is encrypted."), phrase(UNLOCK))
    with _opened(data) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        usual = _as_usual(data, archive)
        with archive if usual is data else zipfile.ZipFile(io.BytesIO(usual)) as plain:
            return tuple(_sheets(plain, usual, data))


def refuse_unsound(data: bytes) -> None:
    """Looks at a zipped workbook of any format before a program is let at it.

    Raises:
        Encrypted, TooLarge, Corrupt: as `xlsx_sheets`.
    """
    with _opened(data):
        pass


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive that a workbook is, within the limits; what goes wrong while it is read is told of the workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive)
            yield archive
    except DocumentError:
        raise
    except _REFUSED as error:
        name = type(error).__name__
        raise Corrupt(phrase("The workbook cannot be read ({error}).", error=name), phrase(SAVE_AGAIN)) from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Raises for an archive that unpacks to more than a workbook, that needs a password, or that declares entities."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise TooLarge(phrase("The workbook unpacks to more than any account needs."), phrase(TAKE_OUT))
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted(phrase("The workbook is encrypted."), phrase(UNLOCK))
    for member in members:
        if member.filename.endswith((".xml", ".rels")) and _declares(archive.read(member)):
            raise Corrupt(phrase("The workbook declares entities, as no sound one does."), phrase(SAVE_AGAIN))


def _as_usual(data: bytes, archive: zipfile.ZipFile) -> bytes:
    """The workbook with the names that programs write, where it is in the strict form of Open XML."""
    if STRICT not in archive.read(_BOOK):
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                made.writestr(member.filename, transitional(archive.read(member)))
            else:
                made.writestr(member.filename, b"")  # pictures, which nothing here looks at
    return out.getvalue()


def _declares(xml: bytes) -> bool:
    """Whether XML has a document type, by which it could unfold or reach outside, or an encoding that may hide one."""
    said = _ENCODING.search(xml, 0, _HEAD)
    strange = said is not None and not said[1].lower().startswith((b"utf-8", b"utf-16", b"us-ascii"))
    return strange or any(mark in xml for mark in _DOCTYPES)


def _sheets(archive: zipfile.ZipFile, data: bytes, original: bytes) -> Iterator[SheetData]:
    """The sheets; pictures are in the original, of which `data` may have the names that programs write."""
    from openpyxl.reader.excel import ExcelReader  # a library that only workbooks need

    # in steps, since its reader of styles stumbles over files that others can read
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    texts = Texts(_number_formats(archive), since_1904=reader.wb.epoch.year == _EPOCH)
    pictured = any(name.startswith("xl/media/") for name in archive.namelist())
    for number, (sheet, link) in enumerate(reader.parser.find_sheets(), 1):
        if "chartsheet" in link.Type:
            continue
        if link.target not in reader.valid_files:
            raise Corrupt(phrase("The sheet {name} is missing in the workbook.", name=sheet.name), phrase(SAVE_AGAIN))
        with archive.open(link.target) as source:
            found = read_sheet(source, reader.shared_strings, texts)
        key = found.drawing if pictured else ""  # charts are drawings, too
        pictures = _pictures(original, link.target, key, found) if key or found.shown else ()
        yield found.sheet(number, sheet.name, hidden=sheet.state != "visible", pictures=pictures)


def _pictures(data: bytes, part: str, key: str, sheet: XlsxSheet) -> tuple[Anchored, ...]:
    """The pictures on a sheet, whose drawing has this key, and in its cells."""
    frame = sheet.frame()
    drawn = drawn_pictures(data, part, key, frame) if key else ()
    return (*drawn, *pictures_in_cells(data, sheet.shown_in(), frame)) if sheet.shown else drawn


def _number_formats(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each style of cells; none where the workbook has no styles."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    codes = {**BUILTIN_FORMATS, **CHINESE_FORMATS}
    found: list[str] = []
    if _STYLES not in archive.namelist():
        return found
    with archive.open(_STYLES) as source:
        for _, element in iterparse(source):  # noqa: S314 (nothing declares entities, see _declares)
            tag = element.tag.rpartition("}")[2]
            if tag == "numFmt" and element.get("numFmtId"):
                codes[int(element.get("numFmtId", 0))] = element.get("formatCode", GENERAL)
            elif tag == "cellXfs":
                found += [codes.get(int(style.get("numFmtId", 0)), GENERAL) for style in element]
    return found
