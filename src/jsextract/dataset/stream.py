"""The rows of a dataset's files as typed values, some thousands at a time: a file of any size takes little memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

from jsextract.dataset.column import Column, Resource
from jsextract.dataset.csvfile import REMEDY, open_csv, understood
from jsextract.dataset.csvtext import unescape_formula
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import phrase

Value = str | int | float | Decimal | None
Columns = list[Sequence[Value]]
"""Some rows of a file, column by column."""

BATCH = 10_000


def typed_columns(folder: Path, resource: Resource, size: int = BATCH) -> Iterator[Columns]:
    """The rows of one file, `size` at a time, in the order of `resource.fields`.

    Texts are str (blank where there is none), whole numbers int and numbers Decimal (None where blank).

    Raises:
        DatasetDamaged: if the file is missing or no file, lacks a column, or holds what is no value of its column.
    """
    path = folder / resource.file
    with open_csv(path) as handle:
        lines = csv.reader(handle)
        places = _places(path, resource, _taken(path, lines, 1))
        while rows := _taken(path, lines, size):
            try:
                columns = list(zip(*rows, strict=True))
                yield [_typed(columns[at], column) for at, column in zip(places, resource.fields, strict=True)]
            except (ValueError, IndexError, InvalidOperation) as error:
                where = f"at line {lines.line_num} or before"
                raise DatasetDamaged(
                    phrase("{path} holds what is no value, {where}.", path=path, where=where), phrase(REMEDY)
                ) from error


def _taken(path: Path, lines: Iterator[list[str]], size: int) -> list[list[str]]:
    """The next rows; DatasetDamaged where they are none."""
    with understood(path):
        return list(islice(lines, size))


def _places(path: Path, resource: Resource, first: list[list[str]]) -> list[int]:
    """Where the columns stand in the file, by its first row; DatasetDamaged if one is missing."""
    header = first[0] if first else []
    missing = [name for name in resource.header if name not in header]
    if missing:
        raise DatasetDamaged(
            phrase("{path} lacks the columns {names}.", path=path, names=", ".join(missing)), phrase(REMEDY)
        )
    return [header.index(name) for name in resource.header]


def _typed(texts: Sequence[str], column: Column) -> Sequence[Value]:
    """The texts of a column as values of its type."""
    if column.type == "string":
        return [unescape_formula(text) if text[:1] == "'" else text for text in texts]
    if column.type == "number":
        return [Decimal(text) if text else None for text in texts]
    return [int(text) if text else None for text in texts]
