"""`jsextract remove OUT FILE...`: takes documents out of a dataset."""

from __future__ import annotations

import click

from jsextract.cli.localised import Command, option
from jsextract.cli.places import OutPlace
from jsextract.language.phrase import phrases

_EXAMPLE = """\b
Examples:
  jsextract remove data 2023/决算.pdf
  jsextract remove data '2023/*' --dry-run
  jsextract remove data d86f05731e738ff8c
"""


@click.command(name="remove", cls=Command, epilog=_EXAMPLE)
@click.argument("out", type=OutPlace())
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option("--dry-run", is_flag=True, help="Print what would be removed, and remove nothing.")
@option("--force", is_flag=True, help="Overwrite CSV files that were changed by hand.")
def remove_documents(out: str, files: tuple[str, ...], *, dry_run: bool, force: bool) -> None:
    """Take documents out of the dataset OUT.

    FILE is a name as in the columns file and path of documents.csv, a document_id, or a pattern of names with * and ?.
    The sources are left alone: a file that is still in its folder comes back when the folder is read again.
    """
    from jsextract.batch.remove import remove
    from jsextract.rules.pattern_format import printable

    for name in (removed := remove(out, files, dry_run=dry_run, force=force)):
        click.echo(printable(name))
    number = len(removed)
    told = (
        phrases("{number} file would be removed", "{number} files would be removed", number)
        if dry_run
        else phrases("{number} file removed", "{number} files removed", number)
    )
    click.echo(f"{out}: {told}")
