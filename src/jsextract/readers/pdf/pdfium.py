"""The default reader: pdfium's characters and strokes as upright pages."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from jsextract.errors import Corrupt, DocumentError, EmptyFile, Encrypted, NotPdf, TooLarge, Unreadable
from jsextract.language.phrase import phrase
from jsextract.language.system import reason
from jsextract.model.document import Document, Line, Mark, Page, numbered
from jsextract.model.geometry import Box
from jsextract.readers.formats import PDF, UNKNOWN
from jsextract.readers.garbled import is_garbled
from jsextract.readers.pdf.annotations import read_annotations, set_text
from jsextract.readers.pdf.font_fallback import use_stand_in
from jsextract.readers.pdf.glyphs import Characters, GlyphReader, RawGlyph, plain_text
from jsextract.readers.pdf.images import is_scan
from jsextract.readers.pdf.lines import Glyph, glyph_box, read_lines
from jsextract.readers.pdf.shown import show
from jsextract.readers.pdf.strokes import StrokeReader, Strokes
from jsextract.readers.pdf.turn import direction, place, turned_ruling, upright
from jsextract.readers.pdf.watermarks import returning
from jsextract.readers.sniff import sniff
from jsextract.vocabulary import Flag

MAX_PAGES = 2000
MAX_BYTES = 200 << 20
MAX_RULINGS = 20_000
MAX_SIDE = 14_400.0  # points: the largest page that PDF 1.7 allows
_TABLE = 0.03  # of a page: smaller pictures hold no table
_HEAD = 1 << 14  # twice as far as a header is looked for, so that what follows it is there too
_COPY_BIT = 0x10
Bounds = tuple[float, float, float, float]


def read_pdf(source: Path | str | bytes, *, password: str | None = None) -> Document:
    """All pages of a PDF: lines in reading order and rulings, in points, upright, origin top left.

    Nothing is decoded but text and vector paths; images are touched only where a page has to be drawn, as it holds
    text that may not be seen.

    Args:
        source: a path, or the bytes themselves.
        password: for files that need one to be opened.

    Returns:
        The pages. Flags: `copy-restricted` (an owner's password only), `xref-rebuilt` (pdfium had to search for the
        objects), `page-unreadable` (a page that could not be loaded stays empty), `page-too-large` (one that is
        larger, or holds more characters or strokes, than any real page stays empty).

    Raises:
        NotPdf: the bytes are something else; the message says what.
        EmptyFile: there are none.
        Encrypted: a password is needed, or the handler is unknown.
        Corrupt: no page can be opened.
        TooLarge: beyond MAX_PAGES or MAX_BYTES.
        Unreadable: the operating system refuses.
    """
    head, size = _beginning(source)
    if size == 0:
        raise EmptyFile(phrase("The file is empty (0 bytes)."), phrase("Download it again."))
    if size > MAX_BYTES:
        raise TooLarge(
            phrase("The file has {size} bytes, more than {limit}.", size=size, limit=MAX_BYTES),
            phrase("Split it."),
        )
    with _opened(source, password, head) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise TooLarge(
                phrase("The document has {count} pages, more than {max_pages}.", count=count, max_pages=MAX_PAGES),
                phrase("Split it."),
            )
        return _read_document(document, count, bool(password))


def _beginning(source: Path | str | bytes) -> tuple[bytes, int]:
    """The first bytes, enough to tell a PDF, and how many there are in all."""
    if isinstance(source, bytes):
        return source[:_HEAD], len(source)
    try:
        path = Path(source)
        if not path.is_file():
            raise Unreadable(phrase("{name} is no regular file.", name=path.name), phrase("Give a PDF file."))
        with path.open("rb") as handle:
            return handle.read(_HEAD), handle.seek(0, 2)
    except OSError as error:
        raise Unreadable(
            phrase("The file cannot be read: {reason}.", reason=reason(error)),
            phrase("Check its permissions."),
        ) from error


@contextlib.contextmanager
def _opened(source: Path | str | bytes, password: str | None, head: bytes) -> Iterator[Any]:
    kind = sniff(io.BytesIO(head))
    if kind not in (PDF, UNKNOWN):  # pdfium would take a PDF that is packed in an archive for the file itself
        raise NotPdf(phrase("The file is {name}, no PDF.", name=phrase(kind.name)), phrase("Check where it came from."))
    use_stand_in()
    try:
        document = pypdfium2.PdfDocument(source, password=password)
    except pypdfium2.PdfiumError as error:
        raise _cause(error, head, tried=bool(password)) from error
    except OSError as error:
        raise Unreadable(
            phrase("The file cannot be read: {error}.", error=error), phrase("Check its permissions.")
        ) from error
    try:
        yield document
    finally:
        document.close()


def _cause(error: pypdfium2.PdfiumError, head: bytes, *, tried: bool) -> DocumentError:
    """Why pdfium does not open a file; `tried`: whether a password was given."""
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        said = phrase("The password does not open it.") if tried else phrase("The document needs a password.")
        return Encrypted(said, phrase("Put the password into a file: --password-file FILE."))
    if code == pdfium.FPDF_ERR_SECURITY:
        return Encrypted(
            phrase("The document is encrypted in a way that cannot be opened."),
            phrase("Ask the publisher for a free copy."),
        )
    if b"%PDF-" not in head:
        return NotPdf(phrase("The file is no PDF (no %PDF header)."), phrase("Check where it came from."))
    return Corrupt(phrase("The PDF cannot be opened: it is damaged."), phrase("Download it again."))


def _flags_of(document: Any, with_password: bool) -> set[str]:
    """What a file as a whole says of itself."""
    flags: set[str] = set()
    restricted = pdfium.FPDF_GetSecurityHandlerRevision(document) > 0
    if restricted and not with_password and not pdfium.FPDF_GetDocPermissions(document) & _COPY_BIT:
        flags.add(Flag.COPY_RESTRICTED)
    if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document):
        flags.add(Flag.XREF_REBUILT)
    return flags


def _read_document(document: Any, count: int, with_password: bool) -> Document:
    flags = _flags_of(document, with_password)
    if pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE:
        document.init_forms()
    glyphs, strokes = GlyphReader(), StrokeReader()
    pages: list[Page] = []
    failed = 0
    pale: list[int] = []
    for index in range(count):
        try:
            raw = document[index]
        except pypdfium2.PdfiumError:
            failed += 1
            flags.add(Flag.PAGE_UNREADABLE)
            pages.append(Page(number=index + 1, width=0.0, height=0.0, source="damaged"))
            continue
        counted = glyphs.pale.total()
        try:
            page, overflow = _read_page(raw, index + 1, glyphs, strokes)
        finally:
            raw.close()
        pages.append(page)
        if glyphs.pale.total() > counted:
            pale.append(index)
        if overflow:
            flags.add(Flag.PAGE_TOO_LARGE)
    if count and failed == count:
        raise Corrupt(phrase("No page of the PDF can be opened."), phrase("Download it again."))
    glyphs.watermarks = returning(glyphs.pale)
    for index in pale if glyphs.watermarks else ():
        raw = document[index]
        try:
            pages[index], _ = _read_page(raw, index + 1, glyphs, strokes)
        finally:
            raw.close()
    return Document(pages=tuple(pages), flags=tuple(sorted(flags)))


def _read_page(page: Any, number: int, glyphs: GlyphReader, strokes: StrokeReader) -> tuple[Page, bool]:
    bounds = visible_bounds(page)
    if not max(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= MAX_SIDE:
        return Page(number=number, width=0.0, height=0.0, source="none"), True
    form = page.formenv.raw if page.formenv else None
    notes = read_annotations(page.raw, form)
    drawn = strokes.read(page.raw, notes.over)
    chars = _characters(page, bounds, glyphs, drawn)
    if chars.buried and chars.seen:
        chars = _without_buried(page, chars, bounds, glyphs, drawn)
    turn = direction(chars.seen, pdfium.FPDFPage_GetRotation(page.raw) * 90)
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if turn in (90, 270):
        width, height = height, width
    read = partial(Page, number=number, width=width, height=height, rotation=turn)
    if chars.overflow or drawn.overflow:
        return read(source="none"), True
    typed = [glyph for note in notes.typed for glyph in set_text(note, place(note.rect, turn, bounds))]
    lines, source, dropped, over = page_text(number, chars, turn, bounds, drawn, typed)
    rulings = tuple(turned_ruling(line, turn, bounds) for line in unique(drawn.lines))
    overflow = len(rulings) > MAX_RULINGS
    places: list[tuple[str, Iterable[Box]]] = [
        (Flag.PATCHED, map(glyph_box, upright(chars.covered, turn, bounds))),
        (Flag.ANNOTATION, map(glyph_box, typed)),
        (Flag.OVERPRINTED, map(glyph_box, over)),
        (Flag.CLIPPED, (place(rect, turn, bounds) for rect in chars.parts)),
        (Flag.COLOUR_NEGATIVE, (place(rect, turn, bounds) for rect in chars.red)),
    ]
    marks = tuple(Mark(flag, box) for flag, boxes in places for box in boxes)
    pictures = tuple(place(box, turn, bounds) for box in drawn.images if is_large(box, bounds))
    found = read(source=source, lines=lines, rulings=() if overflow else rulings, dropped=dropped, marks=marks)
    return replace(found, pictures=pictures), overflow


@contextlib.contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    """The raw text page of a page as it is now; null where pdfium makes none."""
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    try:
        yield text_page
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)


def _characters(page: Any, bounds: Bounds, glyphs: GlyphReader, drawn: Strokes) -> Characters:
    """The characters of a page as it is now."""
    with _text_page(page) as text_page:
        return glyphs.read(page.raw, text_page, bounds, drawn) if text_page else Characters()


def _without_buried(page: Any, first: Characters, bounds: Bounds, glyphs: GlyphReader, drawn: Strokes) -> Characters:
    """The characters once the text objects of which nothing is seen are off the page.

    Of two equal characters at one place pdfium keeps the lower, which here is the one that nobody sees. Where none
    comes to light when it is gone, all were read already.
    """
    show(first.buried, visible=False)
    try:
        with _text_page(page) as text_page:
            if not text_page or plain_text(text_page) == first.rest:
                return first
            pale = glyphs.pale.copy()
            found = glyphs.read(page.raw, text_page, bounds, drawn)
    finally:
        show(first.buried, visible=True)
    glyphs.pale = pale  # the page counts once
    found.covered, found.invisible, found.dropped = first.covered, first.invisible, first.dropped
    return found


def visible_bounds(page: Any) -> Bounds:
    """The visible part of the page in its own coordinates; pdfium repairs boxes that are inside-out or missing."""
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page.raw, rect):
        return 0.0, 0.0, page.get_width(), page.get_height()
    return rect.left, rect.bottom, rect.right, rect.top


def page_text(
    number: int, chars: Characters, turn: int, bounds: Bounds, drawn: Strokes, typed: list[Glyph]
) -> tuple[tuple[Line, ...], str, dict[str, int], list[Glyph]]:
    """The lines of a page, its source, what was left out by cause, and which digits stand on others.

    Args:
        number: of the page.
        chars: all its characters.
        turn: how far it is turned to be upright.
        bounds: its visible part.
        drawn: what else is drawn there.
        typed: characters of form fields and notes, upright.
    """
    dropped = dict(chars.dropped)
    seen, source = chars.seen, "native"
    if not typed and is_scan(seen, bounds, drawn.images):
        # With a text layer under it, or none: the layer is all the text there is.
        seen, source = chars.invisible, "ocr"
        dropped.pop("invisible", None)
    text = "".join([g[7] for g in seen])
    if not text.strip():
        return (), "none", dropped, []
    if is_garbled(text):
        return (), "garbled", dropped, []
    lines, doubled, over = _lines(number, seen, turn, bounds, typed)
    if doubled:
        dropped["doubled"] = doubled
    return numbered(lines), source, dropped, over


def is_large(box: Bounds, bounds: Bounds) -> bool:
    """Whether a picture could hold a table."""
    (x0, y0, x1, y1), (left, bottom, right, top) = box, bounds
    across, down = min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)
    return min(across, down) > 0 and across * down > (right - left) * (top - bottom) * _TABLE


def _lines(
    number: int, seen: list[RawGlyph], turn: int, bounds: Bounds, typed: list[Glyph]
) -> tuple[list[Line], int, list[Glyph]]:
    """Lines of the upright text, then those that stand turned against it, all by position."""
    lines, doubled, over = read_lines(number, upright(seen, turn, bounds) + typed)
    for other in sorted({g[6] * 90 for g in seen} - {turn}):
        turned, more, _ = read_lines(number, upright(seen, other, bounds))
        lines += [_turned(line, (other - turn) % 360, turn, bounds) for line in turned]
        doubled += more
    return sorted(lines, key=lambda line: (line.box.y1, line.box.x0) if line.box else (0.0, 0.0)), doubled, over


def _turned(line: Line, by: int, turn: int, bounds: Bounds) -> Line:
    """A line read on a page turned `by` degrees further, back on the upright page; its characters share its place."""
    assert line.box is not None
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if turn in (90, 270):
        width, height = height, width
    b = line.box
    if by == 90:
        box = Box(b.y0, height - b.x1, b.y1, height - b.x0)
    elif by == 180:
        box = Box(width - b.x1, height - b.y1, width - b.x0, height - b.y0)
    else:
        box = Box(width - b.y1, b.x0, width - b.y0, b.x1)
    return Line(line.page, line.text, box, ((box.x0, box.x1),) * len(line.text), line.size)


def unique(lines: list[Bounds]) -> list[Bounds]:
    """The lines; of those that are the same to a tenth of a point one stays."""
    tenth = cache(partial(round, ndigits=1))  # rulings share their ends, and rounding is slow
    return list({(tenth(a), tenth(b), tenth(c), tenth(d)): (a, b, c, d) for a, b, c, d in lines}.values())
