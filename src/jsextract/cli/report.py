"""`jsextract report OUT`: the findings as a page that can be looked at, printed and sent."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from jsextract.cli.amounts import Whole
from jsextract.cli.localised import Command, option
from jsextract.cli.places import OutPlace, Place
from jsextract.cli.terminal import unguarded

_EXAMPLE = """\b
Examples:
  jsextract report data
  jsextract report data -o 水务局.html --document 水务局
  jsextract report data --lang zh --sources /media/accounts
"""
_PICTURED = 40


@click.command(name="report", cls=Command, epilog=_EXAMPLE)
@click.argument("out", default="output", type=OutPlace(path_type=Path))
@option("-o", "--output", "target", default="report.html", show_default=True, metavar="HTML",
        type=Place(path_type=Path, dir_okay=False), help="The page.")  # fmt: skip
@option("--document", "documents", multiple=True, metavar="NAME",
        help="Only accounts with this document: its id, or words of its file or entity.")  # fmt: skip
@option("--pictures", "pictured", type=Whole(0), default=_PICTURED, show_default=True, metavar="N",
        help="Findings of each account that are shown with pictures.")  # fmt: skip
@option("--sources", "folders", multiple=True, metavar="DIR", type=Place(path_type=Path, file_okay=False),
        help="Where the documents are, if not where they were read.")  # fmt: skip
@option("-j", "--jobs", type=Whole(1), metavar="N", help="Worker processes; one a processor unless given.")
@option(
    "--password-file",
    type=Place(path_type=Path),
    metavar="FILE",
    help="Its first line opens encrypted PDFs and archives.",
)
def report_findings(
    out: Path, target: Path, documents: tuple[str, ...], pictured: int, folders: tuple[Path, ...], jobs: int | None,
    password_file: Path | None,
) -> None:  # fmt: skip
    """Write the findings of the dataset OUT as one HTML page, with their places on the pages cut out as pictures.

    The page needs no network and nothing beside it. It is in the language that --lang names.
    """
    from jsextract.batch.limits import processors
    from jsextract.batch.run_settings import Settings
    from jsextract.cli.run import read_password
    from jsextract.language.phrase import phrase, phrases
    from jsextract.report.content import Wanted
    from jsextract.report.page import write_page
    from jsextract.rules.pattern_format import printable

    settings = Settings(jobs=jobs or processors(), password=read_password(password_file))
    with _progress() as told:
        done = write_page(out, target, settings, Wanted(pictured=pictured, folders=folders), documents, told)
    size = round(done.bytes / 1_000_000, 1)
    found = phrases("{number} finding", "{number} findings", done.findings)
    accounts = phrases("{number} account", "{number} accounts", done.accounts)
    click.echo(phrase("{file}: {found} of {accounts}, {size} MB",
                      file=printable(str(target)), found=found, accounts=accounts, size=size))  # fmt: skip


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar of accounts on a terminal, nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda done, number: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(file=unguarded(sys.stderr)),
                  transient=True, redirect_stdout=False, redirect_stderr=False) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        yield lambda done, number: bar.update(task, completed=done, total=number)
