"""What the operating system says when it refuses something (系统错误), in both languages."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from jsextract.language.phrase import Phrase, noted, phrase, verbatim

_SAID: Mapping[int, str] = {
    errno.EACCES: noted("Permission denied"),
    errno.EPERM: noted("Operation not permitted"),
    errno.ENOENT: noted("No such file or directory"),
    errno.ENOTDIR: noted("Not a directory"),
    errno.EISDIR: noted("Is a directory"),
    errno.EEXIST: noted("File exists"),
    errno.ENOSPC: noted("No space left on device"),
    errno.EDQUOT: noted("Disk quota exceeded"),
    errno.EFBIG: noted("File too large"),
    errno.EROFS: noted("Read-only file system"),
    errno.ENAMETOOLONG: noted("File name too long"),
    errno.EMFILE: noted("Too many open files"),
    errno.ENFILE: noted("Too many open files in the system"),
    errno.EIO: noted("Input/output error"),
    errno.EBUSY: noted("Device or resource busy"),
    errno.ELOOP: noted("A link in the place of a file or folder; links are not followed"),
    errno.EINVAL: noted("Invalid argument"),
    errno.ENODEV: noted("No file, but a device or a pipe"),
    errno.ECONNREFUSED: noted("Connection refused"),
    errno.ETIMEDOUT: noted("Connection timed out"),
}

SHORT_OF_FILES = frozenset({errno.EMFILE, errno.ENFILE})
"""The process, or the system, may open no more files: no fault of the one that it wanted to open."""


def reason(error: OSError) -> Phrase:
    """Why the system refuses; in English alone where that is rare, or a library's own words."""
    if error.errno is not None and error.errno in _SAID:
        return phrase(_SAID[error.errno])
    return verbatim(error.strerror or str(error))


def told_by_library(error: Exception) -> OSError:
    """The system's error that a library met and tells in words of its own, of which the first line is kept."""
    said = str(error)
    number = next((number for number, words in _SAID.items() if words.lower() in said.lower()), None)
    return OSError(said.partition("\n")[0]) if number is None else OSError(number, _SAID[number])
