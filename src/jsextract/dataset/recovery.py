"""What documents.csv knows of an index that is lost: which files the dataset has, and their results (索引恢复)."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath
from typing import NamedTuple

from jsextract.dataset.columns_documents import DOCUMENTS
from jsextract.dataset.csvtext import unescape_formula
from jsextract.dataset.folder import HIDDEN, Folder
from jsextract.dataset.index_check import IndexDamaged
from jsextract.dataset.keys import content_key, is_key
from jsextract.dataset.store import Store
from jsextract.dataset.written import known_digests


class Row(NamedTuple):
    """A file of the dataset and the name of its result."""

    file: str
    path: str
    key: str


def rows(folder: Folder) -> list[Row] | None:
    """The files of the dataset; None where documents.csv is missing or not as it was written.

    A file of which no byte could be read has none: it is looked at again when a run sees it.

    Raises:
        OSError: if it cannot be read.
    """
    known = known_digests(folder).get(DOCUMENTS.file, ())
    if not folder.holds(DOCUMENTS.file) or folder.digest(DOCUMENTS.file) not in known:
        return None
    lines = csv.DictReader(io.StringIO(folder.read_text(DOCUMENTS.file).removeprefix("\ufeff"), newline=""))
    found = []
    for line in lines:
        file, path = unescape_formula(line["file"]), unescape_formula(line["path"])
        if is_key(line["sha256"]):
            found.append(Row(file, path, _key(folder, line["sha256"], file)))
    return found


def _key(folder: Folder, sha256: str, file: str) -> str:
    """The result of a content under a name like this one; the names of its folders may have told whose it is."""
    plain = content_key(sha256, PurePath(file).suffix)
    if folder.holds(f"{HIDDEN}/results/{sha256[:2]}/{plain}.json"):
        return plain
    names = (PurePath(name).stem for name in folder.names(f"{HIDDEN}/results/{sha256[:2]}"))
    return next((name for name in sorted(names) if name.startswith(f"{plain}-") and is_key(name)), plain)


def mended(out: Folder) -> tuple[Store, bool]:
    """A store for who is going to write, and whether its index had to be made anew, from documents.csv.

    Every result that somebody touched since a run last looked at it is looked through.

    Raises:
        OSError: if it cannot be made.
        IndexDamaged: if the index is none, and documents.csv is not as it was written either.
    """
    lost = None if out.holds(f"{HIDDEN}/index.sqlite") else rows(out)
    try:
        store = Store(out, lost)
    except IndexDamaged:
        lost = rows(out)
        if lost is None:
            raise
        out.discard_index()
        store = Store(out, lost)
    store.look_over()
    return store, bool(lost)
