"""RAR archives, by rarfile and a tool of the system: unrar, unar, 7z or bsdtar (rar 压缩包)."""

from __future__ import annotations

from typing import Any, BinaryIO

from jsextract.errors import Corrupt, DocumentError, Unsupported
from jsextract.language.phrase import phrase
from jsextract.readers.archives.entry import Entry, locked, whole
from jsextract.readers.archives.needs import needed


class RarArchive:
    """An open RAR archive."""

    def __init__(self, handle: BinaryIO, password: str | None) -> None:
        """Reads its list.

        Raises:
            Unsupported: if rarfile is not installed.
            Encrypted: if even its list is.
            Corrupt: if it has none, or is not the first volume.
        """
        self._rarfile = needed("rarfile", "rar")
        self._password = password
        try:
            self._rar = self._rarfile.RarFile(handle)
            if password and self._rar.needs_password():
                self._rar.setpassword(password)
            infos = [info for info in self._rar.infolist() if not info.is_dir()]
        except self._rarfile.Error as error:
            raise self._refused(error) from error
        if not infos and self._rar.needs_password():
            raise locked(tried=bool(password))
        self._infos = infos
        self.entries = [_entry(info) for info in infos]

    def read(self, number: int) -> bytes:
        """See `Archive.read`."""
        info = self._infos[number]
        if info.flags & (self._rarfile.RAR_FILE_SPLIT_BEFORE | self._rarfile.RAR_FILE_SPLIT_AFTER):
            raise _in_volumes()
        if info.needs_password() and not self._password:
            raise locked(tried=False)
        try:
            if info.compress_type != self._rarfile.RAR_M0 or info.needs_password():
                self._rarfile.tool_setup()  # it would miss the tool after it has copied the archive for it
            with self._rar.open(info) as member:
                return whole(member)
        except self._rarfile.RarCannotExec as error:
            raise Unsupported(
                phrase("Nothing on this machine unpacks a rar archive."),
                phrase("Install unrar, 7z or bsdtar, or unpack it and give the folder."),
            ) from error
        except (self._rarfile.Error, OSError, EOFError) as error:
            raise self._refused(error) from error

    def _refused(self, error: Exception) -> DocumentError:
        lib = self._rarfile
        if isinstance(error, lib.PasswordRequired | lib.RarWrongPassword):
            return locked(tried=bool(self._password))
        if isinstance(error, lib.NeedFirstVolume):
            return _in_volumes()
        return Corrupt(
            phrase("The rar archive is damaged: {error}.", error=str(error) or type(error).__name__),
            phrase("Download it again."),
        )


def _in_volumes() -> Unsupported:
    return Unsupported(
        phrase("It is a part of a rar archive in several volumes."), phrase("Unpack the archive and give the folder.")
    )


def _entry(info: Any) -> Entry:
    return Entry(info.filename, info.file_size or 0, info.compress_size or 0, info.is_file())
