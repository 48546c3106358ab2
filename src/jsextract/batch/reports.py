"""Reports that a program made, as a dataset."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from jsextract.accounts.account_summary import summary_of
from jsextract.batch.writing import lost_results, put_together, refuse_changed_files, refuse_foreign_files, writing
from jsextract.dataset.fingerprint import form_id
from jsextract.dataset.folder import folder_at
from jsextract.dataset.keys import content_key, place_of
from jsextract.dataset.recovery import mended
from jsextract.model.report import Report

_READER = "a program"
"""Who read them: a run over the same files reads them itself, since a program may have changed a report."""


def write_dataset(reports: Iterable[Report], out: Path | str, *, force: bool = False) -> None:
    """Adds reports to the dataset at `out`, which is made where it is missing, and writes its files.

        write_dataset(extract_many(paths), "data")

    Reports are told apart by what their files hold: that of a file which changed since stands beside the one before.

    Args:
        reports: one at a time is in memory.
        out: the dataset's folder, or its URL.
        force: whether CSV files that were changed by hand are replaced.

    Raises:
        OutputNotWritable: if the folder cannot be written, or holds files that are not ours or were changed by hand.
        DatasetBusy: if a run writes to it.
        DatasetDamaged: if what it remembers cannot be understood.
    """
    folder, form = folder_at(out), form_id()
    with contextlib.ExitStack() as stack, writing(folder):
        refuse_foreign_files(folder)
        folder.prepare()
        stack.enter_context(folder.locked())
        folder.tidy()
        if not force:
            refuse_changed_files(folder)
        store, _ = mended(folder)
        stack.enter_context(contextlib.closing(store))
        for report in reports:
            place = place_of(f"{report.sha256} {report.path or report.file}")
            key = content_key(report.sha256, Path(report.file).suffix, place)
            store.put(key, report, _READER, form, summary_of(report))
            store.assign(place, report.file, key, _READER, path=report.path)
        written = put_together(store)
        if written.lost:
            raise lost_results(written)
