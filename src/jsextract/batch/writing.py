"""What every command that changes a dataset does: names the folder in its errors, and puts the files together."""

from __future__ import annotations

import contextlib
import logging
import math
from collections.abc import Iterator

from msgspec import Struct

from jsextract.accounts.assemble import assemble
from jsextract.accounts.corrected_results import CorrectedResults
from jsextract.dataset.corrections import read_corrections
from jsextract.dataset.fingerprint import form_id, reader_id
from jsextract.dataset.folder import HIDDEN, Folder
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import Store
from jsextract.dataset.written import changed_by_hand
from jsextract.errors import OutputNotWritable
from jsextract.language.phrase import phrase
from jsextract.language.system import reason

_log = logging.getLogger(__name__)


class Written(Struct, frozen=True):
    """What putting together came to.

    Attributes:
        anew: whether the files were written.
        misfits: rows of corrections.csv that fit nothing, each with its line and the reason.
    """

    anew: bool
    misfits: tuple[str, ...] = ()


@contextlib.contextmanager
def writing(folder: Folder) -> Iterator[None]:
    """Names the folder when the block cannot write to it.

    Raises:
        OutputNotWritable: for any OSError of the block.
    """
    try:
        yield
    except OSError as error:
        raise OutputNotWritable(
            phrase("{name} cannot be written: {reason}.", name=folder.name, reason=reason(error)),
            phrase("Give another folder with -o."),
        ) from error


def refuse_foreign_files(folder: Folder) -> None:
    """A folder with files of our names that no run made is left alone; another run may be making them just now.

    Raises:
        OutputNotWritable: if there is such a file.
    """
    for resource in RESOURCES:
        if folder.holds(resource.file) and not folder.holds(HIDDEN):  # in this order: a run makes HIDDEN first
            raise OutputNotWritable(
                phrase("{name} holds a {file} that jsextract did not write.", name=folder.name, file=resource.file),
                phrase("Give another folder with -o."),
            )


def refuse_changed_files(folder: Folder) -> None:
    """Leaves a dataset alone whose files somebody changed by hand: putting together would undo that without a word.

    Raises:
        OutputNotWritable: if there is such a file.
    """
    changed = changed_by_hand(folder)
    if changed:
        raise OutputNotWritable(
            phrase("{name} was changed by hand: {names}.", name=folder.name, names=", ".join(changed)),
            phrase(
                "Put corrections into {name}/corrections.csv, changed files elsewhere, or overwrite them with --force.",
                name=folder.name,
            ),
        )


def put_together(store: Store, until: float = math.inf) -> Written:
    """Writes the dataset's files unless they are as they would be, and makes what the store holds last.

    What corrections.csv says is applied; its rows that fit nothing are told each time, also to the log of warnings.

    Args:
        store: the results.
        until: on the monotonic clock, when to leave the files as they are.

    Raises:
        OSError, DatasetDamaged: as `assemble` and `read_corrections`.
    """
    corrections = read_corrections(store.out)
    results = CorrectedResults(store, corrections)
    misfits = tuple(map(str, results.misfits()))
    for misfit in misfits:
        _log.warning("jsextract: %s", misfit)
    form = form_id()
    # the shipped rules judge what lies in several files, and what was corrected
    made_by = f"{form} {reader_id()} {corrections.digest}"
    if store.is_assembled(made_by):
        store.commit()
        return Written(anew=False, misfits=misfits)
    written = assemble(results, until, form)
    store.commit()
    if written:
        store.note_assembled(made_by)
    return Written(anew=written, misfits=misfits)
