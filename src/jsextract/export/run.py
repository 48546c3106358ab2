"""One export: checks where it goes, writes beside it, renames."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from jsextract.dataset.csvfile import require_dataset
from jsextract.dataset.folder import HIDDEN
from jsextract.dataset.links import link_met, told_of
from jsextract.dataset.lock import locked
from jsextract.errors import OutputNotWritable
from jsextract.export.formats import FORMATS
from jsextract.export.job import Job
from jsextract.export.tables import dataset_tables
from jsextract.export.target import replacing_own
from jsextract.language.phrase import phrase
from jsextract.language.system import reason


class Exported(Struct, frozen=True):
    """What an export wrote.

    Attributes:
        path: the file, or the folder of files.
        lost: table.field → how many values the format cannot hold: numbers left blank, texts cut.
    """

    path: Path
    lost: dict[str, int]


def export(out: Path | str, to: str, target: Path | str | None = None, *, force: bool = False) -> Exported:
    """Writes the dataset at `out` in another format.

    Args:
        out: the dataset's folder.
        to: xlsx, parquet, stata, duckdb or sqlite.
        target: the file, or for parquet and stata the folder; beside the dataset unless given.
        force: whether files that no export of this dataset made are replaced, too.

    Raises:
        SourceNotFound: if there is no dataset.
        ExtraMissing: if a library that the format needs is not installed.
        OutputNotWritable: if the target's name is of another format, is not ours to replace, or cannot be written.
        DatasetBusy: if a run writes to the dataset.
        DatasetDamaged: if a file of the dataset is none of ours.
        KeyError: if there is no such format.
    """
    out, chosen, lost = Path(out), FORMATS[to], Counter[str]()
    require_dataset(out)
    path = chosen.target(out, None if target is None else Path(target))
    write = chosen.writer()
    with _quiet(out), dataset_tables(out) as tables:
        places = chosen.files(path, tables)
        with replacing_own(out, places, force=force) as temps:
            write(Job(tables, temps, places, out, lost))
    return Exported(path, dict(lost))


@contextlib.contextmanager
def _quiet(out: Path) -> Iterator[None]:
    """Keeps runs from replacing files while they are read; to a folder of CSV files alone no run writes.

    Raises:
        DatasetBusy: if a run writes to it.
        OutputNotWritable: if no lock can be had.
    """
    if not (out / HIDDEN).is_dir():
        yield
        return
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(out / HIDDEN))
        except OSError as error:
            if link := link_met(out, error):
                raise OutputNotWritable(told_of(link), phrase("Put what it leads to in its place.")) from error
            raise OutputNotWritable(
                phrase("{out} cannot be locked: {reason}.", out=out, reason=reason(error)),
                phrase("Copy it to where you may write."),
            ) from error
        yield
