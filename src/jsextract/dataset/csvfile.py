"""The CSV files of a dataset that strangers may have made: opened only if they are files, no link followed."""

from __future__ import annotations

import contextlib
import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from jsextract.dataset.beneath import open_beneath
from jsextract.errors import DatasetDamaged, no_dataset
from jsextract.language.phrase import noted, phrase
from jsextract.language.system import reason

REMEDY = noted("Run jsextract again with --force; it is made anew.")


def require_dataset(folder: Path) -> None:
    """Does nothing where a dataset is.

    Raises:
        SourceNotFound: if nothing is named documents.csv in `folder`.
    """
    if not os.path.lexists(folder / "documents.csv"):
        raise no_dataset(folder)


def open_csv(path: Path) -> TextIO:
    """A handle for the csv module on one of a dataset's files.

    Raises:
        DatasetDamaged: if it is missing, a link, a pipe or anything else that is no file, or cannot be read.
    """
    csv.field_size_limit(min(sys.maxsize, 1 << 27))
    try:
        return os.fdopen(open_beneath(path.parent, path.name), encoding="utf-8-sig", newline="")
    except FileNotFoundError as error:
        raise DatasetDamaged(phrase("{path} is missing.", path=path), phrase(REMEDY)) from error
    except OSError as error:
        raise DatasetDamaged(
            phrase("{path} cannot be read: {reason}.", path=path, reason=reason(error)), phrase(REMEDY)
        ) from error


def refuse_torn(handle: TextIO) -> None:
    """Looks through a file whose last line has no end: the others were written to their ends.

    Raises:
        ValueError: if a row has fewer values than the first, or more.
    """
    size = handle.buffer.seek(0, os.SEEK_END)
    handle.buffer.seek(max(0, size - 1))
    is_torn = handle.buffer.read() not in (b"\n", b"")
    handle.seek(0)
    if is_torn and len(set(map(len, csv.reader(handle)))) > 1:
        raise ValueError("a row is cut short")
    handle.seek(0)


@contextlib.contextmanager
def understood(path: Path) -> Iterator[None]:
    """For a block that makes values of what a file holds.

    Raises:
        DatasetDamaged: if the block fails since they are none.
    """
    try:
        yield
    except (ValueError, ArithmeticError, csv.Error) as error:  # UnicodeDecodeError is a ValueError
        raise DatasetDamaged(
            phrase("{path} is cut short, holds what is no value, or is no CSV file in UTF-8.", path=path),
            phrase(REMEDY),
        ) from error
