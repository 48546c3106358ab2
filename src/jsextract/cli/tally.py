"""What a run's last words need, however many documents it had."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from jsextract.batch.outcome import Outcome
from jsextract.language.phrase import NOTHING, Phrase, listed, phrase, phrases
from jsextract.model.report import Report
from jsextract.vocabulary import DocumentStatus, Format, Problem

SHOWN = 200
"""Rows of the table that every run prints."""
SHOWN_BAD = 1000
"""Documents with problems that are named beyond those, and on stderr."""
_KINDS = 6
"""Kinds of file that no reader takes of which the number is told; there are rarely more."""


class Tally(Struct):
    """Counts, and the outcomes that will be shown.

    Attributes:
        shown: the first ones, and those with problems.
        single: the run is over one file that was named: whatever is wrong with it is told in full.
        bad: heads of failed documents; files of kinds that no reader takes are only counted, unless `single`.
        need_ocr: documents with pages that would have to be recognised.
        unsupported: files that no reader takes, by their kind.
        checks_fail, documents_fail: checks that fail, and documents that have such.
        findings: how many there are of each check.
        unread_amounts, unread_cells: what no fact, and no cell, carries.
        partial: documents that were not read whole, but for those that need OCR.
        of_no_account: final accounts that tell no body or no year, so that nothing can be put beside them.
    """

    single: bool = False
    documents: int = 0
    reused: int = 0
    failed: int = 0
    checks_fail: int = 0
    documents_fail: int = 0
    need_ocr: int = 0
    unread_amounts: int = 0
    unread_cells: int = 0
    partial: int = 0
    of_no_account: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    unsupported: Counter[str] = field(default_factory=Counter)
    shown: list[Outcome] = field(default_factory=list)
    bad: list[Report] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one document."""
        self.documents += 1
        self.reused += outcome.reused
        self.checks_fail += outcome.checks_fail
        self.documents_fail += bool(outcome.checks_fail)
        self.findings.update(outcome.findings)
        self.unread_amounts += outcome.head.unread_amounts
        self.unread_cells += outcome.head.unread_cells
        self.partial += outcome.head.status == DocumentStatus.PARTIAL and outcome.head.problem != Problem.NEEDS_OCR
        self.of_no_account += outcome.head.is_final_account and not (outcome.head.entity and outcome.head.year)
        self.need_ocr += outcome.head.problem == Problem.NEEDS_OCR
        if outcome.head.problem == Problem.UNSUPPORTED and not self.single:
            self.failed += 1
            self.unsupported[outcome.head.format or Format.UNKNOWN] += 1
            return
        if self.documents <= SHOWN or (
            outcome.head.status != DocumentStatus.OK and len(self.shown) < SHOWN + SHOWN_BAD
        ):
            self.shown.append(outcome)
        if outcome.head.status == DocumentStatus.FAILED:
            self.failed += 1
            if len(self.bad) < SHOWN_BAD:
                self.bad.append(outcome.head)

    @property
    def untold(self) -> int:
        """Documents that are neither shown nor in `line`."""
        return self.documents - len(self.shown) - self.unsupported.total()

    @property
    def line(self) -> Phrase:
        """How many were read, and what the others would need; blank where there is nothing besides plain reading.

        `270 read, 30 need OCR, 93 of unsupported kinds: 54 png, 39 pptx`
        """
        damaged = self.failed - self.unsupported.total()
        if not (self.need_ocr or self.unsupported):
            return NOTHING
        kinds = sorted(self.unsupported.items(), key=lambda kind: (-kind[1], kind[0]))
        told = [*(f"{number} {kind}" for kind, number in kinds[:_KINDS]), "…" if len(kinds) > _KINDS else ""]
        strange = self.unsupported.total()
        parts = (
            phrase("{number} read", number=self.documents - self.failed - self.need_ocr),
            phrases("{number} needs OCR", "{number} need OCR", self.need_ocr) if self.need_ocr else "",
            phrase("{number} could not be read", number=damaged) if damaged else "",
            phrase("{number} of unsupported kinds: {kinds}", number=strange, kinds=listed(told)) if strange else "",
        )
        return listed(parts, ", ", "，")

    def sort(self) -> None:
        """By file name: documents end in any order."""
        self.shown.sort(key=lambda outcome: (outcome.head.file, outcome.head.document_id))
        self.bad.sort(key=lambda head: (head.file, head.document_id))
