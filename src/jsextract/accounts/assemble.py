"""Puts a dataset together: from the results that are kept to its CSV files, accounts held against each other."""

from __future__ import annotations

import math
import time

from jsextract.accounts.index import AccountIndex
from jsextract.accounts.summary import summary_of
from jsextract.dataset.fingerprint import form_id
from jsextract.dataset.store import Store
from jsextract.dataset.write import OutOfTime, write_dataset


def assemble(store: Store, until: float = math.inf) -> bool:
    """Replaces every file of the dataset; False if `until` (on the monotonic clock) came first.

    Raises:
        OSError: if a file cannot be written; all stay as they were.
        DatasetDamaged: if a result cannot be understood; all stay as they were.
    """
    form = form_id()
    try:
        with AccountIndex() as across:
            for file, key, first in store.files():
                if time.monotonic() > until:
                    return False
                if first:
                    note = store.note(key, form)
                    across.add(file, key, summary_of(store.report(key)) if note is None else note)
            write_dataset(store, until, across.checks, form)
    except OutOfTime:
        return False
    return True
