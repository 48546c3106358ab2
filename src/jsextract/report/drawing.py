"""What a worker does for the findings page: opens one file and cuts the pictures out of it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from jsextract.readers.registry import load, read_document
from jsextract.report.crops import Crop, crops
from jsextract.report.places import Cut


class Sheet(Struct, frozen=True):
    """One file and the pictures that are wanted of it.

    Attributes:
        paths: where it may be.
        sha256: of the content that was read; another content gives no pictures.
    """

    paths: tuple[str, ...]
    sha256: str
    cuts: tuple[Cut, ...]
    password: str | None = field(default=None)


def draw(sheet: Sheet) -> list[Crop | None] | None:
    """A picture for each cut, None where there is nothing to frame; None alone if no file has the content still.

    Raises:
        DocumentError: if the file cannot be opened or drawn.
    """
    for path in filter(Path.is_file, map(Path, sheet.paths)):
        loaded = load(path, password=sheet.password)
        if loaded.sha256 == sheet.sha256:
            return crops(read_document(loaded), sheet.cuts)
    return None
