"""What a cell of a sheet shows, and what is to be said of it (单元格显示值)."""

from __future__ import annotations

from jsextract.errors import TooLarge
from jsextract.language.phrase import phrase
from jsextract.readers.sheets.book import MAX_TEXT, TAKE_OUT, SheetCell
from jsextract.readers.sheets.number_format import is_red, shown
from jsextract.text.amounts import parse_number
from jsextract.vocabulary import Flag

ERRORS = frozenset({"#REF!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#VALUE!", "#DIV/0!"})
"""What is shown of a formula that failed."""


def number_cell(value: float, code: str, *, since_1904: bool, zeros: bool = True) -> SheetCell | None:
    """What a number shows; None where nothing is seen of it.

    Args:
        value: as stored.
        code: its number format.
        since_1904: whether days are counted from 1904.
        zeros: whether the sheet shows zeros.
    """
    text = shown(value, code, since_1904=since_1904) if value or zeros else ""
    red = (Flag.COLOUR_NEGATIVE,) if value < 0 and is_red(value, code) else ()
    return SheetCell(text.strip(), red) if text.strip() else None


def text_cell(text: str) -> SheetCell | None:
    """What a text shows; one that looks like a number, or says that a formula failed, is told of; None for blanks.

    Raises:
        TooLarge: if it is longer than any cell can be.
    """
    if len(text) > MAX_TEXT:
        raise TooLarge(
            phrase("A cell of the workbook holds more than {most} characters.", most=MAX_TEXT), phrase(TAKE_OUT)
        )
    if not text.strip():
        return None
    if text in ERRORS:
        return SheetCell(text, (Flag.FORMULA_UNEVALUATED,))
    return SheetCell(text.strip(), (Flag.NUMBER_AS_TEXT,) if parse_number(text) is not None else ())
