"""Sheets of .xlsx files, by openpyxl's streaming parser: what cells show, merged areas, what is hidden."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError

from jsextract.errors import Corrupt, DocumentError, Encrypted, TooLarge, Unsupported
from jsextract.language.phrase import phrase
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
from jsextract.readers.sheets.number_format import GENERAL
from jsextract.readers.sheets.shown import number_cell, text_cell
from jsextract.vocabulary import Flag

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet._reader import WorkSheetParser

MAX_UNPACKED = 200 << 20
"""Bytes that a workbook may become when it is unpacked: real ones stay below a hundredth of it."""
MAX_MEMBERS = 4000
_EPOCH = 1904  # the year from which some workbooks count days
_OLE = b"\xd0\xcf\x11\xe0"
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WANTED = frozenset({"row", "col", "sheetView", "mergeCell"})
_WHOLE = _WANTED | {"conditionalFormatting", "dataValidation", "extLst", "hyperlink"}
_COLUMNS = 16384  # of a sheet
_TRUE, _FALSE = ("1", "true"), ("0", "false")
_REFUSED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, ParseError, ValueError, TypeError, LookupError, AttributeError, OSError,
    EOFError, NotImplementedError, ArithmeticError, zlib.error,
)  # fmt: skip


def xlsx_sheets(data: bytes) -> tuple[SheetData, ...]:
    """The sheets of a workbook, hidden ones too, in order.

    Raises:
        Encrypted: if a password is needed.
        TooLarge: if it unpacks to more than any account, or has more cells.
        Unsupported: if it is a binary workbook (.xlsb).
        Corrupt: if it is no workbook, or its XML declares entities.
    """
    if data.startswith(_OLE):
        raise Encrypted(phrase("The workbook is encrypted."), phrase(UNLOCK))
    try:
        _refuse_bombs(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(data)
    except DocumentError:
        raise
    except _REFUSED as error:
        name = type(error).__name__
        raise Corrupt(phrase("The workbook cannot be read ({error}).", error=name), phrase(SAVE_AGAIN)) from error


def _refuse_bombs(data: bytes) -> None:
    """Raises for an archive that unpacks to more than a workbook, that needs a password, or that is an .xlsb."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise TooLarge(phrase("The workbook unpacks to more than any account needs."), phrase(TAKE_OUT))
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted(phrase("The workbook is encrypted."), phrase(UNLOCK))
    names = {member.filename for member in members}
    if "xl/workbook.bin" in names:
        raise Unsupported(phrase("The file is a binary workbook (xlsb); no reader takes it."), phrase(SAVE_AGAIN))


def _sheets(data: bytes) -> tuple[SheetData, ...]:
    from openpyxl import load_workbook  # a library that only workbooks need

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        texts = _Texts(book)
        return tuple(_sheet(sheet, number, texts) for number, sheet in enumerate(book.worksheets, 1))
    finally:
        book.close()


class _Texts:
    """What cells show, by their styles.

    Attributes:
        filled: how many cells of the sheets before show something.
        zeros: whether the sheet at hand shows zeros.
    """

    def __init__(self, book: Workbook) -> None:
        self.since_1904 = book.epoch.year == _EPOCH
        self.filled, self.zeros = 0, True
        self.code = lru_cache(None)(lambda style: _number_format(book, style))

    def cell(self, found: dict[str, Any], element: Element) -> SheetCell | None:
        """What a cell shows; None for nothing.

        Args:
            found: value and style_id, as openpyxl's parser gives them.
            element: the cell, which may hold a formula whose value is not stored.
        """
        value = found["value"]
        if value is None:
            formula = element.find(f"{_SPACE}}}f")
            told = None if formula is None else f"={formula.text or ''}"
            return SheetCell(told, (Flag.FORMULA_UNEVALUATED,)) if told else None
        if isinstance(value, bool):
            return SheetCell("TRUE" if value else "FALSE")
        if isinstance(value, int | float):
            return number_cell(value, self.code(found["style_id"]), since_1904=self.since_1904, zeros=self.zeros)
        return text_cell(str(value))


def _number_format(book: Workbook, style: int) -> str:
    """The number format of a style; `General` where the workbook does not hold it."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    styles, own = book._cell_styles, book._number_formats
    code = styles[style].numFmtId if style < len(styles) else 0
    if code < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(code, GENERAL))
    at = code - BUILTIN_FORMATS_MAX_SIZE
    return str(own[at]) if at < len(own) else GENERAL


def _sheet(sheet: ReadOnlyWorksheet, number: int, texts: _Texts) -> SheetData:
    """One sheet, whatever it says of its own size."""
    from openpyxl.utils import range_boundaries
    from openpyxl.worksheet._reader import WorkSheetParser

    cells: dict[tuple[int, int], SheetCell] = {}
    merged: list[Area] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    with sheet._get_source() as source:
        parser = WorkSheetParser(source, sheet._shared_strings, data_only=True)
        for tag, element in _elements(source):
            if tag == "row":
                row = _read_row(parser, element, cells, texts)
                hidden_rows.update({row} if element.get("hidden") in _TRUE else ())
                refuse_more(texts.filled + len(cells))
            elif tag == "col" and (element.get("hidden") in _TRUE or element.get("width") == "0"):
                hidden_columns.update(range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), _COLUMNS)))
            elif tag == "sheetView":
                texts.zeros = element.get("showZeros") not in _FALSE
            elif tag == "mergeCell" and len(merged) < MAX_MERGED:
                left, top, right, bottom = range_boundaries(element.get("ref"))
                merged.append(Area(top - 1, left - 1, bottom - 1, right - 1))
    texts.filled += len(cells)
    return SheetData(
        number=number,
        name=sheet.title,
        hidden=sheet.sheet_state != "visible",
        cells=cells,
        merged=tuple(merged),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
    )


def _elements(source: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """The elements of a sheet that are asked for, each when it is complete, by their local names."""
    from openpyxl.xml.functions import iterparse  # the one that refuses entities

    for _, element in iterparse(source):
        space, _, tag = element.tag.rpartition("}")
        if tag in _WANTED:
            if space != _SPACE:
                raise Unsupported(
                    phrase("The workbook is in the strict form of Open XML; no reader takes it."), phrase(SAVE_AGAIN)
                )
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
