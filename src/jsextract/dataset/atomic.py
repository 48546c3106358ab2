"""Files that are either the old ones or the new ones, never half of either."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

_TEMP_PREFIX = ".tmp-"


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8, line ends as written, that takes the place of `path` when the block ends well.

    Written beside it, synced, renamed, and the folder synced; on an error `path` stays as it was.

    Raises:
        OSError: if it cannot be written.
    """
    number, name = tempfile.mkstemp(prefix=_TEMP_PREFIX, dir=path.parent)
    temp = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as handle:
            yield handle
            handle.flush()
            if hasattr(os, "fchmod"):  # mkstemp makes files that only their owner may read
                os.fchmod(handle.fileno(), 0o666 & ~_umask())
            os.fsync(handle.fileno())
        temp.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Puts `text` in the place of what `path` held.

    Raises:
        OSError: if it cannot be written.
    """
    with replacing(path) as handle:
        handle.write(text)


def sync_folder(folder: Path) -> None:
    """Makes renames in `folder` last; does nothing where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove_leftovers(folder: Path) -> None:
    """Deletes what a killed run left half written."""
    for temp in folder.glob(f"{_TEMP_PREFIX}*"):
        temp.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
