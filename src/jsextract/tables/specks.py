"""Specks of a copy that were taken for marks, and zeros for letters: 8.50. for 8.50, 2:300.50 for 2,300.50 (墨点)."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import combining, normalize

from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.text.amounts import UNKNOWN
from jsextract.vocabulary import Flag, Reader

MARKS = ".·:：;；,，、'’`"
"""Marks that a speck is taken for."""
_SPECK = rf"[{MARKS}]+"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OF_WHICH = "其中"
_WHOLE = re.compile(rf"-?(?:0|\d{{1,3}}(?:[,，]\d{{3}})*\.\d\d|\d+\.\d\d|{UNKNOWN}+)")
_PARTED = re.compile(rf"-?\d{{1,3}}(?:{_SPECK}\d{{3}})+[.．]\d\d")
_COUNTED = re.compile(r"\d+")
_ROUND = frozenset("oOQDCGaceu")
_ENOUGH = 5  # zeros by which a table is known to print them
_MOST = 0.5  # of the rows have a name in the column of names


def without_specks(table: Table) -> Table:
    """The table; one recognised in pictures has no marks behind its names, or around figures that are whole without.

    A round letter is 0 where a table prints zeros for nothing.
    A mark for the comma of thousands is one where other figures of the table have commas. What may have lost digits
    (`16.`) stays, but in a column of codes, before the names. What stands before a name stays: it may be an ordinal.
    """
    if table.reader != Reader.OCR:
        return table
    commas = any("," in cell.text and _WHOLE.fullmatch(cell.text) for cell in table.cells)
    codes = _columns_before_names(table)
    cells = tuple(_without(cell, commas=commas, whole=cell.col < codes) for cell in table.cells)
    if sum(cell.text == "0" for cell in cells) >= _ENOUGH:
        cells = tuple(_zero(cell) if cell.col > codes else cell for cell in cells)
    return replace(table, cells=cells) if cells != table.cells else table


def figure_without(read: str) -> str:
    """A figure without specks around it or for its commas; as it was read where it is none without."""
    bare = _bare(read)
    if _WHOLE.fullmatch(bare):
        return bare
    return _with_commas(bare) if _PARTED.fullmatch(bare) else read


def _zero(cell: Cell) -> Cell:
    """A cell with 0, doubted, for a round letter alone; the same one else."""
    letters = [char for char in normalize("NFD", _bare(cell.text)) if not combining(char)]
    if len(letters) != 1 or letters[0] not in _ROUND:
        return cell
    return replace(cell, text="0", flags=(*cell.flags, Flag.LOW_CONFIDENCE))


def _columns_before_names(table: Table) -> int:
    """How many columns stand before the first one with a name in most of its rows."""
    named = Counter(cell.col for cell in table.cells if cell.col_span == 1 and _HAN.search(cell.text))
    return next((col for col in range(table.n_cols) if named[col] > table.n_rows * _MOST), 0)


def _bare(text: str) -> str:
    return text.strip().strip(MARKS).strip()


def _without(cell: Cell, *, commas: bool, whole: bool) -> Cell:
    text = cell.text.strip()
    bare = _bare(text)
    if _HAN.search(text):
        clean = text if bare == _OF_WHICH else text.rstrip(MARKS).rstrip()
    elif _WHOLE.fullmatch(bare) or (whole and _COUNTED.fullmatch(bare)):
        clean = bare
    else:
        clean = _with_commas(bare) if commas and _PARTED.fullmatch(bare) else text
    return cell if clean in (text, "") else replace(cell, text=clean)


def _with_commas(figure: str) -> str:
    """A figure with commas for whatever parts its thousands."""
    head, point, cents = figure[:-3], figure[-3], figure[-2:]
    return re.sub(_SPECK, ",", head) + point + cents
