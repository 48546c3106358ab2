"""Where a dataset's files are: a folder of this machine, or (folder_url.py) one that fsspec knows."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, TextIO

from jsextract.dataset import atomic
from jsextract.dataset.beneath import (
    folder_beneath,
    last_byte,
    make_folders,
    open_beneath,
    remove_beneath,
    stat_beneath,
)
from jsextract.dataset.lock import locked
from jsextract.remote import is_url, local_path

HIDDEN = ".jsextract"
"""The subfolder with what the dataset remembers."""
_NOTHING = frozenset({errno.ENOENT, errno.ELOOP, errno.ENOTDIR})
"""There is no such file, or what leads there is none of our folders."""


class Folder(Protocol):
    """The folder of one dataset; names are relative to it, with `/` between their parts.

    All methods raise OSError when the files cannot be had or written.
    """

    name: str
    """As the user called it."""
    has_marks: bool
    """Whether `mark` tells anything."""

    def holds(self, name: str) -> bool:
        """Whether there is such a file or folder."""

    def prepare(self) -> None:
        """Makes the folder and HIDDEN in it."""

    def tidy(self) -> None:
        """Deletes what a killed run left half written; only for who holds the lock."""

    def locked(self) -> contextlib.AbstractContextManager[None]:
        """Keeps other writers out for the block; DatasetBusy if there is one already."""

    def read_text(self, name: str) -> str:
        """A file's text; FileNotFoundError if there is none."""

    def read_lines(self, name: str, count: int) -> list[str]:
        """The first lines of a file without their ends, blank ones where it has fewer; like `read_text`."""

    def size(self, name: str) -> int:
        """How many bytes a file has; FileNotFoundError if there is none."""

    def digest(self, name: str) -> str:
        """The SHA-256 of a file; FileNotFoundError if there is none."""

    def mark(self, name: str) -> str:
        """What changes when a file does; blank where there is none, or where that cannot be told."""

    def replacing(self, names: Sequence[str]) -> contextlib.AbstractContextManager[list[TextIO]]:
        """Handles on files that take the places of `names` together when the block ends well."""

    def appending(self, name: str) -> contextlib.AbstractContextManager[TextIO]:
        """A handle at the end of a file; lines are safe one by one, as far as the place can do that."""

    def remove(self, name: str) -> None:
        """Deletes a file; there may be none."""

    def names(self, name: str) -> list[str]:
        """What lies in a folder; nothing where there is none."""

    def way_to(self, path: Path) -> str:
        """How a file of this machine is named from here, so that both can be moved together."""

    def found(self, way: str) -> Path:
        """The file that `way_to` named."""

    def index(self) -> Path:
        """A file of this machine for the index, with what it held when `keep_index` was last called."""

    def keep_index(self) -> None:
        """Makes the index, as it is now, part of the dataset."""

    def discard_index(self) -> None:
        """Takes the index away, to be made anew."""


def folder_at(place: str | Path) -> Folder:
    """The folder that a path or a URL names."""
    if isinstance(place, str) and is_url(place) and local_path(place) is None:
        from jsextract.dataset.folder_url import UrlFolder

        return UrlFolder(place)
    return LocalFolder(local_path(place) or Path(place))


class LocalFolder:
    """A folder of this machine, or of a network share that looks like one."""

    has_marks = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        self.hidden = path / HIDDEN

    def holds(self, name: str) -> bool:
        """Whether there is such a file or folder."""
        try:
            stat_beneath(self.path, name)
        except FileNotFoundError:
            return False
        return True

    def prepare(self) -> None:
        """Makes the folder, those above it, and HIDDEN in it."""
        self.path.mkdir(parents=True, exist_ok=True)
        make_folders(self.path, [HIDDEN])

    def tidy(self) -> None:
        """Deletes temporary files of a run that was killed."""
        atomic.remove_leftovers(self.hidden)

    def locked(self) -> contextlib.AbstractContextManager[None]:
        """Holds the system's lock for the block (`dataset/lock.py`)."""
        return locked(self.hidden)

    def read_text(self, name: str) -> str:
        """A file's text (UTF-8)."""
        with self._open(name) as handle:
            return handle.read().decode()

    def read_lines(self, name: str, count: int) -> list[str]:
        """The first lines without their ends; no more of the file is read."""
        with self._open(name) as handle:
            return [handle.readline().removesuffix(b"\n").decode() for _ in range(count)]

    def size(self, name: str) -> int:
        """Bytes."""
        return stat_beneath(self.path, name).st_size

    def digest(self, name: str) -> str:
        """In hexadecimal."""
        with self._open(name) as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()  # type: ignore[arg-type]

    def mark(self, name: str) -> str:
        """Size, times and number of the file in its file system; blank where there is none, or something else."""
        try:
            told = stat_beneath(self.path, name)
        except OSError as error:
            if error.errno not in _NOTHING:
                raise
            return ""
        if not stat.S_ISREG(told.st_mode):
            return ""
        return f"{told.st_size}-{told.st_mtime_ns}-{told.st_ctime_ns}-{told.st_ino}"

    def replacing(self, names: Sequence[str]) -> contextlib.AbstractContextManager[list[TextIO]]:
        """Handles on temporary files that are synced, and renamed when all are written."""
        for folder in dict.fromkeys(PurePosixPath(name).parent for name in names):
            for made in make_folders(self.path, list(folder.parts)):
                atomic.sync_folder(made.parent)
        return atomic.replacing([self.path / name for name in names], self.hidden)

    @contextlib.contextmanager
    def appending(self, name: str) -> Iterator[TextIO]:
        """A handle at the end of the file, written line by line; a torn last line is ended first."""
        number = open_beneath(self.path, name, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        is_torn = last_byte(number) not in {b"\n", b""}  # whoever wrote it was killed, or the disk was full
        with os.fdopen(number, "a", encoding="utf-8", buffering=1) as handle:
            if is_torn:
                handle.write("\n")
            yield handle

    def remove(self, name: str) -> None:
        """Deletes the file, if it is there."""
        remove_beneath(self.path, name)

    def names(self, name: str) -> list[str]:
        """What lies in a folder."""
        with contextlib.suppress(FileNotFoundError), folder_beneath(self.path, f"{name}/*") as (number, _):
            return os.listdir(number if number is not None else self.path / name)  # noqa: PTH208 (of a descriptor)
        return []

    def way_to(self, path: Path) -> str:
        """Relative to the folder; absolute where it is on another drive."""
        try:
            return os.path.relpath(path, self.path)
        except ValueError:
            return str(path.absolute())

    def found(self, way: str) -> Path:
        """The file, whether its way is relative or not."""
        return self.path / way

    def index(self) -> Path:
        """The index where it lies."""
        return self.hidden / "index.sqlite"

    def keep_index(self) -> None:
        """It is in its place already."""

    def discard_index(self) -> None:
        """With what SQLite keeps beside it."""
        for end in ("", "-journal", "-wal", "-shm"):
            self.remove(f"{HIDDEN}/index.sqlite{end}")

    def _open(self, name: str) -> BinaryIO:
        return os.fdopen(open_beneath(self.path, name), "rb")
