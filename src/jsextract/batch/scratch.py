"""The folder for whatever a worker, or a library in it, puts down for a while (临时文件夹).

A worker may be killed at any moment and then removes nothing. So all workers of a process share one folder that is the
user's alone, and the process removes it when it ends; what a process left that was killed itself, the next one removes.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "jsextract-run-"
_VARIABLES = ("TMPDIR", "TEMP", "TMP")


@functools.cache
def folder() -> str:
    """The folder of this process, made when it is asked for first; blank where temporary files cannot be written."""
    with contextlib.suppress(OSError):  # few documents need one; those that do say so
        _remove_left(Path(tempfile.gettempdir()))
        made = tempfile.mkdtemp(prefix=_PREFIX)
        _held(Path(made))
        atexit.register(_remove, made, os.getpid())
        return made
    return ""


def use(place: str) -> None:
    """Makes a folder the one for temporary files of this process and of the programs that it starts."""
    if place:
        tempfile.tempdir = place
        os.environ.update(dict.fromkeys(_VARIABLES, place))


def _remove(place: str, owner: int) -> None:
    if os.getpid() == owner:  # a process that was forked from it leaves it alone
        shutil.rmtree(place, ignore_errors=True)


def _remove_left(within: Path) -> None:
    """Removes the folders of processes of this user that are no more."""
    for left in within.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.lstat().st_uid == os.getuid() and (held := _held(left)) is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(held)


def _held(place: Path) -> int | None:
    """A descriptor that locks a folder for as long as it is open; None where another process has it, or none can."""
    try:
        import fcntl
    except ImportError:  # Windows: what is left stays
        return None
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
