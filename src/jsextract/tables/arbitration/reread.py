"""Pages read again by pdfplumber and camelot; what goes wrong in them is an answer too, never raised."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from jsextract.model.document import Page, Table
from jsextract.readers.limit import TooSlow, at_most
from jsextract.readers.pdf import camelot, plumber
from jsextract.readers.pdf.excerpt import excerpt

Read = Callable[[bytes, Sequence[Page]], Iterator[tuple[int, tuple[Table, ...]]]]
READERS: tuple[tuple[str, Read], ...] = ((plumber.NAME, plumber.reread_tables), (camelot.NAME, camelot.reread_tables))
# What one document's second opinions may take, in seconds for each reader, and how many pages they see.
SECONDS = 8.0
MAX_PAGES = 24
# Pages with more than any real table has are not shown to readers that would need minutes for them.
MAX_RULINGS, MAX_LINES = 4000, 1500

log = logging.getLogger(__name__)


class Other(Struct, frozen=True):
    """What another reader saw.

    Attributes:
        tables: of each page that it came to read.
        problem: what ended it, blank where nothing did.
    """

    reader: str
    tables: Mapping[int, tuple[Table, ...]] = field(default_factory=dict)
    problem: str = ""


Reread = Callable[[Sequence[Page]], tuple[Other, ...]]


def readable(page: Page) -> bool:
    """Whether other readers are asked about the page at all."""
    few = len(page.rulings) <= MAX_RULINGS and len(page.lines) <= MAX_LINES
    return page.source == "native" and page.width > 0 and bool(page.lines) and few


def read_again(
    data: bytes, password: str | None, pages: Sequence[Page], readers: Sequence[tuple[str, Read]] = READERS
) -> tuple[Other, ...]:
    """Each other reader's tables of these pages.

    Args:
        data: the PDF.
        password: for files that need one.
        pages: as the default reader gave them.
        readers: by name, in the order in which they are asked.
    """
    try:
        pdf = excerpt(data, pages, password)
    except Exception as error:
        log.debug("excerpt", exc_info=True)
        return tuple(Other(name, problem=type(error).__name__) for name, _ in readers)
    return tuple(_ask(name, read, pdf, pages) for name, read in readers)


def _ask(name: str, read: Read, pdf: bytes, pages: Sequence[Page]) -> Other:
    """A page counts as read once it is whole; a reader that was ended says nothing about the pages after it."""
    tables: dict[int, tuple[Table, ...]] = {}
    try:
        with at_most(SECONDS):
            for number, found in read(pdf, pages):
                tables[number] = found  # noqa: PERF403 (what was read before the end counts)
    except TooSlow:
        return Other(name, tables, "TooSlow")
    except Exception as error:
        # Broken pages make these libraries raise errors of every kind; the first reading stands.
        log.debug("%s", name, exc_info=True)
        return Other(name, tables, type(error).__name__)
    return Other(name, tables)
