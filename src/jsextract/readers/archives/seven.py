"""7z archives, by py7zr (7z 压缩包): their files are packed together, so they are unpacked together, in memory."""

from __future__ import annotations

import lzma
from collections import Counter
from typing import Any, BinaryIO

from jsextract.errors import Corrupt, DocumentError, Unreadable
from jsextract.language.phrase import phrase
from jsextract.readers.archives.entry import ArchiveTooLarge, Entry, locked
from jsextract.readers.archives.needs import needed

MOST_IN_MEMORY = 256 << 20
"""Bytes of all files of a 7z archive together."""


class SevenZipArchive:
    """An open 7z archive."""

    def __init__(self, handle: BinaryIO, password: str | None) -> None:
        """Reads its list.

        Raises:
            Unsupported: if py7zr is not installed.
            Encrypted: if even its list is.
            Corrupt: if it has none.
            ArchiveTooLarge: if its files would not fit into memory.
        """
        py7zr = needed("py7zr", "7z")
        self._errors: tuple[type[Exception], ...] = (
            py7zr.exceptions.ArchiveError, py7zr.exceptions.AbsolutePathError, lzma.LZMAError,
            EOFError, OSError, ValueError, LookupError, TypeError, AttributeError,
        )  # fmt: skip
        self._password = password
        self._handle = handle
        self._archive = self._opened(py7zr)
        files = [file for file in getattr(self._archive, "files", ()) if not file.is_directory]
        self.entries = [_entry(file) for file in files]
        unpacked = sum(max(entry.size, 0) for entry in self.entries)
        if unpacked > MOST_IN_MEMORY:
            raise ArchiveTooLarge(
                phrase("It would unpack to {size} bytes, more than {limit}.", size=unpacked, limit=MOST_IN_MEMORY),
                phrase("Unpack it and give the folder."),
            )
        self._keys = _as_called([entry.name for entry in self.entries])
        self._contents: dict[str, bytes] | None = None

    def read(self, number: int) -> bytes:
        """See `Archive.read`."""
        if self._contents is None:
            self._contents = self._unpacked()
        try:
            return self._contents[self._keys[number]]
        except KeyError as error:
            raise Unreadable(phrase("The archive does not give this file.")) from error

    def _opened(self, py7zr: Any) -> Any:
        try:
            return py7zr.SevenZipFile(self._handle, password=self._password, max_extract_size=MOST_IN_MEMORY)
        except py7zr.exceptions.PasswordRequired as error:
            raise locked(tried=False) from error
        except self._errors as error:
            raise self._refused(error) from error

    def _unpacked(self) -> dict[str, bytes]:
        """The bytes of all files, by the names under which py7zr gives them."""
        py7zr = needed("py7zr", "7z")
        if self._archive.needs_password() and not self._password:
            raise locked(tried=False)
        taken = py7zr.io.BytesIOFactory(MOST_IN_MEMORY)
        try:
            self._archive.extract(factory=taken)
        except self._errors as error:
            raise self._refused(error) from error
        return {name: _all(product) for name, product in taken.products.items()}

    def _refused(self, error: Exception) -> DocumentError:
        """Bytes that make no sense are those of another password where one was given."""
        if self._password:
            return locked(tried=True)
        return Corrupt(
            phrase("The 7z archive is damaged: {error}.", error=str(error) or type(error).__name__),
            phrase("Download it again."),
        )


def _all(product: Any) -> bytes:
    product.seek(0)
    return bytes(product.read())


def _entry(file: Any) -> Entry:
    regular = not (file.is_symlink or file.is_junction or file.is_socket)
    size = file.uncompressed
    return Entry(file.filename, sum(size) if isinstance(size, list) else int(size or 0), is_regular=regular)


def _as_called(names: list[str]) -> list[str]:
    """The names as py7zr gives them: the second of one name has `_0` behind it, the third `_1`."""
    seen: Counter[str] = Counter()
    called = []
    for name in names:
        called.append(f"{name}_{seen[name] - 1}" if seen[name] else name)
        seen[name] += 1
    return called
