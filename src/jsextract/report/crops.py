"""Cuts out of rendered pages: the rows that matter below their table's header, with frames (截图)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageDraw

from jsextract.model.document import Document, Line, Page
from jsextract.model.geometry import Box, union
from jsextract.readers.pdf.draw import render_page
from jsextract.readers.pdf.repair import as_read
from jsextract.report.pictures import quotes
from jsextract.report.places import Cut, Span, Table
from jsextract.text.normal import squeeze

SCALE = 2.0
"""Pixels a point."""
_FRAME = (176, 0, 32)
_DASH = (102, 102, 102)
_GREYS = 15  # with the red of frames 16 colours: half a byte a pixel
_MARGIN = 5.0
_GAP = 14  # pixels between parts that do not touch on the page
_WHOLE = 440.0  # a table that is no wider is shown whole
_NEAR = 26.0  # rows that are no farther apart are shown with what stands between them
_TALLEST = 420.0  # of all rows together
_HEADER = 130.0  # what is shown above the first row of a table whose title is not found
_TITLE_ABOVE = 280.0  # the farthest that a title stands above its first row
_TITLE = 6  # characters of a line that is a part of a title; words of a header are fewer
_AROUND = 34.0  # running text that is shown above and below its frame


class Crop(Struct, frozen=True):
    """A picture as it will stand in the page.

    Attributes:
        png: its bytes.
        width, height: pixels.
        focus: where across the first frame is, from 0 to 1.
        print_size: of what is framed, in points; 0 where it is not known.
    """

    png: bytes
    width: int
    height: int
    focus: float
    print_size: float


class _Strip(Struct, frozen=True):
    """A strip of a page from one height to another, of which some spans across are shown."""

    page: Page
    down: Span
    across: tuple[Span, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Pixels, with the gaps between its spans."""
        return sum(_px(b - a) for a, b in self.across) + _GAP * (len(self.across) - 1), _px(self.down[1] - self.down[0])


def crops(document: Document, cuts: Iterable[Cut]) -> list[Crop | None]:
    """A picture for each cut; None where its page has nothing to frame.

    Raises:
        Corrupt: if a page cannot be drawn.
    """
    drawer = _Drawer(document)
    return [drawer.crop(cut) for cut in cuts]


def head_of(document: Document, cut: Cut) -> Image.Image | None:
    """Title and header of a cut's table, from the page before where they stand; None where its own page has them.

    Raises:
        Corrupt: if that page cannot be drawn.
    """
    return _Drawer(document).head(cut)


class _Drawer:
    """A document with its pages as pictures; each is rendered once."""

    def __init__(self, document: Document) -> None:
        self._data, self._password = as_read(document)
        self._pages = {page.number: page for page in document.pages if page.number}
        self._images: dict[int, Image.Image] = {}

    def crop(self, cut: Cut) -> Crop | None:
        page = self._pages.get(cut.page)
        if page is None:
            return None
        boxes = [*cut.boxes, *(quotes(page, cut.quote) if cut.quote else ())]
        if not boxes:
            return None
        if cut.table is None:
            return self._composed(page, boxes, [_Strip(page, _passage(page, boxes), (_text_span(page, boxes),))])
        across = tuple(_across(page, cut.table))
        rows = [_Strip(page, down, across) for down in _rows(page, boxes)]
        return self._composed(
            page, boxes, [*_head(self._pages.get(cut.table.head_page, page), page, cut.table, across), *rows]
        )

    def head(self, cut: Cut) -> Image.Image | None:
        page, table = self._pages.get(cut.page), cut.table
        first = self._pages.get(table.head_page) if table else None
        if page is None or table is None or first is None or first is page:
            return None
        strips = _joined(list(_head(first, page, table, ((0.0, first.width),))))
        sheet = Image.new("RGB", (max(s.size[0] for s in strips), sum(s.size[1] for s in strips)), "white")
        y = 0
        for strip in strips:
            left, top = round(strip.across[0][0] * SCALE), round(strip.down[0] * SCALE)
            sheet.paste(self._image(first).crop((left, top, left + strip.size[0], top + strip.size[1])), (left, y))
            y += strip.size[1]
        return sheet

    def _composed(self, page: Page, boxes: Sequence[Box], strips: Sequence[_Strip]) -> Crop:
        """The strips below each other, with dashes where something is left out; frames where they are on the page."""
        strips = _joined(strips)
        width = max(strip.size[0] for strip in strips)
        gaps = [0, *map(_gap, strips, strips[1:])]
        sheet = Image.new("RGB", (width, sum(strip.size[1] for strip in strips) + sum(gaps)), "white")
        pen = ImageDraw.Draw(sheet)
        focus: float | None = None
        y = 0
        for strip, gap in zip(strips, gaps, strict=True):
            if gap:
                _dashes(pen, (0, y + gap // 2), (width, y + gap // 2))
            y += gap
            x = 0
            for at, (a, b) in enumerate(strip.across):
                if at:
                    _dashes(pen, (x + _GAP // 2, y), (x + _GAP // 2, y + strip.size[1]))
                    x += _GAP
                left, top = round(a * SCALE), round(strip.down[0] * SCALE)
                part = self._image(strip.page).crop((left, top, left + _px(b - a), top + strip.size[1]))
                for box in boxes if strip.page is page else ():
                    if a <= box.cx <= b and strip.down[0] <= box.cy <= strip.down[1]:
                        _frame(ImageDraw.Draw(part), box, (left, top), thick=box is boxes[0])
                        focus = (x - left + box.cx * SCALE) / width if focus is None else focus
                sheet.paste(part, (x, y))
                x += _px(b - a)
            y += strip.size[1]
        out = BytesIO()
        sheet.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", optimize=True, bits=4)
        return Crop(out.getvalue(), *sheet.size, round(focus or 0.0, 3), _print_size(page, boxes[0]))

    def _image(self, page: Page) -> Image.Image:
        """The page as a picture of SCALE pixels a point, however large it is."""
        if page.number not in self._images:
            image = render_page(self._data, page, self._password, SCALE).convert("RGB")
            size = (_px(page.width), _px(page.height))
            self._images[page.number] = image if image.size == size else image.resize(size)
        return self._images[page.number]


@functools.cache
def _palette() -> Image.Image:
    """Greys from black to white, and the red of frames."""
    greys = [round(255 * at / (_GREYS - 1)) for at in range(_GREYS)]
    found = Image.new("P", (1, 1))
    found.putpalette([*(part for grey in greys for part in (grey, grey, grey)), *_FRAME])
    return found


def _print_size(page: Page, box: Box) -> float:
    sizes = [line.size for line in page.lines if line.box is not None and line.box.overlaps(box)]
    return max(sizes, default=0.0)


def _px(points: float) -> int:
    return max(1, round(points * SCALE))


def _frame(pen: ImageDraw.ImageDraw, box: Box, corner: tuple[int, int], *, thick: bool) -> None:
    """A frame around a box of a part of a page whose upper left corner is there, in pixels."""
    left, top = corner
    edges = (box.x0 * SCALE - left - 3, box.y0 * SCALE - top - 5, box.x1 * SCALE - left + 3, box.y1 * SCALE - top + 5)
    pen.rectangle(edges, outline=_FRAME, width=4 if thick else 2)


def _dashes(pen: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int]) -> None:
    """A level or upright line of dashes."""
    (x, y), (x1, y1) = start, end
    while x <= x1 and y <= y1:
        along = (x + 5, y) if y == y1 else (x, y + 5)
        pen.line((x, y, *along), fill=_DASH, width=2)
        x, y = (x + 12, y) if y == y1 else (x, y + 12)


# ---- down the page


def _passage(page: Page, boxes: Sequence[Box]) -> Span:
    """Some lines of running text around the boxes, cut between lines."""
    whole = union(boxes)
    low, high = whole.y0 - _AROUND, whole.y1 + _AROUND
    seen = [line.box for line in page.lines if line.box is not None and low <= line.box.cy <= high]
    area = union([*seen, whole])
    return _within(area.y0 - _MARGIN, area.y1 + _MARGIN, page.height)


def _head(first: Page, page: Page, table: Table, across: tuple[Span, ...]) -> Iterator[_Strip]:
    """The title of the table in full, and its header above what is shown of it; from where it begins, if need be."""
    end = table.rows.y0 if first is page else table.head_end
    levels = [r.y0 for r in first.rulings if _is_level(r.y0, r.y1)]
    end = max((y for y in levels if end - _MARGIN * 4 <= y <= end + 1), default=end - 2)
    above = [line for line in first.lines if line.box is not None and end - _TITLE_ABOVE <= line.box.cy < end]
    title = squeeze(table.title)
    named = [line.box for line in above if line.box is not None and title and _is_of(line, title)]
    begin = min((y for y in _tops(above) if y >= end - _HEADER), default=end - _MARGIN * 4) - _MARGIN
    if named:
        box = max(named, key=lambda box: box.y0)
        wide = _within(box.x0 - _MARGIN, box.x1 + _MARGIN, first.width)
        below = [y for y in (*_tops(above), *levels) if box.y1 <= y < end]
        begin = max(box.y1, min(below, default=box.y1) - 2)
        yield _Strip(first, _within(box.y0 - 2, box.y1 + 2, first.height), (wide,))
    yield _Strip(first, _within(begin, end, first.height), across)


def _tops(lines: Iterable[Line]) -> list[float]:
    return [line.box.y0 for line in lines if line.box is not None]


def _is_of(line: Line, title: str) -> bool:
    words = squeeze(line.text)
    return title in words or (len(words) >= _TITLE and words in title)


def _is_level(a: float, b: float) -> bool:
    return abs(a - b) < 1.0


def _rows(page: Page, boxes: Sequence[Box]) -> list[Span]:
    """The rows of the boxes from one ruling to the next, with what stands between where that is little."""
    levels = sorted({r.y0 for r in page.rulings if _is_level(r.y0, r.y1)})
    spans: list[Span] = []
    for number, box in enumerate(sorted(boxes, key=lambda box: (box is not boxes[0], box.y0))):
        low = max((y for y in levels if box.y0 - 40 <= y <= box.cy), default=box.y0 - _MARGIN)
        high = min((y for y in levels if box.cy <= y <= box.y1 + 40), default=box.y1 + _MARGIN)
        if number and sum(b - a for a, b in spans) + high - low > _TALLEST:
            break
        spans.append(_within(low - 1, high + 1, page.height))
    return _merged(spans, _NEAR)


def _joined(strips: Sequence[_Strip]) -> list[_Strip]:
    """Strips of one page that nearly touch and show the same of it are one."""
    found: list[_Strip] = []
    for strip in strips:
        last = found[-1] if found else strip
        alike = last is not strip and last.page is strip.page and last.across == strip.across
        if alike and strip.down[0] - last.down[1] <= _NEAR:
            found[-1] = _Strip(strip.page, (last.down[0], max(last.down[1], strip.down[1])), strip.across)
        else:
            found.append(strip)
    return found


def _gap(upper: _Strip, lower: _Strip) -> int:
    """Pixels between two strips: none below a title, which stands above its header anyway."""
    return 0 if upper.page is lower.page and upper.across != lower.across else _GAP


# ---- across the page


def _text_span(page: Page, boxes: Sequence[Box]) -> Span:
    """The column of running text that holds the boxes."""
    found = union([*(line.box for line in page.lines if line.box is not None and line.box.width > 40), *boxes])
    return _within(found.x0 - _MARGIN * 2, found.x1 + _MARGIN * 2, page.width)


def _across(page: Page, table: Table) -> list[Span]:
    """The whole width of a narrow table, else the names of rows and the columns with frames."""
    inside = [
        line.box for line in page.lines
        if line.box is not None and table.rows.y0 - 1 <= line.box.cy <= table.rows.y1 + 1
    ]  # fmt: skip
    whole = union([*inside, table.rows])
    beside = [r for r in page.rulings if _is_upright(r.x0, r.x1) and r.y0 < table.rows.y1 and r.y1 > table.rows.y0]
    left = min(*(r.x0 for r in beside), whole.x0, whole.x0) - _MARGIN
    if whole.x1 - left <= _WHOLE:
        return [_within(left, whole.x1 + _MARGIN * 2, page.width)]
    upright = sorted({r.x0 for r in beside})
    spans = []
    for a, b in table.columns:
        low = max((x for x in upright if x <= a + 2), default=a - _MARGIN) if a > 0 else left
        high = min((x for x in upright if x >= b - 2), default=b + _MARGIN)
        spans.append(_within(max(low, left) - 2, high + 2, page.width))
    return _merged(spans, _GAP)


def _is_upright(a: float, b: float) -> bool:
    return abs(a - b) < 1.0


def _within(low: float, high: float, most: float) -> Span:
    low = min(max(0.0, low), most - 1)
    return low, max(low + 1, min(high, most))


def _merged(spans: Iterable[Span], near: float) -> list[Span]:
    """Spans in order, those that are no farther apart than `near` joined."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low - found[-1][1] <= near:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found
