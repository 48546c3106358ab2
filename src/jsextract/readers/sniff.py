"""What a file is that is no PDF, told from its first bytes."""

from __future__ import annotations

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls, wps)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"CAJ", "a CAJ file"),
    (b"KDH", "a CAJ file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x00\x05\x16\x07", "what macOS keeps beside a file (its name begins with ._)"),
)
_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"OFD.xml", "an OFD document"),
    (b"word/", "a Word document (docx)"),
    (b"xl/", "an Excel workbook (xlsx)"),
    (b"ppt/", "a PowerPoint file (pptx)"),
    (b"opendocument.text", "an OpenDocument text (odt)"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (ods)"),
)


def sniff(head: bytes, tail: bytes = b"") -> str:
    """What the bytes look like, in words for a person; blank where nothing is recognised.

    Args:
        head: the first bytes of the file (some thousands).
        tail: the last ones, where a zip archive lists its members.
    """
    if head[:4] == b"PK\x03\x04":
        return next((name for mark, name in _ZIP if mark in head or mark in tail), "a zip archive")
    for mark, name in _MAGIC:
        if head.startswith(mark):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<head", b"<body")) or b"<html" in text[:1024]:
        return "a web page (HTML)"
    if text.startswith(b"<?xml"):
        return "an XML file"
    if text[:1] in (b"{", b"["):
        return "JSON"
    return ""
