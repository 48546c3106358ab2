"""Some pages of a PDF as a file of their own, upright and cut to what is visible, for readers of another kind."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2

from jsextract.model.document import Page
from jsextract.readers.pdf.pdfium import visible_bounds


def excerpt(data: bytes, pages: Sequence[Page], password: str | None = None) -> bytes:
    """A PDF of these pages alone, each turned as the default reader turned it, so that places on it are the same.

    It is not encrypted, its page boxes are the visible part, and only what the pages need is in it: another reader
    has less to stumble over and less to parse.

    Args:
        data: a PDF that could be opened before.
        pages: as the default reader gave them.
        password: for files that need one.

    Raises:
        pypdfium2.PdfiumError: if a page cannot be copied.
    """
    source = pypdfium2.PdfDocument(data, password=password)
    try:
        found = pypdfium2.PdfDocument.new()
        try:
            found.import_pages(source, [page.number - 1 for page in pages])
            for index, page in enumerate(pages):
                _set_upright(found, index, page.rotation)
            out = io.BytesIO()
            found.save(out)
            return out.getvalue()
        finally:
            found.close()
    finally:
        source.close()


def _set_upright(document: pypdfium2.PdfDocument, index: int, rotation: int) -> None:
    """Crops a page to what is visible of it and turns it by `rotation` degrees."""
    page = document[index]
    try:
        bounds = visible_bounds(page)
        page.set_mediabox(*bounds)
        page.set_cropbox(*bounds)
        page.set_rotation(rotation)
    finally:
        page.close()
