"""A report as JSON and back: decimals as strings, rows as lists under one header.

Old files stay readable: columns that are unknown are passed over, missing ones take their default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from jsextract.dataset.column import EDGE_DIGITS
from jsextract.model.document import Section
from jsextract.model.geometry import Box
from jsextract.model.report import CheckResult, Fact, Opinion, Project, Report, TableCell, Term

Json = dict[str, Any]
Decode = Callable[[Any], Any]

_ROWS: dict[str, type[Struct]] = {
    "cells": TableCell,
    "facts": Fact,
    "projects": Project,
    "checks": CheckResult,
    "sections": Section,
    "glossary": Term,
    "opinions": Opinion,
}


def _same(value: Any) -> Any:
    return value


def _optional(decode: Decode) -> Decode:
    return lambda value: None if value is None else decode(value)


_DECODE: dict[Any, Decode] = {
    str: _same,
    int: _same,
    int | None: _same,
    float: float,
    bool: bool,
    dict[str, int]: dict,
    Decimal | None: _optional(Decimal),
    Box | None: _optional(lambda edges: Box(*edges)),
    tuple[str, ...]: tuple,
    tuple[int, ...]: tuple,
}
# Of these types the value itself is JSON.
_PLAIN = frozenset({str, int, int | None, float, bool})
_BLANK: dict[Any, Any] = {
    str: "",
    int: 0,
    float: 0.0,
    bool: False,
    tuple[str, ...]: (),
    tuple[int, ...]: (),
}


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Box):
        return [round(edge, EDGE_DIGITS) for edge in (value.x0, value.y0, value.x1, value.y1)]
    return list(value) if isinstance(value, tuple) else value


def _default(field: FieldInfo) -> Any:
    if field.default is not NODEFAULT:
        return field.default
    if field.default_factory is not NODEFAULT:
        return field.default_factory()
    return _BLANK.get(field.type)


def _rows_to_json(rows: Iterable[Any], kind: type[Struct]) -> Json:
    """Column by column, since a document has many rows and few kinds of values."""
    told = fields(kind)
    rows = list(rows)
    columns = ([getattr(row, f.name) for row in rows] for f in told)
    encoded = [c if f.type in _PLAIN else map(_encode, c) for f, c in zip(told, columns, strict=True)]
    return {"columns": [f.name for f in told], "rows": list(zip(*encoded, strict=True))}


def _rows_from_json(data: Json, kind: type[Struct]) -> tuple[Any, ...]:
    rows, names = data["rows"], data["columns"]
    if any(len(row) < len(names) for row in rows):
        raise ValueError("a row is shorter than its header")
    columns = dict(zip(names, zip(*rows, strict=False), strict=False))
    told = {f.name: _column(f, columns.get(f.name), len(rows)) for f in fields(kind)}
    return tuple(kind(**dict(zip(told, row, strict=True))) for row in zip(*told.values(), strict=True))


def _column(field: FieldInfo, told: Sequence[Any] | None, count: int) -> Iterable[Any]:
    """The values of one field for all rows; its default where the rows do not have it."""
    if told is None:
        return [_default(field)] * count
    decode = _DECODE[field.type]
    return told if decode is _same else map(decode, told)


def to_json(report: Report) -> Json:
    """The report as plain JSON data; keys in the order of the fields."""
    return {
        f.name: _rows_to_json(getattr(report, f.name), _ROWS[f.name])
        if f.name in _ROWS
        else _encode(getattr(report, f.name))
        for f in fields(Report)
    }


def from_json(data: Json) -> Report:
    """The report that `to_json` was given.

    Raises:
        KeyError, TypeError, ValueError, ArithmeticError: if the data is something else.
    """
    values = {}
    for f in fields(Report):
        if f.name not in data:
            values[f.name] = _default(f)
        elif f.name in _ROWS:
            values[f.name] = _rows_from_json(data[f.name], _ROWS[f.name])
        else:
            values[f.name] = _DECODE[f.type](data[f.name])
    return Report(**values)
