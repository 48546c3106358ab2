"""The short table after a run: rich on a terminal, aligned plain text elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from jsextract.batch.outcome import Outcome
from jsextract.cli.check import pages
from jsextract.cli.columns import aligned, cut, filled
from jsextract.cli.tally import Tally
from jsextract.cli.terminal import unguarded
from jsextract.language.phrase import Phrase, listed, noted, phrase, phrases
from jsextract.report import words
from jsextract.rules.pattern_format import printable
from jsextract.text.visible import one_line

_HEADER = (
    noted("document"), noted("kind"), noted("entity"), noted("year"), noted("tables"),
    noted("cells"), noted("facts"), noted("problems"),
)  # fmt: skip
_RIGHT = frozenset(map(_HEADER.index, ("year", "tables", "cells", "facts")))
_LINE = 160
_NAME = 72
"""Places of a file's name in plain text; a long one would push all columns out of sight."""
_KINDS = 6


def print_summary(tally: Tally, out: str) -> None:
    """One line a document; of a very long run the first ones and those with problems."""
    rows = [_row(outcome) for outcome in tally.shown]
    if rows and sys.stdout.isatty():
        _print_rich(rows)
    elif rows:
        click.echo("\n".join(aligned([_header(), *((cut(row[0], _NAME), *row[1:]) for row in rows)], _RIGHT)))
    for outcome in tally.shown:
        for line in _findings(outcome):
            click.echo(line)
    for told in filter(None, (tally.line, _found(tally, out), _left(tally))):
        click.echo(told)
    whole = phrases("{number} document", "{number} documents", tally.documents)
    kept = phrase("{number} of them unchanged", number=tally.reused) if tally.reused else ""
    told = listed([whole, kept], ", ", "，")
    if tally.untold:
        told = phrase("{told} ({number} more are not shown)", told=told, number=tally.untold)
    click.echo(f"{out}: {told}")


def _header() -> tuple[str, ...]:
    """The names of the columns in the language in force."""
    return tuple(str(phrase(name)) for name in _HEADER)


def _found(tally: Tally, out: str) -> Phrase | None:
    """The findings of all documents by check, the most frequent first."""
    if not tally.findings:
        return None
    ordered = sorted(tally.findings.items(), key=lambda found: (-found[1], found[0]))
    kinds = [f"{number} {check_id}" for check_id, number in ordered[:_KINDS]]
    more = phrases("{number} more kind", "{number} more kinds", len(ordered) - _KINDS) if len(ordered) > _KINDS else ""
    what = phrases("{number} finding", "{number} findings", tally.findings.total())
    return phrase("{what}: {kinds}. See: jsextract check {out}", what=what, kinds=listed([*kinds, more]), out=out)


def _left(tally: Tally) -> Phrase | None:
    """What was not read, of all documents."""
    amounts, cells, partial = tally.unread_amounts, tally.unread_cells, tally.partial
    parts = (
        phrases("{number} amount in texts", "{number} amounts in texts", amounts) if amounts else "",
        phrases("{number} figure in tables", "{number} figures in tables", cells) if cells else "",
        phrases("parts of {number} document", "parts of {number} documents", partial) if partial else "",
    )
    return phrase("Not read: {parts}.", parts=listed(parts)) if any(parts) else None


def _row(outcome: Outcome) -> tuple[str, ...]:
    """One document as a row under `_HEADER`."""
    head = outcome.head
    year = "" if head.year is None else str(head.year)
    counts = (str(outcome.tables), str(outcome.cells), str(outcome.facts))
    return (*map(one_line, (head.file, head.kind, head.entity)), year, *counts, _problems(outcome))


def _problems(outcome: Outcome) -> str:
    """What the last column says: the problem, and how many checks fail."""
    fails = outcome.checks_fail
    checks = phrase("{number} checks fail", number=fails) if fails else ""
    return str(listed([outcome.head.problem, checks], ", ", "，"))


def _findings(outcome: Outcome) -> Iterator[str]:
    """The worst findings, one line each; messages are cut to fit."""
    if outcome.worst:
        yield f"{one_line(outcome.head.file)}:"
    for check in outcome.worst:
        said = printable(str(check.told))
        line = f"  {filled(str(words.status(check.status)), 5)} {check.check_id}{pages(check)}  {said}"
        yield cut(line, _LINE)


def _print_rich(rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(_header()):
        table.add_column(name, justify="right" if number in _RIGHT else "left", overflow="fold")
    for row in rows:
        # Text, not markup: a file name may hold [brackets].
        table.add_row(*(Text(part, style="red" if i == len(row) - 1 else "") for i, part in enumerate(row)))
    Console(file=unguarded(sys.stdout)).print(table)
