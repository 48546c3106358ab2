"""xlsx: a sheet a table, the codebook among them, written row by row; texts stay texts, whatever they begin with."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct

from jsextract.dataset.stream import Columns
from jsextract.dataset.values import Value
from jsextract.export.doubles import with_doubles
from jsextract.export.job import Job
from jsextract.export.tables import FieldType, Table
from jsextract.language.system import told_by_library

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576
"""Rows that a sheet holds, its header among them."""
CHARACTERS = 32_767
"""That a cell holds."""
LINKS = 65_000
"""That a sheet holds, with some to spare."""
PICTURES = "pictures"
"""The folder in the dataset with pictures of pages, DOCUMENT_ID-pN.png."""
_CUT = "…"
_NARROWEST, _WIDEST, _LOOKED_AT = 9, 48, 300
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (one date for all: the same dataset gives the same bytes)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(job: Job) -> None:
    """Writes all tables to the one path; counts texts that were cut because a cell does not hold them.

    Raises:
        OSError: if the system refuses.
    """
    from xlsxwriter.exceptions import FileCreateError

    try:
        _write(job)
    except FileCreateError as error:
        for left in job.paths[0].parent.iterdir():
            os.truncate(left, 0)  # the archive writes its end when it is thrown away, and needs room for it
        raise told_by_library(error) from error


def _write(job: Job) -> None:
    from xlsxwriter import Workbook

    path = job.paths[0]
    with Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)}) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        for table in map(with_doubles, job.tables):
            links = _links(table, job.out / PICTURES, job.places[0].parent)
            for number, rows in enumerate(_blocks(table.rows(), ROWS - 1), 1):
                sheet = _sheet(book, table, number, head)
                last = _fill(sheet, table, rows, _Styles(money, links, job.lost))
                sheet.autofilter(0, 0, last, len(table.fields) - 1)


class _Links(Struct, frozen=True):
    """Which value links to which picture.

    Attributes:
        at, document_at, page_at: the places of the value, its document and its page in a row.
        names: the pictures that are there.
        folder: where they are, from the workbook.
    """

    at: int
    document_at: int
    page_at: int
    names: frozenset[str]
    folder: str

    def target(self, row: Sequence[Value]) -> str:
        """The picture of a row's page; blank where there is none, or no value."""
        name = f"{row[self.document_at]}-p{row[self.page_at]}.png"
        return f"external:{self.folder}/{name}" if row[self.at] and name in self.names else ""


class _Styles(Struct, frozen=True):
    """What rows are written with: the look of money, the links, where texts that were cut are counted."""

    money: Format
    links: _Links | None
    lost: Counter[str]


def _links(table: Table, pictures: Path, beside: Path) -> _Links | None:
    """The links of a table; None where it has no values on pages, or there are no pictures."""
    names = [field.name for field in table.fields]
    wanted = ("value_text", "document_id", "page")
    found = frozenset(path.name for path in pictures.glob("*-p*.png"))
    if not found or not set(wanted) <= set(names):
        return None
    folder = os.path.relpath(pictures, beside).replace(os.sep, "/")
    at, document_at, page_at = map(names.index, wanted)
    return _Links(at, document_at, page_at, found, folder)


def _blocks(rows: Iterator[tuple[Value, ...]], size: int) -> Iterator[Iterable[tuple[Value, ...]]]:
    """The rows of one sheet after the other, each to be taken whole; at least one, which may be empty."""
    yield islice(rows, size)
    for first in rows:
        yield chain([first], islice(rows, size - 1))


def _sheet(book: Workbook, table: Table, number: int, head: Format) -> Worksheet:
    """A new sheet with its header, which stays in sight."""
    sheet: Worksheet = book.add_worksheet(table.name if number == 1 else f"{table.name}_{number}")
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for at, (field, width) in enumerate(zip(table.fields, _widths(table), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, field.name, head)
    return sheet


def _widths(table: Table) -> list[int]:
    """The widths of columns, by the first rows; a Chinese character is as wide as two letters."""
    columns: Columns = next(table.batches(), [[] for _ in table.fields])
    widest = []
    for field, values in zip(table.fields, columns, strict=True):
        texts = [field.name, *(str(value)[:_WIDEST] for value in islice(values, _LOOKED_AT) if value is not None)]
        widest.append(min(max(_NARROWEST, 2 + max(map(_width, texts))), _WIDEST))
    return widest


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _fill(sheet: Worksheet, table: Table, rows: Iterable[tuple[Value, ...]], styles: _Styles) -> int:
    """Writes the rows below the header and gives the number of the last; blank values stay empty cells."""
    texts = [field.type == FieldType.TEXT for field in table.fields]
    looks = [styles.money if field.unit == "元" else None for field in table.fields]
    number = linked = 0
    for number, row in enumerate(rows, 1):
        url = styles.links.target(row) if styles.links and linked < LINKS else ""
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            if not texts[at]:
                sheet.write_number(number, at, value, looks[at])
            elif url and styles.links and at == styles.links.at:
                sheet.write_url(number, at, url, None, str(value))
                linked += 1
            else:
                sheet.write_string(number, at, _held(str(value), f"{table.name}.{table.fields[at].name}", styles.lost))
    return number


def _held(text: str, where: str, lost: Counter[str]) -> str:
    """The text as far as a cell holds it; one that is cut ends in … and is counted."""
    if len(text) <= CHARACTERS:
        return text
    lost[where] += 1
    return text[: CHARACTERS - len(_CUT)] + _CUT
