"""Characters of a page with their places, straight from pdfium, and why some are left out."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2.raw as pdfium

from jsextract.pdf.lines import Glyph
from jsextract.pdf.radicals import RADICALS
from jsextract.pdf.strokes import Strokes

MAX_CHARACTERS = 200_000
_SMALLEST = 1.0
# Pale and larger than this: a watermark, not a heading.
_HUGE, _WATERMARK_PALE = 32.0, 170
_SLANTED = 5.0
_WHITE = 250
_INVISIBLE_MODES = (3, 7)
# pdfium marks a hyphen at a line end with this control character.
_HYPHEN = "\x02"
_IGNORED = frozenset("\r\n\ufeff\u200b\u200c\u200d\u2060\u00ad\ufffe\x00")


class Style(NamedTuple):
    """What one text object says about all of its characters."""

    size: float
    quadrant: int
    fault: str
    white: bool


class RawGlyph(NamedTuple):
    """A character in the page's own coordinates: its origin on the baseline and its advance box."""

    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    size: float
    quadrant: int
    char: str


@dataclass(slots=True)
class Characters:
    """Those of one page.

    Attributes:
        seen: what a reader sees.
        invisible: what only a machine sees (an OCR layer under a scan).
        dropped: how many were left out, by cause.
        overflow: the page holds more characters than any real one.
        unmapped: text objects whose font has no way to Unicode, and all text objects.
    """

    seen: list[RawGlyph] = field(default_factory=list)
    invisible: list[RawGlyph] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    overflow: bool = False
    unmapped: int = 0
    total: int = 0


def _prototype() -> ctypes._CFuncPtr:  # type: ignore[name-defined]
    """FPDFText_GetTextObject giving a plain address, which serves as a dictionary key."""
    address = ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(address)


class GlyphReader:
    """Reads text pages; holds the C buffers that every call reuses."""

    def __init__(self) -> None:
        self._object_at = _prototype()
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = pdfium.FS_MATRIX()
        self._rgba = [ctypes.c_uint() for _ in range(4)]

    def read(self, text_page: object, bounds: tuple[float, float, float, float], strokes: Strokes) -> Characters:
        """The characters of a raw FPDF_TEXTPAGE.

        Args:
            text_page: from FPDFText_LoadPage.
            bounds: the visible part of the page (left, bottom, right, top) in its own coordinates.
            strokes: what else is drawn there; white text counts where a coloured area lies under it.
        """
        found = Characters()
        count = pdfium.FPDFText_CountChars(text_page)
        if count > MAX_CHARACTERS:
            found.overflow = True
            return found
        styles: dict[int, Style] = {}
        address = ctypes.cast(text_page, ctypes.c_void_p).value  # type: ignore[arg-type]
        rect, x, y = self._rect, self._x, self._y
        left, bottom, right, top = bounds
        for index in range(max(count, 0)):
            char = self._char(text_page, index)
            if char in _IGNORED:
                continue
            key = self._object_at(address, index)
            if not key:
                continue
            style = styles.get(key)
            if style is None:
                style = styles[key] = self._style(text_page, index, key)
                found.total += 1
                found.unmapped += pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1
            if not pdfium.FPDFText_GetLooseCharBox(text_page, index, rect):
                continue
            pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
            px, py = x.value, y.value
            glyph = RawGlyph(px, py, rect.left, rect.bottom, rect.right, rect.top, style.size, style.quadrant, char)
            cause = style.fault
            if not (left - 2 <= px <= right + 2 and bottom - 2 <= py <= top + 2):
                cause = "off_page"
            elif style.white and not _on_colour(px, py, strokes):
                cause = cause or "invisible"
            if not cause:
                found.seen.append(glyph)
            elif char != " ":
                found.dropped[cause] += 1
            if cause == "invisible":
                found.invisible.append(glyph)
        return found

    def _char(self, text_page: object, index: int) -> str:
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if char == _HYPHEN:
            return "-"
        return RADICALS.get(char, char)

    def _style(self, text_page: object, index: int, key: int) -> Style:
        m = self._matrix
        a, b = 1.0, 0.0
        size = pdfium.FPDFText_GetFontSize(text_page, index)
        scale = 1.0
        if pdfium.FPDFText_GetMatrix(text_page, index, m):
            sign = -1.0 if size < 0 else 1.0
            a, b = m.a * sign, m.b * sign
            scale = math.hypot(m.c, m.d) or math.hypot(a, b)
        size = abs(size) * scale
        angle = math.degrees(math.atan2(b, a)) % 360
        quadrant = round(angle / 90) % 4
        slant = abs((angle - quadrant * 90 + 180) % 360 - 180)
        obj = ctypes.cast(key, pdfium.FPDF_PAGEOBJECT)
        tone, alpha = self._tone(obj)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(obj)
        fault = ""
        if slant > _SLANTED:
            fault = "watermark"
        elif mode in _INVISIBLE_MODES or size < _SMALLEST or alpha == 0:
            fault = "invisible"
        elif size > _HUGE and (tone >= _WATERMARK_PALE or alpha < 140):
            fault = "watermark"
        return Style(size, quadrant, fault, tone >= _WHITE and mode in (0, 4))

    def _tone(self, obj: object) -> tuple[int, int]:
        """The darkest channel of the fill colour (255 is white) and its opacity."""
        r, g, b, a = self._rgba
        if not pdfium.FPDFPageObj_GetFillColor(obj, r, g, b, a):
            return 0, 255
        return min(r.value, g.value, b.value), a.value


def _on_colour(x: float, y: float, strokes: Strokes) -> bool:
    return any(x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1 for x0, y0, x1, y1 in (*strokes.fills, *strokes.images))


def direction(glyphs: list[RawGlyph], page_rotation: int) -> int:
    """How many degrees clockwise the page must be turned for most of its text to stand upright."""
    count = Counter(g.quadrant for g in glyphs if not g.char.isspace())
    if not count:
        return page_rotation
    quadrant, votes = max(count.items(), key=lambda kv: (kv[1], kv[0] * 90 == page_rotation))
    return quadrant * 90 if votes * 2 > count.total() else page_rotation


def upright(g: RawGlyph, turn: int, bounds: tuple[float, float, float, float]) -> Glyph:
    """The character on the page turned `turn` degrees clockwise, origin at the top left."""
    left, bottom, right, top = bounds
    if turn == 0:
        return Glyph(top - g.y, g.left - left, g.right - left, g.size, g.char)
    if turn == 90:
        return Glyph(g.x - left, g.bottom - bottom, g.top - bottom, g.size, g.char)
    if turn == 180:
        return Glyph(g.y - bottom, right - g.right, right - g.left, g.size, g.char)
    return Glyph(right - g.x, top - g.top, top - g.bottom, g.size, g.char)
