"""Tables of a web page: those of data told from those that arrange it, spans as a browser lays them out (网页表格)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jsextract.errors import TooLarge
from jsextract.language.phrase import phrase
from jsextract.model.document import Cell, Table
from jsextract.readers.web.tree import MAX_CELLS, TAKE_PART, Element, text_of
from jsextract.readers.web.words import cell_words
from jsextract.vocabulary import Reader

_MAX_SPAN = 1000  # as browsers have it
_LONGEST = 3000  # characters: a cell with more holds an article
_FEWEST = 4  # figures in a table that has others within it: with fewer it only arranges them
_FIGURE = re.compile(r"\s*-?[\d,]+(?:\.\d+)?%?\s*")
_GROUPS = ("thead", "tbody", "tfoot")


class Placed(NamedTuple):
    """A cell where a browser puts it: its first row and column, how many it takes, its text."""

    row: int
    col: int
    rows: int
    cols: int
    text: str


def rows_of(table: Element) -> list[list[Element]]:
    """The rows of a table by group, in the order in which they are shown: head, bodies, foot; none of tables within."""
    groups: list[list[Element]] = []
    loose: list[Element] = []
    for child in table:
        if child.tag == "tr":
            if not loose:
                groups.append(loose)
            loose.append(child)
        elif child.tag in _GROUPS:
            loose = []
            groups.append([row for row in child if row.tag == "tr"])
            if child.tag != "tbody":
                groups[-1].insert(0, child)
    heads = [group[1:] for group in groups if group and group[0].tag == "thead"]
    feet = [group[1:] for group in groups if group and group[0].tag == "tfoot"]
    return [*heads, *(group for group in groups if group and group[0].tag == "tr"), *feet]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in {"td", "th"}]


def is_layout(table: Element) -> bool:
    """Whether a table only arranges the page: one row or column, an article in a cell, or tables and few figures."""
    rows = [cells for group in rows_of(table) for row in group if (cells := cells_of(row))]
    if table.get("role") == "presentation" or len(rows) < 2 or max(map(len, rows)) < 2:
        return True
    if table.find(".//table") is None:
        return any(len(text_of(cell)) > _LONGEST for cells in rows for cell in cells)
    own = (text_of(cell) for cells in rows for cell in cells if cell.find(".//table") is None)
    return sum(_FIGURE.fullmatch(text) is not None for text in own) < _FEWEST


def grid_of(table: Element, after: int) -> Table | None:
    """A table that holds data as a grid; None where it has no text.

    Args:
        table: an element.
        after: how many lines of the page stand before it.

    Raises:
        TooLarge: if it has more cells than any real table.
    """
    placed = _compact(list(_placed(rows_of(table))))
    if not any(cell.text for cell in placed):
        return None
    n_rows = max(cell.row + cell.rows for cell in placed)
    n_cols = max(cell.col + cell.cols for cell in placed)
    _refuse(n_rows * n_cols)
    taken = {(r, c) for cell in placed for r in _reach(cell.row, cell.rows) for c in _reach(cell.col, cell.cols)}
    holes = (Placed(r, c, 1, 1, "") for r in range(n_rows) for c in range(n_cols) if (r, c) not in taken)
    cells = tuple(
        Cell(row=cell.row, col=cell.col, row_span=cell.rows, col_span=cell.cols, page=1, box=None, text=cell.text)
        for cell in sorted((*placed, *holes))
    )
    return Table(
        title="", unit="", notes=(), cells=cells, n_rows=n_rows, n_cols=n_cols, pages=(1,), box=None,
        reader=Reader.STATED, after=after,
    )  # fmt: skip


def _reach(start: int, count: int) -> range:
    """The rows or columns that a cell takes."""
    return range(start, start + count)


def _refuse(slots: int) -> None:
    """Raises TooLarge for more places than any real table has."""
    if slots > MAX_CELLS:
        raise TooLarge(phrase("A table of the page has more than {cells} cells.", cells=MAX_CELLS), phrase(TAKE_PART))


def _placed(groups: Sequence[Sequence[Element]]) -> Iterator[Placed]:
    """The cells where a browser puts them; what would lie over another is cut short.

    Raises:
        TooLarge: if they take more places than any real table has.
    """
    row = slots = 0
    for group in groups:
        free: dict[int, int] = {}  # of each column the first row in which nothing from above reaches down
        for index, element in enumerate(group):
            col = 0
            for cell in cells_of(element):
                while free.get(col, 0) > row:
                    col += 1
                wanted = range(1, _span(cell, "colspan"))
                cols = next((n for n in wanted if free.get(col + n, 0) > row), len(wanted) + 1)
                rows = min(_span(cell, "rowspan") or len(group), len(group) - index)
                slots += cols * rows
                _refuse(slots)
                free.update(dict.fromkeys(range(col, col + cols), row + rows))
                yield Placed(row, col, rows, cols, cell_words(text_of(cell)))
                col += cols
            row += 1


def _span(cell: Element, name: str) -> int:
    """How many rows or columns a cell takes; 0 for rows to the end of its group."""
    told = cell.get(name)
    if not told:
        return 1
    found = re.match(r"\s*(\d{1,6})", told)
    number = min(int(found.group(1)), _MAX_SPAN) if found else 1
    return number if name == "rowspan" else max(number, 1)


def _compact(cells: Sequence[Placed]) -> list[Placed]:
    """The cells without rows and columns in which none begins, and without the blank rows at the end."""
    last = max((cell.row for cell in cells if cell.text), default=-1)
    kept = [cell for cell in cells if cell.row <= last]
    rows = {row: index for index, row in enumerate(sorted({cell.row for cell in kept}))}
    cols = {col: index for index, col in enumerate(sorted({cell.col for cell in kept}))}
    return [
        Placed(
            rows[cell.row],
            cols[cell.col],
            sum(row in rows for row in _reach(cell.row, cell.rows)),
            sum(col in cols for col in _reach(cell.col, cell.cols)),
            cell.text,
        )
        for cell in kept
    ]
