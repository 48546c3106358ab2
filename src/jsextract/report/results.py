"""What a dataset keeps of its documents, for who looks at their pages: reports, and where the files are."""

from __future__ import annotations

import contextlib
from pathlib import Path

from jsextract.accounts.corrected_results import CorrectedResults
from jsextract.dataset.corrections import read_corrections
from jsextract.dataset.folder import HIDDEN, Folder
from jsextract.dataset.index import KnownFile
from jsextract.dataset.keys import sha256_of_key
from jsextract.dataset.links import link_met, told_of
from jsextract.dataset.store import Store
from jsextract.errors import DatasetDamaged, no_dataset
from jsextract.language.phrase import phrase
from jsextract.language.system import SHORT_OF_FILES, reason
from jsextract.model.ids import document_id
from jsextract.report.places import Places


class Results:
    """The results of a dataset by document; those that were asked for are kept until `forget`."""

    def __init__(self, folder: Folder) -> None:
        """Opens what the dataset remembers.

        Raises:
            SourceNotFound: if it remembers nothing.
            OSError: if no more files may be opened.
            DatasetDamaged: if that cannot be read, also since links lead to it.
        """
        if not folder.holds(HIDDEN):
            raise no_dataset(folder.name)
        self._folder = folder
        try:
            self._store = Store(folder)
        except OSError as error:
            if error.errno in SHORT_OF_FILES:
                raise
            if link := link_met(Path(folder.name), error):
                raise DatasetDamaged(told_of(link), phrase("Put what it leads to in its place.")) from error
            raise DatasetDamaged(
                phrase("{path} cannot be read: {reason}.", path=error.filename or folder.name, reason=reason(error)),
                phrase("Make one with: jsextract SOURCE -o FOLDER"),
            ) from error
        self._corrected = CorrectedResults(self._store, read_corrections(folder))
        self._known: dict[str, KnownFile] = {}
        for known in self._store.files():
            if sha256 := sha256_of_key(known.key):
                self._known.setdefault(document_id(sha256), known)
        self._places: dict[str, Places | None] = {}

    def close(self) -> None:
        """Lets the index go."""
        self._store.close()

    def forget(self) -> None:
        """Lets the reports go that were asked for."""
        self._places.clear()

    def places(self, document: str) -> Places | None:
        """The cells and facts of a document, corrected ones corrected; None where there is no result of it."""
        if document not in self._places:
            self._places[document] = None
            with contextlib.suppress(DatasetDamaged, KeyError):
                self._places[document] = Places(self._corrected.report(self._known[document].key))
        return self._places[document]

    def file(self, document: str) -> str:
        """The name of a document's first file; its id where it is not known."""
        return self._known[document].file if document in self._known else document

    def sha256(self, document: str) -> str:
        """Of a document's content; blank where it is not known."""
        return sha256_of_key(self._known[document].key) if document in self._known else ""

    def paths(self, document: str, folders: tuple[Path, ...]) -> tuple[str, ...]:
        """Where a document's file may be: where it was read, or below one of some folders."""
        if document not in self._known:
            return ()
        known = self._known[document]
        recorded = [self._folder.found(way) for way in self._store.sources(known.key)]
        moved = [folder / name for folder in folders for name in dict.fromkeys((known.path, known.file))]
        return tuple(str(path) for path in (*recorded, *moved))
