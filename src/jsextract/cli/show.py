"""`jsextract show FILE|OUT`: pages and checks as pictures, and what was missed."""

from __future__ import annotations

from pathlib import Path

import click

from jsextract.cli.amounts import Whole
from jsextract.cli.localised import Command, option
from jsextract.cli.patterns import in_force
from jsextract.cli.places import Place
from jsextract.language.phrase import phrase

_EXAMPLE = """\b
Examples:
  jsextract show 决算.pdf --page 7 -o page7.png
  jsextract show 打包.zip/决算.pdf --page 7
  jsextract show 决算.pdf --unread
  jsextract show 决算.pdf --check text.stale_year
  jsextract show 决算.pdf --check text.share/2
  jsextract show data --check text.share/2 --document 水务局 -o share.jpg
"""


@click.command(cls=Command, epilog=_EXAMPLE)
@click.argument("file", metavar="FILE|OUT", type=Place(path_type=Path))
@option("--page", "number", type=Whole(1), metavar="N", help="Draw this page, counted from 1.")
@option(
    "-o",
    "--output",
    "target",
    type=Place(path_type=Path),
    metavar="PICTURE",
    help="A .png or .jpg.  [default: FILE-pN.png]",
)
@option("--unread", is_flag=True, help="List the amounts of money in the text that no fact carries.")
@option(
    "--check", "checks", multiple=True, metavar="ID", help="Draw the pages of this check: ID, ID/NUMBER or ID/ITEM."
)
@option(
    "--document",
    "documents",
    multiple=True,
    metavar="NAME",
    help="Of a dataset: words of its file or entity, or its id.",
)
@option(
    "--password-file",
    type=Place(path_type=Path),
    metavar="FILE",
    help="Its first line opens encrypted PDFs and archives.",
)
@in_force
def show(
    file: Path, number: int | None, target: Path | None, checks: tuple[str, ...], documents: tuple[str, ...],
    password_file: Path | None, folders: tuple[Path, ...], profile: str, *,
    unread: bool,
) -> None:  # fmt: skip
    """Draw a page with the words, rulings, cells and facts that were seen, or list what was missed.

    The pages of checks are drawn of a file, or of a dataset by the names that `jsextract check OUT` prints.
    """
    from jsextract.cli import showing
    from jsextract.cli.run import read_password

    if [unread, number is not None, bool(checks)].count(True) != 1:
        raise click.UsageError(str(phrase("Give --page N, --unread or --check ID.")))
    password = read_password(password_file)
    if showing.is_dataset(file):
        if not checks:
            raise click.UsageError(str(phrase("Of a dataset, checks are shown: --check ID.")))
        showing.show_of_dataset(file, checks, documents, target, password)
        return
    opened = showing.opened(file, password, folders, profile)
    if checks:
        showing.show_checks(opened, checks, target)
    elif number is None:
        showing.show_unread(opened)
    else:
        showing.show_page(opened, number, target)
