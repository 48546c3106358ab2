"""The accounts of a dataset: which documents each has, and what follows from holding them against each other.

A temporary SQLite file keeps a few dozen figures of each; it grows by some 4 kB an account, memory does not grow. What
it says follows from the results alone: not from which run read what, nor in which order.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from jsextract.accounts.account import DEPARTMENT, UNIT, Account
from jsextract.accounts.account_summary import AccountSummary, parse_summary
from jsextract.accounts.comparison import duplicates, prior_year, units_within, within_department
from jsextract.check.text_rules.entity_names import core
from jsextract.model.report import CheckResult

_MOST = 50
"""Of more publications of one account, or units of one department, the first ones are looked at."""
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE documents (
    n INTEGER PRIMARY KEY, key TEXT, file TEXT, document_id TEXT, account_id TEXT, data TEXT, tables TEXT,
    facts INTEGER, entity TEXT, kind TEXT, year INTEGER, region TEXT, figures TEXT, priors TEXT
);
CREATE INDEX keys ON documents (key);
CREATE INDEX who ON documents (entity, year, kind) WHERE entity <> '';
CREATE INDEX whole ON documents (account_id, data);
CREATE TABLE joint (document_id TEXT PRIMARY KEY, checks BLOB) WITHOUT ROWID;
CREATE TABLE judged (document_id TEXT, name TEXT, rows TEXT, PRIMARY KEY (document_id, name)) WITHOUT ROWID;
CREATE TABLE parts (document_id TEXT PRIMARY KEY, account_id TEXT) WITHOUT ROWID;
CREATE INDEX together ON parts (account_id);
CREATE TABLE strangers (document_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE listed (unit TEXT, year INTEGER, n INTEGER, PRIMARY KEY (unit, year, n)) WITHOUT ROWID;
CREATE INDEX lists ON listed (n);
"""
_FILES = """
SELECT file, key, document_id, account_id, tables, facts, (
    SELECT first.document_id FROM documents AS first
    WHERE first.account_id = document.account_id AND first.data = document.data AND first.data <> ''
        AND first.n < document.n
    ORDER BY first.n LIMIT 1
), document_id IN (SELECT document_id FROM strangers) FROM documents AS document WHERE {where} ORDER BY n
"""
_LISTING = "entity <> '' AND n IN (SELECT n FROM listed WHERE unit = ? AND year = ? ORDER BY n LIMIT 1)"
_LISTED = "entity <> '' AND kind = ? AND year = ? AND entity IN (SELECT unit FROM listed WHERE n = ?)"


class AccountFile(Struct, frozen=True):
    """A document among those of its account.

    Attributes:
        file: the first file with its content.
        key: its result.
        tables: which standard tables it has.
        facts: how many it states.
        duplicate_of: the first document of the account with the same data; blank for that one.
        is_stranger: whether its figures do not fit those of the others.
    """

    file: str
    key: str
    document_id: str
    account_id: str
    tables: tuple[str, ...]
    facts: int
    duplicate_of: str
    is_stranger: bool = False


class AccountIndex:
    """What is known of every account; first `add` all notes, then ask.

    Methods raise OSError when the temporary file cannot be written.
    """

    def __init__(self) -> None:
        with naming_errors():
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
        row = (
            key, file, own.document_id, own.account_id, own.data, ";".join(own.tables), own.facts, own.entity, own.kind,
            own.year, own.region, own.figures, own.priors,
        )  # fmt: skip
        with naming_errors():
            query = "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            number = self._db.execute(query, row).lastrowid
            names = {*own.units, *(core(placed(name, own.region)) for name in own.units)}
            self._db.executemany(
                "INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", ((name, own.year, number) for name in sorted(names))
            )

    def file(self, key: str) -> AccountFile | None:
        """The document with that result; None if it is not known whose account it is."""
        return next(self._files("document.key = ?", key), None)

    def files(self, account_id: str) -> Iterator[AccountFile]:
        """The documents of an account in the order of the dataset."""
        return self._files("document.account_id = ?", account_id)

    def shared(self) -> Iterator[str]:
        """The accounts that have several documents."""
        with naming_errors():
            query = "SELECT account_id FROM documents GROUP BY account_id HAVING count(*) > 1"
            yield from (account_id for (account_id,) in self._db.execute(query))

    def keep_parts(self, files: Iterable[AccountFile]) -> None:
        """Takes note that these are parts of one account, and no two publications of it."""
        with naming_errors():
            self._db.executemany(
                "INSERT OR IGNORE INTO parts VALUES (?, ?)", ((file.document_id, file.account_id) for file in files)
            )

    def keep_strangers(self, files: Iterable[AccountFile]) -> None:
        """Takes note that these are likely of another account with the same name."""
        with naming_errors():
            self._db.executemany("INSERT OR IGNORE INTO strangers VALUES (?)", ((file.document_id,) for file in files))

    def keep(self, document_id: str, checks: Sequence[CheckResult]) -> None:
        """Takes checks over several files of an account; they stand under this document."""
        with naming_errors():
            self._db.execute("INSERT OR REPLACE INTO joint VALUES (?, ?)", (document_id, msgspec.json.encode(checks)))

    def keep_rows(self, document_id: str, rows: Mapping[str, str]) -> None:
        """Takes rows that stand in the place of a document's own, by the name of their file."""
        with naming_errors():
            self._db.executemany(
                "INSERT OR REPLACE INTO judged VALUES (?, ?, ?)",
                ((document_id, name, text) for name, text in rows.items()),
            )

    def rows(self, document_id: str) -> dict[str, str]:
        """The rows that `keep_rows` took for a document."""
        with naming_errors():
            return dict(self._db.execute("SELECT name, rows FROM judged WHERE document_id = ?", (document_id,)))

    def is_alone(self, account_id: str) -> bool:
        """Whether an account has one document."""
        with naming_errors():
            query = "SELECT count(*) FROM (SELECT 1 FROM documents WHERE account_id = ? LIMIT 2)"
            return bool(self._db.execute(query, (account_id,)).fetchone()[0] < 2)

    def _files(self, where: str, *values: str) -> Iterator[AccountFile]:
        """The documents that a WHERE clause selects, in the dataset's order; `values` fill its question marks."""
        with naming_errors():
            for file, key, document, account, tables, facts, first, stranger in self._db.execute(
                _FILES.format(where=where), values
            ):
                names = tuple(filter(None, tables.split(";")))
                yield AccountFile(
                    file=file,
                    key=key,
                    document_id=document,
                    account_id=account,
                    tables=names,
                    facts=facts,
                    duplicate_of=first or "",
                    is_stranger=bool(stranger),
                )

    def checks(self, file: str, key: str) -> tuple[CheckResult, ...]:
        """The rows that other accounts, and other files of its own, give to a file with that result."""
        found = self._select("key = ? AND entity <> ''", key, most=1)
        if not found:
            return ()
        own = replace(found[0][1], file=file)
        return (*self._checks(found[0][0], own), *self._joint(own.document_id))

    def _joint(self, document_id: str) -> Sequence[CheckResult]:
        """The checks over several files of its account that `keep` put under a document."""
        with naming_errors():
            row = self._db.execute("SELECT checks FROM joint WHERE document_id = ?", (document_id,)).fetchone()
        return msgspec.json.decode(row[0], type=list[CheckResult]) if row else ()

    def _checks(self, number: int, own: Account) -> Iterator[CheckResult]:
        """The rows of one account against all that it can be held against; `number` is its place in the dataset."""
        for before in self._accounts(own.entity, own.year - 1, own.kind, most=1):
            yield from prior_year(own, before)
        same = self._accounts(own.entity, own.year, own.kind)
        alike = {own.document_id, *self._other_parts(own.document_id)}
        yield from duplicates(own, [other for other in same if other.document_id not in alike])
        if own.kind == UNIT:
            for department in self._departments(own):
                yield from within_department(own, department)
        elif own.kind == DEPARTMENT:
            yield from units_within(own, self._units(number, own))

    def _other_parts(self, document_id: str) -> list[str]:
        """The parts of the account that a document is a part of."""
        query = "SELECT document_id FROM parts WHERE account_id = (SELECT account_id FROM parts WHERE document_id = ?)"
        with naming_errors():
            return [other for (other,) in self._db.execute(query, (document_id,))]

    def _accounts(self, entity: str, year: int, kind: str, *, most: int = _MOST) -> list[Account]:
        """The accounts of one entity (as it is compared), year and kind, the first `most` of the dataset."""
        found = self._select("entity <> '' AND entity = ? AND year = ? AND kind = ?", entity, year, kind, most=most)
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
        """(place in the dataset, account) for what a WHERE clause selects; OSError where SQLite fails."""
        columns = "document_id, account_id, data, tables, facts, entity, kind, year, region, figures, priors"
        query = f"SELECT n, file, {columns} FROM documents WHERE {where} ORDER BY n LIMIT ?"  # noqa: S608
        with naming_errors():
            rows = self._db.execute(query, (*values, most)).fetchall()
        return [(number, AccountSummary(*row).account(file)) for number, file, *row in rows]


def placed(name: str, region: str) -> str:
    """A unit's name with the whole region before it: departments list their units by short names."""
    overlap = next(at for at in range(len(region) + 1) if name.startswith(region[at:]))
    return region[:overlap] + name


@contextlib.contextmanager
def naming_errors() -> Iterator[None]:
    """SQLite's errors as the system's: what fails here is the disk."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"a temporary file cannot be used: {error}") from error
