"""What every command that changes a dataset does: names the folder in its errors, and puts the files together."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator

from jsextract.accounts.assemble import assemble
from jsextract.dataset.fingerprint import form_id, reader_id
from jsextract.dataset.folder import Folder
from jsextract.dataset.store import Store
from jsextract.errors import OutputNotWritable


@contextlib.contextmanager
def writing(folder: Folder) -> Iterator[None]:
    """Names the folder when the block cannot write to it.

    Raises:
        OutputNotWritable: for any OSError of the block.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputNotWritable(
            f"{folder.name} cannot be written: {reason}.", "Give another folder with -o."
        ) from error


def put_together(store: Store, until: float = math.inf) -> bool:
    """Writes the dataset's files unless they are as they would be, and makes what the store holds last.

    Args:
        store: the results.
        until: on the monotonic clock, when to leave the files as they are.

    Returns:
        Whether the files were written anew.

    Raises:
        OSError, DatasetDamaged: as `assemble`.
    """
    form = form_id()
    made_by = f"{form} {reader_id()}"  # the shipped rules judge what lies in several files
    if store.is_assembled(made_by):
        store.commit()
        return False
    written = assemble(store, until, form)
    store.commit()
    if written:
        store.note_assembled(made_by)
    return written
