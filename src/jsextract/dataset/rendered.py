"""The rows of one result as they will stand in the CSV files, made where the result is made.

Whoever puts a dataset together then copies texts, and looks into no report.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from jsextract.dataset.column import Resource
from jsextract.dataset.columns_documents import DOCUMENTS
from jsextract.dataset.columns_other import CHECKS
from jsextract.dataset.csvtext import field_text, has_control_characters, rows_as_text
from jsextract.dataset.schema import RESOURCES
from jsextract.model.report import CheckResult, Report
from jsextract.vocabulary import Flag

CHILDREN = tuple(resource for resource in RESOURCES if resource is not DOCUMENTS)
"""The files whose rows belong to a document."""
_FAST = 1  # the level of compression: a tenth of the size for a hundredth of what reading the document took


class Rendered(Struct, frozen=True):
    """All rows of a result but those that rest on other documents.

    Attributes:
        document: its row of documents.csv, the file's name left blank.
        rows: CSV text without headers, in the order of CHILDREN.
    """

    document: tuple[str, ...]
    rows: tuple[str, ...]


def render_rows(report: Report) -> Rendered:
    """The rows of a report; its file name plays no part."""
    (document,) = _rows(DOCUMENTS, replace(report, file=""))
    return Rendered(tuple(document), tuple(rows_text(resource, report) for resource in CHILDREN))


def rows_text(resource: Resource, report: Report) -> str:
    """The rows that a report gives to one file, as they stand in it."""
    return csv_text(_rows(resource, report))


def document_row(
    rendered: Rendered, file: str, path: str, further: Iterable[CheckResult], duplicate_of: str = "",
    key_of: Callable[[str], str] = str,
) -> list[str]:  # fmt: skip
    """The row of documents.csv for a file with that result, further checks counted in.

    Args:
        rendered: the result.
        file: the file's name.
        path: where it was, relative to what the run was given.
        further: checks that rest on other documents.
        duplicate_of: the document that it repeats.
        key_of: from the name of a body, as names are compared, to what all its names have in common.
    """
    row = dict(zip(DOCUMENTS.header, rendered.document, strict=True))
    row["entity_key"] = key_of(row["entity_key"]) if row["entity_key"] else ""
    row |= {"file": field_text(file), "path": field_text(path), "duplicate_of": duplicate_of}
    if has_control_characters(file) and Flag.CONTROL_CHARACTERS not in row["flags"].split(";"):
        row["flags"] = ";".join(filter(None, (row["flags"], Flag.CONTROL_CHARACTERS)))
    for check in further:
        column = f"checks_{check.status}"
        if column in row:
            row[column] = str(int(row[column]) + 1)
    return list(row.values())


def check_rows(rendered: Rendered, further: tuple[CheckResult, ...]) -> str:
    """Further rows of checks.csv for a document, as text."""
    if not further:
        return ""
    document = dict(zip(DOCUMENTS.header, rendered.document, strict=True))
    at = CHECKS.header.index("account_id")
    report = Report(document_id=document["document_id"], file="", sha256="", bytes=0, checks=further)
    return csv_text((*row[:at], document["account_id"], *row[at + 1 :]) for row in _rows(CHECKS, report))


def rows_of(rendered: Rendered, resource: Resource) -> Iterator[dict[str, str]]:
    """The rows of one file by column, as they stand in it."""
    lines = csv.reader(io.StringIO(rendered.rows[CHILDREN.index(resource)], newline=""))
    return (dict(zip(resource.header, line, strict=True)) for line in lines)


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as they stand in a file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def to_line(rendered: Rendered) -> str:
    """The rows as one line of ASCII; the larger part is compressed."""
    packed = [base64.b64encode(zlib.compress(text.encode(), _FAST)).decode() for text in rendered.rows]
    return json.dumps({"document": rendered.document, "rows": packed}, separators=(",", ":"))


def from_line(line: str) -> Rendered:
    """The rows that `to_line` was given.

    Raises:
        KeyError, TypeError, ValueError: if it is something else.
    """
    data = json.loads(line)
    try:
        rows = tuple(zlib.decompress(base64.b64decode(text)).decode() for text in data["rows"])
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if (len(data["document"]), len(rows)) != (len(DOCUMENTS.header), len(CHILDREN)):
        raise ValueError("other files or columns")
    return Rendered(tuple(data["document"]), rows)


def _rows(resource: Resource, report: Report) -> Iterator[tuple[str, ...]]:
    return rows_as_text(resource.values(report), resource.flags_at)
