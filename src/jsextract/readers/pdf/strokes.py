"""Ruling lines and filled areas from the path objects of a page, forms included."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct, field

from jsextract.readers.pdf import pdfium_ffi

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

# Rectangles thinner than this are lines; thicker ones are areas, whose edges count.
THIN = 3.0
_SHORTEST = 2.0
_DEPTH = 12
_ANNOTATION = 0  # in the place of an object's address
_CORNERS = 5  # of a rectangle, the first one twice
# More objects than any real page has: the page is given up instead of read for minutes.
MAX_OBJECTS = 400_000
MAX_STROKES = 60_000
_PALE, _DARK = 250, 128


class Strokes(Struct):
    """What a page's paths and images draw, in the page's own coordinates (x0, y0, x1, y1), y growing upwards.

    Attributes:
        lines: horizontal and vertical strokes, thin rectangles and the edges of thick ones.
        fills: coloured areas, on which white text is visible.
        images: places of pictures.
        dark: those of the fills on which black text would not be seen.
        areas: what is painted after some text, white areas too: the object, its place, and whether it is an upright
            rectangle of the page itself; of others only the picture tells what they hide.
        in_forms: whether text stands within a form.
        objects: those of the page itself, in the order of painting.
        order: the place of each object in the order of painting; known only where there are areas.
        overflow: whether the limits were met and reading stopped.
    """

    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    fills: list[tuple[float, float, float, float]] = field(default_factory=list)
    images: list[tuple[float, float, float, float]] = field(default_factory=list)
    dark: list[Rect] = field(default_factory=list)
    areas: list[tuple[int, Rect, bool]] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)
    overflow: bool = False
    seen: int = 0
    after_text: bool = False
    in_forms: bool = False


def _painted(objects: Iterable[int], depth: int) -> Iterator[int]:
    """Objects in the order of painting, those of forms in the place of the form."""
    for obj in objects:
        yield obj
        if depth < _DEPTH and pdfium_ffi.object_type(obj) == pdfium.FPDF_PAGEOBJ_FORM:
            count = max(0, pdfium_ffi.form_count(obj))
            yield from _painted([pdfium_ffi.form_object(obj, index) for index in range(count)], depth + 1)


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies `m` first, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point under the matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


class StrokeReader:
    """Walks the objects of one page; holds the C buffers that every call reuses."""

    def __init__(self) -> None:
        self._floats = (ctypes.c_float * 6)()
        self._ints = (ctypes.c_int * 4)()
        self._f, self._i = ctypes.addressof(self._floats), ctypes.addressof(self._ints)

    def read(self, page: Any, over: Iterable[Rect] = ()) -> Strokes:
        """All strokes, fills and image places of a page.

        Args:
            page: a raw FPDF_PAGE.
            over: places of what lies over the page's own objects.
        """
        found = Strokes()
        handle = pdfium_ffi.address(page)
        objects = list(map(pdfium_ffi.page_object, itertools.repeat(handle), range(pdfium_ffi.page_count(handle))))
        found.objects = objects
        for obj, kind in zip(objects, map(pdfium_ffi.object_type, objects), strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                found.after_text = True
                continue
            self._object(obj, kind, IDENTITY, found, 0)
            if found.overflow:
                return found
        found.areas += [(_ANNOTATION, place, False) for place in over]
        if found.areas:
            found.order = {obj: place for place, obj in enumerate(_painted(objects, 0))}
            found.order[_ANNOTATION] = len(found.order)
        return found

    def _object(self, obj: int, kind: int, outer: Matrix, found: Strokes, depth: int) -> None:
        """Adds what one object draws, forms with their contents; `outer` maps its coordinates to the page's."""
        found.seen += 1
        if found.seen > MAX_OBJECTS or len(found.lines) > MAX_STROKES:
            found.overflow = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(obj, outer, found)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.after_text = found.in_forms = True
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = multiply(self._matrix(obj), outer)
            for index in range(max(0, pdfium_ffi.form_count(obj))):
                child = pdfium_ffi.form_object(obj, index)
                self._object(child, pdfium_ffi.object_type(child), inner, found, depth + 1)
                if found.overflow:
                    return
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            found.in_forms = True  # what lies deeper is not looked at, and may be text
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = self._bounds(obj, outer)
            if box is not None:
                found.images.append(box)
                self._veil(obj, box, found)
                add_area(box, found, edges=False)
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            self._veil(obj, self._bounds(obj, outer), found)

    def _matrix(self, obj: int) -> Matrix:
        """An object's own matrix."""
        if not pdfium_ffi.object_matrix(obj, self._f):
            return IDENTITY
        a, b, c, d, e, f = self._floats[:]
        return a, b, c, d, e, f

    def _bounds(self, obj: int, outer: Matrix) -> Rect | None:
        """An object's box on the page (left, bottom, right, top); None where pdfium knows none."""
        f = self._f
        if not pdfium_ffi.object_bounds(obj, f, f + 4, f + 8, f + 12):
            return None
        left, bottom, right, top = self._floats[:4]
        box = (left, bottom, right, top)
        if outer is IDENTITY:
            return box
        return _around([apply(outer, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])])

    def _path(self, obj: int, outer: Matrix, found: Strokes) -> None:
        """Adds the strokes of a path, and its areas: thin ones are strokes."""
        if not pdfium_ffi.path_mode(obj, self._i, self._i + 4):
            return
        fill, stroke = self._ints[0], self._ints[1]
        tone = self._tone(obj, pdfium_ffi.fill_colour) if fill else _PALE
        filled = tone < _PALE
        stroked = stroke != 0 and self._tone(obj, pdfium_ffi.stroke_colour) < _PALE
        if not filled and not stroked and not found.after_text:
            return
        box = self._bounds(obj, outer)
        thin = box is not None and min(box[2] - box[0], box[3] - box[1]) <= THIN
        if found.after_text and box is not None and not thin:
            self._cover(obj, outer, box, found, fill=fill != 0, stroke=stroke != 0)
        if not filled and not stroked:
            return
        if box is not None and thin:
            add_area(box, found, edges=False)
            return
        matrix = multiply(self._matrix(obj), outer)
        for points, closed, curved in self._subpaths(obj, matrix):
            if filled:
                add_area(_around(points), found, edges=not curved and _upright(points), dark=tone < _DARK)
            if stroked:
                add_strokes(points, closed, found)

    def _cover(self, obj: int, outer: Matrix, box: Rect, found: Strokes, *, fill: bool, stroke: bool) -> None:
        """Adds what a path paints that may hide text: areas, of whatever colour, and strokes as broad as writing."""
        broad = stroke and pdfium_ffi.stroke_width(obj, self._f) and self._floats[0] > THIN
        if not fill and not broad:
            return
        pieces = list(self._subpaths(obj, multiply(self._matrix(obj), outer)))
        if broad:
            self._veil(obj, box, found)
        elif len(pieces) == 1 and not pieces[0][2] and _upright(pieces[0][0]) and len(pieces[0][0]) <= _CORNERS:
            found.areas.append((obj, _around(pieces[0][0]), outer is IDENTITY))
        else:
            for points, _, _ in pieces:
                self._veil(obj, _around(points), found)

    def _veil(self, obj: int, box: Rect | None, found: Strokes) -> None:
        """Adds a place where something is painted after text that is no plain area."""
        if box is not None and found.after_text and min(box[2] - box[0], box[3] - box[1]) > THIN:
            found.areas.append((obj, box, False))

    def _tone(self, obj: int, colour: Callable[..., Any]) -> int:
        """The darkest channel of a colour, 0 to 255; 255 where it is transparent: nothing that a reader sees."""
        i = self._i
        if not colour(obj, i, i + 4, i + 8, i + 12):
            return 0
        r, g, b, alpha = self._ints[:]
        return min(r, g, b) if alpha else 255

    def _subpaths(self, obj: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool, bool]]:
        """(points on the page, whether closed, whether curved) for each piece of a path."""
        points: list[tuple[float, float]] = []
        closed = curved = False
        f, floats = self._f, self._floats
        for index in range(min(pdfium_ffi.path_count(obj), MAX_OBJECTS)):
            segment = pdfium_ffi.path_segment(obj, index)
            kind = pdfium_ffi.segment_type(segment)
            pdfium_ffi.segment_point(segment, f, f + 4)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, closed, curved
                points, closed, curved = [], False, False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            points.append(apply(matrix, floats[0], floats[1]))
            closed = closed or bool(pdfium_ffi.segment_close(segment))
        if len(points) > 1:
            yield points, closed, curved


def _around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The box around points: left, bottom, right, top."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _upright(points: list[tuple[float, float]]) -> bool:
    """Whether all sides of the outline are horizontal or vertical."""
    return all(abs(p[0] - q[0]) < 1 or abs(p[1] - q[1]) < 1 for p, q in itertools.pairwise(points))


def add_area(box: Rect, found: Strokes, *, edges: bool, dark: bool = False) -> None:
    """Adds a filled box: as a stroke where it is thin, with `edges` as a fill with its four sides."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if min(width, height) <= THIN:
        if max(width, height) >= _SHORTEST:
            middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
            found.lines.append((x0, middle_y, x1, middle_y) if width >= height else (middle_x, y0, middle_x, y1))
        return
    if edges:
        found.fills.append(box)
        if dark:
            found.dark.append(box)
        found.lines += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def add_strokes(points: list[tuple[float, float]], closed: bool, found: Strokes) -> None:
    """Adds the horizontal and vertical sides of an outline, those long enough for a ruling."""
    ends = [*points[1:], points[0]] if closed else points[1:]
    for (x0, y0), (x1, y1) in zip(points, ends, strict=False):
        flat, tall = abs(y1 - y0) < 1, abs(x1 - x0) < 1
        if flat and abs(x1 - x0) >= _SHORTEST:
            y = (y0 + y1) / 2
            found.lines.append((min(x0, x1), y, max(x0, x1), y))
        elif tall and abs(y1 - y0) >= _SHORTEST:
            x = (x0 + x1) / 2
            found.lines.append((x, min(y0, y1), x, max(y0, y1)))


def area_on(rect: Rect, width: float, height: float) -> float:
    """What of a rectangle lies on a page from (0, 0) to its sides, in square points."""
    x0, y0, x1, y1 = rect
    return max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(y1, height) - max(y0, 0.0))
