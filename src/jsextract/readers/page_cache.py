"""What was read of pictures of pages, kept in the user's cache folder as long as there is room (页面缓存).

A number may come from here without anybody's looking at the page again: a file counts only if the user owns it, nobody
else could have written it, and it is as it was written for that page.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from jsextract.readers.recognised import Recognised
from jsextract.user_cache import read_own, users_folder, write_own

ROOM = "JSEXTRACT_PAGE_CACHE"
"""The variable that says how many MiB are kept, 0 for none; what is no whole number stands for the usual."""
ROOM_MB = 1024  # a page takes some 50 kB
_SHARES = 256  # folders, named after the first two digits of the keys
_SUFFIX, _UNFINISHED = ".json", ".part"
_LARGEST = 64 << 20  # bytes of a page of which everything was seen that is allowed on one
_SEEN = msgspec.json.Decoder(Recognised)


class FolderCache:
    """A cache with a file for each page; several processes may use it at once, and each may end at any point.

    Each of its folders has the same share of the room: digests fill them alike, and whoever writes looks through one of
    them alone and waits for nobody.
    """

    def __init__(self, folder: Path, room: int = ROOM_MB << 20) -> None:
        """`room`: the bytes that all files may take, 0 for none; the one written last stays, however large it is."""
        self.folder = folder
        self.room = room

    def get(self, key: str) -> Recognised | None:
        """What is in the file of that name; None where there is none to be believed, or another version wrote it."""
        path = self._file(key)
        data = read_own(path, key, _LARGEST) if self.room else b""
        if not data:
            return None
        try:
            seen = _SEEN.decode(data)
        except msgspec.DecodeError:  # another version wrote it
            return None
        with contextlib.suppress(OSError):  # it was removed meanwhile, or the folder is for reading only
            os.utime(path)
        return seen

    def put(self, key: str, seen: Recognised) -> None:
        """Writes the file; another process sees it whole or not at all.

        Raises:
            OSError: if it cannot be written, or another process needed its room meanwhile.
        """
        target = self._file(key)
        if not self.room or target.parent.is_symlink():
            return
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_own(target, key, msgspec.json.encode(seen), _UNFINISHED)
        _make_room(target.parent, self.room // _SHARES)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"


class _Kept(NamedTuple):
    """A file: when it was used last, its size, where it is."""

    used: int
    size: int
    path: str


def _make_room(folder: Path, most: int) -> None:
    """Removes files, those first that were not used for longest, until the rest fits; the one used last stays."""
    files = sorted(_kept(folder))
    size = sum(file.size for file in files)
    for file in files[:-1]:
        if size <= most:
            break
        Path(file.path).unlink(missing_ok=True)
        size -= file.size


def _kept(folder: Path) -> Iterator[_Kept]:
    """The files of a folder that this cache wrote, those that a killed process left unfinished included; no links."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((_SUFFIX, _UNFINISHED)) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(FileNotFoundError):  # another process removed it
                    found = entry.stat(follow_symlinks=False)
                    yield _Kept(found.st_mtime_ns, found.st_size, entry.path)


def users_cache() -> FolderCache:
    """The user's own, as large as `ROOM` says; one that keeps nothing where the user has no cache folder alone."""
    folder = users_folder()
    asked = os.environ.get(ROOM, "")
    room = int(asked) if asked.isdecimal() else ROOM_MB
    return FolderCache((folder or Path()) / "pages", room << 20 if folder else 0)
