"""Archives in several volumes, told by one of them: none can be unpacked without the others (分卷压缩)."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from typing import BinaryIO

_NAME = re.compile(r"\.(?:z\d\d|r\d\d|0\d\d)", re.IGNORECASE)
_END, _TAIL = b"PK\x05\x06", 22 + 65_535  # of a zip: the record at its end, and how far from the end it may begin
_START = 32  # bytes of a 7z before all others, which say where its list begins and how long it is


def is_volume(handle: BinaryIO, code: str, suffix: str) -> bool:
    """Whether a file is one volume of an archive, and not the only one.

    Args:
        handle: can seek; where it stands afterwards is open.
        code: the kind that its bytes tell.
        suffix: of its name: .001, .z01 and .r00 are names of volumes, the last one of a zip is called .zip.
    """
    named = _NAME.fullmatch(suffix) is not None
    if code == "zip":
        return named and not zipfile.is_zipfile(handle)
    if code == "7z":
        return named and _is_cut(handle)
    return code == "unknown" and (named or (suffix.lower() == ".zip" and _ends_others(handle)))


def _is_cut(handle: BinaryIO) -> bool:
    """Whether the list of a 7z lies beyond the end of the file."""
    size = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    head = handle.read(_START)
    return len(head) < _START or _START + sum(struct.unpack_from("<QQ", head, 12)) > size


def _ends_others(handle: BinaryIO) -> bool:
    """Whether a file ends as the last volume of a zip does, whose record counts those before it."""
    handle.seek(max(0, handle.seek(0, os.SEEK_END) - _TAIL))
    tail = handle.read(_TAIL)
    at = tail.rfind(_END)
    return 0 <= at <= len(tail) - 6 and struct.unpack_from("<H", tail, at + 4)[0] > 0
