"""What a worker hands back of one document: its result as it will stand on disk, and the head of its report."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from jsextract.accounts.account_summary import summary_of
from jsextract.check.findings import is_finding, worst
from jsextract.dataset.result_file import packed
from jsextract.model.report import CheckResult, Report
from jsextract.vocabulary import CheckStatus

_WORST = 3


class Outcome(Struct, frozen=True):
    """What a run says about one file: the report's head without its rows, and how many rows there are.

    Attributes:
        reused: nothing was read; an earlier result was still good.
        readers: cells by the reader that gave them.
        worst: the worst findings of its checks.
        findings: how many it has of each check.
    """

    head: Report
    tables: int
    cells: int
    facts: int
    checks_fail: int
    reused: bool
    readers: dict[str, int] = field(default_factory=dict)
    worst: tuple[CheckResult, ...] = ()
    findings: dict[str, int] = field(default_factory=dict)


class Packed(Struct, frozen=True):
    """A result, ready to be kept: the parent process need not look into it.

    Attributes:
        text: of the result file.
    """

    outcome: Outcome
    text: str


def outcome_of(report: Report, *, reused: bool) -> Outcome:
    """The report without its rows."""
    head = replace(report, cells=(), facts=(), projects=(), checks=(), sections=(), glossary=())
    fails = sum(check.status == CheckStatus.FAIL and not check.follows for check in report.checks)
    readers = dict(sorted(Counter(cell.reader for cell in report.cells).items()))
    return Outcome(
        head=head,
        tables=report.tables,
        cells=len(report.cells),
        facts=len(report.facts),
        checks_fail=fails,
        reused=reused,
        readers=readers,
        worst=worst(report.checks, _WORST),
        findings=dict(sorted(Counter(check.check_id for check in report.checks if is_finding(check)).items())),
    )


def pack(report: Report, reader: str, form: str) -> Packed:
    """The report as the dataset keeps it.

    Args:
        report: what was read.
        reader: what read it.
        form: what makes its rows and its note.
    """
    outcome = outcome_of(report, reused=False)
    return Packed(outcome, packed(report, reader, form, summary_of(report), kept(outcome)))


def kept(outcome: Outcome) -> Any:
    """The outcome as plain data, to be kept with the result; what only a log says of a reading is left out."""
    return msgspec.to_builtins(replace(outcome, head=replace(outcome.head, file="", opinions=())))


def outcome_from(data: Any, file: str) -> Outcome | None:
    """The outcome that `kept` was given, for a file that need not be read; None if another version kept it."""
    try:
        outcome = msgspec.convert(data, Outcome)
    except msgspec.ValidationError:
        return None
    return replace(outcome, head=replace(outcome.head, file=file), reused=True)
