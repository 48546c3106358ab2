"""Tables kept as text, a row on each line (.csv, .tsv, and such texts named .xls), as sheets (文本表格)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.readers.encoding import decode
from jsextract.readers.sheets.book import SAVE_AGAIN, SheetCell, SheetData, refuse_more
from jsextract.readers.sniff import delimiter

_AS_TEXT = re.compile(r'="?(?P<text>[^"]*)"?')  # ="0801": how exports keep a code from being taken for a number
_NAME = "csv"


def text_sheet(data: bytes) -> tuple[SheetData, str]:
    """The one sheet of a text table, and its encoding.

    Every value of it is a text, so that none is told to be one that looks like a number.

    Raises:
        Corrupt, Garbled: if its bytes are no text, or a quotation in it has no end.
        TooLarge: if it has more cells than any account.
    """
    text, encoding = decode(data)
    cells: dict[tuple[int, int], SheetCell] = {}
    for row, values in enumerate(_rows(text)):
        cells.update(((row, column), SheetCell(value)) for column, value in enumerate(values) if value)
        refuse_more(len(cells))
    return SheetData(number=1, name=_NAME, cells=cells), encoding


def _rows(text: str) -> Iterator[list[str]]:
    """The values of each row, without the spaces around them."""
    try:
        for values in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text) or ","):
            yield [_value(value) for value in values]
    except csv.Error as error:
        raise Corrupt(phrase("The text table cannot be read ({error}).", error=error), phrase(SAVE_AGAIN)) from error


def _value(text: str) -> str:
    plain = text.strip()
    kept = _AS_TEXT.fullmatch(plain)
    return kept["text"] if kept else plain
