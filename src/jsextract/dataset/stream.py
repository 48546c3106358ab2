"""The rows of a dataset's files as typed values, some thousands at a time: a file of any size takes little memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from jsextract.dataset.column import Resource
from jsextract.dataset.csvfile import REMEDY, open_csv, understood
from jsextract.dataset.values import Value, first_fault, values_of
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import phrase

Columns = list[Sequence[Value]]
"""Some rows of a file, column by column."""

BATCH = 10_000


def typed_columns(folder: Path, resource: Resource) -> Iterator[Columns]:
    """The rows of one file, BATCH at a time, in the order of `resource.fields`.

    Texts are str (blank where there is none), whole numbers int and numbers Decimal (None where blank).

    Raises:
        DatasetDamaged: if the file is missing or no file, lacks a column, or holds what is no value of its column.
    """
    path = folder / resource.file
    with open_csv(path) as handle:
        lines = csv.reader(handle)
        header = _header(path, resource, _taken(path, lines, 1))
        places = [header.index(name) for name in resource.header]
        while rows := _taken(path, lines, BATCH):
            try:
                columns = [texts for _, *texts in zip(header, *rows, strict=True)]
                yield [values_of(columns[at], column) for at, column in zip(places, resource.fields, strict=True)]
            except ValueError as error:
                raise first_fault(path, resource) or _changed(path) from error


def _changed(path: Path) -> DatasetDamaged:
    """The error about a file of which rows were no values, and are when it is read again."""
    return DatasetDamaged(phrase("{path} was changed while it was read.", path=path), phrase("Run again."))


def _taken(path: Path, lines: Iterator[list[str]], size: int) -> list[list[str]]:
    """The next rows; DatasetDamaged where they are none."""
    with understood(path):
        return list(islice(lines, size))


def _header(path: Path, resource: Resource, first: list[list[str]]) -> list[str]:
    """The names of a file's columns, by its first row; DatasetDamaged if one of ours is missing."""
    header = first[0] if first else []
    missing = [name for name in resource.header if name not in header]
    if missing:
        raise DatasetDamaged(
            phrase("{path} lacks the columns {names}.", path=path, names=", ".join(missing)), phrase(REMEDY)
        )
    return header
