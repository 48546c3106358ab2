"""The short table after a run: rich on a terminal, aligned plain text elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from jsextract.batch.outcome import Outcome
from jsextract.cli.check import pages
from jsextract.cli.columns import aligned, cut
from jsextract.cli.tally import Tally
from jsextract.rules.pattern_format import printable

_HEADER = ("document", "kind", "entity", "year", "tables", "cells", "facts", "problems")
_RIGHT = frozenset(map(_HEADER.index, ("year", "tables", "cells", "facts")))
_LINE = 160


def print_summary(tally: Tally, out: str) -> None:
    """One line a document; of a very long run the first ones and those with problems."""
    rows = [_row(outcome) for outcome in tally.shown]
    if rows and sys.stdout.isatty():
        _print_rich(rows)
    elif rows:
        click.echo("\n".join(aligned([_HEADER, *rows], _RIGHT)))
    for outcome in tally.shown:
        for line in _findings(outcome):
            click.echo(line)
    if tally.line:
        click.echo(tally.line)
    more = f" ({tally.untold} more are not shown)" if tally.untold else ""
    kept = f", {tally.reused} of them unchanged" if tally.reused else ""
    click.echo(f"{out}: {tally.documents} {'document' if tally.documents == 1 else 'documents'}{kept}{more}")


def _row(outcome: Outcome) -> tuple[str, ...]:
    """One document as a row under `_HEADER`."""
    head = outcome.head
    year = "" if head.year is None else str(head.year)
    counts = (str(outcome.tables), str(outcome.cells), str(outcome.facts))
    return (head.file, head.kind, head.entity, year, *counts, _problems(outcome))


def _problems(outcome: Outcome) -> str:
    """What the last column says: the problem, and how many checks fail."""
    checks = f"{outcome.checks_fail} checks fail" if outcome.checks_fail else ""
    return ", ".join(filter(None, (outcome.head.problem, checks)))


def _findings(outcome: Outcome) -> Iterator[str]:
    """The worst findings, one line each; messages are cut to fit."""
    if outcome.worst:
        yield f"{outcome.head.file}:"
    for check in outcome.worst:
        line = f"  {check.status:<5} {check.check_id}{pages(check)}  {printable(check.message)}"
        yield cut(line, _LINE)


def _print_rich(rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(_HEADER):
        table.add_column(name, justify="right" if number in _RIGHT else "left", overflow="fold")
    for row in rows:
        # Text, not markup: a file name may hold [brackets].
        table.add_row(*(Text(part, style="red" if i == len(row) - 1 else "") for i, part in enumerate(row)))
    Console().print(table)
