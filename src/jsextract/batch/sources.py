"""Which files a run reads: files as named, folders searched; nothing that bears a PDF's name is passed over unseen."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jsextract.errors import NothingToRead, SourceNotFound

SUFFIXES = (".pdf", ".txt")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read.

    Attributes:
        path: where it is.
        file: its name in the dataset, relative to the source folder.
        problem: why it will not be read; blank when it will.
    """

    path: Path
    file: str
    problem: str = ""


def find_sources(sources: Iterable[str | Path], *, skip: Path | None = None) -> Iterator[SourceFile]:
    """The files of all sources, each once, in the order of their names.

    Args:
        sources: files and folders; folders are searched to the bottom for .pdf and .txt in any case.
        skip: a folder to leave out (the dataset itself).

    Raises:
        SourceNotFound: if a source does not exist.
        NothingToRead: if a source is a folder without any such file.
    """
    seen: set[str] = set()
    for source in map(Path, sources):
        for found in _files_of(source, skip.absolute() if skip else None):
            key = os.fspath(found.path.absolute())
            if key not in seen:
                seen.add(key)
                yield found


def _files_of(source: Path, skip: Path | None) -> Iterator[SourceFile]:
    try:
        mode = source.stat().st_mode
    except FileNotFoundError as error:
        raise SourceNotFound(f"{safe_name(str(source))} does not exist.", "Check the path.") from error
    except OSError as error:
        raise SourceNotFound(f"{safe_name(str(source))}: {error.strerror}.", "Check the path.") from error
    if not stat.S_ISDIR(mode):
        yield SourceFile(source, safe_name(source.name), "" if stat.S_ISREG(mode) else _IRREGULAR)
        return
    found = False
    for file in _search(source, source, skip):
        found = True
        yield file
    if not found:
        raise NothingToRead(f"There is no .pdf or .txt file in {safe_name(str(source))}.", "Name another folder.")


_IRREGULAR = "It is a link, a folder or a device under a file's name; such things are not followed."


def _search(folder: Path, root: Path, skip: Path | None) -> Iterator[SourceFile]:
    """Depth first, by name; hidden names and `skip` are left out."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        name = safe_name(os.path.relpath(folder, root))
        yield SourceFile(folder, f"{name}/", f"The folder cannot be read: {error.strerror}.")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or path.absolute() == skip:
            continue
        named = path.suffix.lower() in SUFFIXES
        name = safe_name(os.path.relpath(path, root))
        if entry.is_dir(follow_symlinks=False) and not named:
            yield from _search(path, root, skip)
        elif named:
            yield SourceFile(path, name, "" if entry.is_file(follow_symlinks=False) else _IRREGULAR)


def safe_name(name: str) -> str:
    """The name as text that every file format takes: bytes that are no UTF-8 and control characters become %XX.

    In a name with such characters `%` itself is written %25, so that no two names fall together.
    """
    name = name.replace(os.sep, "/")
    awkward = [c for c in name if "\udc80" <= c <= "\udcff" or ord(c) < 32 or ord(c) == 127]
    if not awkward:
        return name
    return "".join(f"%{ord(c) & 0xFF:02X}" if c in {*awkward, "%"} else c for c in name)
