"""The kinds of file that may lie among accounts: what each is called, which suffixes it bears, what helps with it."""

from __future__ import annotations

from typing import NamedTuple

from jsextract.language.phrase import noted

_OFFICE = noted("Convert it to PDF: soffice --headless --convert-to pdf FILE.")
_UNPACK = noted("Unpack it and give the folder.")
_JOIN = noted("Unpack it with all its parts beside it, and give the folder.")
_SCAN = noted("Put it into a PDF, whose pages are read as pictures with jsextract[ocr].")
_SAVE_XML = noted("If Word, Excel or WPS opens it, save it there as .docx or .xlsx.")
_RENAME = noted("If it is an account's text, rename it to .txt.")


class FileKind(NamedTuple):
    """A kind of file.

    Attributes:
        code: as documents.csv has it.
        name: in words for a person, a phrase of the catalogue; so is `remedy`.
        suffixes: lower-case, with their dots; files of this kind bear one of them.
        remedy: what a user can do with a file of this kind that no reader takes.
    """

    code: str
    name: str
    suffixes: tuple[str, ...] = ()
    remedy: str = ""


UNKNOWN = FileKind("unknown", noted("of no kind that is known"))
PDF = FileKind("pdf", noted("a PDF"), (".pdf",))
TEXT = FileKind("txt", noted("a plain text"), (".txt",))
_ALL = (
    PDF,
    TEXT,
    FileKind("docx", noted("a Word document (docx)"), (".docx", ".docm", ".dotx", ".dotm")),
    FileKind("xlsx", noted("an Excel workbook (xlsx)"), (".xlsx", ".xlsm", ".xltx", ".xltm")),
    FileKind("pptx", noted("a PowerPoint file (pptx)"), (".pptx",), _OFFICE),
    FileKind("doc", noted("an old Word document (doc)"), (".doc", ".dot")),
    FileKind("xls", noted("an old Excel workbook (xls)"), (".xls", ".xlt")),
    FileKind("xlsb", noted("a binary Excel workbook (xlsb)"), (".xlsb",)),
    FileKind("xmlss", noted("an Excel workbook in XML (XML Spreadsheet 2003)")),
    FileKind("ppt", noted("an old PowerPoint file (ppt)"), (".ppt",), _OFFICE),
    FileKind("wps", noted("a WPS document"), (".wps",)),
    FileKind("et", noted("a WPS workbook"), (".et", ".ett")),
    FileKind("dps", noted("a WPS presentation"), (".dps",), _OFFICE),
    FileKind("ole", noted("an old Office file"), (), _OFFICE),
    FileKind("odt", noted("an OpenDocument text (odt)"), (".odt",)),
    FileKind("ods", noted("an OpenDocument spreadsheet (ods)"), (".ods",)),
    FileKind("rtf", noted("an RTF document"), (".rtf",)),
    FileKind("ofd", noted("an OFD document"), (".ofd",)),
    FileKind("epub", noted("an e-book (EPUB)"), (".epub",), noted("Export it to PDF.")),
    FileKind("caj", noted("a CAJ file"), (".caj", ".kdh"), noted("Export it to PDF in its viewer.")),
    FileKind("html", noted("a web page (HTML)"), (".html", ".htm", ".shtml", ".xhtml")),
    FileKind("mht", noted("a saved web page (MHTML)"), (".mht", ".mhtml")),
    FileKind("xml", noted("an XML file"), (".xml",), _SAVE_XML),
    FileKind("json", noted("JSON"), (".json", ".jsonl"), _RENAME),
    FileKind("csv", noted("a text table (CSV)"), (".csv", ".tsv")),
    FileKind("md", noted("a text with Markdown"), (".md",), _RENAME),
    FileKind("log", noted("a log or a settings file"), (".log", ".ini", ".yaml", ".yml", ".toml", ".cfg"), _RENAME),
    FileKind(
        "code", noted("a program's text"), (".py", ".js", ".css", ".sh", ".bat", ".sql", ".r", ".do", ".tex"), _RENAME
    ),
    FileKind("zip", noted("a zip archive"), (".zip",), _UNPACK),
    FileKind("rar", noted("a RAR archive"), (".rar",), _UNPACK),
    FileKind("7z", noted("a 7z archive"), (".7z",), _UNPACK),
    FileKind("volume", noted("a part of an archive in several volumes"), (), _JOIN),
    FileKind("gzip", noted("a gzip archive"), (".gz", ".tgz"), _UNPACK),
    FileKind("tar", noted("a tar archive"), (".tar",), _UNPACK),
    FileKind("png", noted("a PNG image"), (".png",), _SCAN),
    FileKind("jpeg", noted("a JPEG image"), (".jpg", ".jpeg"), _SCAN),
    FileKind("gif", noted("a GIF image"), (".gif",), _SCAN),
    FileKind("bmp", noted("a BMP image"), (".bmp",), _SCAN),
    FileKind("tiff", noted("a TIFF image"), (".tif", ".tiff"), _SCAN),
    FileKind("webp", noted("a WebP image"), (".webp",), _SCAN),
    FileKind(
        "appledouble", noted("what macOS keeps beside a file (its name begins with ._)"), (), noted("Leave it out.")
    ),
    UNKNOWN,
)
FORMATS: dict[str, FileKind] = {kind.code: kind for kind in _ALL}
SUFFIXES: dict[str, FileKind] = {suffix: kind for kind in _ALL for suffix in kind.suffixes}
ARCHIVES = frozenset({"zip", "7z", "rar"})
"""Kinds that are read as folders."""
TEXTUAL = frozenset({"xml", "json", "csv", "md", "log", "code"})
"""Kinds of text that are no prose: bytes cannot tell them from it, their suffix can."""


def suffix_tag(suffix: str) -> str:
    """What of a file's suffix can decide what is made of its content: the kind that it promises, blank for none.

    >>> suffix_tag(".PDF"), suffix_tag(".htm"), suffix_tag(".2024")
    ('pdf', 'html', '')
    """
    kind = SUFFIXES.get(suffix.lower())
    return kind.code if kind else ""
