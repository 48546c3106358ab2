"""OFD files as documents: upright pages of lines, boxes and rulings, as those of a PDF (OFD 版式文件)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jsextract.errors import Corrupt, Encrypted, TooLarge
from jsextract.language.phrase import noted, phrase
from jsextract.model.document import Document, Mark, Page
from jsextract.model.geometry import Box
from jsextract.readers.health import assess, remedy_of
from jsextract.readers.ofd.objects import Drawn
from jsextract.readers.ofd.parts import AREA, Parts, places
from jsextract.readers.ofd.pictures import AT_MOST, Placed, Sheet, drawn
from jsextract.readers.ofd.values import POINT, box, matrix
from jsextract.readers.package import Element, Package, opened
from jsextract.readers.page_work import Ocr, PageWork, page_work, read_pictures
from jsextract.readers.pasted import with_pasted_tables
from jsextract.readers.pdf.lines import glyph_box
from jsextract.readers.pdf.pdfium import MAX_PAGES, MAX_RULINGS, MAX_SIDE, is_large, page_text, unique
from jsextract.readers.pdf.strokes import multiply
from jsextract.readers.pdf.turn import direction, place, turned_ruling, upright
from jsextract.vocabulary import Flag

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 200 << 20
_EXPORT = noted("Export it to PDF in an OFD viewer.")
_A4 = (0.0, 0.0, 210.0, 297.0)
_ENCRYPTED = "encryptions.xml"


def read_ofd(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """All pages of an OFD, those of its templates under or over them, annotations over them; watermarks are no text.

    Pages that are pictures are read where something reads them, and so are tables pasted as pictures.

    Args:
        data: the file.
        password: none is used: a file that needs one is refused.
        ocr: which pages are read as pictures: auto or always (those without text, tables), or never.

    Returns:
        The pages. Flags: `page-unreadable` (a page that is no sound XML stays empty), `page-too-large`.

    Raises:
        Encrypted, TooLarge, Corrupt: as `opened`, or if no page can be read.
    """
    with opened(data) as package:
        found, sheets, flags = _read(package)
    pictured = [number for number, sheet in sheets.items() if sheet.is_scan]
    work = page_work(ocr)
    pages = tuple(found) if work is None else _with_pictures(data, found, sheets, work)
    document = Document(pages=pages, flags=tuple(sorted(flags)))
    health = assess(document, lambda numbers: [n for n in numbers if n in pictured], remedy_of(ocr, work))
    return replace(document, health=health)


def _with_pictures(data: bytes, pages: Sequence[Page], sheets: Mapping[int, Sheet], work: PageWork) -> tuple[Page, ...]:
    """The pages; those that are pictures as these are read, others with the tables that their pictures show."""

    def draw(page: Page) -> Image.Image:
        return drawn(data, sheets[page.number], page)

    scans = {page.number for page in pages if page.source == "none" and page.number in sheets}
    seen = read_pictures(pages, {number for number in scans if sheets[number].is_scan}, draw, work)
    return with_pasted_tables(seen, draw, work)


def _read(package: Package) -> tuple[list[Page], Mapping[int, Sheet], set[str]]:
    """The pages, the pictures of those that have some, and flags."""
    if any(name.lower().endswith(_ENCRYPTED) for name in package.names):
        raise Encrypted(phrase("The file is encrypted."), phrase(_EXPORT))
    pages: list[Page] = []
    sheets: dict[int, Sheet] = {}
    flags: set[str] = set()
    for parts, key, where in places(package):
        if len(pages) >= MAX_PAGES:
            raise TooLarge(phrase("The document has more than {max_pages} pages.", max_pages=MAX_PAGES))
        number = len(pages) + 1
        try:
            content = parts.find(where)
        except Corrupt:
            content = None
        if content is None:
            pages.append(Page(number=number, width=0.0, height=0.0, source="damaged"))
            flags.add(Flag.PAGE_UNREADABLE)
            continue
        page, seen = _page(content, number, parts, parts.annotations(key))
        sheet = _sheet(content, page, parts, seen)
        if sheet.pictures:
            page = replace(page, pictures=tuple(_place(picture, sheet, page) for picture in sheet.pictures))
            sheets[number] = sheet
        pages.append(page)
        if seen.characters.overflow or seen.strokes.overflow:
            flags.add(Flag.PAGE_TOO_LARGE)
    if all(page.source == "damaged" for page in pages):
        raise Corrupt(phrase("No page of the OFD can be read."), phrase(_EXPORT))
    return pages, sheets, flags


def _sheet(content: Element, page: Page, parts: Parts, drawn: Drawn) -> Sheet:
    """The pictures of a page that could hold print."""
    sides = (page.height, page.width) if page.rotation in (90, 270) else (page.width, page.height)
    bounds = (0.0, 0.0, *sides)
    found = [(key, to_page) for key, to_page in drawn.pictures if is_large(Placed("", to_page).box, bounds)]
    resolved = [Placed(parts.picture(key, content), to_page) for key, to_page in found[: AT_MOST + 1]]
    return Sheet(*sides, tuple(resolved))


def _place(picture: Placed, sheet: Sheet, page: Page) -> Box:
    """Where a picture stands on its upright page."""
    return place(picture.box, page.rotation, (0.0, 0.0, sheet.width, sheet.height))


def _page(content: Element, number: int, parts: Parts, over: Sequence[Element]) -> tuple[Page, Drawn]:
    """One page with what its templates draw, and what lies over it."""
    uses = [
        (use.get("ZOrder") == "Foreground", t)
        for use in content.iterfind("{*}Template")
        if (t := parts.template(use.get("TemplateID", ""))) is not None
    ]
    templates = [t for _, t in uses]
    areas = [content.find(f"{{*}}Area/{AREA}"), parts.area, *(t.find(f"{{*}}Area/{AREA}") for t in templates)]
    left, top, wide, high = next((b for a in areas if a is not None and (b := box(a.text))), _A4)
    width, height = wide * POINT, high * POINT
    drawn = Drawn(parts.composite)
    if not 0 < max(width, height) <= MAX_SIDE:
        drawn.characters.overflow = True
        return Page(number=number, width=0.0, height=0.0, source="none"), drawn
    upwards = (POINT, 0.0, 0.0, -POINT, -left * POINT, height + top * POINT)
    below, above = ([t for is_above, t in uses if is_above == wanted] for wanted in (False, True))
    for source in (*below, content, *above):
        for layers in source.iterfind("{*}Content"):
            drawn.add(layers, upwards)
    own = len(drawn.characters.seen)
    for appearance in over:
        drawn.add(appearance, multiply(matrix(appearance), upwards))
    typed = drawn.characters.seen[own:]
    drawn.finish()
    chars, strokes, bounds = drawn.characters, drawn.strokes, (0.0, 0.0, width, height)
    turn = direction(chars.seen, 0)
    if turn in (90, 270):
        width, height = height, width
    page = Page(number=number, width=width, height=height, rotation=turn, source="none")
    if chars.overflow or strokes.overflow:
        return page, drawn
    lines, source, dropped, _ = page_text(number, chars, turn, bounds, strokes, [])
    rulings = tuple(turned_ruling(line, turn, bounds) for line in unique(strokes.lines))
    strokes.overflow = len(rulings) > MAX_RULINGS
    rulings = () if strokes.overflow else rulings
    places = ((Flag.PATCHED, chars.covered), (Flag.ANNOTATION, typed))
    marks = tuple(Mark(flag, glyph_box(g)) for flag, glyphs in places for g in upright(glyphs, turn, bounds))
    return replace(page, source=source, lines=lines, rulings=rulings, dropped=dropped, marks=marks), drawn
