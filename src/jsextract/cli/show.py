"""The picture of a page."""

from __future__ import annotations

from pathlib import Path

from jsextract.errors import OutputNotWritable
from jsextract.pipeline import picture


def show_page(path: Path, number: int, png: Path, password: str | None) -> None:
    """Writes the picture of page `number` of the PDF at `path` to `png`.

    Raises:
        DocumentError: if the file cannot be read, or has no such page.
        OutputNotWritable: if the picture cannot be written.
    """
    data = picture(path, number, password=password)
    try:
        png.write_bytes(data)
    except OSError as error:
        raise OutputNotWritable(f"{png} cannot be written: {error.strerror}.", "Give another file with -o.") from error
