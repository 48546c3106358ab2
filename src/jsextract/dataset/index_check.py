"""Whether an index is one, and as the last run left it: a dataset may come from strangers, or from a failing disk."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from pathlib import Path

from jsextract.dataset.keys import is_key
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import phrase

_TABLES = ("archives", "files", "results")
_KNOWN = {*_TABLES, "seal", "by_key", "by_name"}
_MISTYPED = """
SELECT EXISTS (
    SELECT 1 FROM files WHERE typeof(run) <> 'integer'
    OR typeof(place) || typeof(file) || typeof(key) || typeof(mark) || typeof(path) <> 'texttexttexttexttext'
) OR EXISTS (
    SELECT 1 FROM results WHERE typeof(run) || typeof(settled) <> 'integerinteger'
    OR typeof(key) || typeof(reader) || typeof(seal) || typeof(mark) <> 'texttexttexttext'
)
"""
"""A file may hold anything in any column."""
_DENIED = sqlite3.SQLITE_LIMIT_ATTACHED


class IndexDamaged(DatasetDamaged):
    """The index cannot be used; it may be made anew from what else the dataset holds."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            phrase("{path} cannot be understood.", path=path),
            phrase("Delete {folder} and run jsextract over its sources again.", folder=path.parent),
        )


def refuse_irregular(path: Path) -> None:
    """SQLite follows links, and opens what lies beside a file without asking.

    Raises:
        IndexDamaged: if the index, or what belongs to it, is a link, a pipe or a folder.
    """
    for end in ("", "-journal", "-wal", "-shm"):
        try:
            mode = Path(f"{path}{end}").lstat().st_mode
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(mode):
            raise IndexDamaged(path)


def distrust(db: sqlite3.Connection) -> None:
    """Nothing that stands in the schema of a file is run, and no other file is opened."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.setlimit(_DENIED, 0)


def verify(db: sqlite3.Connection, path: Path) -> None:
    """Looks at all of an index: its pages, its tables, its rows, its checksum.

    Raises:
        IndexDamaged: if anything is not as a run leaves it.
    """
    try:
        if not (_has_our_tables(db) and db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"):
            raise IndexDamaged(path)
        keys = "SELECT key FROM files UNION ALL SELECT key FROM results"
        seals = [seal for (seal,) in db.execute("SELECT digest FROM seal")]
        mistyped = bool(db.execute(_MISTYPED).fetchone()[0])
        if mistyped or not all(is_key(key) for (key,) in db.execute(keys)) or seals not in ([], [digest(db)]):
            raise IndexDamaged(path)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
            raise  # the system refuses; the file may be sound
        raise IndexDamaged(path) from error
    except (ValueError, OverflowError) as error:
        raise IndexDamaged(path) from error


def _has_our_tables(db: sqlite3.Connection) -> bool:
    """Whether there is nothing in the file but our tables: a view or a trigger would do what its maker wants."""
    found = db.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    plain = all(
        kind in {"table", "index"} and name in _KNOWN and not str(sql).upper().startswith("CREATE VIRTUAL")
        for kind, name, sql in found
    )
    return plain and {name for _, name, _ in found} == _KNOWN


def digest(db: sqlite3.Connection) -> str:
    """A checksum over every row; it is kept beside them, in the same transaction."""
    found = hashlib.blake2b(digest_size=16)
    for table in _TABLES:
        for row in db.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608 (of a closed list)
            found.update(repr(row).encode("utf-8", "surrogatepass"))
    return found.hexdigest()
