"""Cells that reach down over several rows where each row should have its own (纵向并格)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jsextract.model.document import Cell, Table
from jsextract.tables.header import slots_of
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_amount, is_code

_CODE_HEADS = frozenset({"类", "款", "项", "类款项"})


def count_reaching(table: Table) -> int:
    """How many cells take in rows that are not theirs.

    A blank place or an amount that goes on beside the next row's name, and words that go on beside figures or blank
    places of a row: a ruling is missing under them, and the next row has lost a cell. Names of several rows stand left
    of all figures, and 类 款 项 reach down beside the first total by design.
    """
    if all(cell.row_span == 1 for cell in table.cells):
        return 0
    slots = slots_of(table)
    return sum(_takes_in(cell, slots) for cell in table.cells if cell.row_span > 1 and cell.col_span == 1)


def _takes_in(cell: Cell, slots: Sequence[Sequence[Cell]]) -> bool:
    """Whether a cell reaches into a row that has places of its own beside it."""
    words = squeeze(cell.text)
    rows = range(cell.row + 1, min(cell.row + cell.row_span, len(slots)))
    if not words or is_amount(words):
        return any(_is_named(slots[row][: cell.col], row) for row in rows)
    return words not in _CODE_HEADS and any(_is_filled(slots[row], row, cell) for row in rows)


def _is_named(left: Sequence[Cell], row: int) -> bool:
    """Whether the next place to the left that is not blank has words, and begins in this row."""
    beside = next((c for c in reversed(left) if c.text and not squeeze(c.text).isdigit()), None)
    return beside is not None and beside.row == row and not is_amount(squeeze(beside.text))


def _is_filled(slots: Sequence[Cell], row: int, cell: Cell) -> bool:
    """Whether most places of a row hold figures or nothing, and one to the left does or holds a code."""
    places = list(_places(slots, row))
    before = any(c.col < cell.col and (not c.text or is_amount(squeeze(c.text)) or is_code(c.text)) for c in places)
    own = sum(not c.text or is_amount(squeeze(c.text)) for c in places)
    return before and own * 2 > len(slots)


def _places(slots: Sequence[Cell], row: int) -> Iterator[Cell]:
    """The cells of one column that begin in a row."""
    return (c for i, c in enumerate(slots) if c.row == row and c.col == i and c.col_span == 1)
