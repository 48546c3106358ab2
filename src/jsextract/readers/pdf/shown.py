"""Characters that are in the file and leave no ink: the page is drawn with and without them (画面上是否可见).

A clip, a layer that is off, a colour like its ground, a form, whatever was painted on top: each may hide a text, and
pdfium, which draws the page, knows all of them. So those in doubt are asked of the picture.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jsextract.readers.pdf import pdfium_ffi
from jsextract.readers.pdf.optional_content import on_layer
from jsextract.readers.pdf.strokes import Strokes
from jsextract.readers.pdf.styles import Style

_SCALE, _LEAST_SCALE = 2.0, 0.8  # pixels a point
MOST_PIXELS = 6_000_000  # of a picture; an A4 page has 2 million at full scale
_CHANNELS = 4
# How far a channel of 256 steps must change for a person to see anything.
_SEEN = 20
_SIDE = 0.15  # of a character's width at either end, where its neighbours' ink may be
_OF_USUAL, _TINY = 0.4, 3.5  # of the usual size on the page, points
Bounds = tuple[float, float, float, float]
Rect = tuple[float, float, float, float]


class Frame(NamedTuple):
    """The part of a page that is drawn, in pixels, right and bottom exclusive; `page` is the size of the whole."""

    scale: float
    page: tuple[int, int]
    left: int
    top: int
    right: int
    bottom: int


def frame(boxes: Collection[Rect], bounds: Bounds) -> Frame | None:
    """What has to be drawn to see these boxes; None where that is too large, however coarse.

    Args:
        boxes: left, bottom, right, top, in the page's own coordinates; at least one.
        bounds: the visible part of the page.
    """
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    x0, x1 = max(min(lefts), bounds[0]), min(max(rights), bounds[2])
    y0, y1 = max(min(bottoms), bounds[1]), min(max(tops), bounds[3])
    scale = min(_SCALE, math.sqrt(MOST_PIXELS / max((x1 - x0) * (y1 - y0), 1.0)))
    if scale < _LEAST_SCALE:
        return None
    page = max(1, round((bounds[2] - bounds[0]) * scale)), max(1, round((bounds[3] - bounds[1]) * scale))
    left, right, top, bottom = _pixels((x0, y0, x1, y1), bounds, scale)
    left, top = max(0, min(left, page[0] - 1)), max(0, min(top, page[1] - 1))
    return Frame(scale, page, left, top, max(left + 1, min(right, page[0])), max(top + 1, min(bottom, page[1])))


def unseen(page: Any, doubtful: Mapping[int, int], places: Sequence[Sequence[float]], bounds: Bounds) -> frozenset[int]:
    """Which characters in doubt leave no ink on the page; none where they are too far apart to be drawn.

    Only the part of the page that holds them is drawn, so that a huge page costs no more than a usual one.

    Args:
        page: a raw FPDF_PAGE.
        doubtful: the text object of each character in doubt.
        places: left, top, right, bottom … of all characters, in the page's own coordinates.
        bounds: the visible part of the page.
    """
    left, top, right, bottom = places[:4]
    boxes = {i: (left[i], bottom[i], right[i], top[i]) for i in doubtful}
    drawn = frame(boxes.values(), bounds) if boxes else None
    if drawn is None:
        return frozenset()
    with_them = _picture(page, drawn)
    objects = set(doubtful.values())
    show(objects, visible=False)
    without = _picture(page, drawn)
    show(objects, visible=True)
    return frozenset(i for i, box in boxes.items() if not _differ(with_them, without, _ink(box, bounds, drawn)))


def show(objects: Iterable[int], *, visible: bool) -> None:
    """Takes page objects off their page, or puts them back; pdfium neither draws nor reads those that are off."""
    for address in objects:
        pdfium.FPDFPageObj_SetIsActive(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT), visible)


class Text(NamedTuple):
    """All characters of a page: what they are, their text objects, their places, and the styles of the objects.

    `kinds` has each style once: there are few, and most of what is asked of a page is settled by them.
    """

    chars: Sequence[str]
    objects: Sequence[int | None]
    places: Sequence[Sequence[float]]
    styles: Mapping[int, Style]
    kinds: Collection[Style]


def in_doubt(text: Text, doubtful: Iterable[int], strokes: Strokes) -> dict[int, int]:
    """The characters that may not be seen, each with its text object.

    Args:
        text: of the page.
        doubtful: characters that something lies upon.
        strokes: of the page.
    """
    marked = compress(text.styles, map((0).__lt__, map(pdfium_ffi.mark_count, text.styles)))
    odd = set(filter(on_layer, marked))
    if any(style.faint for style in text.kinds):
        odd |= {obj for obj, style in text.styles.items() if style.faint}
    if strokes.in_forms:
        odd |= text.styles.keys() - set(strokes.objects)
    white = {obj for obj, style in text.styles.items() if style.white} if any(s.white for s in text.kinds) else set()
    found = set(doubtful)
    if odd or white or strokes.dark:
        left, top, right, bottom = text.places[:4]
        for i, obj in enumerate(text.objects):
            if obj is None:
                continue
            box = (left[i], bottom[i], right[i], top[i])
            on_dark = bool(strokes.dark) and _on(box, strokes.dark)
            if obj in odd or (on_dark != (obj in white) and (on_dark or on_colour(box, strokes))):
                found.add(i)
    return {
        i: obj
        for i in found
        if (obj := text.objects[i]) is not None and not (text.styles[obj].fault or text.styles[obj].stencil)
    }


def on_colour(box: Sequence[float], strokes: Strokes) -> bool:
    """Whether the middle of a character (left, bottom, right, top …) lies on a fill or a picture."""
    return _on(box, (*strokes.fills, *strokes.images))


def _on(box: Sequence[float], areas: Iterable[Rect]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1 for x0, y0, x1, y1 in areas)


def too_small(text: Text) -> frozenset[int]:
    """The text objects that are specks beside the usual text of the page."""
    if all(style.size >= _TINY for style in text.kinds):
        return frozenset()
    sizes = sorted(text.styles[obj].size for obj in text.objects if obj is not None)
    limit = min(_TINY, sizes[len(sizes) // 2] * _OF_USUAL)
    return frozenset(obj for obj, style in text.styles.items() if style.size < limit)


class _Picture(NamedTuple):
    """The pixels of a frame: rows of four bytes each."""

    data: bytes
    width: int
    height: int
    stride: int


def _picture(page: Any, drawn: Frame) -> _Picture:
    """A part of the page as a viewer shows it, its own rotation undone."""
    width, height = drawn.right - drawn.left, drawn.bottom - drawn.top
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        upright = (4 - pdfium.FPDFPage_GetRotation(page)) % 4
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_RENDER_NO_SMOOTHIMAGE
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -drawn.left, -drawn.top, *drawn.page, upright, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        return _Picture(ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height), width, height, stride)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _ink(box: Rect, bounds: Bounds, drawn: Frame) -> tuple[int, int, int, int]:
    """Where the ink of a character is looked for, in pixels of the frame: columns and rows, from and to (exclusive)."""
    left, bottom, right, top = box
    side = (right - left) * _SIDE
    x0, x1, y0, y1 = _pixels((left + side, bottom, right - side, top), bounds, drawn.scale)
    return x0 - drawn.left, x1 - drawn.left, y0 - drawn.top, y1 - drawn.top


def _pixels(box: Rect, bounds: Bounds, scale: float) -> tuple[int, int, int, int]:
    """The columns and rows of the whole page that a box takes: from, to (exclusive)."""
    left, bottom, right, top = box
    x0, x1 = (left - bounds[0]) * scale, (right - bounds[0]) * scale
    y0, y1 = (bounds[3] - top) * scale, (bounds[3] - bottom) * scale
    return int(x0), int(x1) + 1, int(y0), int(y1) + 1


def _differ(one: _Picture, other: _Picture, area: tuple[int, int, int, int]) -> bool:
    """Whether two pictures of a page differ to the eye within an area."""
    x0, x1, y0, y1 = area
    x0, x1 = max(0, x0) * _CHANNELS, min(one.width, x1) * _CHANNELS
    for row in range(max(0, y0), min(one.height, y1)):
        at = row * one.stride
        a, b = one.data[at + x0 : at + x1], other.data[at + x0 : at + x1]
        if a != b and any(abs(p - q) >= _SEEN for p, q in zip(a, b, strict=True)):
            return True
    return False


def figure_parts(hidden: Collection[int], chars: Sequence[str], places: Sequence[Sequence[float]]) -> frozenset[int]:
    """Those of the hidden characters that a figure goes on with whose other digits are seen: half a number is another.

    Args:
        hidden: the characters that are not seen.
        chars: all characters, in the order of the file.
        places: as for `unseen`.
    """
    left, top, right, bottom = places[:4]
    kept: set[int] = set()

    def joined(i: int, j: int) -> bool:
        if not (0 <= j < len(chars) and chars[i] in _OF_FIGURES and chars[j] in _OF_FIGURES):
            return False
        high = abs(top[i] - bottom[i])
        gap = max(left[i], left[j]) - min(right[i], right[j])
        return abs(bottom[i] - bottom[j]) < high * 0.3 and gap < high * 0.3

    for order, step in ((sorted(hidden), -1), (sorted(hidden, reverse=True), 1)):
        for i in order:
            before = i + step
            if joined(i, before) and (before not in hidden or before in kept):
                kept.add(i)
    return frozenset(kept)


_OF_FIGURES = frozenset("0123456789.,，．-")
