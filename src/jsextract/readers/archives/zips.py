"""Zip archives, zip64 too (zip 压缩包)."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from jsextract.errors import Corrupt, Encrypted, Unsupported
from jsextract.language.phrase import phrase
from jsextract.readers.archives.entry import Entry, locked, whole
from jsextract.readers.archives.names import decoded, encoding_of

_ENCRYPTED, _UTF8 = 1, 1 << 11
_AES = 99
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
"""How files may be packed: these need little memory, whatever they declare."""
_BAD = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)


class ZipArchive:
    """An open zip archive."""

    def __init__(self, handle: BinaryIO, password: str | None) -> None:
        """Reads its list.

        Raises:
            Corrupt: if it has none.
        """
        self._password = password
        try:
            self._zip = zipfile.ZipFile(handle)
        except _BAD as error:
            raise _damaged(error) from error
        self._infos = [info for info in self._zip.infolist() if not info.orig_filename.endswith(("/", "\\"))]
        plain = encoding_of(_bytes(info) for info in self._infos if not info.flag_bits & _UTF8)
        self.entries = [_entry(info, plain) for info in self._infos]

    def read(self, number: int) -> bytes:
        """See `Archive.read`."""
        info = self._infos[number]
        if info.compress_type == _AES:
            raise Encrypted(
                phrase("It is encrypted with AES, which is not opened here, whatever the password."),
                phrase("Unpack it and give the folder."),
            )
        if info.flag_bits & _ENCRYPTED and not self._password:
            raise locked(tried=False)
        if info.compress_type not in _METHODS:
            raise Unsupported(
                phrase("It is packed in a way that is not read (method {method}).", method=info.compress_type),
                phrase("Unpack it and give the folder."),
            )
        try:
            with self._zip.open(info, pwd=(self._password or "").encode() or None) as member:
                return whole(member)  # type: ignore[arg-type]
        except RuntimeError as error:  # as zipfile says that a password does not fit
            if not info.flag_bits & _ENCRYPTED:
                raise _damaged(error) from error
            raise locked(tried=True) from error
        except _BAD as error:
            raise _damaged(error) from error


def _entry(info: zipfile.ZipInfo, encoding: str) -> Entry:
    name = info.orig_filename if info.flag_bits & _UTF8 else decoded(_bytes(info), encoding)
    kind = stat.S_IFMT(info.external_attr >> 16)
    return Entry(name, info.file_size, info.compress_size, kind in {0, stat.S_IFREG})


def _bytes(info: zipfile.ZipInfo) -> bytes:
    """The bytes of a name that does not say its encoding: zipfile takes each for a character of cp437."""
    return info.orig_filename.encode("cp437", "replace")


def _damaged(error: Exception) -> Corrupt:
    return Corrupt(phrase("The zip archive is damaged: {error}.", error=error), phrase("Download it again."))
