"""A dataset as pandas data frames."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from jsextract.dataset.column import Column, Resource
from jsextract.dataset.csvfile import open_csv, require_dataset, understood
from jsextract.dataset.csvtext import unescape_formula
from jsextract.dataset.schema import RESOURCES
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import phrase

if TYPE_CHECKING:
    import pandas as pd

Numbers = Literal["decimal", "float"]


class Dataset:
    """The files of one dataset; each is read when first asked for.

    Attributes:
        folder: where the files are.
        numbers: decimal (exact `Decimal` objects, None where blank) or float (nullable Float64).
    """

    def __init__(self, folder: Path, numbers: Numbers = "decimal") -> None:
        self.folder = folder
        self.numbers = numbers

    @functools.cached_property
    def documents(self) -> pd.DataFrame:
        """One row a file."""
        return self.table("documents")

    @functools.cached_property
    def accounts(self) -> pd.DataFrame:
        """One row an account."""
        return self.table("accounts")

    @functools.cached_property
    def cells(self) -> pd.DataFrame:
        """One row a data cell of a table."""
        return self.table("cells")

    @functools.cached_property
    def facts(self) -> pd.DataFrame:
        """One row a fact that the text states."""
        return self.table("facts")

    @functools.cached_property
    def projects(self) -> pd.DataFrame:
        """One row a project whose self-evaluation is reported."""
        return self.table("projects")

    @functools.cached_property
    def checks(self) -> pd.DataFrame:
        """One row a check that was made."""
        return self.table("checks")

    @functools.cached_property
    def sections(self) -> pd.DataFrame:
        """One row a section of the text."""
        return self.table("sections")

    @functools.cached_property
    def glossary(self) -> pd.DataFrame:
        """One row a term that a document explains."""
        return self.table("glossary")

    @functools.cached_property
    def indicators(self) -> pd.DataFrame:
        """One row an account, one column a variable."""
        return self.table("indicators")

    @functools.cached_property
    def indicators_source(self) -> pd.DataFrame:
        """One row a value of `indicators`: where it comes from."""
        return self.table("indicators_source")

    def table(self, name: str) -> pd.DataFrame:
        """One file as a data frame: texts as str, whole numbers as Int64, numbers as `self.numbers` says.

        Raises:
            KeyError: if there is no such file in the schema.
            DatasetDamaged: if it is missing or has other columns.
        """
        resource = {r.name: r for r in RESOURCES}[name]
        return _read(self.folder / resource.file, resource, self.numbers)


def open_dataset(folder: str | Path, *, numbers: Numbers = "decimal") -> Dataset:
    """Opens what `jsextract -o FOLDER` wrote.

    Args:
        folder: the dataset's folder.
        numbers: decimal for exact `Decimal` objects, float for nullable floats.

    Raises:
        SourceNotFound: if there is no dataset in `folder`.
        ValueError: if `numbers` is neither.
    """
    if numbers not in get_args(Numbers):
        raise ValueError(f"numbers is {numbers!r}, neither 'decimal' nor 'float'")
    path = Path(folder)
    require_dataset(path)
    return Dataset(path, numbers)


def _read(path: Path, resource: Resource, numbers: Numbers) -> pd.DataFrame:
    """One file as a data frame.

    Raises:
        DatasetDamaged: if it is missing or no file, lacks columns, or is no CSV file.
    """
    import pandas as pd

    with open_csv(path) as handle, understood(path):  # the errors of pandas are values' errors, too
        frame = pd.read_csv(handle, dtype=str, keep_default_na=False, na_filter=False)
    missing = [name for name in resource.header if name not in frame.columns]
    if missing:
        raise DatasetDamaged(
            phrase("{path} lacks the columns {names}.", path=path, names=", ".join(missing)),
            phrase("Run jsextract again."),
        )
    with understood(path):
        for column in resource.fields:
            frame[column.name] = _typed(frame[column.name], column, numbers)
    return frame


def _typed(texts: Iterable[str], column: Column, numbers: Numbers) -> pd.Series[Any]:
    """The texts of a column as a series of its type; blanks are missing values in columns of numbers."""
    import pandas as pd

    if column.type == "string":
        return pd.Series([unescape_formula(t) for t in texts], dtype="str")
    if column.type != "number":
        return pd.Series([int(t) if t else None for t in texts], dtype="Int64")
    if numbers == "float":
        return pd.Series([float(t) if t else None for t in texts], dtype="Float64")
    return pd.Series([Decimal(t) if t else None for t in texts], dtype=object)
