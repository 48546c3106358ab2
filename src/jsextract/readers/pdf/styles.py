"""What a text object says about all of its characters: size, slant, colour, and why they are not read, if so (字形)."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

from jsextract.readers.pdf import pdfium_ffi

_SMALLEST, _LARGEST = 1.0, 2000.0  # points; no letter is larger, on whatever poster
# Pale and larger than this: a watermark, not a heading.
_HUGE, _WATERMARK_PALE, _FAINT = 32.0, 170, 140
# So light that it may be no more than a shimmer.
_LIGHT, _THIN_AIR = 230, 64
_SLANTED = 5.0
_WHITE = 250
_RED, _NOT_RED = 150, 100
_INVISIBLE_MODE = 3
_CLIP_MODE = 7  # letters as a stencil: seen where something is painted through them
_FILLED_MODES, _OUTLINE_MODES = (0, 4), (1, 5)
# Of a text object: font size, render mode, whether it has a fill colour, a b c d of its matrix, the colour.
Look = tuple[float, int, int, float, float, float, float, int, int, int, int]


class Style(NamedTuple):
    """What one text object says about all of its characters.

    Attributes:
        size: points.
        quadrant: direction of writing, in quarter turns counter-clockwise.
        fault: why its characters are left out; blank where they are seen.
        white: drawn in white, or as a stencil: seen only where a coloured area is.
        plain: upright and seen wherever it stands on the page.
        pale: in a light grey, or nearly transparent, as watermarks are.
        faint: so light that only the picture of the page tells whether it is seen.
        red: as bookkeepers print what is negative (红字).
        stencil: seen by what is painted through it, which covers it not.
    """

    size: float
    quadrant: int
    fault: str
    white: bool
    plain: bool
    pale: bool = False
    faint: bool = False
    red: bool = False
    stencil: bool = False


def looks(page: int, keys: list[int], indices: list[int]) -> Iterator[Look]:
    """Font size, matrix, render mode and fill colour of each text object.

    Args:
        page: the address of a text page.
        keys: the addresses of text objects.
        indices: of a character of each.
    """
    count = len(keys)
    matrices, colours = (ctypes.c_float * (6 * count))(), (ctypes.c_uint * (4 * count))()
    at = ctypes.addressof(matrices)
    run(map(pdfium_ffi.text_matrix, repeat(page), indices, range(at, at + 24 * count, 24)))
    at = ctypes.addressof(colours)
    rgba = (range(at + shift, at + 16 * count + shift, 16) for shift in (0, 4, 8, 12))
    filled = map(pdfium_ffi.fill_colour, keys, *rgba)
    modes = map(pdfium_ffi.text_mode, keys)
    sizes = map(pdfium_ffi.text_size, repeat(page), indices)
    told = list(sizes), list(modes), list(filled)  # fills the buffers, too
    m, c = matrices[:], colours[:]
    return zip(*told, m[::6], m[1::6], m[2::6], m[3::6], c[::4], c[1::4], c[2::4], c[3::4], strict=True)


def run(effects: Iterable[object]) -> None:
    """Makes the calls of an iterator, for what they write."""
    deque(effects, maxlen=0)


class Styles(dict[Look, Style]):
    """What objects look like → their style; a document has thousands of objects and few styles."""

    def __missing__(self, look: Look) -> Style:
        style = self[look] = style_of(look)
        return style


def style_of(look: Look) -> Style:
    """What a text object looks like: its size and slant in points and degrees, and why it is not read, if so."""
    size, mode, filled, a, b, c, d, red, green, blue, alpha = look
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
    stencil = mode == _CLIP_MODE
    white = (tone >= _WHITE and mode in _FILLED_MODES) or stencil
    pale = not (fault or white) and (tone >= _WATERMARK_PALE or alpha < _FAINT)
    faint = not (fault or white) and (tone >= _LIGHT or alpha < _THIN_AIR or not filled or mode in _OUTLINE_MODES)
    is_red = bool(filled) and red >= _RED and max(green, blue) <= _NOT_RED
    return Style(size, quadrant, fault, white, not (fault or white or quadrant), pale, faint, is_red, stencil)
