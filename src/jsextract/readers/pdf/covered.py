"""Characters that nobody sees because something was painted over them or their clip ends (被遮盖、裁去的文字)."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import compress, repeat

from jsextract.readers.pdf import pdfium_ffi
from jsextract.readers.pdf.optional_content import on_layer
from jsextract.readers.pdf.strokes import Rect, Strokes

# What of a character's box must lie under an area, its outer fifths (a quarter in height) left out: they hold no ink.
_SIDE, _END = 0.2, 0.25
_ALL = (-float("inf"), -float("inf"), float("inf"), float("inf"))


def covered(
    objects: Sequence[int | None], places: Sequence[Sequence[float]], strokes: Strokes
) -> tuple[frozenset[int], frozenset[int]]:
    """Which characters lie under an area that is painted after them, and which may: only the picture tells.

    Args:
        objects: the text object of each character; None where it belongs to none.
        places: left, top, right, bottom … of all characters, in the page's own coordinates.
        strokes: of the page, with its areas and the order of painting.
    """
    left, top, right, bottom = places[:4]
    middles = [(a + b) / 2 for a, b in zip(top, bottom, strict=True)]
    by_height = sorted(range(len(middles)), key=middles.__getitem__)
    heights = [middles[i] for i in by_height]
    sure: set[int] = set()
    doubtful: set[int] = set()
    for area, box, plain in strokes.areas:
        painted = strokes.order.get(area, 0)
        under = [
            i for i in by_height[bisect_left(heights, box[1]) : bisect_right(heights, box[3])]
            if (obj := objects[i]) is not None
            and strokes.order.get(obj, painted) < painted
            and box[0] <= (left[i] + right[i]) / 2 <= box[2]
        ]  # fmt: skip
        if not under:
            continue
        if not plain or on_layer(area):
            doubtful.update(under)
        elif not pdfium_ffi.transparent(area):  # a highlighter covers nothing
            x0, y0, x1, y1 = _clipped(area, box)
            for i in under:
                side, end = (right[i] - left[i]) * _SIDE, (top[i] - bottom[i]) * _END
                if x0 <= left[i] + side and right[i] - side <= x1 and y0 <= bottom[i] + end and top[i] - end <= y1:
                    sure.add(i)
    return frozenset(sure), frozenset(doubtful - sure)


def clipped(
    objects: Sequence[int | None], texts: Collection[int], places: Sequence[Sequence[float]], strokes: Strokes
) -> frozenset[int]:
    """Which characters lie outside the clip of their text object: the rest of a name too long for its cell.

    Args:
        objects: as for `covered`.
        texts: the text objects, each once.
        places: as for `covered`.
        strokes: of the page; objects within forms, whose clip is measured otherwise, are left alone.
    """
    clips = _clips([obj for obj in strokes.objects if obj in texts] if strokes.in_forms else texts, places)
    if not clips:
        return frozenset()
    left, top, right, bottom = places[:4]
    found: set[int] = set()
    for i, clip in enumerate(map(clips.get, objects)):
        if clip is not None and not (
            clip[0] <= (left[i] + right[i]) / 2 <= clip[2] and clip[1] <= (top[i] + bottom[i]) / 2 <= clip[3]
        ):
            found.add(i)
    return frozenset(found)


def _clips(texts: Collection[int], places: Sequence[Sequence[float]]) -> dict[int | None, Rect]:
    """What the clip of each text object leaves, of those whose clip does not hold all characters of the page.

    A page has thousands of text objects and few clips: the paths of these, which objects share, are told apart by the
    addresses of their first corners.
    """
    handles = list(map(pdfium_ffi.clip_path, texts))
    counts = list(map(pdfium_ffi.clip_count, handles))
    held = {count for count in set(counts) if count > 0}
    found: dict[int | None, Rect] = {}
    everything = _extent(places) if held else _ALL
    for count in held:
        of_these = list(map(count.__eq__, counts))
        owners, clips = list(compress(texts, of_these)), list(compress(handles, of_these))
        firsts = [map(pdfium_ffi.clip_segment, clips, repeat(path), repeat(0)) for path in range(count)]
        corners = list(zip(*firsts, strict=True))
        one_of = dict(zip(corners, clips, strict=True))
        around = {corner: _within(clip, count, _ALL) for corner, clip in one_of.items()}
        narrow = {corner: box for corner, box in around.items() if not _holds(box, everything)}
        if narrow:
            found.update((obj, narrow[at]) for obj, at in zip(owners, corners, strict=True) if at in narrow)
    return found


def _extent(places: Sequence[Sequence[float]]) -> Rect:
    """The box around all characters, those too whose own box is inside out."""
    left, top, right, bottom = places[:4]
    return (
        min(min(left), min(right)),
        min(min(top), min(bottom)),
        max(max(left), max(right)),
        max(max(top), max(bottom)),
    )


def _holds(box: Rect, other: Rect) -> bool:
    """Whether a box holds the whole of another."""
    return box[0] <= other[0] and box[1] <= other[1] and other[2] <= box[2] and other[3] <= box[3]


def buried(objects: Sequence[int | None], under: Collection[int]) -> set[int]:
    """The text objects all of whose characters are among those that are not seen."""
    if not under:
        return set()
    seen = {obj for index, obj in enumerate(objects) if index not in under}
    return {obj for index in under if (obj := objects[index]) is not None and obj not in seen}


def _clipped(obj: int, box: Rect) -> Rect:
    """What is seen of the area of an object: no more than its clip leaves."""
    clip = pdfium_ffi.clip_path(obj)
    return _within(clip, pdfium_ffi.clip_count(clip), box)


def _within(clip: int, count: int, box: Rect) -> Rect:
    """What is left of an area within all paths of a clip."""
    x0, y0, x1, y1 = box
    for path in range(count):
        a, b, c, d = _around(clip, path)
        x0, y0, x1, y1 = max(x0, a), max(y0, b), min(x1, c), min(y1, d)
    return x0, y0, x1, y1


def _around(clip: int, path: int) -> Rect:
    """The box around one path of a clip, on the page."""
    corners = [
        (_POINT[0], _POINT[1])
        for index in range(max(0, pdfium_ffi.clip_segments(clip, path)))
        if pdfium_ffi.segment_point(pdfium_ffi.clip_segment(clip, path, index), _X, _Y)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys)) if corners else _ALL


_POINT = (ctypes.c_float * 2)()
_X = ctypes.addressof(_POINT)
_Y = _X + ctypes.sizeof(ctypes.c_float)
