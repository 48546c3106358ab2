"""What the writer of a format is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from jsextract.export.tables import Table


class Job(Struct, frozen=True):
    """One export.

    Attributes:
        tables: what to write.
        paths: where to write it: one path a table where the format is a folder, else one for all.
        places: where the files will stand in the end.
        out: the dataset's folder.
        lost: counts by `table.field` the values that the format cannot hold; writers add to it.
    """

    tables: tuple[Table, ...]
    paths: list[Path]
    places: list[Path]
    out: Path
    lost: Counter[str]


Write = Callable[[Job], None]
