"""A dataset for Python: its files as data frames, itself in other formats."""

from __future__ import annotations

from pathlib import Path

from jsextract.dataset import read
from jsextract.dataset.read import Numbers
from jsextract.export.run import export


class Dataset(read.Dataset):
    """The files of one dataset as data frames, each read when first asked for, and what writes it in other formats.

    Each `to_…` takes the place to write to (beside the dataset unless given) and whether to replace (`force`) what no
    export of this dataset made, gives the file or folder that it wrote, and raises as `export.run.export`.
    """

    def to_xlsx(self, path: str | Path | None = None, *, force: bool = False) -> Path:
        """A workbook with a sheet for each table."""
        return self._to("xlsx", path, force=force)

    def to_parquet(self, path: str | Path | None = None, *, force: bool = False) -> Path:
        """A folder with a Parquet file for each table."""
        return self._to("parquet", path, force=force)

    def to_stata(self, path: str | Path | None = None, *, force: bool = False) -> Path:
        """A folder with a dta file for each table."""
        return self._to("stata", path, force=force)

    def to_duckdb(self, path: str | Path | None = None, *, force: bool = False) -> Path:
        """A DuckDB database with the tables and views."""
        return self._to("duckdb", path, force=force)

    def to_sqlite(self, path: str | Path | None = None, *, force: bool = False) -> Path:
        """An SQLite database with the tables and views."""
        return self._to("sqlite", path, force=force)

    def _to(self, to: str, path: str | Path | None, *, force: bool) -> Path:
        return export(self.folder, to, path, force=force).path


def open_dataset(folder: str | Path, *, numbers: Numbers = "decimal") -> Dataset:
    """Opens what `jsextract -o FOLDER` or `write_dataset` wrote.

    Args:
        folder: the dataset's folder.
        numbers: decimal for exact `Decimal` objects, float for nullable floats.

    Raises:
        SourceNotFound: if there is no dataset in `folder`.
        ValueError: if `numbers` is neither.
    """
    found = read.open_dataset(folder, numbers=numbers)
    return Dataset(found.folder, found.numbers)
