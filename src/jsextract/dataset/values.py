"""What the texts of a dataset's CSV files are: the values of their columns, of closed lists none but their words.

Strangers may have made a file, or damaged a row of it: what is no value of its column is told with its line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from jsextract.dataset.column import Column, Resource
from jsextract.dataset.csvfile import REMEDY, open_csv, understood
from jsextract.dataset.csvtext import unescape_formula
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import Phrase, phrase

if TYPE_CHECKING:
    from _csv import Reader

Value = str | int | float | Decimal | None

_WHOLE = frozenset("-0123456789")
_PLAIN = _WHOLE | {"."}  # no exponent, no separator, no NaN, no digits of other scripts
_LONGEST = 60  # characters of a value in a message


def values_of(texts: Sequence[str], column: Column) -> list[Value]:
    """The texts of a column as values of its type.

    Texts are str (blank where there is none), whole numbers int and numbers Decimal (None where blank).

    Raises:
        ValueError: if one is none: no number, blank in a column that never is, or no word of its list.
    """
    if column.required and "" in texts:
        raise ValueError(f"{column.name} is never blank")
    if column.type == "string":
        if column.words:
            _refuse_strangers(texts, column)
        return [unescape_formula(text) if text[:1] == "'" else text for text in texts]
    if not (_PLAIN if column.type == "number" else _WHOLE).issuperset("".join(texts)):
        raise ValueError(f"{column.name} holds what is no plain number")
    if column.type != "number":
        return [int(text) if text else None for text in texts]
    try:
        return [Decimal(text) if text else None for text in texts]
    except InvalidOperation as error:
        raise ValueError(f"{column.name} holds what is no number") from error


def is_value(text: str, column: Column) -> bool:
    """Whether a text is a value of a column."""
    try:
        values_of((text,), column)
    except ValueError:
        return False
    return True


def no_value(text: str, column: Column, path: Path, line: int) -> DatasetDamaged:
    """The error that says which text, at which line of a file, is no value of its column."""
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    told: Phrase
    if not text:
        told = phrase("{path}, line {line}: the column {column} is blank.", path=path, line=line, column=column.name)
    elif column.words:
        told = phrase(
            "{path}, line {line}: “{text}” is none of the words of the column {column}.",
            path=path, line=line, text=shown, column=column.name,
        )  # fmt: skip
    else:
        told = phrase(
            "{path}, line {line}: “{text}” is no number; the column {column} holds numbers.",
            path=path, line=line, text=shown, column=column.name,
        )  # fmt: skip
    return DatasetDamaged(told, phrase(REMEDY))


def first_fault(path: Path, resource: Resource) -> DatasetDamaged | None:
    """The error about the first row of a file that holds what is no value; None where every row is sound.

    Raises:
        DatasetDamaged: if the file cannot be read any more.
    """
    columns = {column.name: column for column in resource.fields}
    with open_csv(path) as handle, understood(path):
        lines = csv.reader(handle)
        header = next(lines, [])
        for line, row in numbered(lines):
            if len(row) != len(header):
                return torn_row(path, line, len(row), len(header))
            for name, text in zip(header, row, strict=True):
                if name in columns and not is_value(text, columns[name]):
                    return no_value(text, columns[name], path, line)
    return None


def numbered(lines: Reader) -> Iterator[tuple[int, list[str]]]:
    """The rows that follow, each with the line of the file that it begins at."""
    line = lines.line_num + 1
    for row in lines:
        yield line, row
        line = lines.line_num + 1


def torn_row(path: Path, line: int, values: int, columns: int) -> DatasetDamaged:
    """The error about a row that has not as many values as the file has columns."""
    told = phrase(
        "{path}, line {line}: the row has {values} values, the file {columns} columns.",
        path=path, line=line, values=values, columns=columns,
    )  # fmt: skip
    return DatasetDamaged(told, phrase(REMEDY))


def _refuse_strangers(texts: Sequence[str], column: Column) -> None:
    """Raises ValueError where a column of words holds what is none of them."""
    if column.words is None:
        return
    for text in set(texts) - {""}:
        said = text.split(";") if column.many else [text]
        words = [word.partition("=")[0] for word in said] if column.counted else said
        if column.words.unknown(words):
            raise ValueError(f"{column.name} holds what is none of the {column.words.name}")
