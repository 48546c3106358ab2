"""From the results to the CSV files and datapackage.json: a pure function of what the store holds."""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jsextract.dataset.column import Resource
from jsextract.dataset.csvtext import row_texts
from jsextract.dataset.package import datapackage_text
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import Store
from jsextract.model.report import CheckResult, Report

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


class OutOfTime(Exception):  # noqa: N818 (a reason to leave the files as they are, no error)
    """Writing would take longer than there is time for."""


Further = Callable[[Report], tuple[CheckResult, ...]]


def write_dataset(store: Store, until: float = math.inf, further: Further = lambda report: ()) -> None:
    """Replaces every file of the dataset together; one document at a time is in memory.

    Two calls over the same results write the same bytes.

    Args:
        store: the results.
        until: on the monotonic clock, when to give up.
        further: the checks of a report that rest on other documents.

    Raises:
        OSError: if a file cannot be written; all stay as they were.
        DatasetDamaged: if a result cannot be understood; all stay as they were.
        OutOfTime: if `until` has come; all stay as they were.
    """
    names = [*(resource.file for resource in RESOURCES), "datapackage.json"]
    with store.out.replacing(names) as handles:
        documents, *children = map(_Sheet, RESOURCES, handles)
        for report, first in store.documents():
            if time.monotonic() > until:
                raise OutOfTime
            report = replace(report, checks=(*report.checks, *further(report)))
            documents.add(report)
            for sheet in children if first else ():
                sheet.add(report)
        handles[-1].write(datapackage_text())
