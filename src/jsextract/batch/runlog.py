"""run.log.jsonl: one line a document, and a summary; the only file of a dataset that holds a time."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TextIO

from msgspec import structs

from jsextract.batch.outcome import Outcome
from jsextract.batch.run_settings import Settings
from jsextract.batch.usage import Usage
from jsextract.batch.writing import Written
from jsextract.dataset.fingerprint import others
from jsextract.text.visible import visible
from jsextract.vocabulary import DocumentStatus


class RunLog:
    """Writes the lines of one run.

    All methods raise OSError if the line cannot be written.
    """

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self._began = time.monotonic()
        self._counts: Counter[str] = Counter()
        self._problems: Counter[str] = Counter()

    def start(self, reader: str, settings: Settings) -> None:
        """The first line of a run: what reads, with which limits."""
        limits = settings.limits
        self._line(
            "start",
            reader=reader,
            libraries=others(settings.ocr),
            engine=settings.engine,
            jobs=settings.jobs,
            seconds=limits.seconds,
            memory_mb=limits.memory_mb,
        )

    def read(self, outcome: Outcome, cost: Usage) -> None:
        """A document that was read, or that could not be."""
        head = outcome.head
        self._count(outcome)
        self._counts["pages"] += head.pages
        self._line(
            "read",
            file=head.file,
            document_id=head.document_id,
            status=head.status,
            problem=head.problem,
            pages=head.pages,
            seconds=round(cost.seconds, 3),
            cpu_seconds=round(cost.cpu, 3),
            peak_mb=round(cost.peak_mb, 1),
            readers=outcome.readers,
            opinions=[structs.asdict(opinion) for opinion in head.opinions],
            flags=list(head.flags),
        )

    def kept(self, outcome: Outcome) -> None:
        """A document whose earlier result was still good."""
        head = outcome.head
        self._count(outcome)
        self._line("kept", file=head.file, document_id=head.document_id, status=head.status, problem=head.problem)

    def removed(self, file: str, document_id: str) -> None:
        """A document that was taken out of the dataset."""
        self._line("removed", file=file, document_id=document_id)

    def end(self, written: Written, *, interrupted: bool) -> None:
        """The summary.

        Args:
            written: whether the CSV files were replaced, and what corrections.csv says that fits nothing; a run that
                had to end at once leaves them as they were.
            interrupted: whether documents may be left.
        """
        seconds = time.monotonic() - self._began
        self._line(
            "end",
            documents=self._counts["read"] + self._counts["kept"],
            read=self._counts["read"],
            kept=self._counts["kept"],
            failed=self._counts["failed"],
            problems=dict(sorted(self._problems.items())),
            pages=self._counts["pages"],
            seconds=round(seconds, 3),
            pages_per_second=round(self._counts["pages"] / seconds, 1) if seconds else 0.0,
            written=written.anew,
            corrections_unfit=list(written.misfits),
            damaged=list(written.lost),
            interrupted=interrupted,
        )

    def _count(self, outcome: Outcome) -> None:
        """Adds a file to the sums of the run."""
        self._counts["kept" if outcome.reused else "read"] += 1
        self._counts["failed"] += outcome.head.status == DocumentStatus.FAILED
        if outcome.head.problem:
            self._problems[outcome.head.problem] += 1

    def _line(self, event: str, **facts: object) -> None:
        """Writes one event with the time (UTC) as a line of JSON."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
        self._handle.write(visible(json.dumps(line, ensure_ascii=False)) + "\n")
