"""What every command that changes a dataset does: names the folder in its errors, and puts the files together."""

from __future__ import annotations

import contextlib
import logging
import math
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from jsextract.accounts.assemble import assemble
from jsextract.accounts.corrected_results import CorrectedResults
from jsextract.accounts.sound_results import SoundResults
from jsextract.dataset.atomic import TEMP_PREFIX
from jsextract.dataset.corrections import read_corrections
from jsextract.dataset.fingerprint import form_id, reader_id
from jsextract.dataset.folder import HIDDEN, Folder
from jsextract.dataset.links import link_met, told_of
from jsextract.dataset.replaceable import not_writable
from jsextract.dataset.result_files import ResultDamaged
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import Store
from jsextract.dataset.written import changed_by_hand
from jsextract.errors import DatasetDamaged, OutputNotWritable
from jsextract.language.phrase import phrase, phrases

_log = logging.getLogger(__name__)
_NAMED = 5
_TOLD = 20


class Written(Struct, frozen=True):
    """What putting together came to.

    Attributes:
        anew: whether the files were written.
        misfits: rows of corrections.csv that fit nothing, each with its line and the reason.
        lost: the files whose results are damaged.
    """

    anew: bool
    misfits: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@contextlib.contextmanager
def writing(folder: Folder) -> Iterator[None]:
    """Names the folder when the block cannot write to it.

    Raises:
        OutputNotWritable: for any OSError of the block.
    """
    try:
        yield
    except OSError as error:
        if link := link_met(Path(folder.name), error):
            raise OutputNotWritable(
                told_of(link), phrase("Put what it leads to in its place, or give another folder with -o.")
            ) from error
        raise not_writable(error, _culprit(folder, error), phrase("Give another folder with -o.")) from error


def _culprit(folder: Folder, error: OSError) -> str:
    """The file that the system refuses, where it is one of the dataset's own; the folder elsewhere."""
    for name in (error.filename2, error.filename):
        path = Path(os.fsdecode(name)) if isinstance(name, str | bytes) else Path()
        if path.is_relative_to(folder.name) and not path.name.startswith(TEMP_PREFIX):
            return str(path)
    return folder.name


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
    links = (Path(folder.name, name) for name in changed)
    if link := next(filter(os.path.islink, links), None):
        raise OutputNotWritable(
            told_of(link), phrase("Put what it leads to in its place, or have it replaced with --force.")
        )
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

    What corrections.csv says is applied; its rows that fit nothing are told each time, also to the log of warnings. A
    result that is damaged and was not read again becomes a failed document, if the files have to be written.

    Args:
        store: the results.
        until: on the monotonic clock, when to leave the files as they are.

    Raises:
        OSError, DatasetDamaged: as `assemble` and `read_corrections`.
    """
    form = form_id()
    corrections = read_corrections(store.out)
    # the shipped rules judge what lies in several files, and what was corrected
    made_by = f"{form} {reader_id()} {corrections.digest}"
    sound = SoundResults(store)
    damaged = store.damaged()
    for key in damaged:
        sound.try_out(key, form)
    while True:
        results = CorrectedResults(sound, corrections)
        try:
            misfits = tuple(map(str, results.misfits()))
            is_assembled = store.is_assembled(made_by)
            if not is_assembled:
                store.note_changing()
            written = not is_assembled and assemble(results, until, form)
            break
        except ResultDamaged as error:
            sound.give_up(error)
    _tell(misfits)
    lost = sorted({*damaged, *sound.lost})
    for key in lost:
        store.give_up(key)
    files = tuple(origin.file for key in lost for origin in store.origins(key))
    store.commit()
    if written and not sound.lost:
        store.note_assembled(made_by)
    return Written(anew=written, misfits=misfits, lost=files)


def _tell(misfits: tuple[str, ...]) -> None:
    """Warns of rows of corrections.csv that fit nothing; a file of another dataset has only such."""
    for misfit in misfits[:_TOLD]:
        _log.warning("jsextract: %s", misfit)
    more = len(misfits) - _TOLD
    if more > 0:
        told = phrases(
            "{number} more row of corrections.csv fits nothing; run.log.jsonl has it.",
            "{number} more rows of corrections.csv fit nothing; run.log.jsonl has them.",
            more,
        )
        _log.warning("jsextract: %s", told)


def lost_results(written: Written) -> DatasetDamaged:
    """The error for a dataset some of whose results are damaged; what is sound was put together."""
    count = len(written.lost)
    names = ", ".join(written.lost[:_NAMED]) + (" …" if count > _NAMED else "")
    return DatasetDamaged(
        phrases(
            "What the dataset kept of {number} file is damaged: {names}.",
            "What the dataset kept of {number} files is damaged: {names}.",
            count,
            names=names,
        ),
        phrase("Run jsextract over them again."),
    )
