"""Takes documents out of a dataset; their source files stay where they are."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from jsextract.batch.runlog import RunLog
from jsextract.batch.writing import lost_results, put_together, refuse_changed_files, writing
from jsextract.dataset.folder import HIDDEN, folder_at
from jsextract.dataset.recovery import mended
from jsextract.dataset.store import Entry, Store
from jsextract.errors import SourceNotFound, no_dataset
from jsextract.language.phrase import phrase

_ID = re.compile(r"d[0-9a-f]{16}")
_NEAR = 3


def remove(out: Path | str, names: Sequence[str], *, dry_run: bool = False, force: bool = False) -> tuple[str, ...]:
    """Removes the documents that `names` mean and puts the dataset together again.

    Args:
        out: the dataset's folder, or its URL.
        names: files or paths as documents.csv has them, ids of documents, or patterns of names with `*` and `?`.
        dry_run: whether to tell only what would be removed.
        force: whether CSV files that were changed by hand are overwritten.

    Returns:
        The names of their files, in the order of the dataset.

    Raises:
        SourceNotFound: if there is no dataset, or a name means none of its documents; nothing is removed then.
        OutputNotWritable: if the folder cannot be written, or its files were changed by hand.
        DatasetBusy, DatasetDamaged: as `run`.
    """
    folder = folder_at(out)
    if not folder.holds(HIDDEN):
        raise no_dataset(folder.name)
    with contextlib.ExitStack() as stack, writing(folder):
        stack.enter_context(folder.locked())
        folder.tidy()
        if not (force or dry_run):
            refuse_changed_files(folder)
        store, _ = mended(folder)
        stack.enter_context(contextlib.closing(store))
        chosen = _chosen(store, names)
        if not dry_run:
            log = RunLog(stack.enter_context(folder.appending("run.log.jsonl")))
            for entry in chosen:
                store.forget(entry.place)
                log.removed(entry.file, entry.document_id)
            written = put_together(store)
            if written.lost:
                raise lost_results(written)
    return tuple(entry.file for entry in chosen)


def _chosen(store: Store, names: Sequence[str]) -> list[Entry]:
    """The entries that the names mean; a name that is a file's own is no pattern."""
    found: dict[str, list[Entry]] = {name: [] for name in names}
    exact: set[str] = set()
    for entry in store.entries():
        for name, entries in found.items():
            if name in (entry.file, entry.path, entry.document_id):
                if name not in exact:
                    exact.add(name)
                    entries.clear()
                entries.append(entry)
            elif name not in exact and any(fnmatchcase(own, name) for own in (entry.file, entry.path)):
                entries.append(entry)
    for name, entries in found.items():
        if not entries:
            raise _unknown(store, name)
    places = {entry.place for entries in found.values() for entry in entries}
    return [entry for entry in store.entries() if entry.place in places]


def _unknown(store: Store, name: str) -> SourceNotFound:
    """The error for a name that means nothing, with what is spelt like it."""
    known = (entry.document_id if _ID.fullmatch(name) else entry.file for entry in store.entries())
    near = difflib.get_close_matches(name, list(dict.fromkeys(known)), _NEAR)
    remedy = (
        phrase("There is {names}.", names=", ".join(near))
        if near
        else phrase("See the columns file and path of documents.csv.")
    )
    return SourceNotFound(phrase("{out} has no document {name}.", out=store.out.name, name=name), remedy)
