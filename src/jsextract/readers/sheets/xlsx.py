"""Sheets of .xlsx files, by openpyxl's streaming parser: what cells show, merged areas, what is hidden."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, iterparse

from msgspec.structs import replace

from jsextract.errors import Corrupt, DocumentError, Encrypted, TooLarge
from jsextract.language.phrase import phrase
from jsextract.readers.package import STRICT, transitional
from jsextract.readers.sheets.book import (
    MAX_MERGED,
    SAVE_AGAIN,
    TAKE_OUT,
    UNLOCK,
    Area,
    SheetCell,
    SheetData,
    refuse_more,
)
from jsextract.readers.sheets.number_format import CHINESE_FORMATS, GENERAL, serial
from jsextract.readers.sheets.shown import number_cell, text_cell
from jsextract.vocabulary import Flag

if TYPE_CHECKING:
    from openpyxl.worksheet._reader import WorkSheetParser

MAX_UNPACKED = 200 << 20
"""Bytes that a workbook may become when it is unpacked: real ones stay below a hundredth of it."""
MAX_MEMBERS = 4000
_EPOCH = 1904  # the year from which some workbooks count days
_OLE = b"\xd0\xcf\x11\xe0"
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WANTED = frozenset({"row", "col", "sheetView", "mergeCell", "drawing"})
_WHOLE = _WANTED | {"conditionalFormatting", "dataValidation", "extLst", "hyperlink"}
_BOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_HEAD = 200  # bytes in which XML says its encoding
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_COLUMNS = 16384  # of a sheet
_TRUE, _FALSE = ("1", "true"), ("0", "false")
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
            return tuple(_sheets(plain, usual))


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


def _sheets(archive: zipfile.ZipFile, data: bytes) -> Iterator[SheetData]:
    from openpyxl.reader.excel import ExcelReader  # a library that only workbooks need

    # in steps, since its reader of styles stumbles over files that others can read
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    texts = _Texts(_number_formats(archive), since_1904=reader.wb.epoch.year == _EPOCH)
    pictured = any(name.startswith("xl/media/") for name in archive.namelist())
    for number, (sheet, link) in enumerate(reader.parser.find_sheets(), 1):
        if "chartsheet" in link.Type:
            continue
        if link.target not in reader.valid_files:
            raise Corrupt(phrase("The sheet {name} is missing in the workbook.", name=sheet.name), phrase(SAVE_AGAIN))
        with archive.open(link.target) as source:
            found = _sheet(source, reader.shared_strings, texts, (number, sheet.name, sheet.state != "visible"))
        yield replace(found, drawn=found.drawn and pictured)  # charts are drawings, too


class _Texts:
    """What cells show, by their styles.

    Attributes:
        filled: how many cells of the sheets before show something.
        zeros: whether the sheet at hand shows zeros.
    """

    def __init__(self, formats: Sequence[str], *, since_1904: bool) -> None:
        self.formats, self.since_1904 = formats, since_1904
        self.filled, self.zeros = 0, True

    def cell(self, found: dict[str, Any], element: Element) -> SheetCell | None:
        """What a cell shows; None for nothing.

        Args:
            found: value and style_id, as openpyxl's parser gives them.
            element: the cell, which may hold a formula whose value is not stored.
        """
        value = found["value"]
        if value is None:
            formula = element.find(f"{_SPACE}}}f")
            text = "" if formula is None else f"={formula.text or '…'}"
            return SheetCell(text, (Flag.FORMULA_UNEVALUATED,)) if text else None
        if isinstance(value, bool):
            return SheetCell("TRUE" if value else "FALSE")
        if isinstance(value, dt.date):
            value = serial(value, since_1904=self.since_1904)
        if isinstance(value, int | float):
            style = found["style_id"]
            code = self.formats[style] if style < len(self.formats) else GENERAL
            return number_cell(value, code, since_1904=self.since_1904, zeros=self.zeros)
        return text_cell(str(value))


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


def _sheet(source: IO[bytes], strings: Sequence[str], texts: _Texts, told: tuple[int, str, bool]) -> SheetData:
    """One sheet, whatever it says of its own size; `told` is its number, its name, and whether it is hidden."""
    from openpyxl.utils import range_boundaries
    from openpyxl.worksheet._reader import WorkSheetParser

    cells: dict[tuple[int, int], SheetCell] = {}
    merged: list[Area] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    drawn = False
    texts.zeros = True
    parser = WorkSheetParser(source, strings, data_only=True)
    for tag, element in _elements(source):
        if tag == "row":
            row = _read_row(parser, element, cells, texts)
            hidden_rows.update({row} if element.get("hidden") in _TRUE else ())
            refuse_more(texts.filled + len(cells))
        elif tag == "col" and (element.get("hidden") in _TRUE or element.get("width") == "0"):
            hidden_columns.update(range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), _COLUMNS)))
        elif tag == "drawing":
            drawn = True
        elif tag == "sheetView":
            texts.zeros = element.get("showZeros") not in _FALSE
        elif tag == "mergeCell" and len(merged) < MAX_MERGED:
            left, top, right, bottom = range_boundaries(element.get("ref"))
            merged.append(Area(top - 1, left - 1, bottom - 1, right - 1))
    texts.filled += len(cells)
    number, name, hidden = told
    return SheetData(
        number=number,
        name=name,
        hidden=hidden,
        cells=cells,
        merged=tuple(merged),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        drawn=drawn,
    )


def _elements(source: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """The elements of a sheet that are asked for, each when it is complete, by their local names."""
    for _, element in iterparse(source):  # noqa: S314 (as above)
        space, _, tag = element.tag.rpartition("}")
        if tag in _WANTED:
            if space != _SPACE:
                raise ValueError(space)  # cells of no known kind would all be blank
            yield tag, element
        if tag in _WHOLE:
            element.clear()


def _read_row(parser: WorkSheetParser, row: Element, cells: dict[tuple[int, int], SheetCell], texts: _Texts) -> int:
    """Adds the cells of a row that show something; the row's number, from 0."""
    parser.row_counter = int(row.get("r", parser.row_counter + 1))
    parser.col_counter = 0
    for element in row:
        if not len(element) and element.get("r"):
            continue  # blank, but for its style
        found = parser.parse_cell(element)
        cell = texts.cell(found, element)
        if cell is not None:
            cells[found["row"] - 1, found["column"] - 1] = cell
    return int(parser.row_counter) - 1
