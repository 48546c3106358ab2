"""Names of results: after the content that they come from, never after a file's name (结果名称)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from jsextract.readers.formats import suffix_tag

_UNREAD = "unread-"
_KEY = re.compile(r"[0-9a-f]{64}(?:-[a-z0-9]{1,16}(?:-[0-9a-f]{8})?)?|unread-[0-9a-f]{16}")


def content_key(sha256: str, suffix: str, place: str = "", told: str = "") -> str:
    """The name of a result: the content's hash, with the kind that the file's suffix promises unless that is PDF.

    Content that is another kind than its name says gets a flag, so that its result is another, as is that of a
    workbook whose names say whose it is (`told`); files whose bytes cannot be had have names of their own.
    """
    if not sha256:
        return f"{_UNREAD}{place}"
    promised = suffix_tag(suffix) or "other"
    return sha256 if promised == "pdf" else f"{sha256}-{promised}{told and f'-{told}'}"


def is_key(name: object) -> bool:
    """Whether a name is one that `content_key` gives: no other becomes a part of a path."""
    return isinstance(name, str) and _KEY.fullmatch(name) is not None


def sha256_of_key(key: str) -> str:
    """The content's hash, from what `content_key` gave; blank where that was not known."""
    return "" if key.startswith(_UNREAD) else key.partition("-")[0]


def place_of(path: Path | str) -> str:
    """A stable name for where a file is, which does not tell where that is."""
    where = path if isinstance(path, str) else str(path.absolute())
    return hashlib.sha256(where.encode("utf-8", "surrogateescape")).hexdigest()[:16]
