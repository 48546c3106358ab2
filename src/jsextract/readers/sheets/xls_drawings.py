"""Where the drawings of an .xls file stand in its stream of records, and the pictures in them (工作表图片)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.readers.sheets.anchors import COLUMN, MOST, ROW, Axis, Frame
from jsextract.readers.sheets.book import Anchored
from jsextract.readers.sheets.office_art import ArtShape, shapes_of, stored

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_BOF, _EOF, _CONTINUE, _OBJECT, _GROUP, _DRAWING = 0x809, 0x0A, 0x3C, 0x5D, 0xEB, 0xEC
_BIFF8 = 80
_TWIPS, _CHARACTER = 20, 5.25 / 256  # of a point; points of a unit in which columns are measured


class Store(NamedTuple):
    """The pictures of a workbook, in the order in which shapes count them."""

    pictures: Sequence[bytes] = ()

    def binary(self, key: str) -> bytes:
        """The file of a picture by its number; as `Binary`."""
        if not key.isdecimal() or len(key) > 8 or not 0 < int(key) <= len(self.pictures):
            raise Corrupt(phrase("The file lacks a part ({name}), or it is too large.", name=key))
        return self.pictures[int(key) - 1]

    def on(self, book: Book, sheet: Sheet) -> tuple[Anchored, ...]:
        """The pictures on a sheet that are seen."""
        data = _drawing(book, book._sh_abs_posn[sheet.number], _DRAWING) if self.pictures else b""
        frame = _frame(sheet) if data else None
        return tuple(_anchored(one, frame) for one in islice(shapes_of(data), MOST)) if frame else ()


def store_of(book: Book) -> Store:
    """The pictures of a workbook; none of one whose format keeps them otherwise (before 1997)."""
    return Store(stored(_drawing(book, book.base, _GROUP)) if book.biff_version >= _BIFF8 else ())


def _drawing(book: Book, at: int, wanted: int) -> bytes:
    """The content of all records of one kind in the part of a workbook that begins at a place, put together."""
    found = bytearray()
    last = 0
    for code, begin, size in _records(book, at):
        goes_on = code == _CONTINUE and (last == wanted or (wanted == _DRAWING and last == _OBJECT))
        if code == wanted or goes_on:
            found += book.mem[begin : begin + size]
        last = last if goes_on else code
    return bytes(found)


def _records(book: Book, at: int) -> Iterator[tuple[int, int, int]]:
    """Code, place and size of the records of a part of a workbook to its end, without those of charts within it."""
    end, depth = book.base + book.stream_len, 0
    while at + 4 <= end:
        code, size = struct.unpack_from("<HH", book.mem, at)
        depth += (code == _BOF) - (code == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield code, at + 4, size
        at += 4 + size


def _anchored(one: ArtShape, frame: Frame) -> Anchored:
    """A shape with its size, and the cells under it."""
    column, across, row, down, last, width, bottom, height = one.corners
    rows, columns = frame
    left, right = columns.at(column, across / 1024), columns.at(last, width / 1024)
    top, under = rows.at(row, down / 256), rows.at(bottom, height / 256)
    shape = replace(one.shape, width=max(right - left, 0.0), height=max(under - top, 0.0))
    return Anchored(shape, frame.area(left, top, right, under))


def _frame(sheet: Sheet) -> Frame:
    """Where the cells of a sheet lie."""
    rows = {n: 0.0 if told.hidden else told.height / _TWIPS for n, told in sheet.rowinfo_map.items()}
    columns = {n: 0.0 if told.hidden else told.width * _CHARACTER for n, told in sheet.colinfo_map.items()}
    usual = (sheet.standardwidth or (sheet.defcolwidth or 0) * 256) * _CHARACTER
    return Frame(Axis((sheet.default_row_height or 0) / _TWIPS or ROW, rows), Axis(usual or COLUMN, columns))
