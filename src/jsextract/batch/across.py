"""The accounts of a dataset held against each other, however many there are.

A temporary SQLite file keeps a few dozen figures of each; it grows by some 4 kB an account, memory does not grow. What
it says follows from the results alone: not from which run read what, nor in which order.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from types import TracebackType
from typing import Self

from jsextract.check.across import Account, account, duplicates, prior_year, units_within, within_department
from jsextract.check.figure import Figure
from jsextract.check.words.names import core, listed_units
from jsextract.model.report import CheckResult, Report

_DEPARTMENT, _UNIT = "部门决算", "单位决算"
_MOST = 50
"""Of more publications of one account, or units of one department, the first ones are looked at."""
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE accounts (
    n INTEGER PRIMARY KEY, document_id TEXT, file TEXT, entity TEXT, kind TEXT, year INTEGER, region TEXT, figures TEXT
);
CREATE INDEX who ON accounts (entity, year, kind);
CREATE TABLE listed (unit TEXT, year INTEGER, n INTEGER, PRIMARY KEY (unit, year, n)) WITHOUT ROWID;
CREATE INDEX lists ON listed (n);
"""


class Across:
    """What is known of every account; first `add` all reports, then ask for the `checks` of each.

    Methods raise OSError when the temporary file cannot be written.
    """

    def __init__(self) -> None:
        with _named():
            self._db = sqlite3.connect("")  # a file of its own, which the system deletes
            self._db.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add(self, report: Report) -> None:
        """Takes note of a report, in the order of the dataset."""
        own = account(report)
        if own is None:
            return
        figures = {item: [_packed(figure) for figure in found] for item, found in own.figures.items()}
        row = (own.document_id, own.file, own.entity, own.kind, own.year, own.region)
        with _named():
            number = self._db.execute(
                "INSERT INTO accounts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", (*row, json.dumps(figures))
            ).lastrowid
            if own.kind == _DEPARTMENT:
                names = listed_units(report)
                names |= {core(placed(name, own.region)) for name in names}
                self._db.executemany(
                    "INSERT OR IGNORE INTO listed VALUES (?, ?, ?)",
                    ((name, own.year, number) for name in sorted(names)),
                )

    def checks(self, report: Report) -> tuple[CheckResult, ...]:
        """The rows that other accounts give to this one."""
        own = account(report)
        return tuple(self._checks(report, own)) if own else ()

    def _checks(self, report: Report, own: Account) -> Iterator[CheckResult]:
        for before in self._accounts(own.entity, own.year - 1, own.kind)[:1]:
            yield from prior_year(report, before)
        same = self._accounts(own.entity, own.year, own.kind)
        yield from duplicates(own, [other for other in same if other.document_id != own.document_id])
        if own.kind == _UNIT:
            for department in self._departments(own)[:1]:
                yield from within_department(own, department)
        elif own.kind == _DEPARTMENT:
            yield from units_within(own, self._units(own))

    def _accounts(self, entity: str, year: int, kind: str) -> list[Account]:
        return self._select("entity = ? AND year = ? AND kind = ?", entity, year, kind)

    def _departments(self, unit: Account) -> list[Account]:
        """The departments that list the unit, or whose own account (本级) it is."""
        listing = self._select(
            "kind = ? AND n IN (SELECT n FROM listed WHERE unit = ? AND year = ?)", _DEPARTMENT, unit.entity, unit.year
        )
        return listing or self._accounts(unit.entity, unit.year, _DEPARTMENT)

    def _units(self, department: Account) -> list[Account]:
        """The units of a department that have accounts here, each once, its own (本级) first."""
        listed = self._select(
            "kind = ? AND year = ? AND entity IN (SELECT unit FROM listed WHERE n = "
            "(SELECT n FROM accounts WHERE document_id = ?))",
            _UNIT,
            department.year,
            department.document_id,
        )
        own = self._accounts(department.entity, department.year, _UNIT)
        first = {unit.entity: unit for unit in reversed([*own, *listed])}
        return list(first.values())[::-1]

    def _select(self, where: str, *values: object) -> list[Account]:
        query = f"SELECT document_id, file, entity, kind, year, region, figures FROM accounts WHERE {where}"  # noqa: S608
        with _named():
            rows = self._db.execute(f"{query} ORDER BY n LIMIT {_MOST}", values).fetchall()
        return [
            Account(document_id, file, entity, kind, year, region, _unpacked(text))
            for document_id, file, entity, kind, year, region, text in rows
        ]


def placed(name: str, region: str) -> str:
    """A unit's name with the whole region before it: departments list their units by short names."""
    overlap = next(at for at in range(len(region) + 1) if name.startswith(region[at:]))
    return region[:overlap] + name


def _packed(figure: Figure) -> list[str | int | bool]:
    return [
        figure.name, str(figure.value), str(figure.step), figure.unit, figure.text, figure.ref, figure.page,
        figure.total,
    ]  # fmt: skip


def _unpacked(text: str) -> dict[str, tuple[Figure, ...]]:
    return {
        item: tuple(Figure(name, Decimal(value), Decimal(step), *rest) for name, value, step, *rest in found)
        for item, found in json.loads(text).items()
    }


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """SQLite's errors as the system's: what fails here is the disk."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"a temporary file cannot be used: {error}") from error
