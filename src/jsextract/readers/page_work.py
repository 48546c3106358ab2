"""Pages that something slow reads, as characters are recognised in pictures (OCR, 文字识别).

A page without text is drawn and handed to a `PageReader`, for no longer than a budget; what it read is kept by the
page's content and the reader's model, so that no page is read twice by one model. No reader stands in `PAGE_READER`
yet: pages without text are reported (needs-ocr).
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.model.document import Line, Page, numbered
from jsextract.readers.limit import TooSlow, at_most

if TYPE_CHECKING:
    from PIL import Image

SECONDS = 20.0  # of one page
SCALE = 200 / 72  # pixels a point: 200 dots an inch
_LINES = msgspec.json.Decoder(tuple[Line, ...])

log = logging.getLogger(__name__)


class Picture(NamedTuple):
    """An upright page as it is displayed.

    Attributes:
        width, height: of the page, in points.
        image: of the whole page; one pixel is `width / image.width` points wide.
    """

    width: float
    height: float
    image: Image.Image


class PageReader(Protocol):
    """What reads pictures of pages."""

    @property
    def name(self) -> str:
        """What it is called, with its version."""

    @property
    def model(self) -> str:
        """A digest of all that decides what it reads: its weights, its settings."""

    def read(self, picture: Picture) -> Iterable[Line]:
        """The lines of the page in reading order, in points, with a confidence for each character.

        It may be ended at any time by an exception that is no `Exception`.
        """


class PageCache(Protocol):
    """What was read of pages before."""

    def get(self, key: str) -> tuple[Line, ...] | None:
        """The lines that were kept under `key`; None where there are none, or where they cannot be understood."""

    def put(self, key: str, lines: tuple[Line, ...]) -> None:
        """Keeps the lines; OSError where that cannot be done."""


class FolderCache:
    """A cache with a file for each page; several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> tuple[Line, ...] | None:
        """The lines in the file of that name, None where there is none or another version wrote it."""
        try:
            return _LINES.decode(self._file(key).read_bytes())
        except FileNotFoundError:
            return None
        except msgspec.DecodeError:  # another version wrote it, or it was cut short
            return None

    def put(self, key: str, lines: tuple[Line, ...]) -> None:
        """Writes the file; another process sees it whole or not at all."""
        target = self._file(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(lines))
        Path(name).replace(target)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


class PageWork(NamedTuple):
    """Who reads pictures of pages, what was read before, and how long one page may take in seconds."""

    reader: PageReader
    cache: PageCache
    seconds: float = SECONDS


PAGE_READER: Callable[[], PageReader] | None = None
"""What makes the reader: the line to change when there is one."""


def page_work() -> PageWork | None:
    """The work on pages without text, None where nothing reads them; kept in the user's own cache folder."""
    return None if PAGE_READER is None else PageWork(PAGE_READER(), FolderCache(cache_folder()))


def model_id() -> str:
    """The reader and its model, for whoever must know when results are stale; blank without one."""
    if PAGE_READER is None:
        return ""
    reader = PAGE_READER()
    return f"{reader.name} {reader.model}"


def cache_folder() -> Path:
    """Where what was read of pages is kept: `$XDG_CACHE_HOME` or `~/.cache`, on Windows `%LOCALAPPDATA%`."""
    root = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "jsextract" / "pages"


def read_pictures(
    pages: Iterable[Page], wanted: Collection[int], draw: Callable[[Page], Image.Image], work: PageWork
) -> tuple[Page, ...]:
    """The pages, those that are wanted with the lines that the reader sees in their pictures.

    Args:
        pages: of one document.
        wanted: the numbers of those to be read.
        draw: makes the picture of an upright page; raises Corrupt where it cannot.
        work: who reads, for how long.

    Returns:
        The same pages; those that were read have the source `ocr`. A page that cannot be drawn, that takes longer
        than the budget or shows no text stays as it was.
    """
    return tuple(_read_picture(page, draw, work) if page.number in wanted else page for page in pages)


def _read_picture(page: Page, draw: Callable[[Page], Image.Image], work: PageWork) -> Page:
    """The page as its picture is read, from the cache where this reader saw it before; else as it was."""
    try:
        picture = Picture(page.width, page.height, draw(page))
    except Corrupt:
        log.debug("page %d cannot be drawn", page.number, exc_info=True)
        return page
    key = _key(picture, work.reader)
    lines = work.cache.get(key)
    if lines is None:
        try:
            with at_most(work.seconds):
                lines = tuple(work.reader.read(picture))
        except TooSlow:
            log.debug("page %d took %s more than %g s", page.number, work.reader.name, work.seconds)
            return page
        work.cache.put(key, lines)
    if not any(line.text.strip() for line in lines):
        return page
    own = (replace(line, page=page.number) for line in lines)
    return replace(page, source="ocr", lines=numbered(own))


def _key(picture: Picture, reader: PageReader) -> str:
    """A digest of what is to be seen on the page and of who looks at it."""
    digest = hashlib.sha256(f"{reader.name}\0{reader.model}\0{picture.width}\0{picture.height}\0".encode())
    digest.update(f"{picture.image.mode}\0{picture.image.size}\0".encode())
    digest.update(picture.image.tobytes())
    return digest.hexdigest()
