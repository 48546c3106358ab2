"""The accounts of a dataset held against each other, however many there are.

A temporary SQLite file keeps a few dozen figures of each; it grows by some 4 kB an account, memory does not grow. What
it says follows from the results alone: not from which run read what, nor in which order.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self

from jsextract.accounts.comparison import (
    DEPARTMENT,
    UNIT,
    Account,
    duplicates,
    prior_year,
    units_within,
    within_department,
)
from jsextract.accounts.summary import AccountSummary, parse_summary
from jsextract.check.text_rules.entity_names import core
from jsextract.model.report import CheckResult

_MOST = 50
"""Of more publications of one account, or units of one department, the first ones are looked at."""
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE accounts (
    n INTEGER PRIMARY KEY, key TEXT, file TEXT,
    document_id TEXT, entity TEXT, kind TEXT, year INTEGER, region TEXT, figures TEXT, priors TEXT
);
CREATE INDEX keys ON accounts (key);
CREATE INDEX who ON accounts (entity, year, kind);
CREATE TABLE listed (unit TEXT, year INTEGER, n INTEGER, PRIMARY KEY (unit, year, n)) WITHOUT ROWID;
CREATE INDEX lists ON listed (n);
"""
_LISTING = "n IN (SELECT n FROM listed WHERE unit = ? AND year = ? ORDER BY n LIMIT 1)"
_LISTED = "kind = ? AND year = ? AND entity IN (SELECT unit FROM listed WHERE n = ?)"


class AccountIndex:
    """What is known of every account; first `add` all notes, then ask for the `checks` of each file.

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

    def add(self, file: str, key: str, note: str) -> None:
        """Takes note of a result, in the order of the dataset.

        Args:
            file: the first file with that result.
            key: the result.
            note: what `note_of` made of it.
        """
        if not note:
            return
        own = parse_summary(note)
        row = (key, file, own.document_id, own.entity, own.kind, own.year, own.region, own.figures, own.priors)
        with _named():
            number = self._db.execute("INSERT INTO accounts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid
            names = {*own.units, *(core(placed(name, own.region)) for name in own.units)}
            self._db.executemany(
                "INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", ((name, own.year, number) for name in sorted(names))
            )

    def checks(self, file: str, key: str) -> tuple[CheckResult, ...]:
        """The rows that other accounts give to a file with that result."""
        found = self._select("key = ?", key, most=1)
        return tuple(self._checks(found[0][0], replace(found[0][1], file=file))) if found else ()

    def _checks(self, number: int, own: Account) -> Iterator[CheckResult]:
        for before in self._accounts(own.entity, own.year - 1, own.kind, most=1):
            yield from prior_year(own, before)
        same = self._accounts(own.entity, own.year, own.kind)
        yield from duplicates(own, [other for other in same if other.document_id != own.document_id])
        if own.kind == UNIT:
            for department in self._departments(own):
                yield from within_department(own, department)
        elif own.kind == DEPARTMENT:
            yield from units_within(own, self._units(number, own))

    def _accounts(self, entity: str, year: int, kind: str, *, most: int = _MOST) -> list[Account]:
        found = self._select("entity = ? AND year = ? AND kind = ?", entity, year, kind, most=most)
        return [account for _, account in found]

    def _departments(self, unit: Account) -> list[Account]:
        """The first department that lists the unit, or whose own account (本级) it is."""
        listing = self._select(_LISTING, unit.entity, unit.year, most=1)
        return [account for _, account in listing] or self._accounts(unit.entity, unit.year, DEPARTMENT, most=1)

    def _units(self, number: int, department: Account) -> list[Account]:
        """The units of a department that have accounts here, each once, its own (本级) first."""
        listed = self._select(_LISTED, UNIT, department.year, number)
        own = self._accounts(department.entity, department.year, UNIT)
        first = {unit.entity: unit for unit in reversed([*own, *(account for _, account in listed)])}
        return list(first.values())[::-1]

    def _select(self, where: str, *values: object, most: int = _MOST) -> list[tuple[int, Account]]:
        columns = "document_id, entity, kind, year, region, figures, priors"
        query = f"SELECT n, file, {columns} FROM accounts WHERE {where} ORDER BY n LIMIT ?"  # noqa: S608
        with _named():
            rows = self._db.execute(query, (*values, most)).fetchall()
        return [(number, AccountSummary(*row).account(file)) for number, file, *row in rows]


def placed(name: str, region: str) -> str:
    """A unit's name with the whole region before it: departments list their units by short names."""
    overlap = next(at for at in range(len(region) + 1) if name.startswith(region[at:]))
    return region[:overlap] + name


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """SQLite's errors as the system's: what fails here is the disk."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"a temporary file cannot be used: {error}") from error
