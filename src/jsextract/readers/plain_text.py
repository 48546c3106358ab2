"""Final accounts that were published as web text: lines without pages and boxes."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.model.document import Document, Line, Page, numbered
from jsextract.readers.encoding import decode
from jsextract.readers.health import assess
from jsextract.vocabulary import Flag

MAX_BYTES = 20 << 20


def read_plain_text(data: bytes, password: str | None = None) -> Document:
    """The lines of a text; blank ones are kept, since they part paragraphs.

    Args:
        data: in UTF-8, GB18030 or UTF-16.
        password: no text needs one.

    Returns:
        One page with number 0; the flag `encoding:NAME` where the text is not in UTF-8.

    Raises:
        Corrupt: if the bytes are in no encoding that is known.
        Garbled: if the characters are no Unicode.
    """
    text, encoding = decode(data)
    lines = numbered(Line(page=0, text=_printed(line)) for line in text.splitlines())
    flags = () if encoding == "utf-8" else (f"{Flag.ENCODING}{encoding}",)
    page = Page(number=0, width=0.0, height=0.0, source="native", lines=lines)
    document = Document(pages=(page,), flags=flags, encoding=encoding)
    return replace(document, health=assess(document, lambda numbers: ()))


def _printed(line: str) -> str:
    """A line without the spaces around it; where tabs part it they all stay, since they stand for blank cells."""
    return line.strip(" \u3000\xa0\r\n") if line.count("\t") > 1 else line.strip()
