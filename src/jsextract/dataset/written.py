"""Whether somebody changed the files of a dataset by hand, told by the digests of what was written (手工改动)."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TextIO

import msgspec

from jsextract.dataset.folder import Folder
from jsextract.dataset.seal import is_sealed, sealed, unsealed
from jsextract.dataset.stamp import FILES, WRITTEN, marks_at_writing

NAME = WRITTEN
_KEPT = 4
"""Digests kept of each file: a run that is killed while it renames leaves files of an earlier one."""
_NO_FILE = frozenset({errno.ELOOP, errno.ENODEV})


class Digested:
    """A handle that knows the digest of what was written to it."""

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self._digest = hashlib.sha256()

    def write(self, text: str) -> None:
        """Writes to the handle."""
        self._handle.write(text)
        self._digest.update(text.encode("utf-8", "surrogatepass"))

    def hexdigest(self) -> str:
        """Of everything that was written."""
        return self._digest.hexdigest()


def known_digests(folder: Folder) -> dict[str, list[str]]:
    """The digests that each file may have; none for a dataset of an earlier version, or where that is damaged."""
    try:
        text = folder.read_text(NAME)
        told = msgspec.json.decode(unsealed(text, NAME) if is_sealed(text) else text, type=dict[str, list[str]])
    except (OSError, ValueError):
        return {}
    return {name: digests for name, digests in told.items() if name in FILES}


def with_new(known: Mapping[str, list[str]], new: Mapping[str, str]) -> str:
    """The text of the file that says so, once `new` is written as well; the earlier ones stand until it is in place."""
    kept = {name: [*(d for d in known.get(name, ()) if d != digest), digest][-_KEPT:] for name, digest in new.items()}
    return sealed(json.dumps(kept), NAME)


def changed_by_hand(folder: Folder) -> list[str]:
    """The CSV files that hold something else than what was written; missing ones, which are made anew, are not named.

    Only a file whose size or times are not as they were is read: a copied dataset is looked through once.
    """
    known = known_digests(folder)
    marks = marks_at_writing(folder)
    suspects = [n for n in known if n.endswith(".csv") and folder.holds(n) and not _untouched(folder, n, marks)]
    return [name for name in suspects if not _holds(folder, name, known[name])]


def _holds(folder: Folder, name: str, digests: Sequence[str]) -> bool:
    """Whether a file's content has one of the digests; a link, a pipe or a folder in its place has none."""
    try:
        return folder.digest(name) in digests
    except OSError as error:
        if error.errno not in _NO_FILE:
            raise
        return False


def _untouched(folder: Folder, name: str, marks: Mapping[str, str]) -> bool:
    """Whether the file system says that nobody wrote to the file."""
    return bool(marks.get(name)) and folder.mark(name) == marks[name]
