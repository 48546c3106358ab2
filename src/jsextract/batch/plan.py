"""What a run would do, without doing it (试运行)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import tee
from pathlib import Path
from typing import NamedTuple

from jsextract.batch.keys import key_of
from jsextract.batch.limited import limited
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile
from jsextract.batch.unpack import unpacked
from jsextract.dataset.beneath import open_file
from jsextract.dataset.fingerprint import reader_id
from jsextract.dataset.folder import HIDDEN, folder_at
from jsextract.dataset.keys import place_of
from jsextract.dataset.store import Store
from jsextract.errors import DocumentError
from jsextract.readers.formats import UNKNOWN
from jsextract.readers.registry import FORMAT_READERS
from jsextract.readers.sniff import sniff


class Fate(StrEnum):
    """What a run would do with a file."""

    NEW = "new"
    AGAIN = "again"
    UNCHANGED = "unchanged"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"


class Planned(NamedTuple):
    """A file and what would become of it.

    Attributes:
        kind: what an unsupported file is, as its format in documents.csv; blank elsewhere.
    """

    file: str
    fate: Fate
    kind: str = ""


def plan(
    sources: Iterable[SourceFile],
    out: Path | str,
    *,
    folders: tuple[Path, ...] = (),
    profile: str = "",
    ocr: str = "auto",
    force: bool = False,
) -> Iterator[Planned]:
    """What a run with these settings would do with each source; nothing is written.

    Raises:
        OSError, DatasetDamaged: if there is a dataset that cannot be looked at.
    """
    folder = folder_at(out)
    reader = reader_id(folders, profile, ocr)
    with contextlib.ExitStack() as stack:
        known = folder.holds(f"{HIDDEN}/index.sqlite")
        store = stack.enter_context(contextlib.closing(Store(folder))) if known else None
        settings = Settings(folders=folders, profile=profile, force=force)
        found, again = tee(unpacked(sources, store, settings, reader))
        kinds = limited(_kind, found, replace(settings, jobs=1))
        for source, kind in zip(again, kinds, strict=True):
            yield _planned(source, kind, store, reader, force=force)


def _planned(
    source: SourceFile, kind: str | DocumentError | None, store: Store | None, reader: str, *, force: bool
) -> Planned:
    """One source of this kind; None, or an error of the worker, where that cannot be told."""
    if kind is None or isinstance(kind, DocumentError):
        return Planned(source.file, Fate.UNREADABLE)
    if kind and kind not in FORMAT_READERS and kind != UNKNOWN.code:
        return Planned(source.file, Fate.UNSUPPORTED, kind)
    if store is None:
        return Planned(source.file, Fate.NEW)
    key = "" if force else key_of(source, store, force=False)
    if key and store.outcome(key, reader) is not None:
        return Planned(source.file, Fate.UNCHANGED)
    return Planned(source.file, Fate.AGAIN if store.knows(place_of(source.where)) else Fate.NEW)


def _kind(source: SourceFile) -> str | None:
    """What a file is, told by a worker from its first bytes; blank where a run looks first, None where that fails."""
    if source.problem or source.refused:
        return None
    if source.url:
        return ""
    if source.member is not None:
        return source.member.kind or None
    try:
        with open_file(source.path) as handle:
            return sniff(handle, source.suffix).code
    except OSError:
        return None
