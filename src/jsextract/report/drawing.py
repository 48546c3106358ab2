"""What a worker does for the findings page: opens one file and cuts the pictures out of it."""

from __future__ import annotations

from msgspec import Struct, field

from jsextract.readers.registry import load_again, read_document
from jsextract.report.crops import Crop, crops
from jsextract.report.places import Cut
from jsextract.vocabulary import Format


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
    """A picture for each cut, None where nothing is framed or nothing draws it; None alone if no file has the content.

    Raises:
        DocumentError: if the file cannot be opened or drawn.
    """
    loaded = load_again(sheet.paths, sheet.sha256, sheet.password)
    if loaded is None:
        return None
    return crops(read_document(loaded), sheet.cuts) if loaded.format == Format.PDF else [None] * len(sheet.cuts)
