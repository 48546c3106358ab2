"""`jsextract check OUT`: what the checks found, by document and severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

from jsextract.check.findings import counted, is_finding, seriousness
from jsextract.dataset.read_checks import Checked, read_checks
from jsextract.errors import ChecksFailed
from jsextract.model.report import CheckResult
from jsextract.rules.pattern_format import printable
from jsextract.vocabulary import SEVERITIES, CheckStatus


def print_checks(out: Path, *, everything: bool, strict: bool) -> None:
    """Prints the findings of every document of the dataset at `out`.

    Args:
        out: the dataset's folder.
        everything: also what agrees but for rounding, and what could not be read_checks.
        strict: whether checks that fail are an error.

    Raises:
        SourceNotFound: if there is no dataset.
        ChecksFailed: if `strict` and some check fails.
    """
    documents = bad = 0
    totals: Counter[str] = Counter()
    for document in read_checks(out):
        documents += 1
        counts = counted(document.checks)
        totals += counts
        bad += bool(counts[CheckStatus.FAIL])
        shown = [
            check for check in document.checks if is_finding(check) or (everything and check.status != CheckStatus.PASS)
        ]
        if shown:
            click.echo("\n".join(lines(document, shown, counts)))
    click.echo(f"{out}: {_documents(documents)} checked, {status_counts(totals)}")
    if strict and bad:
        raise failing(totals[CheckStatus.FAIL], bad, out)


def lines(document: Checked, shown: Iterable[CheckResult], counts: Counter[str]) -> Iterator[str]:
    """One document: a head, then a line a check under its severity, the worst first."""
    whose = " ".join(filter(None, (document.entity, document.year)))
    yield f"{document.file}  {whose}: {status_counts(counts)}"
    ordered = sorted(shown, key=lambda check: (SEVERITIES.words.index(check.severity), seriousness(check)))
    for severity, checks in groupby(ordered, key=lambda check: check.severity):
        yield f"  {severity}"
        for check in checks:
            yield f"    {check.status:<8} {check.check_id}{pages(check)}  {printable(check.message)}"
    yield ""


def pages(check: CheckResult) -> str:
    """`  p. 3, 21`; blank where the source has no pages."""
    return f"  p. {', '.join(map(str, check.pages))}" if check.pages else ""


def status_counts(counts: Counter[str]) -> str:
    """How many checks have which status: `2 fail, 3 minor, 140 pass`."""
    order = (CheckStatus.FAIL, CheckStatus.MINOR, CheckStatus.ROUNDING, CheckStatus.NOT_CHECKABLE, CheckStatus.PASS)
    return ", ".join(f"{counts[status]} {status}" for status in order if counts[status]) or "no checks"


def failing(checks: int, documents: int, out: Path | str) -> ChecksFailed:
    """The error that `--strict` asks for."""
    what = "1 check fails" if checks == 1 else f"{checks} checks fail"
    return ChecksFailed(f"{what} in {_documents(documents)}.", f"See: jsextract check {out}")


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
