"""The kinds of file that may lie among accounts: what each is called, which suffixes it bears, what helps with it."""

from __future__ import annotations

from typing import NamedTuple

_OFFICE = "Convert it to PDF: soffice --headless --convert-to pdf FILE."
_UNPACK = "Unpack it and give the folder."
_SCAN = "It needs OCR: make a PDF with a text layer of it."
_PRINT = "Open it in a browser and print it to a PDF."
_RENAME = "If it is an account's text, rename it to .txt."


class FileKind(NamedTuple):
    """A kind of file.

    Attributes:
        code: as documents.csv has it.
        name: in words for a person.
        suffixes: lower-case, with their dots; files of this kind bear one of them.
        remedy: what a user can do with a file of this kind that no reader takes.
    """

    code: str
    name: str
    suffixes: tuple[str, ...] = ()
    remedy: str = ""


UNKNOWN = FileKind("unknown", "of no kind that is known")
PDF = FileKind("pdf", "a PDF", (".pdf",))
TEXT = FileKind("txt", "a plain text", (".txt",))
_ALL = (
    PDF,
    TEXT,
    FileKind("docx", "a Word document (docx)", (".docx", ".docm"), _OFFICE),
    FileKind("xlsx", "an Excel workbook (xlsx)", (".xlsx", ".xlsm"), _OFFICE),
    FileKind("pptx", "a PowerPoint file (pptx)", (".pptx",), _OFFICE),
    FileKind("doc", "an old Word document (doc)", (".doc",), _OFFICE),
    FileKind("xls", "an old Excel workbook (xls)", (".xls",), _OFFICE),
    FileKind("ppt", "an old PowerPoint file (ppt)", (".ppt",), _OFFICE),
    FileKind("wps", "a WPS document", (".wps",), _OFFICE),
    FileKind("et", "a WPS workbook", (".et",), _OFFICE),
    FileKind("dps", "a WPS presentation", (".dps",), _OFFICE),
    FileKind("ole", "an old Office file", (), _OFFICE),
    FileKind("odt", "an OpenDocument text (odt)", (".odt",), _OFFICE),
    FileKind("ods", "an OpenDocument spreadsheet (ods)", (".ods",), _OFFICE),
    FileKind("rtf", "an RTF document", (".rtf",), _OFFICE),
    FileKind("ofd", "an OFD document", (".ofd",), "Export it to PDF in an OFD viewer."),
    FileKind("epub", "an e-book (EPUB)", (".epub",), "Export it to PDF."),
    FileKind("caj", "a CAJ file", (".caj", ".kdh"), "Export it to PDF in its viewer."),
    FileKind("html", "a web page (HTML)", (".html", ".htm", ".shtml", ".xhtml"), _PRINT),
    FileKind("mht", "a saved web page (MHTML)", (".mht", ".mhtml"), _PRINT),
    FileKind("xml", "an XML file", (".xml",), _RENAME),
    FileKind("json", "JSON", (".json", ".jsonl"), _RENAME),
    FileKind("csv", "a text table (CSV)", (".csv", ".tsv"), _RENAME),
    FileKind("md", "a text with Markdown", (".md",), _RENAME),
    FileKind("log", "a log or a settings file", (".log", ".ini", ".yaml", ".yml", ".toml", ".cfg"), _RENAME),
    FileKind("code", "a program's text", (".py", ".js", ".css", ".sh", ".bat", ".sql", ".r", ".do", ".tex"), _RENAME),
    FileKind("zip", "a zip archive", (".zip",), _UNPACK),
    FileKind("rar", "a RAR archive", (".rar",), _UNPACK),
    FileKind("7z", "a 7z archive", (".7z",), _UNPACK),
    FileKind("gzip", "a gzip archive", (".gz", ".tgz"), _UNPACK),
    FileKind("tar", "a tar archive", (".tar",), _UNPACK),
    FileKind("png", "a PNG image", (".png",), _SCAN),
    FileKind("jpeg", "a JPEG image", (".jpg", ".jpeg"), _SCAN),
    FileKind("gif", "a GIF image", (".gif",), _SCAN),
    FileKind("bmp", "a BMP image", (".bmp",), _SCAN),
    FileKind("tiff", "a TIFF image", (".tif", ".tiff"), _SCAN),
    FileKind("webp", "a WebP image", (".webp",), _SCAN),
    FileKind("appledouble", "what macOS keeps beside a file (its name begins with ._)", (), "Leave it out."),
    UNKNOWN,
)
FORMATS: dict[str, FileKind] = {kind.code: kind for kind in _ALL}
SUFFIXES: dict[str, FileKind] = {suffix: kind for kind in _ALL for suffix in kind.suffixes}
TEXTUAL = frozenset({"xml", "json", "csv", "md", "log", "code"})
"""Kinds of text that are no prose: bytes cannot tell them from it, their suffix can."""


def suffix_tag(suffix: str) -> str:
    """What of a file's suffix can decide what is made of its content: the kind that it promises, blank for none.

    >>> suffix_tag(".PDF"), suffix_tag(".htm"), suffix_tag(".2024")
    ('pdf', 'html', '')
    """
    kind = SUFFIXES.get(suffix.lower())
    return kind.code if kind else ""
