"""File names as text that every file format takes, each name another text (文件名).

A name is bytes that somebody chose: no UTF-8 perhaps, or with a line end in it.
"""

from __future__ import annotations

import contextlib
import os
import unicodedata
from urllib.parse import unquote_to_bytes


def safe_name(name: str) -> str:
    """The name as text that every file format takes: bytes that are no UTF-8 and control characters become %XX.

    In a name with such characters, and in one that reads like what becomes of these, `%` itself is written %25, so that
    no two names fall together.
    """
    name = name.replace(os.sep, "/")
    with contextlib.suppress(UnicodeEncodeError):  # where the system's encoding is ASCII, Chinese came as loose bytes
        name = name.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    if not _reads_awkward(name):
        return name
    return "".join(_coded(c) if c == "%" or _awkward(c) else c for c in name)


def _reads_awkward(name: str) -> bool:
    """Whether a name has awkward characters, or has them once its %XX are read, however often that is done."""
    before = ""
    while name != before and not any(map(_awkward, name)):
        before, name = name, unquote_to_bytes(name).decode("utf-8", "surrogateescape")
    return any(map(_awkward, name))


def _awkward(char: str) -> bool:
    """Whether a character is a control, or stands for a byte that is no UTF-8."""
    return not char.isprintable() and unicodedata.category(char) in {"Cc", "Cs"}


def _coded(char: str) -> str:
    """A character as the %XX of its bytes."""
    escaped = "surrogateescape" if "\udc80" <= char <= "\udcff" else "surrogatepass"
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", escaped))
