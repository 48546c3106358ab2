"""Old Word files (.doc, .wps, .rtf, .odt), by way of .docx (旧格式 Word)."""

from __future__ import annotations

from jsextract.errors import Corrupt
from jsextract.language.phrase import noted, phrase
from jsextract.model.document import Document
from jsextract.readers.office import Target, converted
from jsextract.readers.page_work import Ocr
from jsextract.readers.word.reader import MAX_BYTES, read_docx

_OLE, _STREAM = b"\xd0\xcf\x11\xe0", "WordDocument\0".encode("utf-16-le")
_NAMED = {b"{\\rtf": ".rtf", b"PK\x03\x04": ".odt"}
_DOCX = Target(
    ending="docx",
    filter="MS Word 2007 XML",
    max_bytes=MAX_BYTES,
    missing=noted("The file is of an older Word format, which LibreOffice has to convert; it is not installed."),
    install=noted("Install LibreOffice (soffice), or save the file as .docx."),
)


def read_old_word(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """What `read_docx` gives of a file of an older or other format, turned into .docx by LibreOffice.

    Raises:
        Unsupported, Corrupt, TimedOut, Crashed, TooLarge: as `converted`; also Corrupt if it is no text of Word.
        Encrypted: as `read_docx`.
    """
    if data.startswith(_OLE) and _STREAM not in data:  # LibreOffice would take the ruin for a text
        raise Corrupt(
            phrase("The file holds no text of Word."), phrase("Open it in Word or WPS and save it again as .docx.")
        )
    ending = next((ending for head, ending in _NAMED.items() if data.startswith(head)), ".doc")
    return read_docx(converted(data, ending, _DOCX), ocr=ocr)
