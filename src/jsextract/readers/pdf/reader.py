"""PDFs as documents: read, repaired where they are damaged, and judged by what could be read."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.model.document import Document
from jsextract.readers.health import assess
from jsextract.readers.pdf.images import pages_with_images
from jsextract.readers.pdf.pdfium import MAX_BYTES as MAX_BYTES
from jsextract.readers.pdf.repair import read_sound


def read(data: bytes, password: str | None = None) -> Document:
    """All pages of a PDF, as far as they are sound.

    Raises:
        DocumentError: as `read_sound`.
    """
    document = read_sound(data, password=password)
    return replace(document, health=assess(document, lambda numbers: pages_with_images(data, numbers, password)))
