"""What an archive holds, whatever kind of archive it is (成员)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Protocol

from msgspec import Struct

from jsextract.errors import Encrypted, TooLarge, Unreadable
from jsextract.language.phrase import noted, phrase

MOST_MEMBERS = 10_000
"""Files of an archive, those of archives within it included."""
MOST_UNPACKED = 2 << 30
"""Bytes of all its files together."""
MOST_DEPTH = 3
"""Archives within archives, the outermost counted."""
MOST_OF_ONE = 200 << 20
"""Bytes of one file."""
MOST_RATIO = 200
"""Bytes that come of one packed byte; no real document is packed so well."""
_SMALL = 1 << 20
"""Bytes that no ratio makes a bomb."""
LINK = noted("It is a link or a device in an archive; such things are not followed.")


class Entry(Struct, frozen=True):
    """A file in an archive, as the archive's list tells.

    Attributes:
        name: its path in there, with `/`; what it is called is never where anything is written.
        size, packed: bytes, as declared; -1 where that is not told.
        is_regular: it is no link and no device.
    """

    name: str
    size: int
    packed: int = -1
    is_regular: bool = True


class Archive(Protocol):
    """An open archive; `entries` without folders."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Its files."""

    def read(self, number: int) -> bytes:
        """The bytes of an entry, by its number.

        Raises:
            Encrypted: a password is needed, or another one.
            DocumentError: if they cannot be had.
        """


class ArchiveTooLarge(TooLarge):
    """An archive that is refused as a whole."""


def read_checked(archive: Archive, number: int) -> bytes:
    """The bytes of a file that is within the limits.

    Raises:
        Unreadable: it is a link or a device.
        TooLarge: it is too large, or packed as only bombs are.
        DocumentError: as `Archive.read`.
    """
    entry = archive.entries[number]
    if not entry.is_regular:
        raise Unreadable(phrase(LINK))
    refuse_size(entry)
    data = archive.read(number)
    if len(data) > MOST_OF_ONE:
        raise _too_large(len(data))
    return data


def refuse_size(entry: Entry) -> None:
    """Raises TooLarge for what an entry declares."""
    if entry.size > MOST_OF_ONE:
        raise _too_large(entry.size)
    if entry.size > _SMALL and 0 <= entry.packed * MOST_RATIO < entry.size:
        raise TooLarge(
            phrase(
                "It would unpack to more than {limit} times its size ({packed} to {size} bytes).",
                limit=MOST_RATIO, packed=entry.packed, size=entry.size,
            ),
            phrase("If you trust it: unpack it and give the folder."),
        )  # fmt: skip


def _too_large(size: int) -> TooLarge:
    return TooLarge(
        phrase("The file has {size} bytes, more than {limit}.", size=size, limit=MOST_OF_ONE), phrase("Split it.")
    )


def locked(*, tried: bool) -> Encrypted:
    """The error for what needs a password.

    Args:
        tried: whether one was given, and does not fit.
    """
    said = phrase("The password does not open it.") if tried else phrase("A password is needed to unpack it.")
    return Encrypted(said, phrase("Put the password into a file: --password-file FILE."))


def whole(source: BinaryIO) -> bytes:
    """What an open member holds, read no further than the limit and one byte."""
    return source.read(MOST_OF_ONE + 1)
