"""Pictures of a Word file read as pages: tables under their titles, scanned pages (Word 中的图片).

A Word file has no places, what is recognised in a picture has: each picture that shows a table, or a page of text, is a
page of its own between those of the text around it, `inside` the one page that the file counts for. The lines above it
that are a table's title, unit and label stand on it, too, and so do notes below: there they are found as on any page.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from jsextract.errors import Corrupt, DocumentError
from jsextract.model.document import Line, Mark, Page, Ruling, Table, numbered
from jsextract.model.geometry import Box
from jsextract.readers.package import Package, opened
from jsextract.readers.page_work import COARSEST, MAX_PAGES, SCALE, PageWork, read_pictures
from jsextract.readers.pasted import moved, moved_line, shows_table
from jsextract.readers.pictured import HEIGHT, announces_table
from jsextract.readers.raster import decoded, on_white, pixel_size
from jsextract.readers.word.body import Pictured
from jsextract.readers.word.shapes import Shape
from jsextract.text.normal import squeeze

if TYPE_CHECKING:
    from PIL import Image

_RELATIONS = "word/_rels/document.xml.rels"
_LONGEST = 842 * SCALE  # pixels of the longer side: what a page of A4 has
_PAGE = 200_000.0  # square points: a smaller picture is no page of text …
_LINES = 10  # … nor is one with fewer lines
_SIZE, _LEADING = 12.0, 18.0  # points, of lines that get places
_WHITE = 1 / 3  # of what stands on a page, above and below it: units return on each page, and are no running heads
_ABOVE = 4  # lines over a picture that may be of its table
_LABEL = re.compile(r"(?:编制|填报|公开)?(?:部门|单位)(?:名称)?[:：].{1,40}")
_NOTE = re.compile(r"(?:备?注|说明)\d?[:：]")

log = logging.getLogger(__name__)


class _Seen(NamedTuple):
    """A picture and the page that was read in it."""

    pictured: Pictured
    page: Page


def with_pictures(
    data: bytes, page: Page, pictures: Sequence[Pictured], work: PageWork
) -> tuple[tuple[Page, ...], int]:
    """The pages of a Word file, its pictures that show tables or pages of text among them.

    Args:
        data: the file.
        page: all its text, as one page.
        pictures: those that are large enough, in order.
        work: who reads them.

    Returns:
        The one page as it was where no picture is read; how many pictures that stand where a table would, or, in a file
        without text of its own, how many at all, were not read.
    """
    looked_at = pictures[:MAX_PAGES]
    with opened(data) as package:
        named = _parts(package)
        parts = [named.get(one.shape.key, "") for one in looked_at]
        sizes = {part: _size(package, part) for part in set(parts)}

    def draw(own: Page) -> Image.Image:
        with opened(data) as package:
            return _drawn(package.binary(parts[own.number]), pictures[own.number].shape, own)

    sized = [_page_of(sizes[part], one.shape, at) for at, (part, one) in enumerate(zip(parts, looked_at, strict=True))]
    read = read_pictures(sized, {own.number for own in sized if own.width}, draw, work)
    found = _taken(page, looked_at, read)
    known, alone = {one.pictured for one in found}, page.source == "none"
    unread = sum(one.is_missed(alone=alone) and one not in known for one in pictures)
    shown = [one for one in found if one.page.lines]
    if not shown:
        return (page,), unread
    pages = enumerate(_parted(page, shown), 1)
    return tuple(_numbered(part, number, page.dropped) for number, part in pages), unread


def _parts(package: Package) -> Mapping[str, str]:
    """The parts that the text names, by their keys; nothing outside of the file."""
    try:
        root = package.xml(_RELATIONS)
    except DocumentError:  # the text is sound without them; its pictures are told of as unread
        root = None
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/word", one.get("Target", ""))).lstrip("/")
        for one in (() if root is None else root)
        if one.get("TargetMode") != "External"
    }


def _size(package: Package, part: str) -> tuple[int, int]:
    """Width and height of a picture in pixels; nothing of one that cannot be read."""
    try:
        return pixel_size(package.binary(part))
    except Corrupt:
        log.debug("%s is no picture that is read", part, exc_info=True)
        return 0, 0


def _page_of(size: tuple[int, int], shape: Shape, at: int) -> Page:
    """A page, `at` for its number, as large as a picture at 200 dots an inch; without a size where it is not read."""
    nothing = Page(number=at, width=0.0, height=0.0, source="none")
    wide, high = size
    left, top, right, bottom = shape.cut
    across, down = wide * (1 - left - right), high * (1 - top - bottom)
    finest = max(across, down)
    longest = max(shape.width, shape.height)
    if min(across, down) < 1 or finest < longest * COARSEST:
        return nothing
    # as fine as it is, no coarser than it would be on a page, and no finer than one is scanned
    scale = min(max(finest, longest * SCALE), _LONGEST) / finest / SCALE
    width, height = (down, across) if shape.quarters % 2 else (across, down)
    return replace(nothing, width=width * scale, height=height * scale)


def _drawn(data: bytes, shape: Shape, page: Page) -> Image.Image:
    """What is shown of a picture, as large as its page."""
    left, top, right, bottom = shape.cut
    width, height = (page.height, page.width) if shape.quarters % 2 else (page.width, page.height)
    wide, high = round(width * SCALE / (1 - left - right)), round(height * SCALE / (1 - top - bottom))
    image = on_white(decoded(data, wide, high))
    image = image.crop((round(left * wide), round(top * high), round((1 - right) * wide), round((1 - bottom) * high)))
    return image.rotate(-90 * shape.quarters, expand=True) if shape.quarters else image


def _taken(page: Page, pictures: Sequence[Pictured], read: Sequence[Page]) -> list[_Seen]:
    """The pictures that show a table, the rest of one, or a page; of a file without text of its own, all with text."""
    alone = page.source == "none"
    found: list[_Seen] = []
    for one, own in zip(pictures, read, strict=True):
        if _counts(own, one, alone=alone) or (found and _goes_on(found[-1], own, one, page)):
            found.append(_Seen(one, own))
    return found


def _counts(seen: Page, pictured: Pictured, *, alone: bool) -> bool:
    """Whether what was recognised is taken: a table, a page of text, anything of a file that has only pictures."""
    if seen.source != "ocr":
        return False
    is_page = pictured.shape.width * pictured.shape.height >= _PAGE and len(seen.lines) >= _LINES
    return alone or is_page or shows_table(seen.lines, seen.rulings)


def _goes_on(last: _Seen, seen: Page, pictured: Pictured, page: Page) -> bool:
    """Whether a picture may have the last rows of the table in the one before: nothing stands between, and it is ruled.

    In a low one the rulings between columns are too short to be told from type: figures do.
    """
    between = page.lines[last.pictured.lines : pictured.lines]
    apart = any(line.text.strip() for line in between) or pictured.grids > last.pictured.grids
    if seen.source != "ocr" or apart:
        return False
    level = sum(ruling.horizontal for ruling in seen.rulings)
    if level > 1 and len(seen.rulings) - level > 1:
        return True
    return pictured.shape.height < HEIGHT and any(char.isdigit() for line in seen.lines for char in line.text)


def _parted(page: Page, shown: Sequence[_Seen]) -> Iterator[Page]:
    """The text of the file and its pictures as pages, in order."""
    line = grid = 0
    for index, one in enumerate(shown):
        end, grids = one.pictured.lines, one.pictured.grids
        after = shown[index + 1].pictured.lines if index + 1 < len(shown) else len(page.lines)
        after = min(after, page.grids[grids].after) if grids < len(page.grids) else after
        above = _over(page.lines[line:end])
        below = sum(1 for _ in takewhile(lambda own: _NOTE.match(squeeze(own.text)), page.lines[end:after]))
        yield from _text(page, slice(line, end - above), slice(grid, grids))
        yield _framed(one.page, page.lines[end - above : end], page.lines[end : end + below])
        line, grid = end + below, grids
    yield from _text(page, slice(line, len(page.lines)), slice(grid, len(page.grids)))


def _over(lines: Sequence[Line]) -> int:
    """How many lines at the end are a title, a unit, a label over a table."""
    count = taken = 0
    for line in reversed(lines):
        text = squeeze(line.text)
        if taken == _ABOVE or (text and not announces_table(text) and not _LABEL.fullmatch(text)):
            break
        count += 1
        taken += bool(text)
    return count if taken else 0


def _text(page: Page, lines: slice, grids: slice) -> Iterator[Page]:
    """A part of the text as a page; none where nothing stands in it."""
    own = page.lines[lines]
    kept = tuple(replace(grid, after=grid.after - lines.start) for grid in page.grids[grids])
    if kept or any(line.text.strip() for line in own):
        yield replace(page, lines=own, grids=kept)


def _framed(seen: Page, above: Sequence[Line], below: Sequence[Line]) -> Page:
    """What is seen in a picture, with lines of the text over and under it, in places of one page."""
    titles = [line for line in above if line.text.strip()]
    own = (len(titles) + len(below)) * _LEADING
    white = (own + seen.height) * _WHITE if own else 0.0
    top = white + len(titles) * _LEADING
    bottom = top + seen.height
    to = Box(0.0, top, 0.0, top)
    lines = [_placed(line, white + at * _LEADING, seen.width) for at, line in enumerate(titles)]
    lines += [moved_line(line, to) for line in seen.lines]
    lines += [_placed(line, bottom + at * _LEADING, seen.width) for at, line in enumerate(below)]
    return replace(
        seen,
        height=bottom + len(below) * _LEADING + white,
        lines=tuple(lines),
        rulings=tuple(Ruling(r.x0, r.y0 + top, r.x1, r.y1 + top) for r in seen.rulings),
        marks=tuple(Mark(mark.flag, moved(mark.box, to)) for mark in seen.marks),
        bend=None,  # nobody draws it
    )


def _placed(line: Line, y: float, width: float) -> Line:
    """A line of the text in the middle of a page so wide, its characters beside each other."""
    step = min(_SIZE, width / max(len(line.text), 1))
    x = (width - step * len(line.text)) / 2
    edges = tuple((x + step * at, x + step * (at + 1)) for at in range(len(line.text)))
    return replace(line, box=Box(x, y, x + step * len(line.text), y + _SIZE), edges=edges, size=_SIZE)


def _numbered(page: Page, number: int, dropped: dict[str, int]) -> Page:
    """The page with its number, which all that stands on it has, too; the first one tells what the text left out."""
    lines = numbered(replace(line, page=number) for line in page.lines)
    grids = tuple(_on(grid, number) for grid in page.grids)
    left_out = dropped if number == 1 else {}
    return replace(page, number=number, inside=1, lines=lines, grids=grids, dropped=left_out)


def _on(grid: Table, number: int) -> Table:
    return replace(grid, pages=(number,), cells=tuple(replace(cell, page=number) for cell in grid.cells))
