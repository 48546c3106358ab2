"""Which file has which result: a small SQLite database, so that a million files need no memory.

All of a run is one transaction: a run that is killed leaves the index as it was, and its results are found again by
the content that they are named after.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jsextract.dataset import index_check
from jsextract.dataset.index_check import IndexDamaged

_VERSION = 5
_CACHE_KB = 1024  # however long a run is
_ARCHIVES = """
CREATE TABLE IF NOT EXISTS archives (
    place TEXT PRIMARY KEY, mark TEXT NOT NULL, members TEXT NOT NULL
) WITHOUT ROWID;
"""
_SEAL = "CREATE TABLE IF NOT EXISTS seal (digest TEXT NOT NULL);"
_SCHEMA = """
CREATE TABLE files (
    place TEXT PRIMARY KEY, file TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL, run INTEGER NOT NULL,
    path TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX by_name ON files (file, key, place);
CREATE INDEX by_key ON files (key, file, place);
CREATE TABLE results (
    key TEXT PRIMARY KEY, reader TEXT NOT NULL, settled INTEGER NOT NULL, run INTEGER NOT NULL,
    seal TEXT NOT NULL DEFAULT '', mark TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
"""
_ADDED = (
    "ALTER TABLE files ADD COLUMN path TEXT NOT NULL DEFAULT '';",
    "ALTER TABLE files ADD COLUMN source TEXT NOT NULL DEFAULT '';",
    _ARCHIVES,
    "ALTER TABLE results ADD COLUMN seal TEXT NOT NULL DEFAULT ''; "
    f"ALTER TABLE results ADD COLUMN mark TEXT NOT NULL DEFAULT ''; {_SEAL}",
)
"""What an index of an earlier version lacks: of version 1 all, of version 2 all but the first, and so on."""
_FILES = """
SELECT file, path, key, NOT EXISTS (
    SELECT 1 FROM files AS twin
    WHERE twin.key = files.key AND (twin.file, twin.place) < (files.file, files.place)
) FROM files ORDER BY file, key, place
"""
_AFTER = "SELECT key, reader, settled, run, seal, mark FROM results WHERE key > ? ORDER BY key LIMIT 1000"
_UNUSED = "SELECT key FROM results WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.key = results.key)"


class KnownFile(NamedTuple):
    """A file of the dataset.

    Attributes:
        file: its name.
        path: where it was, relative to what the run was given.
        key: of its result.
        first: whether it is the first file with that result.
    """

    file: str
    path: str
    key: str
    first: bool


class KnownResult(NamedTuple):
    """What the index knows of a result.

    Attributes:
        reader: what read it.
        settled: whether it may be used again.
        run: the number of the run that wrote it; 0 where that is not known.
        seal: the checksum of its first line; blank where that is not known.
        mark: the file system's, when the file was last found whole; blank where that is not known.
    """

    reader: str
    settled: bool
    run: int = 0
    seal: str = ""
    mark: str = ""


class Origin(NamedTuple):
    """A file that a result was read from, and where it was when a run last saw it; blank where that is not known."""

    file: str
    path: str
    source: str


class Index:
    """The open database; a run is numbered by when it opened it."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the database.

        Raises:
            OSError: if it cannot be opened.
            IndexDamaged: if it is none, or not as the last run left it.
        """
        self.path = path
        index_check.refuse_irregular(path)
        with self._named():
            self._db = sqlite3.connect(path)
            index_check.distrust(self._db)
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            version = self._one("PRAGMA user_version")
            if version == 0:
                self._db.executescript(f"BEGIN; {_SCHEMA} {_ARCHIVES} {_SEAL} PRAGMA user_version = {_VERSION}; COMMIT")
            elif 0 < version < _VERSION:
                added = " ".join(_ADDED[version - 1 :])
                self._db.executescript(f"BEGIN; {added} PRAGMA user_version = {_VERSION}; COMMIT")
            elif version != _VERSION:
                raise IndexDamaged(path)
            index_check.verify(self._db, path)
            self.run = 1 + self._one(
                "SELECT max((SELECT coalesce(max(run), 0) FROM files), (SELECT coalesce(max(run), 0) FROM results))"
            )

    def result(self, key: str) -> KnownResult | None:
        """What is known of a result."""
        row = self._row("SELECT reader, settled, run, seal, mark FROM results WHERE key = ?", key)
        return None if row is None else KnownResult(row[0], bool(row[1]), *row[2:])

    def results(self) -> Iterator[tuple[str, KnownResult]]:
        """Every result, in the order of their names; what is known of them may be changed meanwhile."""
        last = ""
        while True:
            with self._named():
                rows = self._db.execute(_AFTER, (last,)).fetchall()
            if not rows:
                return
            for row in rows:
                last, reader, settled, *rest = row
                yield last, KnownResult(reader, bool(settled), *rest)

    def made(self, key: str) -> bool:
        """Whether the result was put by this run."""
        return self._row("SELECT 1 FROM results WHERE key = ? AND run = ?", key, self.run) is not None

    def key_at(self, place: str, mark: str) -> str:
        """The key of the file at `place` if it bears this mark still; blank otherwise."""
        row = self._row("SELECT key FROM files WHERE place = ? AND mark = ?", place, mark)
        return row[0] if row else ""

    def members_at(self, place: str, mark: str) -> str:
        """What is known to be in the archive at `place` if it bears this mark still; blank otherwise."""
        row = self._row("SELECT members FROM archives WHERE place = ? AND mark = ?", place, mark)
        return row[0] if row else ""

    def keep_members(self, place: str, mark: str, members: str) -> None:
        """Notes what is in an archive."""
        self._do("REPLACE INTO archives VALUES (?, ?, ?)", place, mark, members)

    def knows(self, place: str) -> bool:
        """Whether the file has a result that was no failure."""
        query = "SELECT 1 FROM files JOIN results USING (key) WHERE place = ? AND settled"
        return self._row(query, place) is not None

    def put(self, key: str, reader: str, *, settled: bool, seal: str = "", mark: str = "") -> None:
        """Notes a result that was written."""
        self._do("REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)", key, reader, settled, self.run, seal, mark)

    def adopt(self, key: str, known: KnownResult) -> None:
        """Notes a result that was found: a run that was killed wrote it."""
        self._do("INSERT OR IGNORE INTO results VALUES (?, ?, ?, ?, ?, ?)", key, *known)

    def looked_at(self, key: str, mark: str) -> None:
        """Notes that a result was found whole, and the mark that its file has."""
        self._do("UPDATE results SET mark = ? WHERE key = ?", mark, key)

    def distrust(self, key: str) -> None:
        """Notes that a result cannot be used any more: whoever has its source reads it again."""
        self._do("UPDATE results SET settled = 0 WHERE key = ?", key)

    def restore(self, file: str, path: str, key: str) -> None:
        """Gives a file a result without knowing where it is; it moves to its place when a run sees it again."""
        self._do("REPLACE INTO files VALUES (?, ?, ?, '', 0, ?, '')", _lost_place(file, path), file, key, path)

    def assign(self, place: str, file: str, key: str, mark: str, path: str, source: str = "") -> None:
        """Gives the file at `place` the result `key`; the same file elsewhere has moved here."""
        if self._row("SELECT 1 FROM files WHERE place = ?", place) is None:
            self._do(
                "DELETE FROM files WHERE place = (SELECT place FROM files WHERE key = ? AND file = ? AND run <> ? "
                "ORDER BY place LIMIT 1)",
                key,
                file,
                self.run,
            )
            self._do("DELETE FROM files WHERE place = ?", _lost_place(file, path))
        self._do(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
            place,
            file,
            key,
            mark,
            self.run,
            path,
            os.fsencode(source),
        )

    def files(self) -> Iterator[KnownFile]:
        """All files in the dataset's order."""
        with self._named():
            for file, path, key, first in self._db.execute(_FILES):
                yield KnownFile(file, path or file, key, bool(first))

    def entries(self) -> Iterator[tuple[str, str, str, str]]:
        """Place, file name, path and key, in the dataset's order."""
        with self._named():
            yield from self._db.execute("SELECT place, file, path, key FROM files ORDER BY file, key, place")

    def sources(self, key: str) -> list[str]:
        """Where the files with a result were when they were last seen; none that are not known."""
        with self._named():
            query = "SELECT source FROM files WHERE key = ? AND length(source) > 0 ORDER BY file, place"
            return [os.fsdecode(source) for (source,) in self._db.execute(query, (key,))]

    def origins(self, key: str) -> list[Origin]:
        """The files with a result."""
        with self._named():
            query = "SELECT file, path, source FROM files WHERE key = ? ORDER BY file, place"
            return [Origin(file, path, os.fsdecode(way)) for file, path, way in self._db.execute(query, (key,))]

    def forget(self, place: str) -> None:
        """Drops what is known of the file at `place`."""
        self._do("DELETE FROM files WHERE place = ?", place)

    def digest(self) -> str:
        """A digest of which file has which result: the files of the dataset follow from it and the results."""
        digest = hashlib.sha256()
        for known in self.files():
            digest.update(f"{known.file}\0{known.path}\0{known.key}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def commit(self) -> list[str]:
        """Makes all since the last commit last; the keys that no file has are dropped and given."""
        with self._named():
            unused = [key for (key,) in self._db.execute(_UNUSED)]
            if unused:
                self._db.executemany("DELETE FROM results WHERE key = ?", ((key,) for key in unused))
            if self._db.in_transaction:
                self._db.execute("DELETE FROM seal")
                self._db.execute("INSERT INTO seal VALUES (?)", (index_check.digest(self._db),))
            self._db.commit()
        return unused

    def close(self) -> None:
        """Forgets what was not committed."""
        self._db.close()

    def _one(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with self._named():
            row: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
            return row

    def _do(self, statement: str, *values: object) -> None:
        with self._named():
            self._db.execute(statement, values)

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        """Full disks and missing rights are the system's errors; the rest is damage."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, str(error), str(self.path)) from error
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(self.path) from error


def _lost_place(file: str, path: str) -> str:
    """What stands for the place of a file of which nobody knows where it is."""
    return f"lost {hashlib.sha256(f'{path or file}'.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
