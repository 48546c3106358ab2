"""Which files a run looks at: files as named, folders searched to the bottom; no document is passed over unseen.

Left out are hidden files and folders (their names begin with a dot; a hidden .pdf or .txt file is not left out), what
systems and office programs keep beside the documents, what a browser saved beside a page to show it (pictures, styles,
scripts in NAME_files), and what jsextract itself wrote.
"""

from __future__ import annotations

import functools
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jsextract.batch.passed_over import (
    OWN_FILES,
    SYSTEM_FOLDERS,
    is_beside,
    is_wanted,
    only_shows,
    pages_beside,
    shows_page,
)
from jsextract.batch.safe_name import safe_name
from jsextract.dataset.beneath import open_file
from jsextract.dataset.folder import HIDDEN
from jsextract.errors import DocumentError, NothingToRead, SourceNotFound
from jsextract.language.phrase import NOTHING, Phrase, noted, phrase
from jsextract.language.system import reason
from jsextract.readers.archives.members import Member, Within
from jsextract.readers.formats import suffix_tag
from jsextract.readers.present import looked_at
from jsextract.readers.registry import MAX_BYTES
from jsextract.remote import filesystem, local_path

_NAMED = (".pdf", ".txt")  # under such a name even a hidden file, or a folder, has its row


class SourceFile(Struct, frozen=True):
    """A file to be read.

    Attributes:
        path: where it is; of a URL the name alone.
        file: its name in the dataset, relative to the source folder.
        problem: why it will not be read; blank when it will.
        url: where it is, if that is no path of this machine.
        root: the source folder that it was found in.
        mark: what a remote file system says about its content (ETag, or time and size).
        relative: where it is below the folder that the run was given, or that holds all of its sources.
        data: its bytes, where it came by another way than a file.
        member: which file of the archive at `path` it is; None for a file that is none.
        refused: why it gives no documents, where an archive was looked at and does not.
    """

    path: Path
    file: str
    problem: Phrase = NOTHING
    url: str = ""
    root: Path | None = None
    mark: str = ""
    relative: str = ""
    data: bytes | None = None
    member: Member | None = None
    refused: DocumentError | None = None

    @property
    def where(self) -> Path | str:
        """Where it is, as the dataset remembers it: the URL or the path, and the path within an archive."""
        if self.member is None:
            return self.url or self.path
        return f"{self.url or self.path.absolute()}\0{self.member.name}\0{self.member.copy}"

    @property
    def content(self) -> Path | str | bytes | Within:
        """What a reader takes: where its bytes are, or these."""
        own = self.path if self.data is None else self.data
        if self.member is not None:
            return Within(own, self.member.way, self.member.name if self.data is None else self.named)
        return own if self.data is not None or not self.url else self.url

    @property
    def named(self) -> str:
        """Its names, from the outermost folder to its own."""
        own = self.url if self.url and self.data is None else str(self.path)
        return own if self.member is None else f"{own}/{self.member.name}"

    @property
    def suffix(self) -> str:
        """Of its name."""
        return self.path.suffix if self.member is None else PurePath(self.member.name).suffix

    def vanished(self) -> bool:
        """Whether it was here when the folder was searched, and is not any more."""
        return not self.url and not self.problem and not self.path.exists()

    def root_vanished(self) -> bool:
        """Whether even its source folder is gone."""
        return self.root is not None and not self.root.exists()


def find_sources(sources: Iterable[str | Path | SourceFile], *, skip: Path | None = None) -> Iterator[SourceFile]:
    """The files of all sources, each once, in the order of their names.

    Args:
        sources: files and folders, or their URLs; folders are searched to the bottom; what is no file stays as it is.
        skip: a folder to leave out (the dataset itself).

    Raises:
        SourceNotFound: if a source does not exist.
        NothingToRead: if a source is a folder without any file.
    """
    sources = list(sources)
    places = [source for source in sources if not isinstance(source, SourceFile)]
    below = _common_folder(places) if len(places) > 1 else ""
    seen: set[bytes] = set()
    for source in sources:
        if isinstance(source, SourceFile):
            yield source
            continue
        path = local_path(source)
        files = _remote_files(str(source)) if path is None else _files_of(path, skip.absolute() if skip else None)
        for found in files:
            if len(sources) > 1:  # one folder never gives a file twice
                key = hashlib.sha256(os.fsencode(found.url or _real(found.path.parent) / found.path.name)).digest()[:16]
                if key in seen:
                    continue
                seen.add(key)
            yield replace(found, relative=_relative(found, source, below))


def _common_folder(sources: Iterable[str | Path]) -> str:
    """The folder or URL that holds all sources; blank where there is none."""
    paths = [local_path(source) for source in sources]
    if all(path is None for path in paths):
        split = [str(source).split("/") for source in sources]
        return "/".join(parts[0] for parts in takewhile(lambda parts: len(set(parts)) == 1, zip(*split, strict=False)))
    try:
        common = os.path.commonpath([path.absolute() for path in paths if path is not None])
    except ValueError:  # on several drives
        return ""
    return os.path.dirname(common) if os.path.isfile(common) else common  # noqa: PTH113, PTH120 (bytes of any kind)


def _relative(found: SourceFile, source: str | Path, folder: str) -> str:
    """The file's place below `folder`, which holds its source; below the source itself where that is blank."""
    if not folder:
        return found.file
    if not found.url:
        return safe_name(os.path.relpath(found.path.absolute(), folder))
    between = str(source).removeprefix(folder).strip("/")
    if between.rpartition("/")[2] == found.file:  # the source is the file
        between = between.rpartition("/")[0]
    return "/".join(filter(None, (safe_name(between), found.file)))


def sha256_of(source: SourceFile) -> str:
    """The digest of a local file or of bytes; blank where they cannot be had or are too many: the reader says why."""
    if source.data is not None:
        return hashlib.sha256(source.data).hexdigest()
    if source.problem or not source.path.is_file():
        return ""
    try:
        if source.path.stat().st_size > MAX_BYTES:
            return ""
        with open_file(source.path) as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


@functools.lru_cache(1 << 10)
def _real(folder: Path) -> Path:
    """Where a folder is, whichever way leads there; a link to a file stays one."""
    return folder.resolve()


def _files_of(source: Path, skip: Path | None) -> Iterator[SourceFile]:
    """The files of one local source, a file or a folder searched to the bottom.

    Raises:
        SourceNotFound: if there is none, or it cannot be looked at.
        NothingToRead: if a folder holds no file.
    """
    mode = looked_at(source, safe_name(str(source))).st_mode
    if not stat.S_ISDIR(mode):
        yield SourceFile(source, safe_name(source.name), NOTHING if stat.S_ISREG(mode) else phrase(_IRREGULAR))
        return
    found = False
    for file in _search(source, source, skip):
        found = True
        yield file
    if not found:
        raise _nothing(str(source))


def _nothing(source: str) -> NothingToRead:
    return NothingToRead(phrase("There is no file in {name}.", name=safe_name(source)), phrase("Name another folder."))


def _remote_files(url: str) -> Iterator[SourceFile]:
    """The files below a URL, or the one that it names."""
    system, root = filesystem(url)
    if not system.exists(root):
        raise SourceNotFound(phrase("{url} does not exist.", url=url), phrase("Check the URL."))
    if not system.isdir(root):
        path = Path(root)
        whole = system.unstrip_protocol(root)  # as a search of its folder calls it
        yield SourceFile(path, safe_name(path.name), url=whole, mark=_mark(system, root))
        return
    names = {name: name.removeprefix(root).lstrip("/") for name in sorted(system.find(root))}
    datasets = {below.partition(HIDDEN)[0] for below in names.values() if f"{HIDDEN}/" in below}
    every = frozenset(names.values())
    wanted = {n: below for n, below in names.items() if is_wanted(below, datasets) and not shows_page(below, every)}
    if not wanted:
        raise _nothing(url)
    for name, below in wanted.items():
        yield SourceFile(Path(name), safe_name(below), url=system.unstrip_protocol(name), mark=_mark(system, name))


def _mark(system: Any, name: str) -> str:
    """What tells whether a remote file has changed, without reading it."""
    return str(system.ukey(name))


_IRREGULAR = noted("It is a link, a folder or a device under a file's name; such things are not followed.")


def _search(folder: Path, root: Path, skip: Path | None) -> Iterator[SourceFile]:
    """Depth first, by name, as deep as it goes; what bears a document's name and is no file has its row, unopened."""
    open_folders = [_entries(folder, root, skip)]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif isinstance(found, SourceFile):
            yield found
        else:
            open_folders.append(_entries(found, root, skip))


def _entries(folder: Path, root: Path, skip: Path | None) -> Iterator[SourceFile | Path]:
    """What is in a folder, by name: files, and folders that are to be searched."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        name = safe_name(os.path.relpath(folder, root))
        problem = phrase("The folder cannot be read: {reason}.", reason=reason(error))
        yield SourceFile(folder, f"{name}/", problem, root=root)
        return
    shows = any(os.path.isfile(page) for page in pages_beside(str(folder)))  # noqa: PTH113 (names of any bytes)
    own = OWN_FILES if any(entry.name == HIDDEN for entry in entries) else frozenset()
    for entry in entries:
        path = Path(entry.path)
        named = entry.name.lower().endswith(_NAMED)
        if path.absolute() == skip or entry.name in own:
            continue
        if entry.is_dir(follow_symlinks=False) and not named:
            if not entry.name.startswith(".") and entry.name.lower() not in SYSTEM_FOLDERS:
                yield path
        elif named or not (is_beside(entry.name) or (shows and only_shows(entry.name))):
            regular = entry.is_file(follow_symlinks=False)
            if regular or named or suffix_tag(path.suffix):
                name = safe_name(os.path.relpath(path, root))
                yield SourceFile(path, name, NOTHING if regular else phrase(_IRREGULAR), root=root)
