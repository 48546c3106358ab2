"""Characters of a page with their places, straight from pdfium, and why some are left out."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jsextract.pdf import calls
from jsextract.pdf.layers import layer_of
from jsextract.pdf.lines import Glyph
from jsextract.pdf.radicals import RADICALS
from jsextract.pdf.strokes import Strokes

MAX_CHARACTERS = 200_000
_SMALLEST = 1.0
# Pale and larger than this: a watermark, not a heading.
_HUGE, _WATERMARK_PALE, _FAINT = 32.0, 170, 140
_SLANTED = 5.0
_WHITE = 250
_INVISIBLE_MODES = (3, 7)
_FILLED_MODES = (0, 4)
_IGNORED = frozenset("\r\n\ufeff\u200b\u200c\u200d\u2060\u00ad\ufffe\x00")
Bounds = tuple[float, float, float, float]


class Style(NamedTuple):
    """What one text object says about all of its characters.

    Attributes:
        size: points.
        quadrant: direction of writing, in quarter turns counter-clockwise.
        fault: why its characters are left out; blank where they are seen.
        white: drawn in white, seen only on a coloured area.
    """

    size: float
    quadrant: int
    fault: str
    white: bool


# A character in the page's own coordinates: left, bottom, right, top, the baseline's x (turned text) or y, font size,
# quadrant, the character. A plain tuple, since pages hold thousands.
RawGlyph = tuple[float, float, float, float, float, float, int, str]


@dataclass(slots=True)
class Characters:
    """Those of one page.

    Attributes:
        seen: what a reader sees.
        invisible: what only a machine sees (an OCR layer under a scan).
        dropped: how many were left out, by cause.
        overflow: the page holds more characters than any real one.
    """

    seen: list[RawGlyph] = field(default_factory=list)
    invisible: list[RawGlyph] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    overflow: bool = False


class GlyphReader:
    """Reads text pages; holds the C buffers that every call reuses.

    Args:
        hidden: names of layers that are switched off.
    """

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self._hidden = hidden
        self._matrix = (ctypes.c_float * 6)()
        self._rgba = (ctypes.c_uint * 4)()

    def read(self, text_page: Any, bounds: Bounds, strokes: Strokes) -> Characters:
        """The characters of a raw FPDF_TEXTPAGE.

        Args:
            text_page: from FPDFText_LoadPage.
            bounds: the visible part of the page (left, bottom, right, top) in its own coordinates.
            strokes: what else is drawn there; white text counts where a coloured area lies under it.
        """
        found = Characters()
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        if count > MAX_CHARACTERS:
            found.overflow = True
            return found
        page = calls.address(text_page)
        x0, y0, x1, y1 = bounds[0] - 2, bounds[1] - 2, bounds[2] + 2, bounds[3] + 2
        styles: dict[int, Style] = {}
        seen, object_at = found.seen, calls.text_object
        boxes, origins = _boxes(page, count)
        # FS_RECTF holds left, top, right, bottom
        sides = zip(boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4], origins[::2], origins[1::2], strict=True)
        for index, (char, (left, top, right, bottom, x, y)) in enumerate(
            zip(_characters(page, count), sides, strict=True)
        ):
            # pdfium inserts spaces of its own, without extent, sometimes on the wrong side of a character
            if char in _IGNORED or (char == " " and left == right and top == bottom):
                continue
            key = object_at(page, index)
            if not key:
                continue
            style = styles.get(key)
            if style is None:
                style = styles[key] = self._style(page, index, key)
            size, quadrant, fault, white = style
            glyph = (min(left, x), bottom, right, top, x if quadrant % 2 else y, size, quadrant, char)
            if not (x0 <= left and right <= x1 and y0 <= bottom and top <= y1) and _outside(glyph, bounds):
                fault = "off_page"
            elif white and not fault and not _on_colour(glyph, strokes):
                fault = "invisible"
            if not fault:
                seen.append(glyph)
                continue
            if char != " ":
                found.dropped[fault] += 1
            if fault == "invisible":
                found.invisible.append(glyph)
        return found

    def _style(self, page: int, index: int, key: int) -> Style:
        m = self._matrix
        size = calls.text_size(page, index)
        a, b, scale = 1.0, 0.0, 1.0
        if calls.text_matrix(page, index, ctypes.addressof(m)):
            a, b = (-m[0], -m[1]) if size < 0 else (m[0], m[1])
            scale = math.hypot(m[2], m[3]) or math.hypot(a, b)
        size = abs(size) * scale
        quadrant, slant = 0, 0.0
        if b or a < 0:
            angle = math.degrees(math.atan2(b, a)) % 360
            quadrant = round(angle / 90) % 4
            slant = abs((angle - quadrant * 90 + 180) % 360 - 180)
        tone, alpha = self._tone(key)
        mode = calls.text_mode(key)
        fault = ""
        if slant > _SLANTED:
            fault = "watermark"
        elif mode in _INVISIBLE_MODES or size < _SMALLEST or alpha == 0 or self._on_hidden_layer(key):
            fault = "invisible"
        elif size > _HUGE and (tone >= _WATERMARK_PALE or alpha < _FAINT):
            fault = "watermark"
        return Style(size, quadrant, fault, tone >= _WHITE and mode in _FILLED_MODES)

    def _on_hidden_layer(self, key: int) -> bool:
        return bool(self._hidden) and layer_of(ctypes.cast(key, pdfium.FPDF_PAGEOBJECT)) in self._hidden

    def _tone(self, key: int) -> tuple[int, int]:
        """The darkest channel of the fill colour (255 is white) and its opacity."""
        place = ctypes.addressof(self._rgba)
        if not calls.fill_colour(key, place, place + 4, place + 8, place + 12):
            return 0, 255
        r, g, b, alpha = self._rgba
        return min(r, g, b), alpha


def _characters(page: int, count: int) -> list[str]:
    """Each character of a text page; in one call where every one of them is one UTF-16 unit."""
    buffer = (ctypes.c_ushort * (count + 1))()
    radical = RADICALS.get
    written = calls.text_all(page, 0, count, ctypes.addressof(buffer))
    units = buffer[:count]
    if written == count + 1 and not any(0xD800 <= u <= 0xDFFF for u in units):
        return [radical(char, char) for char in bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")]
    codes = (calls.text_unicode(page, index) for index in range(count))
    return [radical(char, char) for char in (chr(c) if c < 0x110000 else "\ufffd" for c in codes)]


def _boxes(page: int, count: int) -> tuple[list[float], list[float]]:
    """For each character left, top, right, bottom of its box, and x, y of its origin; zeros where it has none.

    The baseline comes from the origin: pdfium's loose boxes are tight ones for fonts that name no ascent.
    """
    boxes, origins = (ctypes.c_float * (4 * count))(), (ctypes.c_double * (2 * count))()
    box_at, origin_at = ctypes.addressof(boxes), ctypes.addressof(origins)
    box, origin = calls.text_box, calls.text_origin
    for index in range(count):
        box(page, index, box_at + 16 * index)
        place = origin_at + 16 * index
        origin(page, index, place, place + 8)
    return boxes[:], origins[:]


def _outside(glyph: RawGlyph, bounds: Bounds) -> bool:
    left, bottom, _, _, base, _, quadrant, _ = glyph
    x, y = (base, bottom) if quadrant % 2 else (left, base)
    return not (bounds[0] - 2 <= x <= bounds[2] + 2 and bounds[1] - 2 <= y <= bounds[3] + 2)


def _on_colour(glyph: RawGlyph, strokes: Strokes) -> bool:
    x, y = (glyph[0] + glyph[2]) / 2, (glyph[1] + glyph[3]) / 2
    return any(x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1 for x0, y0, x1, y1 in (*strokes.fills, *strokes.images))


def direction(glyphs: list[RawGlyph], page_rotation: int) -> int:
    """How many degrees clockwise the page must be turned for most of its text to stand upright."""
    count = Counter([g[6] for g in glyphs if g[7] != " "])
    if not count:
        return page_rotation
    quadrant, votes = max(count.items(), key=lambda kv: (kv[1], kv[0] * 90 == page_rotation))
    return quadrant * 90 if votes * 2 > count.total() else page_rotation


def upright(glyphs: list[RawGlyph], turn: int, bounds: Bounds) -> list[Glyph]:
    """The characters written in this direction, on the page turned `turn` degrees clockwise, origin top left."""
    left, bottom, right, top = bounds
    quadrant = turn // 90
    if turn == 0:
        return [(top - g[4], g[0] - left, g[2] - left, g[5], g[7]) for g in glyphs if g[6] == quadrant]
    if turn == 90:
        return [(g[4] - left, g[1] - bottom, g[3] - bottom, g[5], g[7]) for g in glyphs if g[6] == quadrant]
    if turn == 180:
        return [(g[4] - bottom, right - g[2], right - g[0], g[5], g[7]) for g in glyphs if g[6] == quadrant]
    return [(right - g[4], top - g[3], top - g[1], g[5], g[7]) for g in glyphs if g[6] == quadrant]
