"""Which files a run reads: files as named, folders searched; nothing that bears a PDF's name is passed over unseen."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsextract.errors import NothingToRead, SourceNotFound
from jsextract.readers.registry import MAX_BYTES
from jsextract.remote import filesystem, local_path

SUFFIXES = (".pdf", ".txt")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read.

    Attributes:
        path: where it is; of a URL the name alone.
        file: its name in the dataset, relative to the source folder.
        problem: why it will not be read; blank when it will.
        url: where it is, if that is no path of this machine.
        root: the source folder that it was found in.
        mark: what a remote file system says about its content (ETag, or time and size).
    """

    path: Path
    file: str
    problem: str = ""
    url: str = ""
    root: Path | None = None
    mark: str = ""

    @property
    def where(self) -> Path | str:
        return self.url or self.path

    def vanished(self) -> bool:
        """Whether it was here when the folder was searched, and is not any more."""
        return not self.url and not self.problem and not self.path.exists()

    def root_vanished(self) -> bool:
        """Whether even its source folder is gone."""
        return self.root is not None and not self.root.exists()


def find_sources(sources: Iterable[str | Path], *, skip: Path | None = None) -> Iterator[SourceFile]:
    """The files of all sources, each once, in the order of their names.

    Args:
        sources: files and folders, or their URLs; folders are searched to the bottom for .pdf and .txt in any case.
        skip: a folder to leave out (the dataset itself).

    Raises:
        SourceNotFound: if a source does not exist.
        NothingToRead: if a source is a folder without any such file.
    """
    sources = list(sources)
    seen: set[bytes] = set()
    for source in sources:
        path = local_path(source)
        files = _remote_files(str(source)) if path is None else _files_of(path, skip.absolute() if skip else None)
        for found in files:
            if len(sources) > 1:  # one folder never gives a file twice
                key = hashlib.sha256(os.fsencode(found.url or found.path.absolute())).digest()[:16]
                if key in seen:
                    continue
                seen.add(key)
            yield found


def sha256_of(source: SourceFile) -> str:
    """The digest of a local file; blank where the bytes cannot be had or are too many: the reader says why."""
    if source.problem or not source.path.is_file():
        return ""
    try:
        if source.path.stat().st_size > MAX_BYTES:
            return ""
        with source.path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


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
        raise _nothing(str(source))


def _nothing(source: str) -> NothingToRead:
    return NothingToRead(f"There is no .pdf or .txt file in {safe_name(source)}.", "Name another folder.")


def _remote_files(url: str) -> Iterator[SourceFile]:
    """The files below a URL, or the one that it names."""
    system, root = filesystem(url)
    if not system.exists(root):
        raise SourceNotFound(f"{url} does not exist.", "Check the URL.")
    if not system.isdir(root):
        path = Path(root)
        whole = system.unstrip_protocol(root)  # as a search of its folder calls it
        yield SourceFile(path, safe_name(path.name), url=whole, mark=_mark(system, root))
        return
    names = [name for name in sorted(system.find(root)) if Path(name).suffix.lower() in SUFFIXES]
    if not names:
        raise _nothing(url)
    for name in names:
        below = name.removeprefix(root).lstrip("/")
        if not any(part.startswith(".") for part in below.split("/")):
            yield SourceFile(Path(name), safe_name(below), url=system.unstrip_protocol(name), mark=_mark(system, name))


def _mark(system: Any, name: str) -> str:
    """What tells whether a remote file has changed, without reading it."""
    return str(system.ukey(name))


_IRREGULAR = "It is a link, a folder or a device under a file's name; such things are not followed."


def _search(folder: Path, root: Path, skip: Path | None) -> Iterator[SourceFile]:
    """Depth first, by name; hidden folders and `skip` are left out, a hidden file with a PDF's name has its row."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        name = safe_name(os.path.relpath(folder, root))
        yield SourceFile(folder, f"{name}/", f"The folder cannot be read: {error.strerror}.", root=root)
        return
    for entry in entries:
        path = Path(entry.path)
        named = entry.name.lower().endswith(SUFFIXES)
        hidden = entry.name.startswith(".") and not (named and not entry.is_dir(follow_symlinks=False))
        if hidden or path.absolute() == skip:
            continue
        name = safe_name(os.path.relpath(path, root))
        if entry.is_dir(follow_symlinks=False) and not named:
            yield from _search(path, root, skip)
        elif named:
            problem = "" if entry.is_file(follow_symlinks=False) else _IRREGULAR
            yield SourceFile(path, name, problem, root=root)


def safe_name(name: str) -> str:
    """The name as text that every file format takes: bytes that are no UTF-8 and control characters become %XX.

    In a name with such characters `%` itself is written %25, so that no two names fall together.
    """
    name = name.replace(os.sep, "/")
    awkward = [c for c in name if "\udc80" <= c <= "\udcff" or ord(c) < 32 or ord(c) == 127]
    if not awkward:
        return name
    return "".join(f"%{ord(c) & 0xFF:02X}" if c in {*awkward, "%"} else c for c in name)
