"""Which pages show a picture that may hold print: a page without text is a scan when it does, and blank when not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from jsextract.readers.page_work import COARSEST
from jsextract.readers.pdf.glyphs import RawGlyph
from jsextract.readers.pdf.integrity import masks_of, pictures
from jsextract.readers.pdf.strokes import Rect, area_on
from jsextract.readers.pdf.whole_pictures import FORMS_DEEP

Sides = tuple[int, int]
"""Width and height in pixels."""
_SHARE = 0.1  # of the page; an emblem or a seal covers less
_MOST = 0.5  # of the page: where pictures cover more, it is one
_SIDE = 450  # pixels that pictures together have along them: as a page of A4 where it is as coarse as can be
_EDGE = 0.1  # of the page's sides: there scanners and viewers print numbers and names of their own


def pages_with_images(data: bytes, numbers: Iterable[int], password: str | None = None) -> frozenset[int]:
    """Those of the pages (1-based) whose pictures could be scans; pages that cannot be opened are left out.

    Args:
        data: a PDF; where it cannot be opened (only its repaired copy can) there is no such page.
        numbers: the pages to look at.
        password: for files that need one.
    """
    wanted = sorted(set(numbers))
    if not wanted:
        return frozenset()
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError:
        return frozenset()
    try:
        return frozenset(n for n in wanted if _is_scan(document, n, cache(partial(_masked, data, n, password))))
    finally:
        document.close()


def is_scan(seen: Iterable[RawGlyph], bounds: Rect, images: Iterable[Rect]) -> bool:
    """Whether pictures make a page on which nothing is printed beside them but at its edges, as page numbers are.

    Args:
        seen: its characters.
        bounds: its visible part.
        images: the places of its pictures.
    """
    left, bottom, right, top = bounds
    width, height = right - left, top - bottom
    sides = ((min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)) for x0, y0, x1, y1 in images)
    if sum(max(wide, 0.0) * max(high, 0.0) for wide, high in sides) <= width * height * _MOST:
        return False
    x, y = width * _EDGE, height * _EDGE
    return not any(
        left + x < (g[0] + g[2]) / 2 < right - x and bottom + y < (g[1] + g[3]) / 2 < top - y
        for g in seen
        if not g[7].isspace()
    )


class _Seen(NamedTuple):
    """A picture on a page: its place, and its sides in pixels."""

    place: Rect
    across: int
    down: int


def _is_scan(document: pypdfium2.PdfDocument, number: int, masked: Callable[[], Mapping[Sides, Sides]]) -> bool:
    """Whether pictures fine enough for print cover a tenth of a page, or nobody can tell.

    Args:
        document: open.
        number: of the page, from 1.
        masked: gives what `_masked` does, where that is asked.
    """
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return False
    try:
        width, height = page.get_size()
        kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
        seen = list[_Seen]()
        for one in page.get_objects(filter=kinds, max_depth=FORMS_DEEP):
            if one.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                seen += _legible(one, masked)
            elif one.level == FORMS_DEEP - 1:
                return True  # whatever it draws
        area = sum(area_on(one.place, width, height) for one in seen)
        return area > width * height * _SHARE and _pixels_along(seen) >= _SIDE
    finally:
        page.close()


def _legible(image: Any, masked: Callable[[], Mapping[Sides, Sides]]) -> list[_Seen]:
    """The picture, if it, or the mask through which it is seen, is fine enough for print."""
    try:
        left, bottom, right, top = (float(edge) for edge in image.get_bounds())
        across, down = image.get_px_size()
        own = (int(across), int(down))
    except pypdfium2.PdfiumError:
        return []
    short, long = sorted((right - left, top - bottom))

    def is_fine(sides: Sides) -> bool:  # a picture may lie turned by a quarter
        return short > 0 and min(sides) >= COARSEST * short and max(sides) >= COARSEST * long

    sides = own if is_fine(own) else masked().get(own, own)
    return [_Seen((left, bottom, right, top), *sides)] if is_fine(sides) else []


def _masked(data: bytes, number: int, password: str | None) -> Mapping[Sides, Sides]:
    """The sides of a page's pictures that are seen through masks, and those of the finest mask of such a one."""
    found: dict[Sides, Sides] = {}
    for picture in pictures(data, number, password) if b"Mask" in data else ():
        own = _sides(picture)
        for mask in map(_sides, masks_of(picture)):
            found[own] = max(found.get(own, own), mask, key=math.prod)
    return found


def _sides(picture: Any) -> Sides:
    """Width and height of a picture as it says them."""
    width, height = picture.get("/Width"), picture.get("/Height")
    return (width, height) if isinstance(width, int) and isinstance(height, int) else (0, 0)


def _pixels_along(seen: list[_Seen]) -> float:
    """How many pixels lie side by side along all pictures together: a scan may come in tiles."""
    area = sum((right - left) * (top - bottom) for (left, bottom, right, top), _, _ in seen)
    wide = max(one.place[2] for one in seen) - min(one.place[0] for one in seen)
    high = max(one.place[3] for one in seen) - min(one.place[1] for one in seen)
    return math.sqrt(sum(one.across * one.down for one in seen) / area) * max(wide, high)
