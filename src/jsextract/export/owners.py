"""Whose account a row belongs to, by its document: in a file, so that a million documents take no memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from jsextract.dataset.columns_documents import DOCUMENTS
from jsextract.dataset.stream import Columns, typed_columns
from jsextract.dataset.values import Value

_NAMES = ("account_id", "entity", "entity_key", "year", "kind")
OWNER = tuple(column for name in _NAMES for column in DOCUMENTS.columns if column.name == name)
"""The columns of documents.csv that stand on every row of every table."""


class Owners:
    """The owner of each document, found by its id."""

    def __init__(self, folder: Path) -> None:
        """Reads documents.csv; DatasetDamaged if that is none of ours."""
        self._db = sqlite3.connect("")  # a file of its own that goes away with the connection
        self._db.execute(f"CREATE TABLE owner (document_id PRIMARY KEY, {', '.join(_NAMES)}) WITHOUT ROWID")
        marks = ", ".join("?" * (len(_NAMES) + 1))
        places = [DOCUMENTS.header.index(name) for name in ("document_id", *_NAMES)]
        for columns in typed_columns(folder, DOCUMENTS):
            rows = zip(*(columns[at] for at in places), strict=True)
            self._db.executemany(f"INSERT OR IGNORE INTO owner VALUES ({marks})", rows)  # noqa: S608 (our own names)

    def of(self, documents: Sequence[Value]) -> Columns:
        """The columns of OWNER for rows of these documents; of several (`;`) the first counts.

        Raises:
            DatasetDamaged: never; a document that documents.csv lacks has blank owners.
        """
        known: dict[Value, tuple[Value, ...]] = {}
        for key in dict.fromkeys(documents):
            first = str(key).partition(";")[0]
            query = f"SELECT {', '.join(_NAMES)} FROM owner WHERE document_id = ?"  # noqa: S608 (our own names)
            known[key] = self._db.execute(query, (first,)).fetchone() or ("", "", "", None, "")
        return list(zip(*(known[key] for key in documents), strict=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()
