"""PDFs as documents: read, repaired where they are damaged, and judged by what could be read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.model.document import Document, Page
from jsextract.readers.health import assess, remedy_of
from jsextract.readers.layers import beside_layer, beside_picture
from jsextract.readers.page_work import Ocr, PageWork, page_work, read_pictures, scale_of
from jsextract.readers.pasted import with_pasted_tables
from jsextract.readers.pdf.images import pages_with_images
from jsextract.readers.pdf.pdfium import MAX_BYTES as MAX_BYTES
from jsextract.readers.pdf.repair import read_sound
from jsextract.vocabulary import Flag

if TYPE_CHECKING:
    from PIL import Image


def read_pdf_document(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """All pages of a PDF, as far as they are sound; pictures of text are read where something reads them.

    Args:
        data: the PDF.
        password: for files that need one.
        ocr: which pages are read as pictures: auto, never or always.

    Raises:
        DocumentError: as `read_sound`.
    """
    document = read_sound(data, password=password)

    def with_images(numbers: Collection[int]) -> Collection[int]:
        return pages_with_images(data, numbers, password)

    work = page_work(ocr)
    if work is not None:
        pages = _with_pictures(document.pages, with_images, data, password, work, ocr)
        torn = {Flag.PAGE_UNREADABLE} if any(page.source == "damaged" for page in pages) else set()
        document = replace(document, pages=pages, flags=tuple(sorted({*document.flags, *torn})))
    return replace(document, health=assess(document, with_images, remedy_of(ocr, work)))


def _with_pictures(
    pages: tuple[Page, ...],
    with_images: Callable[[Collection[int]], Collection[int]],
    data: bytes,
    password: str | None,
    work: PageWork,
    ocr: str,
) -> tuple[Page, ...]:
    """The pages; those whose text is a picture, or no Unicode, or another program's, as their pictures are read.

    One that is a picture of which something is missing is damaged.
    """
    from jsextract.readers.pdf.draw import render_page  # loads the imaging library, which nothing else needs

    blank = [page.number for page in pages if page.source == "none"]

    torn = set[int]()

    def draw(page: Page) -> Image.Image:
        try:
            return render_page(data, page, password, scale_of(page), whole=True)
        except Corrupt:
            torn.add(page.number)
            raise

    doubtful = {"garbled", "ocr", *(("native",) if ocr == Ocr.ALWAYS else ())}
    wanted = {page.number for page in pages if page.source in doubtful}
    seen = read_pictures(pages, wanted.union(with_images(blank) if blank else ()), draw, work)
    held = (_held(own, page) for own, page in zip(pages, seen, strict=True))
    found = with_pasted_tables(held, draw, work)
    return tuple(
        replace(page, source="damaged") if page.source == "none" and page.number in torn else page for page in found
    )


def _held(own: Page, seen: Page) -> Page:
    """A page as it was recognised, or as its text has it, each beside the other."""
    if seen is own:
        return own
    return beside_picture(own, seen) if own.source == "native" else beside_layer(seen, own)
