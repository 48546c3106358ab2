"""Whether a file can give its place to a new one (能否被替换), asked before the first of several is replaced."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from jsextract.errors import OutputNotWritable
from jsextract.language.phrase import Phrase, phrase
from jsextract.language.system import SHORT_OF_FILES, reason

_IS_WINDOWS = os.name == "nt"
_FLAGS = os.O_WRONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
_NO_MATTER = frozenset({errno.EACCES, errno.ELOOP, errno.ENXIO})
"""Opening is refused where replacing is not: a file that nobody may write, a link, a pipe or socket."""


class NotReplaceable(OSError):  # noqa: N818 (the name says what is the matter)
    """A file that another program holds, or that is protected; nothing was replaced yet. Its name is `filename`."""


def refuse_unreplaceable(paths: Iterable[Path]) -> None:
    """Looks whether all files can be replaced, and changes none, nor its times.

    Raises:
        NotReplaceable: for the first that cannot: it is in use (Windows, a share of it), immutable, append-only, a
            folder, a device, somebody else's, or in a folder where nothing can be written.
    """
    for path in paths:
        try:
            _ask(path)
        except OSError as error:
            raise NotReplaceable(error.errno, error.strerror, str(path)) from error


def _ask(path: Path) -> None:
    """Raises OSError where the file cannot be replaced."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        if not _IS_WINDOWS and not os.access(path.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    _ask_holders(path)
    _ask_folder(path)


def _ask_holders(path: Path) -> None:
    """Opens the file to write into it, which is refused where it is protected, or held by who shares it with nobody."""
    try:
        os.close(os.open(path, _FLAGS))
    except OSError as error:
        if _IS_WINDOWS or error.errno not in _NO_MATTER:
            raise


def _ask_folder(path: Path) -> None:
    """Has the system look whether the name may be taken away.

    Windows looks when a file is given its own name. Others look when what is no folder is to be removed as one: that is
    always refused (ENOTDIR), by Linux only after all that renaming would be refused for.
    """
    if _IS_WINDOWS:
        path.rename(path)
        return
    try:
        path.rmdir()
    except NotADirectoryError:
        return


def not_writable(error: OSError, place: object, otherwise: Phrase) -> OutputNotWritable:
    """The error for people: what cannot be written or replaced, why, and what to do.

    Args:
        error: what the system said.
        place: what cannot be written, unless the error is about a file to be replaced.
        otherwise: what to do, unless that file is to be freed.
    """
    if isinstance(error, NotReplaceable):
        return OutputNotWritable(
            phrase("{file} cannot be replaced: {reason}. No file was.", file=error.filename, reason=reason(error)),
            phrase("Close it where it is open, or lift what protects it."),
        )
    if error.errno in SHORT_OF_FILES:
        otherwise = phrase("Raise the limit of open files; see ulimit -n.")
    return OutputNotWritable(
        phrase("{target} cannot be written: {reason}.", target=place, reason=reason(error)), otherwise
    )
