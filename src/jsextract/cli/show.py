"""Pictures of pages and of checks, and the amounts that were missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from jsextract.cli import render
from jsextract.errors import AmbiguousCheck, OutputNotWritable
from jsextract.pipeline import read, understand, unread
from jsextract.report.pictures import candidates, picture, pictures
from jsextract.rules.pattern_format import printable
from jsextract.rules.ruleset import RuleSet


def show_page(path: Path, number: int, png: Path, password: str | None, rules: RuleSet) -> None:
    """Writes the picture of page `number` of the PDF at `path` to `png`.

    Raises:
        DocumentError: if the file cannot be read, or has no such page.
        OutputNotWritable: if the picture cannot be written.
    """
    document = read(path, password=password)
    _write(png, picture(document, understand(document, rules), number))


def show_check(path: Path, name: str, png: Path | None, password: str | None, rules: RuleSet) -> Iterator[Path]:
    """Writes a picture of each page that a check rests on, and gives the files; names the choice where it is open.

    Args:
        path: the PDF.
        name: the check: ID, ID/NUMBER, or ID/words of its item.
        png: the file, to which the page is added where there are several; FILE-ID-pN.png unless given.
        password: for PDFs that need one.
        rules: those in force.

    Raises:
        SourceNotFound: if there is no such file or check, or nothing to draw.
        AmbiguousCheck: if several checks fit.
        DocumentError: if the file cannot be read.
        OutputNotWritable: if a picture cannot be written.
    """
    document = read(path, password=password)
    report = understand(document, rules)
    found = candidates(report, name)
    if len(found) > 1:
        render.print_choices(found)
        raise AmbiguousCheck(f"{name} fits {len(found)} checks.", "Name one of those that are listed.")
    check = found[0][1]
    click.echo(f"{check.status}: {printable(check.message)}")
    base = png or Path(f"{path.stem}-{check.check_id}.png")
    for number, data in pictures(document, report, check):
        target = png if png and len(check.pages) == 1 else base.with_name(f"{base.stem}-p{number}{base.suffix}")
        _write(target, data)
        yield target


def _write(png: Path, data: bytes) -> None:
    """Writes a picture; OutputNotWritable where that cannot be done."""
    try:
        png.write_bytes(data)
    except OSError as error:
        raise OutputNotWritable(f"{png} cannot be written: {error.strerror}.", "Give another file with -o.") from error


def show_unread(path: Path, password: str | None, rules: RuleSet) -> None:
    """Lists the amounts of money that no fact carries, with the words around them.

    Raises:
        DocumentError: if the file cannot be read.
    """
    render.print_unread(path, unread(read(path, password=password), rules))
