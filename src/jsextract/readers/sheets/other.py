"""Workbooks that no reader of ours takes (.ods, .xlsb), by way of .xlsx (其他格式工作簿)."""

from __future__ import annotations

from jsextract.language.phrase import noted
from jsextract.model.document import Document
from jsextract.readers.office import Target, converted
from jsextract.readers.page_work import Ocr
from jsextract.readers.sheets.reader import MAX_BYTES, read_xlsx
from jsextract.readers.sheets.xlsx import refuse_unsound

_BINARY = b"xl/workbook.bin"
_XLSX = Target(
    ending="xlsx",
    filter="Calc MS Excel 2007 XML",
    max_bytes=MAX_BYTES,
    missing=noted("The workbook is of a format that LibreOffice has to convert; it is not installed."),
    install=noted("Install LibreOffice (soffice), or save the workbook as .xlsx."),
)


def read_other_workbook(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """What `read_xlsx` gives of a workbook of another format, turned into .xlsx by LibreOffice.

    Raises:
        Unsupported, Corrupt, TimedOut, Crashed, TooLarge: as `converted`.
        Encrypted, TooLarge, Corrupt: as `refuse_unsound`, `read_xlsx`.
    """
    refuse_unsound(data)
    return read_xlsx(converted(data, ".xlsb" if _BINARY in data else ".ods", _XLSX), ocr=ocr)
