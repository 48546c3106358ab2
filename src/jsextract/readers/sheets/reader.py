"""Workbooks as documents: every sheet that is seen is a page (工作簿)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.model.document import Document
from jsextract.readers.health import assess
from jsextract.readers.package import binaries
from jsextract.readers.page_work import Ocr
from jsextract.readers.picture_pages import Binary, with_pictures
from jsextract.readers.pictured import with_missed
from jsextract.readers.sheets.book import SheetData
from jsextract.readers.sheets.page import count_characters, page_of
from jsextract.readers.sheets.rows import among_rows
from jsextract.readers.sheets.text_table import text_sheet
from jsextract.readers.sheets.xls import xls_sheets
from jsextract.readers.sheets.xlsx import xlsx_sheets
from jsextract.readers.sheets.xml_2003 import xml_sheets
from jsextract.vocabulary import Dropped, Flag

MAX_BYTES = 60 << 20


def read_xlsx(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """The sheets of a workbook (.xlsx, .xlsm); its macros are never looked at.

    Args:
        data: the file.
        password: none is used: a workbook that needs one is refused.
        ocr: whether pictures of tables and of pages are read: auto or always, never.

    Returns:
        Its sheets; where pictures are read, one page for each of these and for the rows between them, `inside` their
        sheet.

    Raises:
        Encrypted, Corrupt, TooLarge, Unsupported: as `xlsx_sheets`.
    """
    return _document(xlsx_sheets(data), binaries(data), ocr)


def read_xls(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """The sheets of a workbook of the old format (.xls, .et); arguments as for `read_xlsx`.

    Raises:
        Encrypted, Corrupt, TooLarge: as `xls_sheets`.
    """
    sheets, binary = xls_sheets(data)
    return _document(sheets, binary, ocr)


def read_xml_workbook(data: bytes, password: str | None = None) -> Document:
    """The sheets of a workbook in the XML form of 2003; arguments as for `read_xlsx`.

    Raises:
        Corrupt, TooLarge: as `xml_sheets`.
    """
    return _document(xml_sheets(data))


def read_text_table(data: bytes, password: str | None = None) -> Document:
    """A table that is kept as text (.csv, .tsv), as a workbook of one sheet; arguments as for `read_xlsx`.

    Raises:
        Corrupt, Garbled, TooLarge: as `text_sheet`.
    """
    sheet, encoding = text_sheet(data)
    document = _document([sheet])
    flags = document.flags if encoding == "utf-8" else (*document.flags, f"{Flag.ENCODING}{encoding}")
    return replace(document, flags=flags, encoding=encoding)


def _no_picture(key: str) -> bytes:
    """The file of a picture of a workbook whose format has none."""
    raise Corrupt(phrase("The file lacks a part ({name}), or it is too large.", name=key))


def _document(sheets: Sequence[SheetData], binary: Binary = _no_picture, ocr: str = Ocr.AUTO) -> Document:
    """The sheets that are seen as pages; what the others hold is counted on the first page.

    Args:
        sheets: of a workbook.
        binary: the files of their pictures.
        ocr: whether these are read.
    """
    seen = [sheet for sheet in sheets if not sheet.hidden]
    pages = [page_of(sheet) for sheet in seen]
    hidden = sum(count_characters(sheet) for sheet in sheets if sheet.hidden)
    if hidden and pages:
        own = pages[0].dropped.get(Dropped.HIDDEN, 0)
        pages[0] = replace(pages[0], dropped={Dropped.HIDDEN: own + hidden})
    left_out = hidden or any(page.dropped for page in pages)
    with_rows = [among_rows(sheet, page) for sheet, page in zip(seen, pages, strict=True)]
    read, missed = with_pictures(with_rows, binary, ocr)
    document = Document(pages=read, flags=(Flag.HIDDEN,) if left_out else ())
    return replace(document, health=with_missed(assess(document, lambda numbers: ()), missed, len(pages)))
