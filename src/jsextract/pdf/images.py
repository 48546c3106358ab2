"""Which pages show a picture: a page without text is a scan when it does, and blank when it does not."""

from __future__ import annotations

from collections.abc import Iterable

import pypdfium2
import pypdfium2.raw as pdfium

_DEPTH = 4  # forms inside forms; deeper nesting is an attack, not a page


def pages_with_images(data: bytes, numbers: Iterable[int], password: str | None = None) -> frozenset[int]:
    """Those of the pages (1-based) that show an image; pages that cannot be opened are left out.

    Args:
        data: a PDF that could be opened before.
        numbers: the pages to look at.
        password: for files that need one.
    """
    wanted = sorted(set(numbers))
    if not wanted:
        return frozenset()
    document = pypdfium2.PdfDocument(data, password=password)
    try:
        return frozenset(n for n in wanted if _has_image(document, n - 1))
    finally:
        document.close()


def _has_image(document: pypdfium2.PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return False
    try:
        return any(True for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEPTH))
    finally:
        page.close()
