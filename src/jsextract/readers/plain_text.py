"""Final accounts that were published as web text: lines without pages and boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from jsextract.model.document import Document, Line, Page, numbered
from jsextract.readers.encoding import decode
from jsextract.readers.health import assess
from jsextract.readers.sizes import refuse_lines
from jsextract.vocabulary import Flag

MAX_BYTES = 20 << 20
_TAB = "\t"
_BETWEEN = 3  # blank lines between two rows whose cells hold paragraphs
_FAR_IN = " " * 5  # before the first cell of a row that stands in a later column
_GAP = re.compile(r"(?<=\S)[ \u3000\xa0]{2,}(?=\S)")


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
        TooLarge: if there are more lines than are read.
    """
    text, encoding = decode(data)
    refuse_lines(text.count("\n"))  # before each takes a hundred times the memory of its text
    lines = numbered(Line(page=0, text=line) for line in _printed(_rows_joined(text.splitlines())))
    flags = () if encoding == "utf-8" else (f"{Flag.ENCODING}{encoding}",)
    page = Page(number=0, width=0.0, height=0.0, source="native", lines=lines)
    document = Document(pages=(page,), flags=flags, encoding=encoding)
    return replace(document, health=assess(document, lambda numbers: ()))


def _printed(lines: Iterable[str]) -> Iterator[str]:
    """The lines without the spaces around them; where tabs or wide gaps part cells, those that tell columns stay."""
    in_columns = False
    for line in lines:
        far_in = line.startswith(_FAR_IN)
        in_columns = _GAP.search(line) is not None or (in_columns and far_in)
        if line.count("\t") > 1:
            yield line.strip(" \u3000\xa0\r\n")
        else:
            yield line.rstrip() if in_columns and far_in else line.strip()


def _rows_joined(lines: Sequence[str]) -> Sequence[str]:
    """The lines, with cells that hold paragraphs joined to rows where a browser set a tab on a line of its own.

    It sets a blank line on both sides of the tab, and three at least between two rows.
    """
    if _TAB not in lines:
        return lines
    found: list[str] = []
    row: list[str] | None = None  # its cells so far; the last one is blank until something is printed in it
    blank = 0
    for line in lines:
        if line == _TAB:
            row = [_first_cell(found), ""] if row is None else [*row, ""]
            blank = 0
        elif not line.strip("\t"):
            blank += 1
            if row is not None and blank >= _BETWEEN:
                found.append(_TAB.join(row))
                row = None
            elif row is None:
                found.append(line)
        elif row is not None and not row[-1] and blank < _BETWEEN:
            row[-1], blank = line, 0
        else:
            found += [line] if row is None else [_TAB.join(row), line]
            row, blank = None, 0
    return found if row is None else [*found, _TAB.join(row)]


def _first_cell(found: list[str]) -> str:
    """What stands last among the lines found, taken from them; nothing where a row ended there."""
    blank = len(found) - len(_trimmed(found))
    if blank >= _BETWEEN or blank == len(found):
        return ""
    del found[len(found) - blank :]
    return found.pop()


def _trimmed(lines: Sequence[str]) -> Sequence[str]:
    """The lines without blank ones at the end."""
    end = next((at for at in range(len(lines), 0, -1) if lines[at - 1]), 0)
    return lines[:end]
