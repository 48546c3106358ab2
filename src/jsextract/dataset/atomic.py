"""Files that are either the old ones or the new ones, never half of either."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from jsextract.dataset.replaceable import refuse_unreplaceable
from jsextract.language.phrase import phrase
from jsextract.language.system import reason

_log = logging.getLogger(__name__)
TEMP_PREFIX = ".tmp-"
"""How the names of files begin that are not finished."""


@contextlib.contextmanager
def replacing(
    paths: Sequence[Path], temp_folder: Path, finished: Sequence[tuple[Path, Path]] = ()
) -> Iterator[list[TextIO]]:
    """Text files in UTF-8, line ends as written, that take the places of `paths` together when the block ends well.

    All are written and synced before the first is renamed: a disk that fills up leaves every file as it was.

    Args:
        paths: the files to replace.
        temp_folder: where they are written first; on the same file system.
        finished: other files, complete and synced, and the places that they take in the same step.

    Raises:
        OSError: if one cannot be written; NotReplaceable if one cannot be replaced.
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
        replace_all([*finished, *zip(temps, paths, strict=True)])
    except BaseException:
        for temp in temps:
            _discard(temp)
        raise


@contextlib.contextmanager
def folder_within(folder: Path) -> Iterator[Path]:
    """A folder for unfinished files within another one, for the block.

    Raises:
        OSError: if it cannot be made.
    """
    made = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, dir=folder))
    try:
        yield made
    finally:
        with _told(made):
            shutil.rmtree(made)


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A path to write to, whose file takes the place of `target` when the block ends well; a link is followed first.

    Raises:
        OSError: if it cannot be written; NotReplaceable if the target cannot be replaced.
    """
    target = Path(os.path.realpath(target))
    with folder_within(target.parent) as folder:
        temp = folder / target.name
        yield temp
        settled(temp)
        replace_all([(temp, target)])


def replace_all(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Gives finished files the places of others: all, or none, and none before it is known that all can be.

    What only renaming tells undoes those that were renamed: what was there is kept by a second name meanwhile; where
    the file system has no such, that does not come back.

    Args:
        pairs: each file, and the place that it takes, on the same file system.

    Raises:
        NotReplaceable: if a file cannot be replaced, or a place cannot be taken.
        OSError: if the system refuses otherwise; the place is the error's second name.
    """
    refuse_unreplaceable(path for _, path in pairs)
    changes = [_Change(temp, path) for temp, path in pairs]
    done = 0
    try:
        if len(changes) > 1:
            for change in changes:
                change.keep()
        for change in changes:
            change.temp.replace(change.path)
            done += 1
    except BaseException:
        for change in changes[:done]:
            change.undo()
        raise
    finally:
        for change in changes:
            _discard(change.kept)
    for folder in dict.fromkeys(path.parent for _, path in pairs):
        sync_folder(folder)


class _Change:
    """One file that takes the place of another.

    Attributes:
        temp: the new file.
        path: its place.
        kept: the second name of what is there.
        is_new: whether nothing is.
    """

    def __init__(self, temp: Path, path: Path) -> None:
        self.temp, self.path = temp, path
        self.kept = temp.with_name(f"{temp.name}-before")
        self.is_new = not os.path.lexists(path)

    def keep(self) -> None:
        """Gives what is there a second name, where the file system has such, and the system allows it."""
        with contextlib.suppress(FileNotFoundError, NotImplementedError, PermissionError):
            os.link(self.path, self.kept, follow_symlinks=False)

    def undo(self) -> None:
        """Puts what was there back; what cannot be is told, and the others still are."""
        try:
            if os.path.lexists(self.kept):
                self.kept.replace(self.path)
            elif self.is_new:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            text = phrase("{file} cannot be put back: {reason}.", file=self.path, reason=reason(error))
            _log.warning("jsextract: %s", text)


def _discard(temp: Path) -> None:
    """Deletes a temporary file; there may be none."""
    with _told(temp):
        temp.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(left: Path) -> Iterator[None]:
    """Tells of what the block cannot delete: without that, too, the files that count are in their places."""
    try:
        yield
    except OSError as error:
        text = phrase("{file} is left over; it cannot be deleted: {reason}.", file=left, reason=reason(error))
        _log.warning("jsextract: %s", text)


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
        _discard(temp)


def _umask() -> int:
    """The process's mask of rights for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
