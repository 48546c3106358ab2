"""Parquet: a file a table, numbers as exact decimals, what each field means in its metadata."""

from __future__ import annotations

from jsextract.export.arrow import record_batches, schema_of
from jsextract.export.job import Job


def write(job: Job) -> None:
    """Writes each table to its path, a row group for each batch of rows."""
    from pyarrow.parquet import ParquetWriter

    for table, path in zip(job.tables, job.paths, strict=True):
        with ParquetWriter(path, schema_of(table), compression="zstd") as writer:
            for batch in record_batches(table, job.lost):
                writer.write_batch(batch)
