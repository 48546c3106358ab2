"""Pages that something slow reads, as characters are recognised in pictures (OCR, 文字识别).

A page without text is drawn and handed to a `PageReader`, for no longer than a budget; what it read is kept by the
page's content and the reader's model, so that no page is read twice by one model. Without the extra `ocr` there is no
reader: pages without text are reported (needs-ocr).
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.model.document import Page, numbered
from jsextract.readers.limit import TooSlow, allow, at_most
from jsextract.readers.ocr import engine
from jsextract.readers.page_cache import users_cache
from jsextract.readers.recognised import Recognised

if TYPE_CHECKING:
    from PIL import Image

SECONDS = 20.0  # of processor time, of one page
MAX_PAGES = 100  # of one document
SCALE = 200 / 72  # pixels a point: 200 dots an inch
COARSEST = 40 / 72  # pixels a point of what holds legible print: a usual Chinese character has six
MOST_PIXELS = 8_000_000  # of a picture: A3 at that scale; memory goes by it

log = logging.getLogger(__name__)
_failures: list[int] = []


class Picture(NamedTuple):
    """An upright page as it is displayed.

    Attributes:
        width, height: of the page, in points.
        image: of the whole page; one pixel is `width / image.width` points wide.
    """

    width: float
    height: float
    image: Image.Image


class Ocr(StrEnum):
    """Which pages are read as pictures."""

    AUTO = "auto"  # those without text of their own, and pasted tables, where the extra is installed
    NEVER = "never"
    ALWAYS = "always"  # typed ones, too, whose text is held against them


class PageReader(Protocol):
    """What reads pictures of pages."""

    @property
    def name(self) -> str:
        """What it is called, with its version."""

    @property
    def model(self) -> str:
        """A digest of all that decides what it reads: its weights, its settings."""

    def read(self, picture: Picture) -> Recognised:
        """What is seen on the page.

        It may be ended at any time by an exception that is no `Exception`.
        """


class PageCache(Protocol):
    """What was read of pages before."""

    def get(self, key: str) -> Recognised | None:
        """What was kept under `key`; None where there are none, or where they cannot be understood."""

    def put(self, key: str, seen: Recognised) -> None:
        """Keeps it; OSError where that cannot be done."""


class PageWork(NamedTuple):
    """Who reads pictures of pages, what was read before, and how long one page may take in seconds."""

    reader: PageReader
    cache: PageCache
    seconds: float = SECONDS


def _installed_reader() -> PageReader | None:
    """The reader of the extra `ocr`, None without it."""
    if not engine.installed():
        return None
    from jsextract.readers.ocr.reader import RapidReader  # it needs what stands above

    return RapidReader()


PAGE_READER: Callable[[], PageReader | None] = _installed_reader
"""What makes the reader."""


def _nobody() -> None:
    """Nobody counts the pages."""


ON_PAGE: Callable[[], None] = _nobody
"""What is called after each page, in the process that read it."""


def page_work(ocr: str = Ocr.AUTO) -> PageWork | None:
    """The work on pages without text, None where nothing reads them; kept in the user's own cache folder."""
    reader = None if ocr == Ocr.NEVER else PAGE_READER()
    return None if reader is None else PageWork(reader, users_cache())


def model_id(ocr: str = Ocr.AUTO) -> str:
    """The reader, its model and when it is asked, for whoever must know when results are stale; blank without one."""
    work = page_work(ocr)
    return f"{work.reader.name} {work.reader.model}{'' if ocr == Ocr.AUTO else f' {ocr}'}" if work else ""


def scale_of(page: Page) -> float:
    """How many pixels a point the picture has in which a page is read; larger pages have fewer."""
    return min(SCALE, math.sqrt(MOST_PIXELS / max(page.width * page.height, 1.0)))


def _unasked(number: int) -> None:
    """Nobody asks in which pages there is no print."""


def read_pictures(
    pages: Iterable[Page],
    wanted: Collection[int],
    draw: Callable[[Page], Image.Image],
    work: PageWork,
    without_print: Callable[[int], None] = _unasked,
) -> tuple[Page, ...]:
    """The pages, those that are wanted with the lines that the reader sees in their pictures.

    Args:
        pages: of one document.
        wanted: the numbers of those to be read.
        draw: makes the picture of an upright page; raises Corrupt where it cannot.
        work: who reads, for how long.
        without_print: is told the number of each page in which the reader, which did not fail, found no text.

    Returns:
        The same pages; those that were read have the source `ocr`. A page that cannot be drawn, that fails, takes
        longer than the budget or shows ink and no text stays as it was, and so do those after the first MAX_PAGES.
    """
    wanted = frozenset(sorted(wanted)[:MAX_PAGES])
    read = partial(_read_picture, draw=draw, work=work, without_print=without_print)
    return tuple(_counted(page, read) if page.number in wanted else page for page in pages)


def _counted(page: Page, read: Callable[[Page], Page]) -> Page:
    found = read(page)
    ON_PAGE()
    return found


def _read_picture(
    page: Page, draw: Callable[[Page], Image.Image], work: PageWork, without_print: Callable[[int], None]
) -> Page:
    """The page as its picture is read, from the cache where this reader saw it before; else as it was."""
    try:
        picture = Picture(page.width, page.height, draw(page))
    except Corrupt:
        log.debug("page %d cannot be drawn", page.number, exc_info=True)
        return page
    seen = recognised(picture, work, page.number)
    if seen is not None and seen.blank:
        return replace(page, source="ocr")
    if seen is None:
        return page
    if not any(line.text.strip() for line in seen.lines):
        without_print(page.number)
        return page
    own = (replace(line, page=page.number) for line in seen.lines)
    width, height = (page.height, page.width) if seen.turned % 180 else (page.width, page.height)
    return replace(
        page,
        source="ocr",
        width=width,
        height=height,
        rotation=(page.rotation + seen.turned) % 360,
        lines=numbered(own),
        rulings=seen.rulings,
        marks=seen.marks,
        bend=seen.bend,
    )


def recognised(picture: Picture, work: PageWork, number: int) -> Recognised | None:
    """What is seen in a picture, from the cache where this reader saw it before; None where the reader fails.

    Args:
        picture: of a page, or of a part of one.
        work: who reads, for how long.
        number: of the page, for the log.
    """
    key = _key(picture, work.reader)
    seen = work.cache.get(key)
    if seen is not None:
        return seen
    try:
        allow(work.seconds)
        with at_most(work.seconds):
            seen = work.reader.read(picture)
    except TooSlow:
        log.debug("page %d took %s more than %g s", number, work.reader.name, work.seconds)
        return None
    except Exception:
        # What a recogniser lacks (memory above all) costs the page, not the rest of the document.
        _failures.append(number)
        log.debug("page %d", number, exc_info=True)
        return None
    try:
        work.cache.put(key, seen)
    except OSError:
        log.debug("page %d is not kept", number, exc_info=True)
    return seen


def failures() -> int:
    """How many pictures the recogniser failed on in this process, which may lack the memory that others took."""
    return len(_failures)


def _key(picture: Picture, reader: PageReader) -> str:
    """A digest of what is to be seen on the page and of who looks at it."""
    digest = hashlib.sha256(f"{reader.name}\0{reader.model}\0{picture.width}\0{picture.height}\0".encode())
    digest.update(f"{picture.image.mode}\0{picture.image.size}\0".encode())
    digest.update(picture.image.tobytes())
    return digest.hexdigest()
