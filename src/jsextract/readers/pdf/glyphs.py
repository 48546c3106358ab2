"""Characters of a page with their places, straight from pdfium, and why some are left out."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, cast

import pypdfium2.raw as pdfium
from msgspec import Struct, field

from jsextract.readers.pdf import pdfium_ffi
from jsextract.readers.pdf.covered import buried, clipped, covered
from jsextract.readers.pdf.radicals import RADICALS
from jsextract.readers.pdf.shown import Text, figure_parts, in_doubt, on_colour, too_small, unseen
from jsextract.readers.pdf.strokes import Strokes
from jsextract.readers.pdf.styles import Style, Styles, looks, run
from jsextract.readers.pdf.watermarks import pale_words

MAX_CHARACTERS = 200_000
_IGNORED = frozenset("\r\n\ufeff\u200b\u200c\u200d\u2060\u00ad\ufffe\x00")
Bounds = tuple[float, float, float, float]


# A character in the page's own coordinates: left, bottom, right, top, the baseline's x (turned text) or y, font size,
# quadrant, the character. A plain tuple, since pages hold thousands.
RawGlyph = tuple[float, float, float, float, float, float, int, str]
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
        buried: the text objects that are not seen at all.
        rest: where there are such, the characters of the others, without spaces.
        parts: places of characters that are hidden and read all the same, as the rest of their figure is seen.
        red: places of red characters.
        dropped: how many were left out, by cause.
        overflow: the page holds more characters than any real one.
    """

    seen: list[RawGlyph] = field(default_factory=list)
    invisible: list[RawGlyph] = field(default_factory=list)
    covered: list[RawGlyph] = field(default_factory=list)
    buried: set[int] = field(default_factory=set)
    rest: str = ""
    parts: list[Bounds] = field(default_factory=list)
    red: list[Bounds] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    overflow: bool = False


class GlyphReader:
    """Reads text pages, asking pdfium for one property of all characters at a time: pages hold thousands.

    Attributes:
        pale: at how many places of all pages large pale words stand.
        watermarks: words of these that are left out.
    """

    def __init__(self) -> None:
        self.pale: Counter[str] = Counter()
        self.watermarks: frozenset[str] = frozenset()
        self._known = Styles()

    def read(self, page: Any, text_page: Any, bounds: Bounds, strokes: Strokes) -> Characters:
        """The characters of a page.

        Args:
            page: a raw FPDF_PAGE.
            text_page: its raw FPDF_TEXTPAGE, from FPDFText_LoadPage.
            bounds: the visible part of the page (left, bottom, right, top) in its own coordinates.
            strokes: what else is drawn there; white text counts where a coloured area lies under it.
        """
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        if count > MAX_CHARACTERS:
            return Characters(overflow=True)
        if not count:
            return Characters()
        address = pdfium_ffi.address(text_page)
        places = _places(address, count)
        objects = list(map(pdfium_ffi.text_object, repeat(address), range(count)))
        styles = self._styles(address, objects)
        texts = _characters(address, count)
        kinds = {id(style): style for style in styles.values()}.values()
        faults, parts = _faults(page, Text(texts, objects, places, styles, kinds), bounds, strokes)
        pale = pale_words(texts, places[5], objects, styles) if any(style.pale for style in kinds) else {}
        self.pale.update({word: len(rows) for word, rows in pale.items()})
        for word in self.watermarks & pale.keys():
            faults.update((index, "watermark") for row in pale[word] for index in row)
        chars = zip(texts, *places, map(styles.get, objects), strict=True)
        if not faults and all(style.plain for style in kinds) and _inside(places, bounds):
            found = Characters(_plain(chars))
        else:
            found = _sorted_out(chars, bounds, strokes, faults)
            found.buried = buried(objects, faults.keys())
            found.rest = _without(texts, objects, found.buried) if found.buried else ""
        found.parts = [_box(places, index) for index in parts]
        if any(style.red for style in kinds):
            found.red = [_box(places, index) for index in _red(texts, objects, styles)]
        return found

    def _styles(self, page: int, objects: list[int | None]) -> dict[int, Style]:
        """What each text object says about its characters; pages that set each character apart hold thousands."""
        firsts = dict(zip(reversed(objects), range(len(objects) - 1, -1, -1), strict=True))
        firsts.pop(None, None)  # line ends of pdfium's own belong to none
        keys, indices = cast("list[int]", list(firsts)), list(firsts.values())
        return dict(zip(keys, map(self._known.__getitem__, looks(page, keys, indices)), strict=True))


def plain_text(text_page: Any) -> str:
    """All characters of a raw FPDF_TEXTPAGE, without spaces."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    return "".join("".join(_characters(pdfium_ffi.address(text_page), count)).split())


def _without(chars: Sequence[str], objects: Sequence[int | None], left_out: Container[int | None]) -> str:
    """The characters of a page but for those of some text objects, without spaces."""
    return "".join("".join([c for c, obj in zip(chars, objects, strict=True) if obj not in left_out]).split())


def _red(chars: Sequence[str], objects: Sequence[int | None], styles: Mapping[int, Style]) -> list[int]:
    """The red digits of a page; none where most of its digits are red: that is its colour and says nothing."""
    digits = [i for i, obj in enumerate(objects) if obj is not None and chars[i].isdigit()]
    red = [i for i in digits if (obj := objects[i]) is not None and styles[obj].red]
    return red if len(red) * 2 < len(digits) else []


def _faults(page: Any, text: Text, bounds: Bounds, strokes: Strokes) -> tuple[dict[int, str], frozenset[int]]:
    """Why characters are not seen where they stand, and which hidden ones are kept as parts of a figure."""
    under, doubtful = covered(text.objects, text.places, strokes) if strokes.areas else (frozenset(), frozenset())
    stencilled = _of_stencils(text)
    under, doubtful = under - stencilled, doubtful - stencilled
    cut = clipped(text.objects, text.styles, text.places, strokes)
    gone = unseen(page, in_doubt(text, doubtful - cut, strokes), text.places, bounds)
    below = gone & doubtful
    parts = figure_parts(cut | (gone - below), text.chars, text.places)
    specks = too_small(text)
    tiny = (i for i, obj in enumerate(text.objects) if obj in specks) if specks else ()
    faults = dict.fromkeys(tiny, "invisible") | dict.fromkeys(gone, "invisible")
    if strokes.images and _all_gone(text, gone):
        return faults, frozenset()  # the text of a scan lies under its picture
    faults |= dict.fromkeys(cut, "clipped") | dict.fromkeys(under | below, "covered")
    return {index: why for index, why in faults.items() if index not in parts}, parts


def _of_stencils(text: Text) -> frozenset[int]:
    """The characters that are seen by what is painted through them."""
    if not any(style.stencil for style in text.kinds):
        return frozenset()
    stencils = {obj for obj, style in text.styles.items() if style.stencil}
    return frozenset(i for i, obj in enumerate(text.objects) if obj in stencils)


def _all_gone(text: Text, gone: frozenset[int]) -> bool:
    """Whether no character of a page is seen."""
    chars = enumerate(zip(text.chars, text.objects, strict=True))
    return all(char.isspace() or obj is None or index in gone for index, (char, obj) in chars)


def _box(places: Places, index: int) -> Bounds:
    """Left, bottom, right, top of one character."""
    left, top, right, bottom, _, _ = places
    return left[index], bottom[index], right[index], top[index]


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
        size, quadrant, fault, white = style[:4]
        glyph = (min(left, x), bottom, right, top, x if quadrant % 2 else y, size, quadrant, char)
        if not (x0 <= left and right <= x1 and y0 <= bottom and top <= y1) and _outside(glyph, bounds):
            fault = "off_page"
        elif white and not fault and not on_colour(glyph[:4], strokes):
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
    run(map(pdfium_ffi.text_box, repeat(page), range(count), range(at, at + 16 * count, 16)))
    at = ctypes.addressof(origins)
    ends = (range(at + shift, at + 16 * count + shift, 16) for shift in (0, 8))
    run(map(pdfium_ffi.text_origin, repeat(page), range(count), *ends))
    b, o = boxes[:], origins[:]
    return b[::4], b[1::4], b[2::4], b[3::4], o[::2], o[1::2]


def _outside(glyph: RawGlyph, bounds: Bounds) -> bool:
    """Whether a glyph stands outside the page's visible bounds."""
    left, bottom, _, _, base, _, quadrant, _ = glyph
    x, y = (base, bottom) if quadrant % 2 else (left, base)
    return not (bounds[0] - 2 <= x <= bounds[2] + 2 and bounds[1] - 2 <= y <= bounds[3] + 2)
