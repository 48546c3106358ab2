"""The checks of a dataset, document by document, as its CSV files tell them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from jsextract.dataset.column import Column
from jsextract.dataset.csvfile import open_csv, require_dataset
from jsextract.dataset.csvtext import unescape_formula
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.values import is_value, no_value, numbered, torn_row
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.report import CheckResult

_ROW = ("check_id", "status", "severity", "item", "stated", "computed", "difference", "tolerance", "unit")
_NEEDED = ("document_id", *_ROW, "pages", "refs", "message")


class Checked(Struct, frozen=True):
    """One document and its checks.

    Attributes:
        rows: of checks.csv, as they stand in the file, one for each of `checks`.
    """

    document_id: str
    file: str
    path: str
    entity: str
    year: str
    checks: tuple[CheckResult, ...]
    rows: tuple[dict[str, str], ...]


def read_checks(folder: Path) -> Iterator[Checked]:
    """Every document that has checks, in the order of the dataset; one is in memory at a time.

    Raises:
        SourceNotFound: if there is no dataset in `folder`.
        DatasetDamaged: if a file is missing or is none of ours.
    """
    require_dataset(folder)
    documents = read_rows(folder / "documents.csv", ("document_id", "file", "entity", "year"))
    groups = groupby(read_rows(folder / "checks.csv", _NEEDED), key=lambda row: row["document_id"])
    for document_id, rows in groups:
        # both files have one order; documents without checks, and second files of one content, are passed over
        document = next((row for row in documents if row["document_id"] == document_id), None)
        if document is None:
            raise DatasetDamaged(
                phrase(
                    "{path} names the document {document_id} out of order.",
                    path=folder / "checks.csv",
                    document_id=document_id,
                ),
                phrase("Run again."),
            )
        told = tuple(rows)
        yield Checked(
            document_id=document_id,
            file=unescape_formula(document["file"]),
            path=unescape_formula(document.get("path", "")),
            entity=unescape_formula(document["entity"]),
            year=document["year"],
            checks=tuple(_checks(told, folder / "checks.csv")),
            rows=told,
        )


def read_rows(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file one by one, `needed` among their columns, in columns of words none but these.

    Raises:
        DatasetDamaged: if the file is missing, none, lacks one of them, is cut short, in another encoding or no CSV,
            or a row has a word that its column does not know.
    """
    try:
        with open_csv(path) as handle:
            reader = csv.reader(handle, strict=True)
            header = next(reader, [])
            if not set(needed) <= set(header):
                raise _damaged(phrase("{path} lacks columns.", path=path))
            known = {name: (column, set[str]()) for name, column in _worded(path.stem).items() if name in header}
            for line, values in numbered(reader):
                if len(values) != len(header):
                    raise torn_row(path, line, len(values), len(header))
                row = dict(zip(header, values, strict=True))
                for name, (column, seen) in known.items():
                    if row[name] not in seen and not is_value(row[name], column):
                        raise no_value(row[name], column, path, line)
                    seen.add(row[name])
                yield row
    except UnicodeDecodeError as error:
        raise _damaged(phrase("{path} is not in UTF-8.", path=path)) from error
    except csv.Error as error:
        raise _damaged(phrase("{path} is no CSV file ({error}).", path=path, error=error)) from error


def _worded(name: str) -> dict[str, Column]:
    """The columns of a file whose values are words of closed lists, by their names."""
    own = (resource.fields for resource in RESOURCES if resource.name == name)
    return {column.name: column for fields in own for column in fields if column.words}


def _damaged(message: Phrase) -> DatasetDamaged:
    return DatasetDamaged(message, phrase("Run jsextract again with --force; it is made anew."))


def _checks(rows: Iterable[dict[str, str]], path: Path) -> Iterator[CheckResult]:
    """The checks that rows of checks.csv were made from.

    Raises:
        DatasetDamaged: if a page is no number.
    """
    for row in rows:
        if not all(page.isdecimal() for page in row["pages"].split(";") if page):
            told = ", ".join((row["check_id"], row["item"], row["pages"]))
            raise _damaged(phrase("{path} has a row that no check gives: {told}.", path=path, told=told))
        yield _check(row)


def _check(row: dict[str, str]) -> CheckResult:
    """The check that a row of checks.csv was made from."""
    values = {name: unescape_formula(row[name]) for name in _ROW}
    return CheckResult(
        **values,
        pages=tuple(int(page) for page in row["pages"].split(";") if page),
        refs=tuple(ref for ref in unescape_formula(row["refs"]).split(";") if ref),
        message=unescape_formula(row["message"]),
        message_zh=unescape_formula(row.get("message_zh", "")),
        origin=row.get("origin", "unknown"),
        follows=unescape_formula(row.get("follows", "")),
        confirms=(),
    )
