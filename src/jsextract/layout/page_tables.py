"""The closed grids of one page with their text, and what stands outside them (一页之表)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid, fill, from_table
from jsextract.layout.grid import Grid, find_grids
from jsextract.layout.infer_rulings import infer_rulings
from jsextract.layout.open_grids import open_grids
from jsextract.layout.row_split import split_rows
from jsextract.layout.titles import is_title
from jsextract.model.document import Line, Page, Table
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import without_unit


class PageTables(Struct, frozen=True):
    """A page's grids with their text, what is outside them, and the indices of lines that the grids touch."""

    filled: tuple[FilledGrid, ...]
    outside: tuple[Line, ...]
    touched: frozenset[int]
    dropped: int


def is_titled(page: PageTables) -> bool:
    """Whether a title stands over the first grid of a page."""
    top = page.filled[0].grid.ys[0]
    return any(is_title(without_unit(line.text)) for line in page.outside if line.box and line.box.cy < top)


def fill_page(page: Page, *, inferred: bool = False, loose: bool = False, middle: float | None = None) -> PageTables:
    """The page's closed grids with their text; none where they are not trusted.

    Args:
        page: as read.
        inferred: whether rulings are inferred from the texts.
        loose: whether no grid is taken for closed.
        middle: where two pages meet on a sheet.
    """
    grids = [] if loose else find_grids(page.number, page.rulings)
    filled = _fill_grids(grids, page.lines, inferred=inferred)
    opened = [f.grid for f in open_grids(filled.filled, filled.outside)]
    if opened:
        filled = _fill_grids([g for g in grids if g not in opened], page.lines, inferred=inferred)
    beside = tuple(replace(f, leftover=_left_beside(f.grid, filled.outside, middle)) for f in filled.filled)
    return replace(filled, filled=beside, touched=touched_lines(page, filled.outside))


def _fill_grids(grids: Sequence[Grid], lines: tuple[Line, ...], *, inferred: bool) -> PageTables:
    """The grids that are tables, and what no grid holds."""
    found: list[FilledGrid] = []
    dropped = 0
    for grid in grids:
        filled = fill(grid, lines)
        parted = split_rows(filled)
        if parted is not None:
            filled = fill(parted, lines)
        if inferred and filled.text:
            filled = infer_rulings(filled, lines)
        if not filled.text:
            dropped += len(grid.spans) > 1
        elif _is_table(filled):
            found.append(filled)
            lines = filled.rest
    found.sort(key=lambda f: f.grid.ys[0])
    return PageTables(tuple(found), lines, frozenset(), dropped)


def touched_lines(page: Page, outside: Sequence[Line]) -> frozenset[int]:
    """The indices of the page's lines that are not whole among those outside its grids."""
    whole = {line.index for line in outside if len(line.text) == len(page.lines[line.index].text)}
    return frozenset(range(len(page.lines))) - whole


def _left_beside(grid: Grid, lines: Sequence[Line], middle: float | None) -> str:
    """The characters that stand beside a grid on its page, between its top and its bottom, and in no other."""
    low, high = grid.ys[0], grid.ys[-1]
    return "".join(
        line.normal
        for line in lines
        if line.box
        and low < line.box.cy < high
        and (middle is None or (line.box.cx > middle) == (grid.box.cx > middle))
    )


def adopt_page(page: Page, tables: Sequence[Table]) -> PageTables:
    """The page with the tables that another reader saw."""
    lines: tuple[Line, ...] = page.lines
    found: list[FilledGrid] = []
    placed = [(table.box, table) for table in tables if table.box]
    for box, table in sorted(placed, key=lambda p: (-p[0].width * p[0].height, p[0])):
        if any(box.overlaps(other.grid.box) for other in found):
            continue
        filled = from_table(table, lines)
        if _is_table(filled):
            found.append(filled)
            lines = filled.rest
    found.sort(key=lambda f: f.grid.ys[0])
    return PageTables(tuple(found), lines, touched_lines(page, lines), 0)


def _is_table(filled: FilledGrid) -> bool:
    """Whether a ruled area is a table, not a frame around running text, a single box or a drawing."""
    grid = filled.grid
    if grid.n_cols < 2 or len(grid.spans) < 2:
        return False
    lengths = sorted((len(c.text) for c in filled.cells), reverse=True)
    own = LAYOUT.table
    frame = lengths[0] > own.frame and lengths[0] > own.frame_share * sum(lengths)
    return not frame and sum(n > 0 for n in lengths) > 1
