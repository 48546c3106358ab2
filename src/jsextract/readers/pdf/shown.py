"""Characters that are in the file and leave no ink: the page is drawn with and without them (画面上是否可见).

A clip, a layer that is off, a colour like its ground, a form, whatever was painted on top: each may hide a text, and
pdfium, which draws the page, knows all of them. So those in doubt are asked of the picture.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jsextract.readers.pdf import pdfium_ffi
from jsextract.readers.pdf.optional_content import on_layer
from jsextract.readers.pdf.strokes import Strokes
from jsextract.readers.pdf.styles import Style

_SCALE, _LARGEST = 2.0, 4000  # pixels a point, pixels a side
_LEAST_SCALE = 0.8
_CHANNELS = 4
# How far a channel of 256 steps must change for a person to see anything.
_SEEN = 20
_SIDE = 0.15  # of a character's width at either end, where its neighbours' ink may be
_OF_USUAL, _TINY = 0.4, 3.5  # of the usual size on the page, points
Bounds = tuple[float, float, float, float]
Rect = tuple[float, float, float, float]


def unseen(page: Any, doubtful: Mapping[int, int], places: Sequence[Sequence[float]], bounds: Bounds) -> frozenset[int]:
    """Which characters in doubt leave no ink on the page; none where it is too large to be drawn.

    Args:
        page: a raw FPDF_PAGE.
        doubtful: the text object of each character in doubt.
        places: left, top, right, bottom … of all characters, in the page's own coordinates.
        bounds: the visible part of the page.
    """
    scale = min(_SCALE, _LARGEST / max(bounds[2] - bounds[0], bounds[3] - bounds[1], 1.0))
    if not doubtful or scale < _LEAST_SCALE:
        return frozenset()
    with_them = _picture(page, bounds, scale)
    objects = set(doubtful.values())
    show(objects, visible=False)
    without = _picture(page, bounds, scale)
    show(objects, visible=True)
    left, top, right, bottom = places[:4]
    boxes = {i: (left[i], bottom[i], right[i], top[i]) for i in doubtful}
    return frozenset(i for i, box in boxes.items() if not _differ(with_them, without, _pixels(box, bounds, scale)))


def show(objects: Iterable[int], *, visible: bool) -> None:
    """Takes page objects off their page, or puts them back; pdfium neither draws nor reads those that are off."""
    for address in objects:
        pdfium.FPDFPageObj_SetIsActive(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT), visible)


class Text(NamedTuple):
    """All characters of a page: what they are, their text objects, their places, and the styles of the objects."""

    chars: Sequence[str]
    objects: Sequence[int | None]
    places: Sequence[Sequence[float]]
    styles: Mapping[int, Style]


def in_doubt(text: Text, doubtful: Iterable[int], strokes: Strokes) -> dict[int, int]:
    """The characters that may not be seen, each with its text object.

    Args:
        text: of the page.
        doubtful: characters that something lies upon.
        strokes: of the page.
    """
    marks = map(pdfium_ffi.mark_count, text.styles)
    odd = {obj for obj, count in zip(text.styles, marks, strict=True) if count > 0 and on_layer(obj)}
    odd |= {obj for obj, style in text.styles.items() if style.faint}
    if strokes.in_forms:
        odd |= text.styles.keys() - set(strokes.objects)
    white = {obj for obj, style in text.styles.items() if style.white}
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
    return {i: obj for i in found if (obj := text.objects[i]) is not None and not text.styles[obj].fault}


def on_colour(box: Sequence[float], strokes: Strokes) -> bool:
    """Whether the middle of a character (left, bottom, right, top …) lies on a fill or a picture."""
    return _on(box, (*strokes.fills, *strokes.images))


def _on(box: Sequence[float], areas: Iterable[Rect]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1 for x0, y0, x1, y1 in areas)


def too_small(styles: Mapping[int, Style], objects: Sequence[int | None]) -> frozenset[int]:
    """The text objects that are specks beside the usual text of the page."""
    least = min((style.size for style in styles.values()), default=_TINY)
    if least >= _TINY:
        return frozenset()
    sizes = sorted(styles[obj].size for obj in objects if obj is not None)
    limit = min(_TINY, sizes[len(sizes) // 2] * _OF_USUAL)
    return frozenset(obj for obj, style in styles.items() if style.size < limit)


class _Picture:
    """The pixels of a page: rows of four bytes each."""

    def __init__(self, data: bytes, width: int, height: int, stride: int) -> None:
        self.data, self.width, self.height, self.stride = data, width, height, stride


def _picture(page: Any, bounds: Bounds, scale: float) -> _Picture:
    """The page as a viewer shows it, its own rotation undone."""
    width = max(1, round((bounds[2] - bounds[0]) * scale))
    height = max(1, round((bounds[3] - bounds[1]) * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        upright = (4 - pdfium.FPDFPage_GetRotation(page)) % 4
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_RENDER_NO_SMOOTHIMAGE
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, upright, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        return _Picture(ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height), width, height, stride)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _pixels(box: Rect, bounds: Bounds, scale: float) -> tuple[int, int, int, int]:
    """The columns and rows of a box: from, to (exclusive)."""
    left, bottom, right, top = box
    side = (right - left) * _SIDE
    x0, x1 = (left + side - bounds[0]) * scale, (right - side - bounds[0]) * scale
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
