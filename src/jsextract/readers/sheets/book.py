"""A workbook before anything is understood of it: sheets of cells with what they show (工作簿)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from jsextract.errors import TooLarge
from jsextract.language.phrase import noted, phrase
from jsextract.readers.shapes import Shape

MAX_CELLS = 300_000
"""Filled cells of a workbook: real accounts have some thousand."""
MAX_MERGED = 50_000
MAX_TEXT = 32_767
"""Characters of one cell: no spreadsheet program writes more."""
TAKE_OUT = noted("Take out what is no account.")
SAVE_AGAIN = noted("Open it in a spreadsheet program and save it again as .xlsx.")
UNLOCK = noted("Save it without a password.")


class SheetCell(NamedTuple):
    """What one cell shows, and what is to be said of it (flags of cells.csv)."""

    text: str
    flags: tuple[str, ...] = ()


class Area(NamedTuple):
    """Merged cells, ends included; 0-based."""

    top: int
    left: int
    bottom: int
    right: int


class Anchored(NamedTuple):
    """A picture on a sheet, and the cells whose middle lies under it: none where the area ends before it begins."""

    shape: Shape
    area: Area


class SheetData(Struct, frozen=True, kw_only=True):
    """One sheet; rows and columns are counted from 0.

    Attributes:
        number: its place in the workbook, from 1.
        hidden: whether nobody sees it.
        cells: the cells that show something, by (row, column).
        merged: areas that are one cell each; they overlap in no sound file.
        hidden_rows, hidden_columns: those that nobody sees.
        pictures: those on it.
    """

    number: int
    name: str
    hidden: bool = False
    cells: Mapping[tuple[int, int], SheetCell]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    pictures: tuple[Anchored, ...] = ()


def refuse_more(count: int) -> None:
    """Raises TooLarge where a workbook has more filled cells than any account."""
    if count > MAX_CELLS:
        raise TooLarge(phrase("The workbook has more than {most} filled cells.", most=MAX_CELLS), phrase(TAKE_OUT))
