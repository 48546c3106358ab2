"""Files that are either the old ones or the new ones, never half of either."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

TEMP_PREFIX = ".tmp-"
"""How the names of files begin that are not finished."""


@contextlib.contextmanager
def replacing(paths: Sequence[Path], temp_folder: Path) -> Iterator[list[TextIO]]:
    """Text files in UTF-8, line ends as written, that take the places of `paths` together when the block ends well.

    All are written and synced before the first is renamed: a disk that fills up leaves every file as it was.

    Args:
        paths: the files to replace.
        temp_folder: where they are written first; on the same file system.

    Raises:
        OSError: if one cannot be written.
    """
    temps: list[Path] = []
    try:
        with contextlib.ExitStack() as stack:
            handles: list[TextIO] = []
            for _ in paths:
                number, name = tempfile.mkstemp(prefix=TEMP_PREFIX, dir=temp_folder)
                temps.append(Path(name))
                handles.append(stack.enter_context(os.fdopen(number, "w", encoding="utf-8", newline="")))
            yield handles
            for handle in handles:
                _settle(handle)
        _replace_all(temps, paths, temp_folder)
        for folder in dict.fromkeys(path.parent for path in paths):
            sync_folder(folder)
    except BaseException:
        for temp in temps:
            temp.unlink(missing_ok=True)
        raise


def _replace_all(temps: Sequence[Path], paths: Sequence[Path], temp_folder: Path) -> None:
    """Renames all, or none: where one cannot be replaced (it is in use, or immutable), those before it come back.

    What was there is kept by a second name meanwhile; where the file system has no such, nothing comes back.

    Raises:
        OSError: if one cannot be replaced; its name is the error's second one.
    """
    before = [temp_folder / f"{temp.name}-before" for temp in temps]
    done: list[tuple[Path, Path]] = []
    try:
        if len(paths) > 1:
            for kept, path in zip(before, paths, strict=True):
                with contextlib.suppress(FileNotFoundError, NotImplementedError, PermissionError):
                    os.link(path, kept, follow_symlinks=False)
        for temp, kept, path in zip(temps, before, paths, strict=True):
            temp.replace(path)
            done.append((kept, path))
    except OSError:
        for kept, path in done:
            with contextlib.suppress(FileNotFoundError):
                kept.replace(path)
        raise
    finally:
        for kept in before:
            kept.unlink(missing_ok=True)


def _settle(handle: TextIO) -> None:
    """Brings what was written to the disk."""
    handle.flush()
    if hasattr(os, "fchmod"):  # mkstemp makes files that only their owner may read
        os.fchmod(handle.fileno(), 0o666 & ~_umask())
    os.fsync(handle.fileno())


def settled(path: Path) -> str:
    """Brings a finished file to the disk, with the rights that new files have, and gives its SHA-256.

    Raises:
        OSError: if it cannot be read, or the disk is full.
    """
    if os.name != "nt":  # a folder of temporary files may be its owner's alone
        path.chmod(0o666 & ~_umask())
    with path.open("r+b") as handle:
        os.fsync(handle.fileno())
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_text(path: Path, text: str, temp_folder: Path) -> None:
    """Puts `text` in the place of what `path` held.

    Raises:
        OSError: if it cannot be written.
    """
    with replacing([path], temp_folder) as (handle,):
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
    for temp in folder.glob(f"{TEMP_PREFIX}*"):
        temp.unlink(missing_ok=True)


def _umask() -> int:
    """The process's mask of rights for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
