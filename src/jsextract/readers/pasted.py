"""Tables pasted as pictures into typed pages: read where they stand, the rest of the page left as it is (贴图表格)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.model.document import Line, Mark, Page, Ruling, numbered
from jsextract.model.geometry import Box
from jsextract.readers.page_work import MAX_PAGES, PageWork, Picture, recognised
from jsextract.readers.recognised import Recognised

if TYPE_CHECKING:
    from PIL import Image

_LEVEL, _UPRIGHT = 3, 2  # rulings of the smallest table
_FIGURES = 4
_AT_MOST = 6  # pictures of one page; more are no tables

log = logging.getLogger(__name__)


def with_pasted_tables(pages: Iterable[Page], draw: Callable[[Page], Image.Image], work: PageWork) -> tuple[Page, ...]:
    """The pages, typed ones with the tables that their pictures show.

    Args:
        pages: of one document, with the places of their pictures.
        draw: makes the picture of an upright page; raises Corrupt where it cannot.
        work: who reads, for how long.
    """
    pages = tuple(pages)
    bare = {p.number: _bare(p) for p in pages if p.source == "native" and p.pictures}
    wanted = [number for number, boxes in bare.items() if 0 < len(boxes) <= _AT_MOST][:MAX_PAGES]
    return tuple(_with_tables(p, bare[p.number], draw, work) if p.number in wanted else p for p in pages)


def _bare(page: Page) -> list[Box]:
    """The places of a page's pictures on which nothing is typed."""
    return [box for box in page.pictures if not _has_text(page, box)]


def _with_tables(page: Page, bare: Iterable[Box], draw: Callable[[Page], Image.Image], work: PageWork) -> Page:
    try:
        image = draw(page)
    except Corrupt:
        log.debug("page %d cannot be drawn", page.number, exc_info=True)
        return page
    for box in bare:
        seen = recognised(_cut(image, page, box), work, page.number)
        if seen is not None and _fits(seen):
            page = _pasted(page, box, seen)
    return page


def _has_text(page: Page, box: Box) -> bool:
    """Whether the page has text of its own there: then the picture is a ground, or shows what was typed again."""
    return any(
        line.text.strip() and line.box is not None and box.holds(line.box.cx, line.box.cy) for line in page.lines
    )


def _cut(image: Image.Image, page: Page, box: Box) -> Picture:
    scale = image.width / page.width
    edges = (round(box.x0 * scale), round(box.y0 * scale), round(box.x1 * scale), round(box.y1 * scale))
    return Picture(box.x1 - box.x0, box.y1 - box.y0, image.crop(edges))


def shows_table(lines: Iterable[Line], rulings: Sequence[Ruling]) -> bool:
    """Whether figures in a grid are seen in a picture; in a photograph, an emblem or a chart they are not."""
    level = sum(ruling.horizontal for ruling in rulings)
    figures = sum(any(char.isdigit() for char in line.text) for line in lines)
    return level >= _LEVEL and len(rulings) - level >= _UPRIGHT and figures >= _FIGURES


def _pasted(page: Page, box: Box, seen: Recognised) -> Page:
    """The page with what is seen in one of its pictures, at its place there."""
    lines = (replace(moved_line(line, box), page=page.number) for line in seen.lines)
    rulings = (Ruling(r.x0 + box.x0, r.y0 + box.y0, r.x1 + box.x0, r.y1 + box.y0) for r in seen.rulings)
    marks = (Mark(mark.flag, moved(mark.box, box)) for mark in seen.marks)
    every = sorted((*page.lines, *lines), key=lambda line: line.box.y0 if line.box else 0.0)
    return replace(
        page,
        lines=numbered(every),
        rulings=(*page.rulings, *rulings),
        marks=(*page.marks, *marks),
        recognised=(*page.recognised, box),
    )


def _fits(seen: Recognised) -> bool:
    """Whether a picture shows a table that stands on its page as it does in the picture: upright and flat."""
    return not seen.turned and seen.bend is None and shows_table(seen.lines, seen.rulings)


def moved(place: Box, to: Box) -> Box:
    """A place in a picture as one on the page, where the picture's upper left corner is that of `to`."""
    return Box(place.x0 + to.x0, place.y0 + to.y0, place.x1 + to.x0, place.y1 + to.y0)


def moved_line(line: Line, to: Box) -> Line:
    """A line in a picture as one on the page, as `moved`."""
    edges = tuple((x0 + to.x0, x1 + to.x0) for x0, x1 in line.edges)
    return replace(line, box=line.box and moved(line.box, to), edges=edges)
