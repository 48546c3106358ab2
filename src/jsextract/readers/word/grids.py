"""Tables of Word as grids: spans by columns, cells merged down, changes accepted (Word 表格)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.errors import TooLarge
from jsextract.language.phrase import phrase
from jsextract.model.document import Cell, Table
from jsextract.readers.package import Element, local
from jsextract.readers.word.tags import W, child, number, switch, value
from jsextract.vocabulary import Reader

MAX_PLACES = 500_000
"""Rows times columns of one table: real ones have some thousand."""
_MAX_SPAN = 1000
_FEWEST = 4  # figures in a table that has others within it: with fewer it only arranges them
_FIGURE = re.compile(r"\s*-?[\d,]+(?:\.\d+)?%?\s*")
_ROWS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


class Slot(Struct, frozen=True):
    """A cell where Word puts it: its element, first row and column, how many it takes."""

    element: Element
    row: int
    col: int
    rows: int
    cols: int


def within(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in controls or inserted; none of tables within."""
    for element in parent:
        name = local(element)
        if name == wanted:
            yield element
        elif name in _ROWS:
            yield from within(element, wanted)


def slots_of(table: Element) -> tuple[list[Slot], list[Element]]:
    """The cells of a table, each once, and the rows that nobody sees; rows that were deleted are neither.

    Raises:
        TooLarge: if it takes more places than any real table.
    """
    found: list[Slot] = []
    hidden: list[Element] = []
    open_at: dict[tuple[int, int], int] = {}  # (column, columns) to where in `found` the cell from above stands
    row = wide = 0
    for element in within(table, "tr"):
        properties = child(element, "trPr")
        if child(properties, "del") is not None:
            continue
        if switch(properties, "hidden"):
            hidden.append(element)
            continue
        col = _span(child(properties, "gridBefore"), 0)
        reached: dict[tuple[int, int], int] = {}
        for cell in within(element, "tc"):
            said = child(cell, "tcPr")
            if child(said, "cellDel") is not None:
                continue  # a change that takes the cell out
            cols = _span(child(said, "gridSpan"), 1)
            merge = child(said, "vMerge")
            above = open_at.get((col, cols)) if merge is not None and value(merge) != "restart" else None
            if above is not None:
                found[above] = replace(found[above], rows=found[above].rows + 1)
            elif value(child(said, "hMerge")) == "continue" and found and found[-1].row == row:
                found[-1] = replace(found[-1], cols=found[-1].cols + cols)
            else:
                found.append(Slot(cell, row, col, 1, cols))
            if merge is not None:
                reached[col, cols] = len(found) - 1 if above is None else above
            col += cols
        wide = max(wide, col)
        open_at, row = reached, row + 1
        if row * wide > MAX_PLACES:
            raise TooLarge(phrase("A table of the file has more than {most} cells.", most=MAX_PLACES))
    return found, hidden


def _span(element: Element | None, default: int) -> int:
    """How many columns something takes."""
    return min(max(number(element, default), default), _MAX_SPAN)


def arranges(slots: Sequence[Slot]) -> bool:
    """Whether a table only arranges text: a single cell, or other tables within it and few figures of its own."""
    if len(slots) < 2:
        return True
    plain = [slot.element for slot in slots if next(slot.element.iter(W + "tbl"), None) is None]
    if len(plain) == len(slots):
        return False
    texts = ("".join(text.text or "" for text in element.iter(W + "t")) for element in plain)
    return sum(_FIGURE.fullmatch(text) is not None for text in texts) < _FEWEST


def grid_of(slots: Sequence[Slot], texts: Sequence[str], after: int) -> Table | None:
    """The cells as a grid, `after` so many lines of the page; None where nothing stands in them."""
    placed = _compact([(slot, text) for slot, text in zip(slots, texts, strict=True)])
    if not any(text for _, text in placed):
        return None
    n_rows = max(slot.row + slot.rows for slot, _ in placed)
    n_cols = max(slot.col + slot.cols for slot, _ in placed)
    taken = {
        (row, col)
        for slot, _ in placed
        for row in range(slot.row, slot.row + slot.rows)
        for col in range(slot.col, slot.col + slot.cols)
    }
    cells = [_cell(slot.row, slot.col, slot.rows, slot.cols, text) for slot, text in placed]
    cells += [_cell(r, c, 1, 1, "") for r in range(n_rows) for c in range(n_cols) if (r, c) not in taken]
    return Table(
        title="", unit="", notes=(), cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), n_rows=n_rows,
        n_cols=n_cols, pages=(1,), box=None, reader=Reader.STATED, after=after,
    )  # fmt: skip


def _cell(row: int, col: int, rows: int, cols: int, text: str) -> Cell:
    return Cell(row=row, col=col, row_span=rows, col_span=cols, page=1, box=None, text=text)


def _compact(placed: list[tuple[Slot, str]]) -> list[tuple[Slot, str]]:
    """The cells without columns in which none begins or ends, and without the blank rows at the end."""
    last = max((slot.row + slot.rows - 1 for slot, text in placed if text), default=-1)
    kept = [(slot, text) for slot, text in placed if slot.row <= last]
    cols = {col: index for index, col in enumerate(sorted({slot.col for slot, _ in kept}))}
    return [
        (
            replace(
                slot,
                rows=min(slot.rows, last + 1 - slot.row),
                col=cols[slot.col],
                cols=sum(col in cols for col in range(slot.col, slot.col + slot.cols)),
            ),
            text,
        )
        for slot, text in kept
    ]
