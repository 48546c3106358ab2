"""The user's own cache folder, and files in it that nobody else can have written (用户缓存).

What is kept there stands for work that would give the same again. Whatever is the matter with the folder or a file, the
work is done anew as if there were none: no file that another user could have put there is believed, and none that
changed since it was written.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import ExitStack
from pathlib import Path

_QUIET = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OF_OTHERS = 0o077
_WRITTEN_BY_OTHERS = 0o022


def users_folder() -> Path | None:
    """The user's own cache folder, made where it is missing; None where it is not the user's alone, or no home is.

    It lies below `$XDG_CACHE_HOME` or `~/.cache`, on Windows below `%LOCALAPPDATA%`, whose owner the system sees to.
    """
    try:
        base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
        folder = (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "jsextract"  # noqa: PTH117
        if not folder.is_absolute():
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError, ValueError):  # RuntimeError: no home
        return None
    return folder if stat.S_ISDIR(found.st_mode) and _is_own(found, _OF_OTHERS) else None


def read_own(path: Path, name: str, most: int) -> bytes:
    """What `write_own` wrote under that name; blank where the file is not whole, not the user's own, or too large.

    Args:
        path: of the file.
        name: what the file must have been written for: a file that took another's place is not believed.
        most: bytes.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _QUIET), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or not _is_own(found, _WRITTEN_BY_OTHERS) or found.st_size > most:
                return b""
            digest, _, data = file.read(most).partition(b"\n")
    except OSError:
        return b""
    return data if digest == _digest(name, data) else b""


def write_own(path: Path, name: str, data: bytes, suffix: str = ".part") -> None:
    """Puts a file in its place at once; another process sees it whole or not at all.

    Args:
        path: of the file, in a folder that is there.
        name: what it is written for, for `read_own`.
        data: what it holds.
        suffix: of what is left of it where this process is killed meanwhile.

    Raises:
        OSError: if it cannot be written.
    """
    handle, unfinished = tempfile.mkstemp(suffix, dir=path.parent)
    with ExitStack() as undo:
        undo.callback(Path(unfinished).unlink, missing_ok=True)  # a signal may end the command just then
        with os.fdopen(handle, "wb") as file:
            file.write(_digest(name, data) + b"\n" + data)
        Path(unfinished).replace(path)


def _is_own(found: os.stat_result, not_allowed: int) -> bool:
    """Whether this user owns it and nobody else has one of those rights; true on a system without owners."""
    return not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & not_allowed)


def _digest(name: str, data: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + data).hexdigest().encode()
