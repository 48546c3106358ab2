"""SQLite: a database with the tables and views to begin with; numbers are doubles beside their texts."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing

from jsextract.export.doubles import with_doubles
from jsextract.export.job import Job
from jsextract.export.tables import FieldType, Table
from jsextract.export.views import VIEWS
from jsextract.language.system import told_by_library

_TYPES = {FieldType.TEXT: "TEXT", FieldType.INTEGER: "INTEGER", FieldType.DOUBLE: "REAL"}
_MET = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}
"""What SQLite calls the errors of the system."""
_KIND = 0xFF
"""Bits of an error's number that tell its kind."""
_INDEXED = ("document_id", "account_id", "code")


def write(job: Job) -> None:
    """Writes all tables and views to the one path; nothing is lost.

    Raises:
        OSError: if the system refuses.
    """
    try:
        _write(job)
    except sqlite3.OperationalError as error:
        met = _MET.get(error.sqlite_errorcode & _KIND)
        raise OSError(met, os.strerror(met)) if met else told_by_library(error) from error


def _write(job: Job) -> None:
    with closing(sqlite3.connect(job.paths[0], isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")  # a file that is not whole is thrown away
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        for table in map(with_doubles, job.tables):
            _add(db, table)
        for view in VIEWS:
            db.execute(f"CREATE VIEW {view.name} AS {view.query}")
        db.execute("COMMIT")


def _add(db: sqlite3.Connection, table: Table) -> None:
    """One table with its rows, and indexes on what tables are joined by."""
    columns = ", ".join(f"{field.name} {_TYPES[field.type]}" for field in table.fields)
    db.execute(f"CREATE TABLE {table.name} ({columns}) STRICT")
    marks = ", ".join("?" * len(table.fields))
    db.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.rows())  # noqa: S608 (our own names)
    for name in _INDEXED:
        if any(field.name == name for field in table.fields):
            db.execute(f"CREATE INDEX {table.name}_{name} ON {table.name} ({name})")
