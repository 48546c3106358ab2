"""Characters that nobody sees because something was painted over them or their clip ends (被遮盖、裁去的文字)."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import pypdfium2.raw as pdfium

from jsextract.readers.pdf import pdfium_ffi
from jsextract.readers.pdf.optional_content import layer_of
from jsextract.readers.pdf.strokes import Rect, Strokes

# What of a character's box must lie under an area, its outer fifths (a quarter in height) left out: they hold no ink.
_SIDE, _END = 0.2, 0.25
_LONG = 6  # characters; shorter texts are not asked for their clip
_FAR = float("inf")


def covered(
    objects: Sequence[int | None], places: Sequence[Sequence[float]], strokes: Strokes, hidden: frozenset[str]
) -> frozenset[int]:
    """Which characters lie under an area that is painted after them.

    Args:
        objects: the text object of each character; None where it belongs to none.
        places: left, top, right, bottom … of all characters, in the page's own coordinates.
        strokes: of the page, with its areas and the order of painting.
        hidden: names of layers that are switched off: their areas cover nothing.
    """
    areas = [(strokes.order.get(obj, 0), _clipped(obj, box)) for obj, box in strokes.areas if _opaque(obj, hidden)]
    if not areas:
        return frozenset()
    left, top, right, bottom = places[:4]
    middles = [(a + b) / 2 for a, b in zip(top, bottom, strict=True)]
    by_height = sorted(range(len(middles)), key=middles.__getitem__)
    heights = [middles[i] for i in by_height]
    found: set[int] = set()
    for painted, (x0, y0, x1, y1) in areas:
        for i in by_height[bisect_left(heights, y0) : bisect_right(heights, y1)]:
            obj = objects[i]
            if obj is None or strokes.order.get(obj, painted) >= painted:
                continue
            side, end = (right[i] - left[i]) * _SIDE, (top[i] - bottom[i]) * _END
            if x0 <= left[i] + side and right[i] - side <= x1 and y0 <= bottom[i] + end and top[i] - end <= y1:
                found.add(i)
    return frozenset(found)


def clipped(
    chars: Sequence[str], objects: Sequence[int | None], places: Sequence[Sequence[float]], strokes: Strokes
) -> frozenset[int]:
    """Which characters of words lie outside the clip of their text object: the rest of a name too long for its cell.

    Sheets cut names off where the next cell is filled. Texts with figures are left whole: half a number is another one.

    Args:
        chars: of the page.
        objects: as for `covered`.
        places: as for `covered`.
        strokes: of the page; objects within forms, whose clip is measured otherwise, are left alone.
    """
    long = [obj for obj, count in Counter(objects).items() if obj is not None and count >= _LONG]
    held = {obj for obj in long if pdfium_ffi.clip_count(pdfium_ffi.clip_path(obj)) > 0}
    held = held.intersection(strokes.objects) if held else held
    if not held:
        return frozenset()
    words: dict[int, list[int]] = defaultdict(list)
    for index, obj in enumerate(objects):
        if obj in held and obj is not None:
            words[obj].append(index)
    left, top, right, bottom = places[:4]
    found: set[int] = set()
    for obj, indices in words.items():
        if any(chars[i].isdigit() for i in indices):
            continue
        x0, y0, x1, y1 = _clipped(obj, (-_FAR, -_FAR, _FAR, _FAR))
        out = {
            i for i in indices
            if not (x0 <= (left[i] + right[i]) / 2 <= x1 and y0 <= (top[i] + bottom[i]) / 2 <= y1)
        }  # fmt: skip
        if len(out) < len(indices):
            found |= out
    return frozenset(found)


def buried(objects: Sequence[int | None], under: frozenset[int]) -> set[int]:
    """The text objects all of whose characters are among those that are covered."""
    if not under:
        return set()
    seen = {obj for index, obj in enumerate(objects) if index not in under}
    return {obj for index in under if (obj := objects[index]) is not None and obj not in seen}


def _opaque(obj: int, hidden: frozenset[str]) -> bool:
    """Whether an area hides what lies under it: neither transparent, nor blended (a highlighter), nor switched off."""
    handle = ctypes.cast(obj, pdfium.FPDF_PAGEOBJECT)
    return not pdfium.FPDFPageObj_HasTransparency(handle) and not (hidden and layer_of(handle) in hidden)


def _clipped(obj: int, box: Rect) -> Rect:
    """What is seen of an area: no more than its clip leaves."""
    clip = pdfium.FPDFPageObj_GetClipPath(ctypes.cast(obj, pdfium.FPDF_PAGEOBJECT))
    x0, y0, x1, y1 = box
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        points = list(_points(clip, path))
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            x0, y0, x1, y1 = max(x0, min(xs)), max(y0, min(ys)), min(x1, max(xs)), min(y1, max(ys))
    return x0, y0, x1, y1


def _points(clip: object, path: int) -> Iterable[tuple[float, float]]:
    """The corners of one path of a clip, on the page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value
