"""Stata: a file a table in the format of Stata 14 and later (118), written row by row.

A dta file keeps texts of up to 2045 bytes in its rows, longer ones (strL) behind them; a table is gone through twice,
first for the widths of its columns. What a field means is its label, in full its note, in Chinese and English.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
from collections.abc import Callable
from typing import IO

from msgspec import Struct

from jsextract.dataset.values import Value
from jsextract.export.doubles import with_doubles
from jsextract.export.job import Job
from jsextract.export.tables import Field, FieldType, Table

NAME, LABEL = 32, 80
"""Characters that the name of a variable and its label may have."""
_IN_ROW = 128  # bytes; what is longer would make every row as long
_STRL, _DOUBLE, _LONG = 32768, 65526, 65528
_LONGS = range(-2_147_483_647, 2_147_483_621)
_NO_DOUBLE, _NO_LONG = float.fromhex("0x1p1023"), 2_147_483_621
_NAME_BYTES, _FORMAT_BYTES, _LABEL_BYTES = 129, 57, 321
_SECTIONS = 14
_SEEN = 4096


class Variable(Struct, frozen=True):
    """One variable as the file has it.

    Attributes:
        type: 1 to 2045 for texts of as many bytes, else one of the codes of the format.
    """

    field: Field
    type: int

    @property
    def format(self) -> str:
        """How Stata shows it."""
        if self.type == _STRL:
            return "%-20s"
        if self.type == _DOUBLE:
            return "%18.0g"
        return "%12.0g" if self.type == _LONG else f"%-{min(self.type, 40)}s"

    @property
    def packed(self) -> str:
        """Its place in a row, as `struct` spells it."""
        return {_STRL: "HHI", _DOUBLE: "d", _LONG: "i"}.get(self.type, f"{self.type}s")


def write(job: Job) -> None:
    """Writes each table to its path; nothing is lost."""
    for table, path in zip(map(with_doubles, job.tables), job.paths, strict=True):
        count, variables = _measured(table)
        with path.open("wb") as handle:
            _File(handle, table, count, variables).write()


def _measured(table: Table) -> tuple[int, list[Variable]]:
    """How many rows a table has, and what its values need."""
    count, widest = 0, [0] * len(table.fields)
    whole = [field.type == FieldType.INTEGER for field in table.fields]
    for columns in table.batches():
        count += len(columns[0])
        for at, values in enumerate(columns):
            if table.fields[at].type == FieldType.TEXT:
                widest[at] = max(widest[at], max(len(str(value).encode()) for value in values))
            elif whole[at]:
                whole[at] = all(value is None or value in _LONGS for value in values)
    return count, [_variable(*told) for told in zip(table.fields, widest, whole, strict=True)]


def _variable(field: Field, width: int, is_long: bool) -> Variable:
    if field.type == FieldType.TEXT:
        return Variable(field, max(width, 1) if width <= _IN_ROW else _STRL)
    return Variable(field, _LONG if is_long else _DOUBLE)


def label(table_or_field: Table | Field) -> str:
    """The meaning in Chinese and English, as much as a label holds."""
    whole = f"{table_or_field.zh} {table_or_field.en}"
    return whole if len(whole) <= LABEL else f"{whole[: LABEL - 1].rstrip()}…"


class _File:
    """A dta file that is being written; `places` are where its sections begin."""

    def __init__(self, handle: IO[bytes], table: Table, count: int, variables: list[Variable]) -> None:
        self.handle = handle
        self.table = table
        self.count = count
        self.variables = variables
        self.places: list[int] = []

    def write(self) -> None:
        """All sections, then the map of them in the place that was left for it."""
        put, fields = self.handle.write, self.variables
        self._mark(b"<stata_dta>" + self._header())
        self._mark(b"<map>" + bytes(8 * _SECTIONS) + b"</map>")
        self._section("variable_types", b"".join(struct.pack("<H", each.type) for each in fields))
        self._section("varnames", b"".join(_padded(each.field.name, _NAME_BYTES) for each in fields))
        self._section("sortlist", bytes(2 * (len(fields) + 1)))
        self._section("formats", b"".join(_padded(each.format, _FORMAT_BYTES) for each in fields))
        self._section("value_label_names", bytes(_NAME_BYTES * len(fields)))
        self._section("variable_labels", b"".join(_padded(label(each.field), _LABEL_BYTES) for each in fields))
        self._section("characteristics", b"".join(map(_notes, fields)))
        with tempfile.TemporaryFile() as texts:
            self._mark(b"<data>")
            self._rows(texts)
            put(b"</data>")
            self._mark(b"<strls>")
            texts.seek(0)
            shutil.copyfileobj(texts, self.handle)
            put(b"</strls>")
        self._section("value_labels", b"")
        self._mark(b"</stata_dta>")
        self.places.append(self.handle.tell())
        self.handle.seek(self.places[1] + len(b"<map>"))
        put(struct.pack(f"<{_SECTIONS}Q", *self.places))

    def _mark(self, content: bytes) -> None:
        self.places.append(self.handle.tell())
        self.handle.write(content)

    def _section(self, name: str, content: bytes) -> None:
        self._mark(f"<{name}>".encode() + content + f"</{name}>".encode())

    def _header(self) -> bytes:
        """The sizes and the label; no time, so that the same dataset gives the same bytes."""
        named = label(self.table).encode()
        return (
            b"<header><release>118</release><byteorder>LSF</byteorder>"
            + b"<K>" + struct.pack("<H", len(self.variables)) + b"</K><N>" + struct.pack("<Q", self.count) + b"</N>"
            + b"<label>" + struct.pack("<H", len(named)) + named + b"</label><timestamp>\0</timestamp></header>"
        )  # fmt: skip

    def _rows(self, texts: IO[bytes]) -> None:
        """The rows; long texts go to `texts`, which stands behind them in the end."""
        pack = struct.Struct("<" + "".join(each.packed for each in self.variables)).pack
        makers = [_maker(at, each, texts) for at, each in enumerate(self.variables, 1)]
        for number, row in enumerate(self.table.rows(), 1):
            values: list[object] = []
            for make, value in zip(makers, row, strict=True):
                values.extend(make(number, value))
            self.handle.write(pack(*values))


def _maker(at: int, variable: Variable, texts: IO[bytes]) -> Callable[[int, Value], tuple[object, ...]]:
    """What makes of (row, value) the values that are packed for a variable; `at` is its number, from 1."""
    if variable.type == _STRL:
        return _long_text(at, texts)
    if variable.type == _DOUBLE:
        return lambda _, value: (_NO_DOUBLE if value is None else value,)
    if variable.type == _LONG:
        return lambda _, value: (_NO_LONG if value is None else value,)
    return lambda _, value: (str(value).encode(),)


def _long_text(at: int, texts: IO[bytes]) -> Callable[[int, Value], tuple[object, ...]]:
    """The maker of a strL: (variable, row) of the text, the row in two parts; equal texts nearby are kept once."""
    seen: dict[Value, tuple[object, ...]] = {}

    def make(row: int, value: Value) -> tuple[object, ...]:
        if not value:
            return 0, 0, 0
        if value not in seen:
            if len(seen) > _SEEN:
                seen.clear()
            seen[value] = (at, row & 0xFFFF, row >> 16)
            data = str(value).encode() + b"\0"
            texts.write(b"GSO" + struct.pack("<IQBI", at, row, 130, len(data)) + data)
        return seen[value]

    return make


def _padded(text: str, size: int) -> bytes:
    return text.encode().ljust(size, b"\0")


def _notes(variable: Variable) -> bytes:
    """The notes of a variable: what it means in full."""
    field = variable.field
    told = [note for note in (field.zh, field.en, f"CSV: {field.column}" if field.column else "") if note]
    notes = [("note0", str(len(told))), *((f"note{at}", note) for at, note in enumerate(told, 1))]
    return b"".join(_characteristic(field.name, name, text) for name, text in notes)


def _characteristic(variable: str, name: str, text: str) -> bytes:
    content = _padded(variable, _NAME_BYTES) + _padded(name, _NAME_BYTES) + text.encode() + b"\0"
    return b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"
