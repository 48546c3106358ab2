"""Files of a folder that strangers may have filled: opened only if they are files, no link followed (不跟随链接).

The folder itself is whatever its user named. Below it a link leads wherever its maker wants, and a pipe never ends.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path, PurePosixPath

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BY_FOLDER = bool(_NOFOLLOW) and os.open in os.supports_dir_fd
"""Whether the system opens each step of a way from the one before: nobody exchanges one meanwhile."""
_QUIET = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def open_beneath(root: Path, name: str, flags: int = os.O_RDONLY) -> int:
    """A descriptor of the file `name` (with `/` between its parts) below `root`.

    Raises:
        OSError: if it cannot be opened; ELOOP if it, or a folder on the way, is a link; ENODEV if it is no file.
    """
    with folder_beneath(root, name) as (folder, last):
        number = os.open(last, flags | _NOFOLLOW | _QUIET, 0o666, dir_fd=folder)
    return _of_file(number, root / name)


def last_byte(number: int) -> bytes:
    """Of an open file, which stands at its end afterwards; blank where that is empty."""
    size = os.lseek(number, 0, os.SEEK_END)
    if not size:
        return b""
    os.lseek(number, size - 1, os.SEEK_SET)
    return os.read(number, 1)


def open_file(path: Path) -> BufferedReader:
    """A file that its user named, or found, links followed: never waited for, whatever has taken its place by now.

    Raises:
        OSError: if it cannot be opened; ENODEV if it is no file.
    """
    return os.fdopen(_of_file(os.open(path, os.O_RDONLY | _QUIET), path), "rb")


def _of_file(number: int, path: Path) -> int:
    """The descriptor, which is closed unless it is that of a file.

    Raises:
        OSError: ENODEV if it is not.
    """
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise _refused(errno.ENODEV, path)
        if hasattr(os, "set_blocking"):
            os.set_blocking(number, True)
    except BaseException:
        os.close(number)
        raise
    return number


def stat_beneath(root: Path, name: str) -> os.stat_result:
    """What the system says of what lies under a name, a link not followed.

    Raises:
        OSError: if there is nothing, or a folder on the way is a link.
    """
    with folder_beneath(root, name) as (folder, last):
        return os.stat(last, dir_fd=folder, follow_symlinks=False)


def remove_beneath(root: Path, name: str) -> None:
    """Deletes a file; there may be none.

    Raises:
        OSError: if it cannot be deleted, or a folder on the way is a link.
    """
    with contextlib.suppress(FileNotFoundError), folder_beneath(root, name) as (folder, last):
        os.unlink(last, dir_fd=folder)


@contextlib.contextmanager
def folder_beneath(root: Path, name: str) -> Iterator[tuple[int | None, str]]:
    """The folder that holds `name`, open, and what the file is called from there.

    Raises:
        OSError: ELOOP or ENOTDIR if a folder on the way is none.
    """
    *folders, last = PurePosixPath(name).parts
    if not _BY_FOLDER:
        _look(root, folders)
        yield None, str(root / name)
        return
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    number = os.open(root, flags)
    try:
        for at, part in enumerate(folders, 1):
            try:
                inner = os.open(part, flags | _NOFOLLOW, dir_fd=number)
            except NotADirectoryError as error:  # what Linux says of a link that has to be a folder, too
                is_link = stat.S_ISLNK(os.stat(part, dir_fd=number, follow_symlinks=False).st_mode)
                raise _refused(errno.ELOOP if is_link else errno.ENOTDIR, root.joinpath(*folders[:at])) from error
            os.close(number)
            number = inner
        yield number, last
    except OSError as error:
        if error.filename is None or not Path(error.filename).is_relative_to(root):  # a name within the folder
            error.filename = str(root / name)
        raise
    finally:
        os.close(number)


def make_folders(root: Path, names: list[str]) -> list[Path]:
    """Makes folders one within the other below `root`, and gives those that were not there.

    Raises:
        OSError: if one cannot be made, or a link is in its place.
    """
    made = []
    for at in range(1, len(names) + 1):
        path = root.joinpath(*names[:at])
        with contextlib.suppress(FileExistsError):
            path.mkdir()
            made.append(path)
    _look(root, names)
    return made


def _look(root: Path, folders: list[str]) -> None:
    """Raises OSError where a folder below `root` is a link (ELOOP), or none (ENOTDIR)."""
    for at in range(1, len(folders) + 1):
        path = root.joinpath(*folders[:at])
        mode = path.lstat().st_mode
        if not stat.S_ISDIR(mode):
            raise _refused(errno.ELOOP if stat.S_ISLNK(mode) else errno.ENOTDIR, path)


def _refused(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
