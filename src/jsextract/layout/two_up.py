"""Two pages on one sheet: told by the white between them, and read one after the other (一纸两页)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid, piece
from jsextract.layout.titles import is_title
from jsextract.model.document import Line, Page, numbered
from jsextract.model.geometry import Box
from jsextract.model.settings import LAYOUT


def parted_sheets(pages: Sequence[Page]) -> tuple[tuple[Page, ...], dict[int, float]]:
    """The pages with their lines cut where two pages meet on a sheet, and where that is on each.

    All wide sheets of a document have two pages or none: nothing stands in the middle of any, and on one at least a
    title stands on either side. A page by itself is two where titles stand beside each other on one line.
    """
    wide = [page for page in pages if page.lines and page.width > page.height * LAYOUT.columns.wide]
    if not all(_is_clear(page) for page in wide) or not any(_has_two_titles(page) for page in wide):
        wide = [page for page in pages if _has_titles_abreast(page) and _is_clear(page)]
    middles = {page.number: page.width / 2 for page in wide}
    return tuple(_parted(page) if page.number in middles else page for page in pages), middles


def _has_titles_abreast(page: Page) -> bool:
    """Whether titles of two tables stand on one line, on either side of the middle."""
    twice = (line for line in page.lines if line.edges and line.text.count("表") > 1)
    return any(
        all(side is not None and is_title(side.text) for side in _halves(line, page.width / 2)) for line in twice
    )


def _is_clear(page: Page) -> bool:
    """Whether no character stands in the middle of a page."""
    low, high = page.width * (0.5 - LAYOUT.columns.fold), page.width * (0.5 + LAYOUT.columns.fold)
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
