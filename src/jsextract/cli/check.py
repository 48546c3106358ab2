"""`jsextract check OUT`: what the checks found, by document and severity, for a person or for a program."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import click

from jsextract.check.findings import counted, seriousness
from jsextract.cli.columns import aligned, filled
from jsextract.cli.selection import Selection, fits
from jsextract.cli.suggest import did_you_mean
from jsextract.dataset.columns_other import CHECKS
from jsextract.dataset.csvtext import escape_formula, unescape_formula
from jsextract.dataset.read_checks import Checked, read_checks
from jsextract.errors import ChecksFailed, SourceNotFound
from jsextract.language.phrase import Phrase, listed, phrase, phrases
from jsextract.model.report import CheckResult
from jsextract.report import words
from jsextract.rules.pattern_format import printable
from jsextract.vocabulary import SEVERITIES, CheckStatus

_SCREEN = 40
"""Lines of a screen whose height nobody knows."""
_ROOM = 4
"""Lines that stay free: the last words, and the prompt."""
_HEAD = ("file", "entity", "year")
"""What stands before the columns of checks.csv, where programs are to read it."""


class Form(StrEnum):
    """How findings are told."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def print_checks(out: Path, wanted: Selection, *, form: Form, lines_at_most: int | None, strict: bool) -> None:
    """Prints the checks of the dataset at `out` that are asked for.

    Args:
        out: the dataset's folder.
        wanted: which checks.
        form: text for people, csv or json for programs: these are never cut.
        lines_at_most: of text; what is more is counted by check. None for a screen, 0 for all.
        strict: whether checks that fail are an error.

    Raises:
        SourceNotFound: if there is no dataset, no such document or no such check.
        ChecksFailed: if `strict` and some check that is asked for fails.
    """
    teller = _TELLERS[form](_room(lines_at_most))
    totals: Counter[str] = Counter()
    bad, documents, names, known = 0, 0, list[str](), set[str]()
    for document in read_checks(out):
        names.append(document.file)
        if not wanted.holds(document):
            continue
        documents += 1
        known.update(check.check_id for check in document.checks)
        counts = counted(wanted.counted(document))
        totals += counts
        bad += bool(counts[CheckStatus.FAIL])
        teller.add(document, tuple(wanted.of(document)), counts)
    _refuse_misspelt(out, wanted, names, known, found=bool(documents))
    checked = phrases("{number} document checked", "{number} documents checked", documents)
    teller.end(f"{out}: {listed((checked, status_counts(totals)), ', ', '，')}", out)
    if strict and bad:
        raise failing(totals[CheckStatus.FAIL], bad, out)


def _refuse_misspelt(out: Path, wanted: Selection, names: list[str], known: set[str], *, found: bool) -> None:
    """Raises SourceNotFound for a document or a check that the dataset does not have."""
    if wanted.documents and not found:
        asked = ", ".join(wanted.documents)
        raise SourceNotFound(
            phrase("{out} has no checked document whose file, entity or document_id is {name}.", out=out, name=asked),
            str(did_you_mean(asked, names) or phrase("Names stand in documents.csv.")),
        )
    for name in wanted.checks:
        if known and not any(fits(check_id, name) for check_id in known):
            raise SourceNotFound(
                phrase("No check of {out} is called {name}.", out=out, name=name),
                str(did_you_mean(name, known) or phrase("All checks: docs/checks.md")),
            )


def _room(lines_at_most: int | None) -> int:
    """How many lines of findings may be printed; 0 for all."""
    if lines_at_most is not None:
        return lines_at_most
    height = shutil.get_terminal_size().lines if sys.stdout.isatty() else _SCREEN
    return max(height - _ROOM, 1)


class _Text:
    """Findings for a person: all of them where they fit, else how many there are of each check."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lines: list[str] = []
        self._cut = False
        self._by_check: dict[tuple[str, str], Counter[str]] = {}

    def add(self, document: Checked, shown: tuple[CheckResult, ...], counts: Counter[str]) -> None:
        """One document and the checks of it that are shown."""
        for check in shown:
            counter = self._by_check.setdefault((check.severity, check.check_id), Counter())
            counter[check.status] += 1
        if not shown or self._cut:
            return
        self._lines += lines(document, shown, counts)
        if not self._room:
            click.echo("\n".join(self._lines))
            self._lines = []
        self._cut = bool(self._room) and len(self._lines) > self._room

    def end(self, summary: str, out: Path) -> None:
        """The last words; where the findings do not fit, their tally and how to see them."""
        if self._cut:
            self._lines = _tally(self._by_check, self._room)
        for line in self._lines:
            click.echo(line)
        click.echo(summary)
        if self._cut:
            click.echo(
                phrase(
                    "Too many for a screen, so counted: jsextract check {out} --check ID shows those of one check, "
                    "--document NAME those of one account, --lines 0 all.",
                    out=out,
                )
            )


def _tally(by_check: dict[tuple[str, str], Counter[str]], room: int) -> list[str]:
    """A line a check, the most serious and most frequent first."""
    ordered = sorted(
        by_check.items(),
        key=lambda item: (SEVERITIES.words.index(item[0][0]), -item[1][CheckStatus.FAIL], -item[1].total(), item[0]),
    )
    shown = ordered[: room - 1]
    rows = [(str(words.severity(code)), check_id, str(status_counts(counts))) for (code, check_id), counts in shown]
    more = len(ordered) - len(rows)
    rest = phrases("… {number} more kind of check", "… {number} more kinds of checks", more)
    return [*aligned(rows), *([str(rest)] if more else [])]


class _Csv:
    """Rows of checks.csv, with the document's file, entity and year before them."""

    def __init__(self, room: int) -> None:
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        self._begun = False

    def add(self, document: Checked, shown: tuple[CheckResult, ...], counts: Counter[str]) -> None:
        """One document and the checks of it that are shown."""
        self._begin()
        self._writer.writerows(row.values() for row in _rows(document, shown))

    def end(self, summary: str, out: Path) -> None:
        """The summary, where it disturbs no program."""
        self._begin()
        click.echo(summary, err=True)

    def _begin(self) -> None:
        if not self._begun:
            self._writer.writerow((*_HEAD, *CHECKS.header))
        self._begun = True


class _Json:
    """An array of objects with the columns of checks.csv."""

    def __init__(self, room: int) -> None:
        self._before = "["

    def add(self, document: Checked, shown: tuple[CheckResult, ...], counts: Counter[str]) -> None:
        """One document and the checks of it that are shown."""
        for row in _rows(document, shown):
            plain = {name: unescape_formula(text) for name, text in row.items()}
            click.echo(f"{self._before}\n{json.dumps(plain, ensure_ascii=False)}", nl=False)
            self._before = ","

    def end(self, summary: str, out: Path) -> None:
        """Closes the array."""
        click.echo("[]" if self._before == "[" else "\n]")
        click.echo(summary, err=True)


_TELLERS: dict[Form, type[_Text] | type[_Csv] | type[_Json]] = {Form.TEXT: _Text, Form.CSV: _Csv, Form.JSON: _Json}


def _rows(document: Checked, shown: tuple[CheckResult, ...]) -> Iterator[dict[str, str]]:
    """The rows of the checks that are shown, with whose they are."""
    head = dict(zip(_HEAD, map(escape_formula, (document.file, document.entity, document.year)), strict=True))
    wanted = set(map(id, shown))
    rows = (row for check, row in zip(document.checks, document.rows, strict=True) if id(check) in wanted)
    return ({**head, **{name: row[name] for name in CHECKS.header}} for row in rows)


def lines(document: Checked, shown: Iterable[CheckResult], counts: Counter[str]) -> Iterator[str]:
    """One document: a head, then a line a check under its severity, the worst first."""
    whose = " ".join(filter(None, (document.entity, document.year)))
    yield f"{printable(document.file)}  {printable(whose)}: {status_counts(counts)}"
    ordered = sorted(shown, key=lambda check: (SEVERITIES.words.index(check.severity), seriousness(check)))
    for severity, checks in groupby(ordered, key=lambda check: check.severity):
        yield f"  {words.coded(words.severity(severity))}"
        for check in checks:
            status = filled(str(words.status(check.status)), 8)
            yield f"    {status} {check.check_id}{pages(check)}  {printable(str(check.told))}"
    yield ""


def pages(check: CheckResult) -> str:
    """`  p. 3, 21`; blank where the source has no pages."""
    return f"  p. {', '.join(map(str, check.pages))}" if check.pages else ""


def status_counts(counts: Counter[str]) -> Phrase:
    """How many checks have which status: `2 fail, 3 minor, 140 pass`."""
    order = (CheckStatus.FAIL, CheckStatus.MINOR, CheckStatus.ROUNDING, CheckStatus.NOT_CHECKABLE, CheckStatus.PASS)
    return listed(words.count(counts[status], status) for status in order if counts[status]) or phrase("no checks")


def failing(checks: int, documents: int, out: Path | str) -> ChecksFailed:
    """The error that `--strict` asks for."""
    where = phrases("{number} document", "{number} documents", documents)
    what = phrases("{number} check fails in {where}.", "{number} checks fail in {where}.", checks, where=where)
    return ChecksFailed(str(what), phrase("See: jsextract check {out} --status fail", out=out))
