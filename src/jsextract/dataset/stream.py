"""The rows of a dataset's files as typed values, some thousands at a time: a file of any size takes little memory."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

from jsextract.dataset.column import Column, Resource
from jsextract.dataset.csvtext import unescape_formula
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import noted, phrase

Value = str | int | float | Decimal | None
Columns = list[Sequence[Value]]
"""Some rows of a file, column by column."""

BATCH = 10_000
_REMEDY = noted("Run jsextract again; it is made anew.")


def typed_columns(folder: Path, resource: Resource, size: int = BATCH) -> Iterator[Columns]:
    """The rows of one file, `size` at a time, in the order of `resource.fields`.

    Texts are str (blank where there is none), whole numbers int and numbers Decimal (None where blank).

    Raises:
        DatasetDamaged: if the file is missing, lacks a column, or holds what is no value of its column.
    """
    path = folder / resource.file
    csv.field_size_limit(min(sys.maxsize, 1 << 27))
    try:
        handle = path.open(encoding="utf-8-sig", newline="")
    except FileNotFoundError as error:
        raise DatasetDamaged(phrase("{path} is missing.", path=path), phrase(_REMEDY)) from error
    with handle:
        lines = csv.reader(handle)
        places = _places(path, resource, next(lines, []))
        while rows := list(islice(lines, size)):
            try:
                columns = list(zip(*rows, strict=True))
                yield [_typed(columns[at], column) for at, column in zip(places, resource.fields, strict=True)]
            except (ValueError, IndexError, InvalidOperation) as error:
                where = f"at line {lines.line_num} or before"
                raise DatasetDamaged(
                    phrase("{path} holds what is no value, {where}.", path=path, where=where), phrase(_REMEDY)
                ) from error


def _places(path: Path, resource: Resource, header: list[str]) -> list[int]:
    """Where the columns stand in the file; DatasetDamaged if one is missing."""
    missing = [name for name in resource.header if name not in header]
    if missing:
        raise DatasetDamaged(
            phrase("{path} lacks the columns {names}.", path=path, names=", ".join(missing)), phrase(_REMEDY)
        )
    return [header.index(name) for name in resource.header]


def _typed(texts: Sequence[str], column: Column) -> Sequence[Value]:
    """The texts of a column as values of its type."""
    if column.type == "string":
        return [unescape_formula(text) if text[:1] == "'" else text for text in texts]
    if column.type == "number":
        return [Decimal(text) if text else None for text in texts]
    return [int(text) if text else None for text in texts]
