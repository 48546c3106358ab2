"""Sheets of .xls and .et files, by xlrd: what cells show, merged areas, what is hidden."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jsextract.errors import Corrupt, DocumentError, Encrypted
from jsextract.language.phrase import phrase
from jsextract.readers.picture_pages import Binary
from jsextract.readers.sheets.book import MAX_MERGED, SAVE_AGAIN, UNLOCK, Area, SheetCell, SheetData, refuse_more
from jsextract.readers.sheets.number_format import CHINESE_FORMATS, GENERAL
from jsextract.readers.sheets.shown import number_cell, text_cell
from jsextract.readers.sheets.xls_drawings import Store, store_of

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet

_EPOCH = 1  # what xlrd calls counting days from 1904


def xls_sheets(data: bytes) -> tuple[tuple[SheetData, ...], Binary]:
    """The sheets of a workbook, hidden ones too, in order, and what gives their pictures.

    Raises:
        Encrypted: if a password is needed.
        TooLarge: if it has more cells than any account.
        Corrupt: if it is no workbook, or a damaged one.
    """
    import xlrd  # a library that only workbooks need

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO())
        store = store_of(book)
        return tuple(_sheets(book, store)), store.binary
    except DocumentError:
        raise
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise Encrypted(phrase("The workbook is encrypted."), phrase(UNLOCK)) from error
        raise _corrupt(error) from error
    except (
        struct.error, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, UnicodeError,
        OverflowError, EOFError, RecursionError, xlrd.compdoc.CompDocError,
    ) as error:  # fmt: skip
        raise _corrupt(error) from error


def _corrupt(error: Exception) -> Corrupt:
    """What is said of a workbook that the library stumbles over."""
    return Corrupt(phrase("The workbook cannot be read ({error}).", error=type(error).__name__), phrase(SAVE_AGAIN))


def _sheets(book: Book, store: Store) -> list[SheetData]:
    found: list[SheetData] = []
    code = lru_cache(None)(lambda style: _number_format(book, style))
    filled = 0
    for number in range(1, book.nsheets + 1):
        sheet = book.sheet_by_index(number - 1)
        cells = {
            (row, column): shown
            for row in range(sheet.nrows)
            for column, cell in enumerate(sheet.row(row))
            if (shown := _shown(cell, sheet, code, book)) is not None
        }
        filled += len(cells)
        refuse_more(filled)
        found.append(replace(_sheet_data(sheet, number, cells), pictures=store.on(book, sheet)))
        book.unload_sheet(number - 1)
    return found


def _shown(cell: Cell, sheet: Sheet, code: Callable[[int], str], book: Book) -> SheetCell | None:
    """What a cell shows; None for nothing."""
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        since_1904, zeros = book.datemode == _EPOCH, bool(sheet.show_zero_values)
        return number_cell(cell.value, code(cell.xf_index), since_1904=since_1904, zeros=zeros)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return text_cell(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return SheetCell("TRUE" if cell.value else "FALSE")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return text_cell(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return None


def _number_format(book: Book, style: int) -> str:
    """The number format of a style; `General` where the workbook does not hold it."""
    key = book.xf_list[style].format_key if style < len(book.xf_list) else None
    if key in CHINESE_FORMATS:
        return CHINESE_FORMATS[key]
    return str(book.format_map[key].format_str) if key in book.format_map else GENERAL


def _sheet_data(sheet: Sheet, number: int, cells: dict[tuple[int, int], SheetCell]) -> SheetData:
    merged = (Area(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells[:MAX_MERGED])
    columns = sheet.colinfo_map.items()
    return SheetData(
        number=number,
        name=sheet.name,
        hidden=bool(sheet.visibility),
        cells=cells,
        merged=tuple(merged),
        hidden_rows=frozenset(row for row, told in sheet.rowinfo_map.items() if told.hidden),
        hidden_columns=frozenset(column for column, told in columns if told.hidden or not told.width),
    )
