"""OFD files as documents: upright pages of lines, boxes and rulings, as those of a PDF (OFD 版式文件)."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from jsextract.errors import Corrupt, Encrypted, TooLarge
from jsextract.language.phrase import noted, phrase
from jsextract.model.document import Document, Mark, Page
from jsextract.readers.health import assess
from jsextract.readers.ofd.objects import Drawn
from jsextract.readers.ofd.values import POINT, box, located, matrix
from jsextract.readers.package import Element, Package, opened
from jsextract.readers.pdf.lines import glyph_box
from jsextract.readers.pdf.pdfium import MAX_PAGES, MAX_RULINGS, MAX_SIDE, page_text, unique
from jsextract.readers.pdf.strokes import multiply
from jsextract.readers.pdf.turn import direction, turned_ruling, upright
from jsextract.vocabulary import Flag

MAX_BYTES = 200 << 20
_EXPORT = noted("Export it to PDF in an OFD viewer.")
_SILENT = frozenset({"Link", "Highlight", "Watermark"})
_A4 = (0.0, 0.0, 210.0, 297.0)
_ENCRYPTED = "encryptions.xml"
_AREA = "{*}PhysicalBox"


def read_ofd(data: bytes, password: str | None = None) -> Document:
    """All pages of an OFD, those of its templates under or over them, annotations over them; watermarks are no text.

    Args:
        data: the file.
        password: none is used: a file that needs one is refused.

    Returns:
        The pages. Flags: `page-unreadable` (a page that is no sound XML stays empty), `page-too-large`.

    Raises:
        Encrypted, TooLarge, Corrupt: as `opened`, or if no page can be read.
    """
    with opened(data) as package:
        pages, pictured, flags = _read(package)
    document = Document(pages=tuple(pages), flags=tuple(sorted(flags)))
    return replace(document, health=assess(document, lambda numbers: [n for n in numbers if n in pictured]))


def _read(package: Package) -> tuple[list[Page], Collection[int], set[str]]:
    """The pages, the numbers of those with pictures, and flags."""
    if any(name.lower().endswith(_ENCRYPTED) for name in package.names):
        raise Encrypted(phrase("The file is encrypted."), phrase(_EXPORT))
    pages: list[Page] = []
    pictured: set[int] = set()
    flags: set[str] = set()
    for parts, key, place in _places(package):
        if len(pages) >= MAX_PAGES:
            raise TooLarge(phrase("The document has more than {max_pages} pages.", max_pages=MAX_PAGES))
        number = len(pages) + 1
        try:
            content = parts.find(place)
        except Corrupt:
            content = None
        if content is None:
            pages.append(Page(number=number, width=0.0, height=0.0, source="damaged"))
            flags.add(Flag.PAGE_UNREADABLE)
            continue
        page, drawn = _page(content, number, parts, parts.annotations(key))
        pages.append(page)
        if drawn.strokes.images:
            pictured.add(number)
        if drawn.characters.overflow or drawn.strokes.overflow:
            flags.add(Flag.PAGE_TOO_LARGE)
    if all(page.source == "damaged" for page in pages):
        raise Corrupt(phrase("No page of the OFD can be read."), phrase(_EXPORT))
    return pages, pictured, flags


class _Parts:
    """The parts of one document of an OFD: its templates and resources, looked up where a page asks for them."""

    def __init__(self, package: Package, root: Element, folder: str) -> None:
        self._package, self._root, self._folder = package, root, folder
        self._names = {name.lower(): name for name in package.names}
        self._units: dict[str, Element] | None = None
        self._templates: dict[str, Element | None] = {}
        self.area = root.find(f".//{{*}}PageArea/{_AREA}")

    def find(self, place: str) -> Element | None:
        """The part at a place; None where there is none."""
        names = (self._names.get(name.lower()) for name in located(self._folder, place))
        return next((self._package.xml(name) for name in names if name), None)

    def template(self, key: str) -> Element | None:
        """The page of a template."""
        if key not in self._templates:
            places = [t.get("BaseLoc", "") for t in self._root.iterfind(".//{*}TemplatePage") if t.get("ID") == key]
            self._templates[key] = self.find(places[0]) if places else None
        return self._templates[key]

    def annotations(self, page: str) -> list[Element]:
        """What the annotations of a page look like; links, highlights and watermarks are left out."""
        found: list[Element] = []
        for place in self._root.iterfind("{*}Annotations"):
            told = self.find(place.text or "")
            folder = posixpath.dirname((place.text or "").strip())
            for own in () if told is None else told.iterfind("{*}Page"):
                if own.get("PageID") == page and (location := own.find("{*}FileLoc")) is not None:
                    name = (location.text or "").strip()
                    notes = self.find(posixpath.join(folder, name)) if name[:1] != "/" else self.find(name)
                    found += () if notes is None else _appearances(notes)
        return found

    def composite(self, key: str) -> Element | None:
        """The content of a drawing that is kept apart (CompositeGraphicUnit)."""
        if self._units is None:
            self._units = {}
            for name in ("PublicRes", "DocumentRes"):
                for place in self._root.iterfind(f".//{{*}}{name}"):
                    found = self.find(place.text or "")
                    units = () if found is None else found.iter("{*}CompositeGraphicUnit")
                    self._units.update({unit.get("ID", ""): unit for unit in units})
        return self._units.get(key)


def _appearances(notes: Element) -> Iterator[Element]:
    """What the annotations that are seen, and say something, look like."""
    for note in notes.iterfind("{*}Annot"):
        if note.get("Type") not in _SILENT and note.get("Visible") != "false":
            yield from note.iterfind("{*}Appearance")


def _places(package: Package) -> Iterator[tuple[_Parts, str, str]]:
    """The pages in order: their documents, their keys there, where they are."""
    root = package.xml("OFD.xml")
    for body in () if root is None else root.iterfind(".//{*}DocRoot"):
        for name in located("", body.text or ""):
            document = package.xml(name)
            if document is not None:
                parts = _Parts(package, document, posixpath.dirname(name))
                for page in document.iterfind("{*}Pages/{*}Page"):
                    yield parts, page.get("ID", ""), page.get("BaseLoc", "")
                break


def _page(content: Element, number: int, parts: _Parts, over: Sequence[Element]) -> tuple[Page, Drawn]:
    """One page with what its templates draw, and what lies over it."""
    uses = [
        (use.get("ZOrder") == "Foreground", t)
        for use in content.iterfind("{*}Template")
        if (t := parts.template(use.get("TemplateID", ""))) is not None
    ]
    templates = [t for _, t in uses]
    areas = [content.find(f"{{*}}Area/{_AREA}"), parts.area, *(t.find(f"{{*}}Area/{_AREA}") for t in templates)]
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
