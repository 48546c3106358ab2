"""The CSV files of a dataset that strangers may have made: opened only if they are files, no link followed."""

from __future__ import annotations

import contextlib
import csv
import functools
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from jsextract.dataset.beneath import last_byte, open_beneath
from jsextract.dataset.links import link_met, told_of
from jsextract.errors import DatasetDamaged, no_dataset
from jsextract.language.phrase import noted, phrase
from jsextract.language.system import SHORT_OF_FILES, reason

_LONGEST = min(sys.maxsize, 1 << 27)
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
        OSError: if no more files may be opened.
        DatasetDamaged: if it is missing, a link, a pipe or anything else that is no file, cannot be read, or was cut
            short: the last line of all that are written has its end.
    """
    _allow_long_values()
    try:
        number = open_beneath(path.parent, path.name)
    except FileNotFoundError as error:
        raise DatasetDamaged(phrase("{path} is missing.", path=path), phrase(REMEDY)) from error
    except OSError as error:
        if error.errno in SHORT_OF_FILES:
            raise
        if link := link_met(path.parent, error):
            raise DatasetDamaged(told_of(link), phrase("Put what it leads to in its place.")) from error
        raise DatasetDamaged(
            phrase("{path} cannot be read: {reason}.", path=path, reason=reason(error)), phrase(REMEDY)
        ) from error
    handle = os.fdopen(number, encoding="utf-8-sig", newline="")
    if last_byte(number) != b"\n":
        handle.close()
        raise DatasetDamaged(phrase("{path} is cut short: its last line has no end.", path=path), phrase(REMEDY))
    handle.seek(0)
    return handle


@functools.cache
def _allow_long_values() -> None:
    """Lets the csv module take values of 128 MiB, in the whole process, which has one limit; it never gets less."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))


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
