"""From the results to the CSV files and datapackage.json: a pure function of what the store holds."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from jsextract.dataset.columns_other import CHECKS
from jsextract.dataset.package import datapackage_text
from jsextract.dataset.rendered import CHILDREN, check_rows, csv_text, document_text
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import Store
from jsextract.model.report import CheckResult

BOM = "\ufeff"
_CHECKS_AT = CHILDREN.index(CHECKS)


class OutOfTime(Exception):  # noqa: N818 (a reason to leave the files as they are, no error)
    """Writing would take longer than there is time for."""


Further = Callable[[str, str], tuple[CheckResult, ...]]
"""From a file's name and the key of its result to the checks that rest on other documents."""


def write_dataset(
    store: Store, until: float = math.inf, further: Further = lambda file, key: (), form: str = ""
) -> None:
    """Replaces every file of the dataset together; the rows of one document at a time are in memory.

    Two calls over the same results write the same bytes.

    Args:
        store: the results.
        until: on the monotonic clock, when to give up.
        further: gives checks that no result holds.
        form: what makes rows of a result now; rows that something else made are made anew.

    Raises:
        OSError: if a file cannot be written; all stay as they were.
        DatasetDamaged: if a result cannot be understood; all stay as they were.
        OutOfTime: if `until` has come; all stay as they were.
    """
    names = [*(resource.file for resource in RESOURCES), "datapackage.json"]
    with store.out.replacing(names) as handles:
        documents, *children = handles[:-1]
        for handle, resource in zip(handles, RESOURCES, strict=False):
            handle.write(BOM + csv_text([resource.header]))
        for file, key, first in store.files():
            if time.monotonic() > until:
                raise OutOfTime
            rendered, checks = store.rendered(key, form), further(file, key)
            documents.write(document_text(rendered.document, file, checks))
            if first:
                for handle, text in zip(children, rendered.rows, strict=True):
                    handle.write(text)
                children[_CHECKS_AT].write(check_rows(rendered.document[0], checks))
        handles[-1].write(datapackage_text())
