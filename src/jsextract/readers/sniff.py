"""What kind a file is, told from its bytes; its suffix decides only between kinds whose bytes are alike."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import BinaryIO

from jsextract.readers.encoding import count_common, decode_head
from jsextract.readers.formats import FORMATS, PDF, SUFFIXES, TEXT, TEXTUAL, UNKNOWN, FileKind
from jsextract.readers.volumes import is_volume

_HEAD = 8192
_FEWEST = 4  # Chinese characters: with fewer nothing says that it is an account's text
_PDF = re.compile(rb"%PDF-\d")
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"\x00\x05\x16\x07", "appledouble"),
)
# A page without its frame: how the part of one begins that somebody saved, or a program named .xls.
_FRAGMENT = re.compile(
    r"(?:<!--(?:(?!-->).){0,400}+-->\s*+)*+<(?:table|div|p|span|meta|link|style|section|article|center|font|h[1-6]|ul|ol|title|script)"
    r"(?=[\s>/])[^>]*>",
    re.DOTALL,
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("OFD.xml", "ofd"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_MIMETYPES: tuple[tuple[bytes, str], ...] = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: tuple[tuple[str, str, str], ...] = (  # the stream, the kind, the same kind of WPS
    ("WordDocument", "doc", "wps"),
    ("Workbook", "xls", "et"),
    ("Book", "xls", "et"),
    ("PowerPoint Document", "ppt", "dps"),
)
_ENCRYPTED = "EncryptedPackage"  # the stream that holds a newer Office file under a password
_XML_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_SHEETS = frozenset({"xls", "xlsx", "et", "xlsb", "ods"})
_FLAT_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlpackage"
_DELIMITERS = "\t,;"
_TABLED = 2  # lines with as many delimiters: with fewer a text is no table
_PACKAGES = frozenset({"docx", "xlsx", "pptx"})
_NEWER = {"doc": "docx", "wps": "docx", "xls": "xlsx", "et": "xlsx", "ppt": "pptx", "dps": "pptx"}
ZIPPED = _PACKAGES | {"ofd", "odt", "ods", "xlsb"}
"""Kinds of document that are zip archives."""
_IN_OLE = frozenset({code for _, *codes in _STREAMS for code in codes})
_SECTORS = 4096  # bytes of an OLE file's directory that are looked at: 32 names
_ZIP_END, _ZIP_TAIL = b"PK\5\6", 22 + 0xFFFF  # the record that ends a zip archive, and how far before its end it begins
_ZIP_LIST = 8 << 20  # bytes of a list of some 50,000 members
_BAD_ZIP = (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError, UnicodeError)


def sniff(handle: BinaryIO, suffix: str = "") -> FileKind:
    """The kind of an open file, from its first bytes and, for archives, the list of what is in them.

    Args:
        handle: can seek; where it stands afterwards is open.
        suffix: of the file's name.

    Returns:
        Its kind; `UNKNOWN` where nothing is recognised, also for no bytes at all.
    """
    kind = _told(handle, suffix)
    return FORMATS["volume"] if is_volume(handle, kind.code, suffix) else kind


def _told(handle: BinaryIO, suffix: str) -> FileKind:
    """The kind that the bytes tell."""
    head = handle.read(_HEAD)
    promised = SUFFIXES.get(suffix.lower(), UNKNOWN).code
    if head.startswith(_ZIP):
        return _in_zip(handle, head, promised)
    if head.startswith(_OLE):
        return _in_ole(handle, head, promised)
    if head.startswith(b"%PDF-"):
        return PDF
    code = _by_magic(head) or _markup(decode_head(head) or head.decode("latin-1"))
    if code:
        return FORMATS[code]
    if _holds_pdf(handle, head):
        return PDF
    return _as_text(head, suffix)


def archive_magic(head: bytes) -> bool:
    """Whether a file begins as an archive does that can be read as a folder, or as a zipped document."""
    return head.startswith(_ZIP) or _by_magic(head) in {"7z", "rar"}


def _by_magic(head: bytes) -> str:
    """The code of the kind that the first bytes tell; blank where they do not."""
    for magic, code in _MAGIC:
        if head.startswith(magic):
            return code
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "bmp"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"CAJ", b"KDH ", b"HN\xc8")) and b"\0" in head:
        return "caj"
    return "tar" if head[257:262] == b"ustar" else ""


def _in_zip(handle: BinaryIO, head: bytes, promised: str) -> FileKind:
    """The kind of a zip archive by its members; of a broken one by what its beginning shows, or by its name."""
    mimetype = next((code for mark, code in _MIMETYPES if b"mimetype" + mark in head[:200]), "")
    if mimetype:
        return FORMATS[mimetype]
    try:
        _refuse_long_list(handle)
        with zipfile.ZipFile(handle) as archive:
            names = set(archive.namelist())
    except _BAD_ZIP:
        names = {name for name, _ in _MEMBERS if name.encode() in head}
        if not names and promised in ZIPPED:
            return FORMATS[promised]  # too little of it is left to tell
    return FORMATS[next((code for name, code in _MEMBERS if name in names), "zip")]


def _refuse_long_list(handle: BinaryIO) -> None:
    """Raises BadZipFile where the list of members is longer than that of any document: it would all be in memory."""
    size = handle.seek(0, io.SEEK_END)
    handle.seek(max(0, size - _ZIP_TAIL))
    tail = handle.read(_ZIP_TAIL)
    end = tail.rfind(_ZIP_END)
    if end >= 0 and len(tail) >= end + 16 and struct.unpack_from("<I", tail, end + 12)[0] > _ZIP_LIST:
        raise zipfile.BadZipFile("its list of members is too long")


def _in_ole(handle: BinaryIO, head: bytes, promised: str) -> FileKind:
    """The kind of an old Office file by the streams that its directory names, else the one that its name promises."""
    unknown = FORMATS[promised if promised in _IN_OLE else "ole"]
    if len(head) < 52:
        return unknown
    shift, first = struct.unpack_from("<H", head, 30)[0], struct.unpack_from("<I", head, 48)[0]
    handle.seek((first + 1) << min(shift, 12))
    directory = handle.read(_SECTORS)
    for stream, code, of_wps in _STREAMS:
        if _entry(stream) in directory:
            return FORMATS[of_wps if promised == of_wps else code]
    if _entry(_ENCRYPTED) in directory:
        newer = _NEWER.get(promised, promised)
        return FORMATS[newer if newer in _PACKAGES else "ole"]
    return unknown


def _entry(stream: str) -> bytes:
    """How an OLE directory writes a name: UTF-16 with its end."""
    return f"{stream}\0".encode("utf-16-le")


def _markup(text: str) -> str:
    """html, mht, docx, xmlss or xml, told by how a text begins; blank for others."""
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in start[:1024]:
        return "mht" if start.startswith(("mime-version:", "from:")) else "html"
    if "multipart/related" in start[:2048] and "mime-version:" in start[:2048]:
        return "mht"
    if _FRAGMENT.match(start):
        return "html"
    if not start.startswith(("<?xml", "<!doctype", "<workbook", "<ss:workbook")):
        return ""
    if _FLAT_PACKAGE in start and "word.document" in start:
        return "docx"
    return "xmlss" if _XML_SHEETS in start else "xml"


def _holds_pdf(handle: BinaryIO, head: bytes) -> bool:
    """Whether a PDF begins after some bytes that a server or a mailer left before it."""
    found = _PDF.search(head)
    if found is None:
        return False
    # a text may speak of %PDF-1.4; no text has a PDF's objects
    handle.seek(found.start())
    return b" obj" in handle.read(_HEAD)


def _as_text(head: bytes, suffix: str) -> FileKind:
    """Plain text, or the kind of text that the suffix says; UNKNOWN for bytes that are no text.

    What is not named .txt has to hold Chinese: ruins of a PDF may be letters and digits alone.
    """
    text = decode_head(head)
    if not text.strip():
        return UNKNOWN
    named = SUFFIXES.get(suffix.lower(), UNKNOWN)
    if named is TEXT or named.code in TEXTUAL:
        return named
    if text.lstrip()[:2] in ('{"', "[{"):
        return FORMATS["json"]
    if named.code in _SHEETS and delimiter(text):
        return FORMATS["csv"]
    return TEXT if count_common(text) >= _FEWEST else UNKNOWN


def delimiter(text: str) -> str:
    r"""What parts the values of a table that is kept as text: what most of its lines hold; blank for other texts.

    >>> delimiter("项目,金额\n合计,1"), delimiter("一、收入,支出")
    (',', '')
    """
    lines = text.splitlines()
    held = {char: sum(char in line for line in lines) for char in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda char: held[char])
    return best if held[best] >= _TABLED else ""
