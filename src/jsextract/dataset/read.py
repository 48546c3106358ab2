"""A dataset as pandas data frames."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from jsextract.dataset.column import Column, Resource
from jsextract.dataset.csvfile import require_dataset
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.stream import typed_columns
from jsextract.dataset.values import Value

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
            DatasetDamaged: if it is missing, has other columns, or holds what is no value of them.
        """
        resource = {r.name: r for r in RESOURCES}[name]
        return _read(self.folder, resource, self.numbers)


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


def _read(folder: Path, resource: Resource, numbers: Numbers) -> pd.DataFrame:
    """One file as a data frame.

    Raises:
        DatasetDamaged: if it is missing or no file, lacks columns, is no CSV file, or holds what is no value.
    """
    import pandas as pd

    columns: list[list[Value]] = [[] for _ in resource.fields]
    known: dict[str, str] = {}  # most texts stand in many rows: one object of each is enough
    for part in typed_columns(folder, resource):
        for column, values in zip(columns, part, strict=True):
            column.extend(known.setdefault(value, value) if isinstance(value, str) else value for value in values)
    series = {
        field.name: _series(values, field, numbers) for field, values in zip(resource.fields, columns, strict=True)
    }
    return pd.DataFrame(series)


def _series(values: list[Value], column: Column, numbers: Numbers) -> pd.Series[Any]:
    """The values of a column as a series of its type; blanks are missing values in columns of numbers."""
    import pandas as pd

    if column.type == "string":
        return pd.Series(values, dtype="str")
    if column.type != "number":
        return pd.Series(values, dtype="Int64")
    if numbers == "float":
        return pd.Series([None if value is None else float(value) for value in values], dtype="Float64")
    return pd.Series(values, dtype=object)
