"""From the results to the CSV files and datapackage.json: a pure function of what the store holds."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsextract.dataset import atomic
from jsextract.dataset.column import Resource
from jsextract.dataset.csvtext import row_texts
from jsextract.dataset.package import datapackage_text
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import Store
from jsextract.model.report import Report

BOM = "\ufeff"


class _Sheet:
    """One CSV file under way."""

    def __init__(self, resource: Resource, handle: Any) -> None:
        self.resource = resource
        handle.write(BOM)
        self.writer = csv.writer(handle, lineterminator="\n")
        self.writer.writerow(resource.header)
        self.flags_at = resource.header.index("flags") if "flags" in resource.header else None

    def add(self, report: Report) -> None:
        self.writer.writerows(row_texts(values, self.flags_at) for values in self.resource.values(report))


def write_dataset(store: Store) -> None:
    """Replaces every file of the dataset; one document at a time is in memory.

    Two calls over the same results write the same bytes.

    Raises:
        OSError: if a file cannot be written; those not yet replaced stay as they were.
        DatasetDamaged: if a result cannot be understood.
    """
    out = store.out
    atomic.remove_leftovers(out)
    with _sheets(out) as (documents, children):
        for report, first in store.documents():
            documents.add(report)
            for sheet in children if first else ():
                sheet.add(report)
    atomic.write_text(out / "datapackage.json", datapackage_text())


@contextlib.contextmanager
def _sheets(out: Path) -> Iterator[tuple[_Sheet, list[_Sheet]]]:
    with contextlib.ExitStack() as stack:
        sheets = [_Sheet(r, stack.enter_context(atomic.replacing(out / r.file))) for r in RESOURCES]
        yield sheets[0], sheets[1:]
