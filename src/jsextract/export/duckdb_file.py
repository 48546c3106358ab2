"""DuckDB: a database with the tables, comments on each column, and views to begin with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jsextract.export.arrow import record_batches, schema_of
from jsextract.export.job import Job
from jsextract.export.tables import Table
from jsextract.export.views import VIEWS
from jsextract.language.system import told_by_library

if TYPE_CHECKING:
    import duckdb


_MEMORY = "256MB"
"""Beyond this DuckDB puts what it holds into a file beside the database."""


def write(job: Job) -> None:
    """Writes all tables and views to the one path.

    Raises:
        OSError: if the system refuses.
    """
    import duckdb

    try:
        _write(job)
    except (duckdb.IOException, duckdb.TransactionException, duckdb.OutOfMemoryException) as error:
        raise told_by_library(error) from error


def _write(job: Job) -> None:
    import duckdb

    with duckdb.connect(str(job.paths[0]), config={"threads": 1, "memory_limit": _MEMORY}) as db:
        db.execute("SET enable_progress_bar = false")  # it would write to stdout
        for table in job.tables:
            _add(db, table, job.lost)
        for view in VIEWS:
            db.execute(f"CREATE VIEW {view.name} AS {view.query}")
            db.execute(f"COMMENT ON VIEW {view.name} IS {_quoted(f'{view.zh} {view.en}')}")


def _add(db: duckdb.DuckDBPyConnection, table: Table, lost: Counter[str]) -> None:
    """One table with its rows and comments."""
    import pyarrow as pa

    rows = pa.RecordBatchReader.from_batches(schema_of(table), record_batches(table, lost))
    db.register("rows_to_come", rows)
    db.execute(f"CREATE TABLE {table.name} AS SELECT * FROM rows_to_come")  # noqa: S608 (our own names)
    db.unregister("rows_to_come")
    db.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(f'{table.zh} {table.en}')}")
    for field in table.fields:
        db.execute(f"COMMENT ON COLUMN {table.name}.{field.name} IS {_quoted(f'{field.zh} {field.en}')}")


def _quoted(text: str) -> str:
    """A text as SQL spells it; COMMENT takes no parameters."""
    return "'" + text.replace("'", "''") + "'"
