"""The picture of a page, and the amounts that were missed."""

from __future__ import annotations

from pathlib import Path

from jsextract.cli import told
from jsextract.errors import OutputNotWritable
from jsextract.pipeline import picture, unread


def show_page(path: Path, number: int, png: Path, password: str | None, profile: str = "") -> None:
    """Writes the picture of page `number` of the PDF at `path` to `png`.

    Raises:
        DocumentError: if the file cannot be read, or has no such page.
        OutputNotWritable: if the picture cannot be written.
    """
    data = picture(path, number, password=password, profile=profile)
    try:
        png.write_bytes(data)
    except OSError as error:
        raise OutputNotWritable(f"{png} cannot be written: {error.strerror}.", "Give another file with -o.") from error


def show_unread(path: Path, password: str | None, profile: str, *, partly: bool) -> None:
    """Lists the sentences with an amount of money that gave no fact.

    Raises:
        DocumentError: if the file cannot be read.
    """
    told.unread(path, unread(path, password=password, profile=profile, partly=partly))
