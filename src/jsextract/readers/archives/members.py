"""The files of an archive, those of archives within it included, as sources of their own (压缩包内文件)."""

from __future__ import annotations

import hashlib
import io
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePath
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from jsextract.errors import Corrupt, DocumentError, JsextractError, OutOfMemory, Unreadable
from jsextract.language.phrase import noted, phrase
from jsextract.language.system import reason
from jsextract.readers.archives.entry import (
    MOST_DEPTH,
    MOST_MEMBERS,
    MOST_UNPACKED,
    Archive,
    ArchiveTooLarge,
    read_checked,
)
from jsextract.readers.archives.names import inner_path
from jsextract.readers.archives.rars import RarArchive
from jsextract.readers.archives.seven import SevenZipArchive
from jsextract.readers.archives.zips import ZipArchive
from jsextract.readers.sniff import sniff

OPENERS: Mapping[str, Callable[[BinaryIO, str | None], Archive]] = {
    "zip": ZipArchive,
    "7z": SevenZipArchive,
    "rar": RarArchive,
}
"""What opens an archive, by its format in documents.csv."""
_UNPACK = noted("Unpack it and give the folder.")
log = logging.getLogger(__name__)


class Member(Struct, frozen=True):
    """A file in an archive.

    Attributes:
        way: its number in the archive; in archives within it, the number of each before.
        name: its path in there, through the archives within.
        sha256: of its content; blank where that cannot be had: whoever reads it is told why.
        kind: what it is, as its format in documents.csv; blank where its content cannot be had.
        copy: how many files of the same name come before it.
    """

    way: tuple[int, ...]
    name: str
    sha256: str = ""
    kind: str = ""
    copy: int = 0


class Within(Struct, frozen=True):
    """Where a file in an archive is: for `registry.load`.

    Attributes:
        archive: its path, or its bytes.
        way, name: as in `Member`.
    """

    archive: Path | bytes
    way: tuple[int, ...]
    name: str

    @property
    def path(self) -> str:
        """Its names, from the outermost folder to its own."""
        return self.name if isinstance(self.archive, bytes) else f"{self.archive}/{self.name}"


def members(archive: Path | bytes, suffix: str, password: str | None = None) -> tuple[Member, ...] | None:
    """The files of an archive; None if it is none, but a document that is zipped, or anything else.

    All of them are unpacked, one at a time, to know what they are; nothing is written. For a process under limits.

    Args:
        archive: its path, or its bytes.
        suffix: of its name.
        password: for encrypted ones.

    Raises:
        TooLarge: if it has too many files, too many bytes, or too many archives within each other.
        DocumentError: if it cannot be opened, or holds no file.
    """
    try:
        with _handle(archive) as handle:
            kind = sniff(handle, suffix).code
            if kind not in OPENERS:
                return None
            handle.seek(0)
            found = tuple(_Walk(password).over(OPENERS[kind](handle, password), (), "", 1))
    except OSError as error:
        raise Unreadable(phrase("The file cannot be read: {reason}.", reason=reason(error))) from error
    except MemoryError as error:
        raise OutOfMemory(phrase("Reading needed more memory than there is.")) from error
    except JsextractError:
        raise
    except Exception as error:
        # Whoever packs an archive decides what its libraries stumble over; it is one archive's problem.
        log.debug("an archive", exc_info=True)
        raise Corrupt(phrase("The archive cannot be read: {fault}.", fault=type(error).__name__)) from error
    if not found:
        raise Corrupt(phrase("The archive holds no file."), phrase("Download it again."))
    return _told_apart(found)


def _told_apart(found: Iterable[Member]) -> tuple[Member, ...]:
    """Files of one name, numbered."""
    seen: Counter[str] = Counter()
    numbered = []
    for member in found:
        numbered.append(replace(member, copy=seen[member.name]) if seen[member.name] else member)
        seen[member.name] += 1
    return tuple(numbered)


def member_bytes(place: Within, password: str | None = None) -> bytes:
    """The content of a file in an archive.

    Raises:
        DocumentError: why it cannot be had.
    """
    stamp = 0
    if isinstance(place.archive, Path):
        stamp = place.archive.stat().st_mtime_ns
    archive = _opened(place.archive, place.way[:-1], stamp, password)
    if place.way[-1] >= len(archive.entries):
        raise Unreadable(phrase("The archive has changed meanwhile."))
    data = read_checked(archive, place.way[-1])
    kind = sniff(io.BytesIO(data), PurePath(place.name).suffix).code
    if kind in OPENERS:
        OPENERS[kind](io.BytesIO(data), password)  # an archive that could be opened would not have come here
    return data


def within(path: Path, password: str | None = None) -> Within | None:
    """The file in an archive that a path names as if the archive were a folder (决算.zip/附表.xlsx).

    Returns:
        The first of that name; None where no file of this machine stands above it, or that is no archive or lacks it.

    Raises:
        DocumentError: as `members`.
    """
    archive = None if path.exists() else next((above for above in path.parents if above.is_file()), None)
    if archive is None:
        return None
    name = path.relative_to(archive).as_posix()
    found = next(
        (member for member in _listed(archive, archive.stat().st_mtime_ns, password) if member.name == name), None
    )
    return None if found is None else Within(archive, found.way, found.name)


@lru_cache(maxsize=1)  # several files of one archive are asked for one after another
def _listed(archive: Path, stamp: int, password: str | None) -> tuple[Member, ...]:
    """The files of an archive; `stamp` tells a changed one apart."""
    return members(archive, archive.suffix, password) or ()


class _Walk:
    """Goes through an archive and counts what must not be too much."""

    def __init__(self, password: str | None) -> None:
        self.password = password
        self.count = self.unpacked = 0

    def over(self, archive: Archive, way: tuple[int, ...], above: str, depth: int) -> Iterator[Member]:
        """The files of an open archive, in its own order.

        Raises:
            ArchiveTooLarge: if a limit is passed.
        """
        self._count(len(archive.entries), sum(max(entry.size, 0) for entry in archive.entries))
        for number, entry in enumerate(archive.entries):
            here, name = (*way, number), f"{above}{inner_path(entry.name) or number}"
            try:
                data = read_checked(archive, number)
            except DocumentError:
                yield Member(here, name)  # who reads it finds the same, and has a row to say so
                continue
            kind = sniff(io.BytesIO(data), PurePath(name).suffix).code
            inner = self._inner(data, kind, here, name, depth) if kind in OPENERS else ()
            yield from inner or (Member(here, name, hashlib.sha256(data).hexdigest(), kind),)

    def _inner(self, data: bytes, kind: str, way: tuple[int, ...], name: str, depth: int) -> tuple[Member, ...]:
        """The files of an archive within; none where it cannot be opened: it has a row of its own then."""
        if depth >= MOST_DEPTH:
            raise ArchiveTooLarge(
                phrase("It has archives within archives, more than {limit} deep.", limit=MOST_DEPTH), phrase(_UNPACK)
            )
        try:
            archive = OPENERS[kind](io.BytesIO(data), self.password)
            return tuple(self.over(archive, way, f"{name}/", depth + 1))
        except ArchiveTooLarge:
            raise
        except DocumentError:
            return ()

    def _count(self, files: int, unpacked: int) -> None:
        self.count += files
        self.unpacked += unpacked
        if self.count > MOST_MEMBERS:
            raise ArchiveTooLarge(
                phrase("It holds more than {limit} files ({number}).", limit=MOST_MEMBERS, number=self.count),
                phrase(_UNPACK),
            )
        if self.unpacked > MOST_UNPACKED:
            raise ArchiveTooLarge(
                phrase("It would unpack to {size} bytes, more than {limit}.", size=self.unpacked, limit=MOST_UNPACKED),
                phrase(_UNPACK),
            )


@lru_cache(maxsize=1)  # the files of one archive come one after another
def _opened(archive: Path | bytes, way: tuple[int, ...], stamp: int, password: str | None) -> Archive:
    """The archive that a file is in, whichever archives that one is in; `stamp` tells a changed one apart."""
    opened = _open(_handle(archive), password)
    for number in way:
        opened = _open(io.BytesIO(read_checked(opened, number)), password)
    return opened


def _open(handle: BinaryIO, password: str | None) -> Archive:
    kind = sniff(handle).code
    if kind not in OPENERS:
        raise Unreadable(phrase("The archive has changed meanwhile."))
    handle.seek(0)
    return OPENERS[kind](handle, password)


def _handle(archive: Path | bytes) -> BinaryIO:
    return io.BytesIO(archive) if isinstance(archive, bytes) else archive.open("rb")
