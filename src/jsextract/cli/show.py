"""Pictures of pages and of checks, and the amounts that were missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import click

from jsextract.cli import render
from jsextract.errors import AmbiguousCheck, OutputNotWritable
from jsextract.language.phrase import phrase
from jsextract.model.document import Document
from jsextract.pipeline import read, understand, unread
from jsextract.report.pictures import candidates, picture, pictures
from jsextract.report.rows import check_rows, page_rows
from jsextract.rules.pattern_format import printable
from jsextract.rules.ruleset import RuleSet


def show_page(path: Path, number: int, png: Path, password: str | None, rules: RuleSet) -> bool:
    """Writes the picture of page `number` of the file at `path` to `png`; prints its rows where it has no picture.

    Returns:
        Whether there is a picture.

    Raises:
        DocumentError: if the file cannot be read, or has no such page.
        OutputNotWritable: if the picture cannot be written.
    """
    document = read(path, password=password)
    report = understand(document, rules)
    if _has_no_picture(document, (number,)):
        _print(page_rows(report, number))
        return False
    _write(png, picture(document, report, number))
    return True


def _has_no_picture(document: Document, pages: Collection[int]) -> bool:
    """Whether a page among these can only be told in words: a sheet, a web page."""
    return any(page.number in pages and page.number and not page.width for page in document.pages)


def _print(rows: Iterable[str]) -> None:
    """Prints rows of tables and sentences."""
    for row in rows:
        click.echo(printable(row))


def show_check(path: Path, name: str, png: Path | None, password: str | None, rules: RuleSet) -> Iterator[Path]:
    """Writes a picture of each page that a check rests on, and gives the files; names the choice where it is open.

    What has no picture is printed as its rows of the tables.

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
        raise AmbiguousCheck(
            phrase("{name} fits {number} checks.", name=name, number=len(found)),
            phrase("Name one of those that are listed."),
        )
    check = found[0][1]
    click.echo(f"{check.status}: {printable(check.message)}")
    if _has_no_picture(document, check.pages):
        _print(check_rows(report, check))
        return
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
        raise OutputNotWritable(
            phrase("{png} cannot be written: {reason}.", png=png, reason=error.strerror),
            phrase("Give another file with -o."),
        ) from error


def show_unread(path: Path, password: str | None, rules: RuleSet) -> None:
    """Lists the amounts of money that no fact carries, with the words around them.

    Raises:
        DocumentError: if the file cannot be read.
    """
    render.print_unread(path, unread(read(path, password=password), rules))
