"""Characters of a page with their places, straight from pdfium, and why some are left out."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, NamedTuple, cast

import pypdfium2.raw as pdfium
from msgspec import Struct, field

from jsextract.readers.pdf import pdfium_ffi
from jsextract.readers.pdf.covered import buried, clipped, covered
from jsextract.readers.pdf.optional_content import layer_of
from jsextract.readers.pdf.radicals import RADICALS
from jsextract.readers.pdf.strokes import Strokes
from jsextract.readers.pdf.watermarks import pale_words

MAX_CHARACTERS = 200_000
_SMALLEST, _LARGEST = 1.0, 2000.0  # points; no letter is larger, on whatever poster
# Pale and larger than this: a watermark, not a heading.
_HUGE, _WATERMARK_PALE, _FAINT = 32.0, 170, 140
_SLANTED = 5.0
_WHITE = 250
_INVISIBLE_MODE = 3
_CLIP_MODE = 7  # letters as a stencil: seen where something is painted through them
_FILLED_MODES = (0, 4)
_IGNORED = frozenset("\r\n\ufeff\u200b\u200c\u200d\u2060\u00ad\ufffe\x00")
Bounds = tuple[float, float, float, float]


class Style(NamedTuple):
    """What one text object says about all of its characters.

    Attributes:
        size: points.
        quadrant: direction of writing, in quarter turns counter-clockwise.
        fault: why its characters are left out; blank where they are seen.
        white: drawn in white, or as a stencil: seen only on a coloured area.
        plain: upright and seen wherever it stands on the page.
        pale: in a light grey, or nearly transparent, as watermarks are.
    """

    size: float
    quadrant: int
    fault: str
    white: bool
    plain: bool
    pale: bool = False


# A character in the page's own coordinates: left, bottom, right, top, the baseline's x (turned text) or y, font size,
# quadrant, the character. A plain tuple, since pages hold thousands.
RawGlyph = tuple[float, float, float, float, float, float, int, str]
# Of a text object: font size, render mode, whether it has a fill colour, a b c d of its matrix, the colour.
Look = tuple[float, int, int, float, float, float, float, int, int, int, int]
# Of all characters: left, top, right, bottom, and x, y of the origin.
Places = tuple[list[float], list[float], list[float], list[float], list[float], list[float]]
# A character with its place and style; None where it belongs to no text object.
Char = tuple[str, float, float, float, float, float, float, Style | None]


class Characters(Struct):
    """Those of one page.

    Attributes:
        seen: what a reader sees.
        invisible: what only a machine sees (an OCR layer under a scan).
        covered: what lies under an area that was painted over it.
        buried: the text objects that are covered whole.
        dropped: how many were left out, by cause.
        overflow: the page holds more characters than any real one.
    """

    seen: list[RawGlyph] = field(default_factory=list)
    invisible: list[RawGlyph] = field(default_factory=list)
    covered: list[RawGlyph] = field(default_factory=list)
    buried: set[int] = field(default_factory=set)
    dropped: Counter[str] = field(default_factory=Counter)
    overflow: bool = False


class GlyphReader:
    """Reads text pages, asking pdfium for one property of all characters at a time: pages hold thousands.

    Args:
        hidden: names of layers that are switched off.

    Attributes:
        pale: at how many places of all pages large pale words stand.
        watermarks: words of these that are left out.
    """

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self.pale: Counter[str] = Counter()
        self.watermarks: frozenset[str] = frozenset()
        self._hidden = hidden
        self._known: dict[Look, Style] = {}

    def read(self, text_page: Any, bounds: Bounds, strokes: Strokes) -> Characters:
        """The characters of a raw FPDF_TEXTPAGE.

        Args:
            text_page: from FPDFText_LoadPage.
            bounds: the visible part of the page (left, bottom, right, top) in its own coordinates.
            strokes: what else is drawn there; white text counts where a coloured area lies under it.
        """
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        if count > MAX_CHARACTERS:
            return Characters(overflow=True)
        if not count:
            return Characters()
        page = pdfium_ffi.address(text_page)
        places = _places(page, count)
        objects = list(map(pdfium_ffi.text_object, repeat(page), range(count)))
        styles = self._styles(page, objects)
        texts = _characters(page, count)
        under = covered(objects, places, strokes, self._hidden) if strokes.areas else frozenset()
        faults = dict.fromkeys(clipped(texts, objects, places, strokes), "clipped") | dict.fromkeys(under, "covered")
        pale = pale_words(texts, places[5], objects, styles)
        self.pale.update({word: len(rows) for word, rows in pale.items()})
        for word in self.watermarks & pale.keys():
            faults.update((index, "watermark") for row in pale[word] for index in row)
        chars = zip(texts, *places, map(styles.get, objects), strict=True)
        if not faults and all(style.plain for style in styles.values()) and _inside(places, bounds):
            return Characters(_plain(chars))
        found = _sorted_out(chars, bounds, strokes, faults)
        found.buried = buried(objects, under)
        return found

    def _styles(self, page: int, objects: list[int | None]) -> dict[int, Style]:
        """What each text object says about its characters; pages that set each character apart hold thousands."""
        firsts = dict(zip(reversed(objects), range(len(objects) - 1, -1, -1), strict=True))
        firsts.pop(None, None)  # line ends of pdfium's own belong to none
        keys, indices = cast("list[int]", list(firsts)), list(firsts.values())
        known, styles = self._known, {}
        for key, look in zip(keys, _looks(page, keys, indices), strict=True):
            style = known.get(look)
            if style is None:
                style = known[look] = _style(*look)
            styles[key] = style
        if self._hidden:
            return {key: self._on_layer(key, style) for key, style in styles.items()}
        return styles

    def _on_layer(self, key: int, style: Style) -> Style:
        """The style; invisible where its object lies on a layer that is switched off."""
        hidden = layer_of(ctypes.cast(key, pdfium.FPDF_PAGEOBJECT)) in self._hidden
        return style._replace(fault=style.fault or "invisible", plain=False) if hidden else style


def _looks(page: int, keys: list[int], indices: list[int]) -> Iterator[Look]:
    """Font size, matrix, render mode and fill colour of each text object."""
    count = len(keys)
    matrices, colours = (ctypes.c_float * (6 * count))(), (ctypes.c_uint * (4 * count))()
    at = ctypes.addressof(matrices)
    _run(map(pdfium_ffi.text_matrix, repeat(page), indices, range(at, at + 24 * count, 24)))
    at = ctypes.addressof(colours)
    rgba = (range(at + shift, at + 16 * count + shift, 16) for shift in (0, 4, 8, 12))
    filled = map(pdfium_ffi.fill_colour, keys, *rgba)
    modes = map(pdfium_ffi.text_mode, keys)
    sizes = map(pdfium_ffi.text_size, repeat(page), indices)
    told = list(zip(sizes, modes, filled, strict=True))  # fills the buffers, too
    m, c = matrices[:], colours[:]
    return (
        (*said, *matrix, *colour)
        for said, matrix, colour in zip(
            told,
            zip(m[::6], m[1::6], m[2::6], m[3::6], strict=True),
            zip(c[::4], c[1::4], c[2::4], c[3::4], strict=True),
            strict=True,
        )
    )


def _style(
    size: float, mode: int, filled: int, a: float, b: float, c: float, d: float,
    red: int, green: int, blue: int, alpha: int,
) -> Style:  # fmt: skip
    """What a text object looks like: its size and slant in points and degrees, and why it is not read, if so."""
    tone, alpha = (min(red, green, blue), alpha) if filled else (0, 255)  # the darkest channel: 255 is white
    if size < 0:
        a, b = -a, -b
    if not (a or b or c or d):  # pdfium knows no matrix
        a = 1.0
    size = abs(size) * (math.hypot(c, d) or math.hypot(a, b))
    quadrant, slant = 0, 0.0
    if b or a < 0:
        angle = math.degrees(math.atan2(b, a)) % 360
        quadrant = round(angle / 90) % 4
        slant = abs((angle - quadrant * 90 + 180) % 360 - 180)
    fault = ""
    if slant > _SLANTED:
        fault = "watermark"
    elif mode == _INVISIBLE_MODE or not _SMALLEST <= size <= _LARGEST or alpha == 0:
        fault = "invisible"
    elif size > _HUGE and (tone >= _WATERMARK_PALE or alpha < _FAINT):
        fault = "watermark"
    white = (tone >= _WHITE and mode in _FILLED_MODES) or mode == _CLIP_MODE
    pale = not (fault or white) and (tone >= _WATERMARK_PALE or alpha < _FAINT)
    return Style(size, quadrant, fault, white, plain=not (fault or white or quadrant), pale=pale)


def _inside(places: Places, bounds: Bounds) -> bool:
    """Whether every character lies on the visible page."""
    left, top, right, bottom, _, _ = places
    return (
        min(left) >= bounds[0] - 2
        and min(bottom) >= bounds[1] - 2
        and max(right) <= bounds[2] + 2
        and max(top) <= bounds[3] + 2
    )


def _plain(chars: Iterable[Char]) -> list[RawGlyph]:
    """The glyphs of a page where nothing is hidden or turned."""
    return [
        (left if left < x else x, bottom, right, top, y, style.size, 0, char)
        for char, left, top, right, bottom, x, y, style in chars
        if style is not None and char not in _IGNORED and (char != " " or left != right or top != bottom)
    ]


def _sorted_out(chars: Iterable[Char], bounds: Bounds, strokes: Strokes, faults: dict[int, str]) -> Characters:
    """The characters that are seen, and those that are left out with their cause."""
    found = Characters()
    x0, y0, x1, y1 = bounds[0] - 2, bounds[1] - 2, bounds[2] + 2, bounds[3] + 2
    for index, (char, left, top, right, bottom, x, y, style) in enumerate(chars):
        # pdfium inserts spaces of its own, without extent, sometimes on the wrong side of a character
        if style is None or char in _IGNORED or (char == " " and left == right and top == bottom):
            continue
        size, quadrant, fault, white, _, _ = style
        glyph = (min(left, x), bottom, right, top, x if quadrant % 2 else y, size, quadrant, char)
        if not (x0 <= left and right <= x1 and y0 <= bottom and top <= y1) and _outside(glyph, bounds):
            fault = "off_page"
        elif white and not fault and not _on_colour(glyph, strokes):
            fault = "invisible"
        elif not fault:
            fault = faults.get(index, "")
        if not fault:
            found.seen.append(glyph)
            continue
        if char != " ":
            found.dropped[fault] += 1
        if fault == "invisible":
            found.invisible.append(glyph)
        elif fault == "covered":
            found.covered.append(glyph)
    return found


def _run(effects: Iterable[object]) -> None:
    """Makes the calls of an iterator, for what they write."""
    deque(effects, maxlen=0)


def _characters(page: int, count: int) -> list[str]:
    """Each character of a text page; in one call where every one of them is one UTF-16 unit."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_ffi.text_all(page, 0, count, ctypes.addressof(buffer))
    try:
        chars = list(bytes(buffer)[: 2 * count].decode("utf-16-le"))
    except UnicodeDecodeError:  # half a pair
        chars = []
    if written != count + 1 or len(chars) != count:
        codes = (pdfium_ffi.text_unicode(page, index) for index in range(count))
        chars = [chr(c) if c < 0x110000 else "\ufffd" for c in codes]
    return chars if RADICALS.keys().isdisjoint(chars) else [RADICALS.get(char, char) for char in chars]


def _places(page: int, count: int) -> Places:
    """For each character left, top, right, bottom of its box, and x, y of its origin; zeros where it has none.

    The baseline comes from the origin: pdfium's loose boxes are tight ones for fonts that name no ascent.
    """
    boxes, origins = (ctypes.c_float * (4 * count))(), (ctypes.c_double * (2 * count))()
    at = ctypes.addressof(boxes)  # of FS_RECTF: left, top, right, bottom
    _run(map(pdfium_ffi.text_box, repeat(page), range(count), range(at, at + 16 * count, 16)))
    at = ctypes.addressof(origins)
    ends = (range(at + shift, at + 16 * count + shift, 16) for shift in (0, 8))
    _run(map(pdfium_ffi.text_origin, repeat(page), range(count), *ends))
    b, o = boxes[:], origins[:]
    return b[::4], b[1::4], b[2::4], b[3::4], o[::2], o[1::2]


def _outside(glyph: RawGlyph, bounds: Bounds) -> bool:
    """Whether a glyph stands outside the page's visible bounds."""
    left, bottom, _, _, base, _, quadrant, _ = glyph
    x, y = (base, bottom) if quadrant % 2 else (left, base)
    return not (bounds[0] - 2 <= x <= bounds[2] + 2 and bounds[1] - 2 <= y <= bounds[3] + 2)


def _on_colour(glyph: RawGlyph, strokes: Strokes) -> bool:
    """Whether the middle of a glyph lies on a fill or a picture."""
    x, y = (glyph[0] + glyph[2]) / 2, (glyph[1] + glyph[3]) / 2
    return any(x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1 for x0, y0, x1, y1 in (*strokes.fills, *strokes.images))
