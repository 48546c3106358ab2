"""The results of a dataset as its files show them: those that people corrected, corrected (改正后的结果)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from jsextract.accounts.account_summary import summary_of
from jsextract.accounts.corrected import corrected, misfits
from jsextract.dataset.corrections import Correction, Corrections, Misfit
from jsextract.dataset.folder import Folder
from jsextract.dataset.index import KnownFile
from jsextract.dataset.keys import sha256_of_key
from jsextract.dataset.rendered import Rendered, render_rows
from jsextract.language.phrase import phrase
from jsextract.model.report import Report


class Results(Protocol):
    """What a dataset is put together from; `dataset.store.Store` says what each method gives and raises."""

    out: Folder

    def files(self) -> Iterator[KnownFile]:
        """Every file, in the dataset's order."""

    def report(self, key: str) -> Report:
        """One result."""

    def rendered(self, key: str, form: str) -> Rendered:
        """Its rows."""

    def note(self, key: str, form: str) -> str | None:
        """What others are held against."""


class CorrectedResults:
    """The results of a store, each with what corrections.csv says of its content."""

    def __init__(self, store: Results, corrections: Corrections) -> None:
        self.out = store.out
        self._store = store
        self._corrections = corrections

    def files(self) -> Iterator[KnownFile]:
        """Every file, in the dataset's order."""
        return self._store.files()

    def report(self, key: str) -> Report:
        """One result; raises as `Store.report`."""
        rows, report = self._rows(key), self._store.report(key)
        return corrected(report, rows) if rows else report

    def rendered(self, key: str, form: str) -> Rendered:
        """Its rows; raises as `Store.rendered`."""
        return render_rows(self.report(key)) if self._rows(key) else self._store.rendered(key, form)

    def note(self, key: str, form: str) -> str | None:
        """What others are held against; raises as `Store.note`."""
        return summary_of(self.report(key)) if self._rows(key) else self._store.note(key, form)

    def misfits(self) -> list[Misfit]:
        """The rows of corrections.csv that say nothing that can be applied, in the order of the file."""
        known = {sha256_of_key(file.key): file.key for file in self._store.files()} if self._corrections.digest else {}
        found = list(self._corrections.misfits)
        for sha256, rows in self._corrections.by_content.items():
            if sha256 in known:
                found += misfits(self._store.report(known[sha256]), rows)
            else:
                why = phrase("no document of the dataset has the SHA-256 {sha256}.", sha256=sha256)
                found += [Misfit(row.line, why) for row in rows]
        return sorted(found, key=lambda misfit: misfit.line)

    def _rows(self, key: str) -> tuple[Correction, ...]:
        return self._corrections.by_content.get(sha256_of_key(key), ())
