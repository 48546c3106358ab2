"""The formats that a dataset is exported to: their names, files and the libraries that they need."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from jsextract.errors import ExtraMissing, OutputNotWritable
from jsextract.export.job import Write
from jsextract.export.tables import Table
from jsextract.language.phrase import listed, phrase


class Format(Struct, frozen=True):
    """One format.

    Attributes:
        name: as the command line calls it.
        suffix: of its files.
        module: whose function `write` writes it.
        is_folder: whether it is a folder with a file for each table.
        needs: the libraries that it imports; the extra of pyproject.toml that installs them has the format's name.
    """

    name: str
    suffix: str
    module: str
    is_folder: bool = False
    needs: tuple[str, ...] = ()

    def writer(self) -> Write:
        """What writes it.

        Raises:
            ExtraMissing: if a library that it needs is not installed.
        """
        missing = [name for name in self.needs if find_spec(name) is None]
        if missing:
            raise ExtraMissing(
                phrase("Exports to {name} need {libraries}.", name=self.name, libraries=listed(missing, " and ", "、")),
                phrase("Install with: pip install 'jsextract[{extra}]'", extra=self.name),
            )
        write: Write = import_module(self.module).write
        return write

    def target(self, out: Path, given: Path | None) -> Path:
        """Where an export goes: beside the dataset unless the user gave a place.

        Raises:
            OutputNotWritable: if the place's name is that of another format, or a folder is given for a file.
        """
        if given is None:
            whole = out.absolute()
            return whole.with_name(f"{whole.name}-{self.name}" if self.is_folder else f"{whole.name}.{self.suffix}")
        others = {f".{each.suffix}" for each in FORMATS.values()}
        if self.is_folder and (given.suffix.lower() in others or given.is_file()):
            raise OutputNotWritable(
                phrase("{given} is no folder: {name} is one file for each table.", given=given, name=self.name),
                phrase("Give a folder with -o."),
            )
        if not self.is_folder and (given.suffix.lower() != f".{self.suffix}" or given.is_dir()):
            raise OutputNotWritable(
                phrase("{given} is no name of a file for {name}.", given=given, name=self.name),
                phrase("Give one that ends in .{suffix}.", suffix=self.suffix),
            )
        return given

    def files(self, target: Path, tables: Sequence[Table]) -> list[Path]:
        """The files that an export at `target` has."""
        return [target / f"{table.name}.{self.suffix}" for table in tables] if self.is_folder else [target]


FORMATS = {
    each.name: each
    for each in (
        Format("xlsx", "xlsx", "jsextract.export.workbook", needs=("xlsxwriter",)),
        Format("parquet", "parquet", "jsextract.export.parquet", is_folder=True, needs=("pyarrow",)),
        Format("stata", "dta", "jsextract.export.stata", is_folder=True),
        Format("duckdb", "duckdb", "jsextract.export.duckdb_file", needs=("duckdb", "pyarrow")),
        Format("sqlite", "sqlite", "jsextract.export.sqlite_file"),
    )
}
