"""Final accounts that were published as web text: lines without pages and boxes."""

from __future__ import annotations

from jsextract.errors import Corrupt
from jsextract.model.document import Line, Page, Source, numbered


def read_text(data: bytes) -> Source:
    """The lines of a UTF-8 text; blank ones are kept, since they part paragraphs.

    Raises:
        Corrupt: if the bytes are no UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Corrupt(f"The text is not UTF-8 (byte {error.start}).", "Convert it to UTF-8 first.") from error
    lines = numbered(Line(page=0, text=line.strip()) for line in text.splitlines())
    return Source(pages=(Page(number=0, width=0.0, height=0.0, source="native", lines=lines),))
