"""Places on the command line: never blank, and a dataset is a folder and no file."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

import click

from jsextract.language.phrase import phrase

_FILES = frozenset((
    ".xlsx", ".xls", ".csv", ".tsv", ".parquet", ".json", ".jsonl", ".db", ".duckdb", ".sqlite", ".dta", ".html",
    ".htm", ".pdf", ".txt", ".zip", ".docx", ".doc", ".md",
))  # fmt: skip
"""Suffixes of files that people hope to get by naming them."""


class Place(click.Path):
    """A path that is not blank: the system would take a blank one for the folder that one is in.

    Whether it can be read is told by who reads it, as of any file: click would call it a usage error.
    """

    def __init__(self, *, path_type: type[Path] | None = None, dir_okay: bool = True, file_okay: bool = True) -> None:
        super().__init__(readable=False, path_type=path_type, dir_okay=dir_okay, file_okay=file_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if value == "":
            self.fail(str(phrase("The name is blank; a folder that one is in is called .")), param, ctx)
        return super().convert(value, param, ctx)


class OutPlace(Place):
    """The folder of a dataset, or its URL."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The folder."""
        if PurePath(value).suffix.lower() in _FILES and not Path(value).is_dir():
            text = phrase(
                "{name} is the name of a file, and a dataset is a folder. Files of other formats are made of one: "
                "jsextract export OUT -o {name}",
                name=value,
            )
            self.fail(str(text), param, ctx)
        return super().convert(value, param, ctx)
