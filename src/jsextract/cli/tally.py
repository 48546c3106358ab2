"""What a run's last words need, however many documents it had."""

from __future__ import annotations

from dataclasses import dataclass, field

from jsextract.batch.outcome import Outcome
from jsextract.model.report import Report
from jsextract.vocabulary import DocumentStatus

SHOWN = 200
"""Rows of the table that every run prints."""
SHOWN_BAD = 1000
"""Documents with problems that are named beyond those, and on stderr."""


@dataclass(slots=True)
class Tally:
    """Counts, and the outcomes that will be shown.

    Attributes:
        shown: the first ones, and those with problems.
        bad: heads of failed documents.
        checks_fail, documents_fail: checks that fail, and documents that have such.
    """

    documents: int = 0
    reused: int = 0
    failed: int = 0
    checks_fail: int = 0
    documents_fail: int = 0
    shown: list[Outcome] = field(default_factory=list)
    bad: list[Report] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one document."""
        self.documents += 1
        self.reused += outcome.reused
        self.checks_fail += outcome.checks_fail
        self.documents_fail += bool(outcome.checks_fail)
        if self.documents <= SHOWN or (
            outcome.head.status != DocumentStatus.OK and len(self.shown) < SHOWN + SHOWN_BAD
        ):
            self.shown.append(outcome)
        if outcome.head.status == DocumentStatus.FAILED:
            self.failed += 1
            if len(self.bad) < SHOWN_BAD:
                self.bad.append(outcome.head)

    def sort(self) -> None:
        """By file name: documents end in any order."""
        self.shown.sort(key=lambda outcome: (outcome.head.file, outcome.head.document_id))
        self.bad.sort(key=lambda head: (head.file, head.document_id))
