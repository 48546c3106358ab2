"""A report as JSON and back: decimals as strings, rows as lists under one header.

Old files stay readable: columns that are unknown are passed over, missing ones take their default.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, astuple, fields

from jsextract.dataset.column import EDGE_DIGITS
from jsextract.model.document import Section
from jsextract.model.report import CheckResult, Fact, Opinion, Project, Report, TableCell, Term

Json = dict[str, Any]

_ROWS: dict[str, type[Struct]] = {
    "cells": TableCell,
    "facts": Fact,
    "projects": Project,
    "checks": CheckResult,
    "sections": Section,
    "glossary": Term,
    "opinions": Opinion,
}
_BLANK: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: False, tuple[str, ...]: (), tuple[int, ...]: ()}


def to_text(report: Report) -> str:
    """The report as one line of JSON; keys in the order of the fields."""
    told = _told(report)
    try:
        return msgspec.json.encode(told).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can stand for
        return json.dumps(msgspec.to_builtins(told), separators=(",", ":"))


def from_json(data: Json) -> Report:
    """The report that `to_text` was given, from the data of its JSON.

    Raises:
        KeyError, TypeError, ValueError: if the data is something else.
    """
    rows = {name: _rows_from_json(data[name], kind) for name, kind in _ROWS.items() if name in data}
    return msgspec.convert(_blanks(Report) | data | rows, Report)


def _told(report: Report) -> Json:
    """What is written: each field; rows as lists, under the names of their columns."""
    return {
        name: {"columns": _ROWS[name].__struct_fields__, "rows": _rows(getattr(report, name), _ROWS[name])}
        if name in _ROWS
        else getattr(report, name)
        for name in Report.__struct_fields__
    }


def _rows(records: Sequence[Struct], kind: type[Struct]) -> Sequence[Any]:
    """The records as rows, the edges of their boxes with as many digits as the CSV files can show."""
    names = kind.__struct_fields__
    if "box" not in names:
        return records
    at = names.index("box")
    rows = [list(astuple(record)) for record in records]
    for row in rows:
        if row[at] is not None:
            row[at] = [round(edge, EDGE_DIGITS) for edge in astuple(row[at])]
    return rows


def _rows_from_json(data: Json, kind: type[Struct]) -> tuple[Any, ...]:
    """Rows under a header as records; columns that `kind` does not know are left out, missing ones blank.

    Raises:
        ValueError: if a row is shorter than the header, or of other types.
    """
    rows, names = data["rows"], data["columns"]
    if any(len(row) < len(names) for row in rows):
        raise ValueError("a row is shorter than its header")
    if names != list(kind.__struct_fields__):
        blanks = _blanks(kind)
        at = [names.index(name) if name in names else None for name in blanks]
        rows = [[b if i is None else row[i] for i, b in zip(at, blanks.values(), strict=True)] for row in rows]
    return msgspec.convert(rows, tuple[kind, ...])  # type: ignore[valid-type]


def _blanks(kind: type[Struct]) -> Json:
    """What each field holds where a file does not have it."""
    return {field.name: _default(field) for field in fields(kind)}


def _default(field: FieldInfo) -> Any:
    if field.default_factory is not NODEFAULT:
        return field.default_factory()
    return _BLANK.get(field.type) if field.default is NODEFAULT else field.default
