"""The results of a dataset of which some are lost: these say so, and the others go on (损坏的结果)."""

from __future__ import annotations

from collections.abc import Iterator

from jsextract.accounts.corrected_results import Results
from jsextract.dataset.index import KnownFile
from jsextract.dataset.keys import sha256_of_key
from jsextract.dataset.rendered import Rendered, render_rows
from jsextract.dataset.result_files import ResultDamaged
from jsextract.model.failures import failed
from jsextract.model.ids import document_id
from jsextract.model.report import Report


class SoundResults:
    """The results of a store; for one that was given up stands the failed report of its document.

    Attributes:
        lost: those, by their names.
    """

    def __init__(self, store: Results) -> None:
        self.out = store.out
        self.lost: dict[str, ResultDamaged] = {}
        self._store = store

    def give_up(self, error: ResultDamaged) -> None:
        """Puts a failed report in the place of a result that cannot be used."""
        self.lost[error.key] = error

    def try_out(self, key: str, form: str) -> None:
        """Gives a result up unless its rows can be used."""
        try:
            self._store.rendered(key, form)
            self._store.note(key, form)
        except ResultDamaged as error:
            self.give_up(error)

    def files(self) -> Iterator[KnownFile]:
        """Every file, in the dataset's order."""
        return self._store.files()

    def report(self, key: str) -> Report:
        """One result; raises as `Store.report`."""
        return _failed(key, self.lost[key]) if key in self.lost else self._store.report(key)

    def rendered(self, key: str, form: str) -> Rendered:
        """Its rows; raises as `Store.rendered`."""
        return render_rows(self.report(key)) if key in self.lost else self._store.rendered(key, form)

    def note(self, key: str, form: str) -> str | None:
        """What others are held against; raises as `Store.note`."""
        return "" if key in self.lost else self._store.note(key, form)


def _failed(key: str, error: ResultDamaged) -> Report:
    """The report of a document of which the dataset knows nothing any more."""
    sha256 = sha256_of_key(key)
    return failed(Report(document_id=document_id(sha256), file="", sha256=sha256, bytes=0), error)
