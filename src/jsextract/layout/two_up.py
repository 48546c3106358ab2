"""Two pages on one sheet: told by the white between them, and read one after the other (一纸两页)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid, piece
from jsextract.layout.titles import is_title
from jsextract.model.document import Line, Page, numbered
from jsextract.model.geometry import Box
from jsextract.model.settings import LAYOUT

_RULINGS = 3  # level ones of the smallest table
_SIZE = 0.1  # of a sheet's width: scans of one size differ by less
_STROKE = 0.1  # of a page's width: shorter ones may be strokes of type


def parted_sheets(pages: Sequence[Page]) -> tuple[tuple[Page, ...], dict[int, float]]:
    """The pages with their lines cut where two pages meet on a sheet, and where that is on each.

    All wide sheets of one size have two pages or none: nothing stands in the middle of any, and on one at least a
    title stands on either side, or a table on one side and words on the other. A page by itself is two where titles
    stand beside each other on one line.
    """
    wide = [page for page in pages if page.lines and page.width > page.height * LAYOUT.columns.wide]
    parted = [page for sheets in _by_size(wide) if _have_two(sheets) for page in sheets]
    parted = parted or [page for page in pages if _has_titles_abreast(page) and _is_clear(page)]
    middles = {page.number: page.width / 2 for page in parted}
    return tuple(_parted(page) if page.number in middles else page for page in pages), middles


def _by_size(sheets: Iterable[Page]) -> list[list[Page]]:
    """The sheets, those of one size together."""
    groups: list[list[Page]] = []
    for sheet in sorted(sheets, key=lambda sheet: sheet.width):
        if groups and sheet.width < groups[-1][0].width * (1 + _SIZE):
            groups[-1].append(sheet)
        else:
            groups.append([sheet])
    return groups


def _have_two(sheets: Sequence[Page]) -> bool:
    """Whether sheets of one size have two pages each."""
    two = any(_has_two_titles(sheet) or _has_table_beside(sheet) for sheet in sheets)
    return two and all(_is_clear(sheet) for sheet in sheets)


def _has_titles_abreast(page: Page) -> bool:
    """Whether titles of two tables stand on one line, on either side of the middle."""
    twice = (line for line in page.lines if line.edges and line.text.count("表") > 1)
    return any(
        all(side is not None and is_title(side.text) for side in _halves(line, page.width / 2)) for line in twice
    )


def _is_clear(page: Page) -> bool:
    """Whether no character stands in the middle of a page, and no table."""
    low, high = page.width * (0.5 - LAYOUT.columns.fold), page.width * (0.5 + LAYOUT.columns.fold)
    if sum(ruling.horizontal and ruling.x0 < low and ruling.x1 > high for ruling in page.rulings) >= _RULINGS:
        return False
    return not any(
        a < high and b > low and char != " "
        for line in page.lines
        if line.box is not None and line.box.x0 < high and line.box.x1 > low
        for char, (a, b) in zip(line.text, line.edges, strict=False)
    )


def _halves(line: Line, middle: float) -> tuple[Line | None, Line | None]:
    """What stands left and right of the middle."""
    cut = next((i for i, (a, _) in enumerate(line.edges) if a > middle), len(line.text))
    return piece(line, 0, cut), piece(line, cut, len(line.text))


def _has_two_titles(page: Page) -> bool:
    """Whether titles of tables stand on both sides of a page."""
    parts = [_halves(line, page.width / 2) for line in page.lines]
    return all(any(side is not None and is_title(side.text) for side in sides) for sides in zip(*parts, strict=True))


def _has_table_beside(page: Page) -> bool:
    """Whether a table is drawn on one side of the middle, and nothing but words on the other."""
    middle = page.width / 2
    level = [r for r in page.rulings if r.horizontal and r.x1 - r.x0 > page.width * _STROKE]
    left, right = sum(r.x1 < middle for r in level), sum(r.x0 > middle for r in level)
    words = zip(*(_halves(line, middle) for line in page.lines if line.edges), strict=True)
    return len(level) == max(left, right) >= _RULINGS and all(any(side) for side in words)


def _parted(page: Page) -> Page:
    """A page with the lines of its left half before those of its right one."""
    parts = [_halves(line, page.width / 2) for line in page.lines if line.edges]
    left, right = ([side for side in sides if side is not None] for sides in zip(*parts, strict=True))
    return replace(page, lines=numbered([*left, *right]))


def moved_lines(lines: Iterable[Line], by: float) -> list[Line]:
    """The lines so much further to the right."""
    return [
        replace(line, box=_moved(line.box, by), edges=tuple([(a + by, b + by) for a, b in line.edges]))
        for line in lines
    ]


def moved_grid(filled: FilledGrid, by: float) -> FilledGrid:
    """A grid with all that stands in it, so much further to the right."""
    if not by:
        return filled
    cells = tuple(
        replace(cell, box=_moved(cell.box, by), lines=tuple(moved_lines(cell.lines, by))) for cell in filled.cells
    )
    grid = replace(filled.grid, xs=tuple([x + by for x in filled.grid.xs]))
    return replace(filled, grid=grid, cells=cells)


def _moved(box: Box | None, by: float) -> Box | None:
    """A box so much further to the right."""
    return None if box is None else Box(box.x0 + by, box.y0, box.x1 + by, box.y1)
