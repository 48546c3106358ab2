"""`jsextract export OUT --to FORMAT`: the dataset for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from jsextract.cli.localised import Command, option
from jsextract.cli.places import OutPlace, Place
from jsextract.language.phrase import phrase

_FORMATS = ("xlsx", "parquet", "stata", "duckdb", "sqlite")
_EXAMPLE = """\b
Examples:
  jsextract export data --to xlsx                  a workbook, data.xlsx
  jsextract export data --to parquet -o tables     a folder, a file for each table
  jsextract export data --to duckdb -o accounts.duckdb

\b
What is in them, and what to begin with: docs/exports.md
"""


@click.command(name="export", cls=Command, epilog=_EXAMPLE)
@click.argument("out", default="output", type=OutPlace(path_type=Path))
@option("--to", required=True, type=click.Choice(_FORMATS), help="The format.")
@option(
    "-o", "--output", "target", metavar="FILE", type=Place(path_type=Path),
    help="The file, for parquet and stata the folder; beside the dataset unless given.",
)  # fmt: skip
@option("--force", is_flag=True, help="Replace a file that no export of this dataset made.")
def export_dataset(out: Path, to: str, target: Path | None, *, force: bool) -> None:
    """Write the dataset OUT in another format: typed, labelled, with entity, year and kind on every row.

    OUT is output/ unless given. The CSV files stay the source; an export is made anew, never added to.
    """
    from jsextract.export.run import export

    done = export(out, to, target, force=force)
    click.echo(f"{done.path}")
    for where, count in sorted(done.lost.items()):
        values = {"where": where, "count": count, "to": to}
        text = phrase("{where}: {count} values do not fit into {to}; the CSV file has them.", **values)
        click.echo(f"jsextract: {text}", err=True)
