"""Grids that close no cells: the edges of fills and frames, between or within which rows stand (色块、外框).

A fill that is as wide as a row has four edges, and so have the filled cells of every other row or of a header; none of
them parts the amounts of the rows beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from jsextract.layout.assign import FilledGrid
from jsextract.layout.texts import is_figure, starts_row, table_texts
from jsextract.layout.titles import is_note, is_title, unit_of
from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import count_cents, is_amount


def open_grids(found: Sequence[FilledGrid], outside: Sequence[Line]) -> list[FilledGrid]:
    """The grids that are none by themselves.

    Args:
        found: of one page, with their text.
        outside: the lines of the page that stand in none of them.
    """
    if not found:
        return []
    crowded = [f for f in found if _is_crowded(f)]
    rest = [f for f in found if not any(f is c for c in crowded)]
    return [*crowded, *_among_rows(rest, outside)] if rest else crowded


def _is_crowded(filled: FilledGrid) -> bool:
    """Whether most amounts share their cell with other text that stands beside them."""
    alone = shared = 0
    for cell in filled.cells:
        for line in cell.lines:
            amounts = count_cents(line.normal)
            if amounts and len(line.text) > LAYOUT.columns.short and len(table_texts(line)) > 1:
                shared += amounts
            else:
                alone += amounts
    return shared > alone


def _among_rows(found: Sequence[FilledGrid], outside: Sequence[Line]) -> list[FilledGrid]:
    """Grids above, below and between which more rows stand than in them."""
    items: list[tuple[float, float, float, FilledGrid | Line]] = [
        (f.grid.ys[0], f.grid.ys[-1], _size(f), f) for f in found
    ]
    items += [(line.box.y0, line.box.y1, line.size, line) for line in outside if line.box is not None]
    items.sort(key=lambda item: item[:2])
    opened: list[FilledGrid] = []
    run: list[FilledGrid | Line] = []
    low = 0.0
    for top, bottom, size, item in items:
        ends = isinstance(item, Line) and _ends(item)
        if run and (ends or top - low > LAYOUT.columns.adjoining * size):
            opened += _opened(run)
            run = []
        if not ends:
            run.append(item)
            low = bottom if len(run) == 1 else max(low, bottom)
    return [*opened, *_opened(run)]


def _size(filled: FilledGrid) -> float:
    """The size of the type in a grid."""
    return max((line.size for cell in filled.cells for line in cell.lines), default=0.0)


def _ends(line: Line) -> bool:
    """Whether a line is no row: a title, a unit, a note."""
    return is_title(line.text) or bool(unit_of(line.text)) or is_note(line.text)


def _opened(run: Sequence[FilledGrid | Line]) -> list[FilledGrid]:
    """The grids of a run of grids and lines, where most rows with amounts stand in none of them."""
    grids = [item for item in run if isinstance(item, FilledGrid)]
    if not grids or len(grids) == len(run):
        return []
    lines = [item for item in run if isinstance(item, Line)]
    held = sum(len({c.row for c in g.cells if is_amount(c.text.replace(",", "，"))}) for g in grids)
    rows = sum(_has_amount(line) or (not held and starts_row(line)) for line in lines)
    if all(g.grid.n_rows == 1 for g in grids) and any(len(table_texts(line)) > 1 for line in lines):
        return grids  # filled rows, and such as are not
    several = rows > 1 or len(grids) > 1 or not held
    return grids if rows and several and rows * LAYOUT.columns.outnumbered >= held else []


def _has_amount(line: Line) -> bool:
    """Whether a line is a row of a table, or its amounts."""
    texts = table_texts(line)
    return any(map(is_figure, texts)) and (len(texts) > 1 or len(line.normal) > 2)
