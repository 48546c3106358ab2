"""Pictures in the text of a file read as pages: tables under their titles, scanned pages (文中图片).

The text of a Word file, a web page or a sheet has no places, what is recognised in a picture has: each picture that
shows a table, or a page of text, is a page of its own between those of the text around it, `inside` the page that the
file counts for. The lines above it that are a table's title, unit and label stand on it, too, and so do notes below:
there they are found as on any page.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.model.document import Line, Page
from jsextract.readers.among_text import Among, Seen, put_together
from jsextract.readers.health import AS_PDF, remedy_of
from jsextract.readers.page_work import COARSEST, MAX_PAGES, SCALE, PageWork, page_work, read_pictures
from jsextract.readers.pasted import shows_table
from jsextract.readers.pictured import HEIGHT, PAGE, Missed, Pictured
from jsextract.readers.raster import decoded, on_white, pixel_size
from jsextract.readers.shapes import Shape

if TYPE_CHECKING:
    from PIL import Image

_LONGEST = 842 * SCALE  # pixels of the longer side: what a page of A4 has
_LARGER = 2  # times: a table that is shown small has small type and thin rulings, which get lost
_LINES = 10  # a picture with fewer is no page of text

log = logging.getLogger(__name__)

Binary = Callable[[str], bytes]
"""The file of a picture by the key of its shape; raises Corrupt where there is none."""
_Size = Callable[[str], tuple[int, int]]


def with_pictures(pages: Sequence[Among], binary: Binary, ocr: str) -> tuple[tuple[Page, ...], tuple[Missed, ...]]:
    """The pages of a file, pictures that show tables or pages of text among them.

    Args:
        pages: of the file, with their pictures.
        binary: the files of these.
        ocr: whether they are read: auto or always, never.

    Returns:
        The pages as they were where no picture is read; the pictures that stand where a table would, or on a page that
        has no text or no figures of its own, and were not read.
    """
    work = page_work(ocr) if any(own.pictures for own in pages) else None
    size = cache(lambda key: _size(binary, key))
    bare = set[int]()
    every = iter(_read([one.shape for own in pages for one in own.pictures], size, binary, work, bare.add))
    read = [list(islice(every, len(own.pictures))) for own in pages]
    found = [_taken(own, seen) for own, seen in zip(pages, read, strict=True)]
    # where some of the pictures were tables, those that nobody looked at may be others
    beyond = MAX_PAGES if any(found) else math.inf
    missed = [
        Missed(own.text.page.number, remedy_of(ocr, work) if all(size(one.shape.key)) else phrase(AS_PDF))
        for own, seen, taken in zip(pages, read, found, strict=True)
        for one in _missed(own, seen, taken, bare, beyond)
    ]
    return put_together(pages, found), tuple(missed)


def _read(
    shapes: Sequence[Shape], size: _Size, binary: Binary, work: PageWork | None, bare: Callable[[int], None]
) -> list[Page]:
    """A page for each picture, as it was read, its number its place; without lines where it was not."""

    def draw(own: Page) -> Image.Image:
        shape = shapes[own.number]
        return _drawn(binary(shape.key), shape, own)

    if work is None:
        return [_nothing(at) for at in range(len(shapes))]
    pages = [_page_of(size(shape.key), shape, at) for at, shape in enumerate(shapes[:MAX_PAGES])]
    rest = [_nothing(at) for at in range(len(pages), len(shapes))]
    return [*read_pictures(pages, {page.number for page in pages if page.width}, draw, work, bare), *rest]


def _missed(
    own: Among, read: Sequence[Page], taken: Sequence[Seen], bare: Collection[int], beyond: float
) -> Iterator[Pictured]:
    """The pictures of a page that were not taken where figures are missed; one that was read shows something else.

    From number `beyond` on, none was looked at, and each may have figures.
    """
    known, told = {one.pictured for one in taken}, own.text.tells
    for one, seen in zip(own.pictures, read, strict=True):
        is_other = seen.source == "ocr" and not (one.announced and seen.lines)
        if (
            one not in known
            and not is_other
            and (seen.number >= beyond or one.is_missed(told, bare=seen.number in bare))
        ):
            yield one


def _size(binary: Binary, key: str) -> tuple[int, int]:
    """Width and height of a picture in pixels; nothing of one that cannot be read."""
    try:
        return pixel_size(binary(key))
    except Corrupt:
        log.debug("%s is no picture that is read", key, exc_info=True)
        return 0, 0


def _nothing(at: int) -> Page:
    return Page(number=at, width=0.0, height=0.0, source="none")


def _page_of(size: tuple[int, int], shape: Shape, at: int) -> Page:
    """A page, `at` for its number, as large as a picture at 200 dots an inch; without a size where it is not read."""
    wide, high = size
    left, top, right, bottom = shape.cut
    across, down = wide * (1 - left - right), high * (1 - top - bottom)
    finest = max(across, down)
    longest = max(shape.width, shape.height)
    if min(across, down) < 1 or finest < longest * COARSEST:
        return _nothing(at)
    # twice as fine as it is, no coarser than it would be on a page, and no finer than one is scanned
    scale = min(max(finest * _LARGER, longest * SCALE), _LONGEST) / finest / SCALE
    width, height = (down, across) if shape.quarters % 2 else (across, down)
    return replace(_nothing(at), width=width * scale, height=height * scale)


def _drawn(data: bytes, shape: Shape, page: Page) -> Image.Image:
    """What is shown of a picture, as large as its page."""
    left, top, right, bottom = shape.cut
    width, height = (page.height, page.width) if shape.quarters % 2 else (page.width, page.height)
    wide, high = round(width * SCALE / (1 - left - right)), round(height * SCALE / (1 - top - bottom))
    image = on_white(decoded(data, wide, high))
    image = image.crop((round(left * wide), round(top * high), round((1 - right) * wide), round((1 - bottom) * high)))
    return image.rotate(-90 * shape.quarters, expand=True) if shape.quarters else image


def _taken(own: Among, read: Sequence[Page]) -> list[Seen]:
    """The pictures that show a table, the rest of one, or a page; on a page without text of its own, all with text."""
    alone = own.text.page.source == "none"
    found: list[Seen] = []
    for one, seen in zip(own.pictures, read, strict=True):
        if _counts(seen, one, alone=alone) or (found and _goes_on(found[-1], seen, one, own.text.lines)):
            found.append(Seen(one, seen))
    return found


def _counts(seen: Page, pictured: Pictured, *, alone: bool) -> bool:
    """Whether what was recognised is taken: a table, a page of text, anything on a page that has only pictures."""
    if seen.source != "ocr":
        return False
    is_page = pictured.shape.width * pictured.shape.height >= PAGE and len(seen.lines) >= _LINES
    return alone or is_page or shows_table(seen.lines, seen.rulings)


def _goes_on(last: Seen, seen: Page, pictured: Pictured, lines: Sequence[Line]) -> bool:
    """Whether a picture may have the last rows of the table in the one before: nothing stands between, and it is ruled.

    In a low one the rulings between columns are too short to be told from type: figures do.
    """
    between = lines[last.pictured.lines : pictured.lines]
    apart = any(line.text.strip() for line in between) or pictured.grids > last.pictured.grids
    if seen.source != "ocr" or apart:
        return False
    level = sum(ruling.horizontal for ruling in seen.rulings)
    if level > 1 and len(seen.rulings) - level > 1:
        return True
    return pictured.shape.height < HEIGHT and any(char.isdigit() for line in seen.lines for char in line.text)
