"""What a dataset remembers under OUT/.jsextract/: one result a document, and which file gave it.

Results are named after the content that they come from, never after a file's name. The CSV files beside them can be
made anew from here at any time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from jsextract.dataset import stamp
from jsextract.dataset.folder import Folder, folder_at
from jsextract.dataset.index import Index, KnownFile, KnownResult, Origin
from jsextract.dataset.index_check import IndexDamaged
from jsextract.dataset.keys import sha256_of_key
from jsextract.dataset.rendered import Rendered
from jsextract.dataset.result_file import Head, packed, same_but_run, settled, with_seal
from jsextract.dataset.result_files import ResultFiles, result_name
from jsextract.errors import DatasetDamaged
from jsextract.model.ids import document_id
from jsextract.model.report import Report


class Entry(Struct, frozen=True):
    """A file of the dataset.

    Attributes:
        place: a name for where it is.
        file, path: as in documents.csv.
        document_id: blank where no byte of it could be read.
    """

    place: str
    file: str
    path: str
    document_id: str


class Store:
    """The folder OUT/.jsextract/.

    Not safe for two writers; `Folder.locked` keeps the second out.
    """

    def __init__(self, out: Path | str | Folder, lost: Iterable[tuple[str, str, str]] | None = None) -> None:
        """Makes the folder where it is missing and opens the index.

        Args:
            out: the dataset's folder.
            lost: what an index that is made anew has to know: name, path and result of each file.

        Raises:
            OSError: if it cannot be made.
            DatasetDamaged: if the index is no index, or not the one that the dataset was put together from.
        """
        self.out = folder_at(out) if isinstance(out, (str, Path)) else out
        self.out.prepare()
        self._index = Index(self.out.index())
        self._results = ResultFiles(self.out, self._index.result)
        self._changed = False
        self._damaged: set[str] = set()
        for file, path, key in lost or ():
            self._index.restore(file, path, key)
            self._adopt(key, "")
        if lost is None and stamp.contradicts(self.out, self._index.digest()):
            self._index.close()
            raise IndexDamaged(self._index.path)

    def look_over(self) -> None:
        """Looks through every result whose file is not as it was when it was last found whole; none at a URL.

        Raises:
            OSError: if the index cannot be written.
        """
        if not self.out.has_marks:
            return
        for key, known in self._index.results():
            mark = self.out.mark(result_name(key))
            if mark == known.mark and mark:
                continue
            if self._results.is_whole(key):
                self._index.looked_at(key, mark)
            else:
                self._damaged.add(key)

    def damaged(self) -> list[str]:
        """The results that were found damaged and not put again since."""
        return sorted(self._damaged)

    def origins(self, key: str) -> list[Origin]:
        """The files that a result was read from."""
        return self._index.origins(key)

    def fresh(self, key: str, reader: str) -> Report | None:
        """The content's result, if this very reader made it and would make it again; None means: read it."""
        if self._usable(key, reader) is None:
            return None
        try:
            return self.report(key)
        except (OSError, DatasetDamaged):
            return None

    def outcome(self, key: str, reader: str) -> Any:
        """What was kept to be said of the content, if its result is fresh and whole; None means: look or read."""
        head = self._usable(key, reader)
        return head and head.outcome

    def _usable(self, key: str, reader: str) -> Head | None:
        """The head of a result that this reader made, and that may be used again; others are read again."""
        known = self._index.result(key)
        if key in self._damaged or (known and (known.reader != reader or not known.settled)):
            return None
        try:
            head = self._results.head(key)
            whole = self.out.size(result_name(key)) == head.size if known else self._results.is_whole(key)
        except (OSError, DatasetDamaged):
            return None
        return head if whole and head.reader == reader and head.settled and head.sums else None

    def made(self, key: str) -> bool:
        """Whether this run has put the result there."""
        return self._index.made(key)

    def key_at(self, place: str, mark: str) -> str:
        """The result of the file at `place`, if the file system's mark of its content is still this one."""
        return self._index.key_at(place, mark)

    def knows(self, place: str) -> bool:
        """Whether the file at `place` has a result that was no failure."""
        return self._index.knows(place)

    def put(self, key: str, report: Report, reader: str, form: str = "", note: str = "") -> None:
        """Keeps a result; it is safe on disk when this returns.

        Raises:
            OSError: if it cannot be written.
        """
        self.put_packed(key, packed(report, reader, form, note), reader, settled=settled(report))

    def put_packed(self, key: str, text: str, reader: str, *, settled: bool) -> None:
        """Keeps a result that `packed` made, as `put` does.

        Raises:
            OSError: if it cannot be written.
        """
        name, text = result_name(key), with_seal(text, key, self._index.run)
        kept = self._results.text(key)
        if not same_but_run(kept, text):  # a failure that was tried again and failed again changes nothing
            if not self._changed:
                self.note_changing()
            with self.out.replacing([name]) as (handle,):
                handle.write(text)
            kept = text
        self._index.put(key, reader, settled=settled, seal=kept.partition(" ")[0], mark=self.out.mark(name))
        self._damaged.discard(key)

    def assign(
        self, place: str, file: str, key: str, reader: str, mark: str = "", path: str = "", source: str = ""
    ) -> None:
        """Says that the file at `place` has the result `key`; what the place had before is forgotten.

        Args:
            place: where the file is.
            file: its name in documents.csv.
            key: which result is its own.
            reader: what read it.
            mark: what the file system says about the content (a remote file's ETag or time and size).
            path: for documents.csv: where it is, relative to what the run was given; `file` unless given.
            source: where it is, for who would look at its pages; no file of the dataset tells that.
        """
        self._index.assign(place=place, file=file, key=key, mark=mark, path=path, source=source)
        self._adopt(key, reader)

    def _adopt(self, key: str, reader: str) -> None:
        """Notes what there is to know of a result that no index knows: a run that was killed wrote it."""
        if self._index.result(key) is not None:
            return
        known = KnownResult(reader, settled=True)
        with contextlib.suppress(OSError, DatasetDamaged):
            head = self._results.head(key)
            known = KnownResult(head.reader, head.settled, head.run, head.seal)
        self._index.adopt(key, known)

    def members(self, place: str, mark: str) -> str:
        """What `keep_members` was told of the archive at `place` with this mark; blank for nothing."""
        return self._index.members_at(place, mark)

    def keep_members(self, place: str, mark: str, members: bytes) -> None:
        """Remembers what is in an archive; as a document of its own it is forgotten.

        Args:
            place: where the archive is.
            mark: what its content and its reader are known by; blank where nothing can be relied on.
            members: text that the store does not look into.
        """
        self._index.forget(place)
        self._index.keep_members(place, mark, members.decode())

    def files(self) -> Iterator[KnownFile]:
        """Every file, ordered by name, then content."""
        return self._index.files()

    def entries(self) -> Iterator[Entry]:
        """Every file with where it is, in the order of `files`."""
        for place, file, path, key in self._index.entries():
            yield Entry(place, file, path, "" if not sha256_of_key(key) else document_id(key))

    def sources(self, key: str) -> list[str]:
        """Where the files with a result were when a run last saw them."""
        return self._index.sources(key)

    def forget(self, place: str) -> None:
        """Takes the file at `place` out of the dataset; its result goes with the next `commit`, if no other has it."""
        self._index.forget(place)

    def note(self, key: str, form: str) -> str | None:
        """The note that was kept with a result; None if something other than `form` made it.

        Raises:
            ResultDamaged: if the result is missing or cannot be understood.
        """
        return self._results.note(key, form)

    def rendered(self, key: str, form: str) -> Rendered:
        """The rows of a result, made anew if something other than `form` made them, or if they are damaged.

        Raises:
            ResultDamaged: if the result is missing or cannot be understood.
        """
        return self._results.rendered(key, form)

    def report(self, key: str) -> Report:
        """One result.

        Raises:
            ResultDamaged: if it is missing or cannot be understood.
        """
        return self._results.report(key)

    def give_up(self, key: str) -> None:
        """Says that a result cannot be used: with the next `commit`, whoever has its source reads it again."""
        self._index.distrust(key)

    def is_assembled(self, form: str) -> bool:
        """Whether the dataset's files are what its results give, so that they need not be put together."""
        return not self._changed and stamp.is_current(self.out, form, self._index.digest())

    def note_assembled(self, form: str) -> None:
        """Says that they are; for after `commit`.

        Raises:
            OSError: if it cannot be written.
        """
        stamp.write(self.out, form, self._index.digest())
        self._changed = False

    def note_changing(self) -> None:
        """Says that they are about to be replaced: whoever is killed from here on leaves them to be put together."""
        stamp.invalidate(self.out)
        self._changed = True

    def commit(self) -> None:
        """Writes the index and deletes the results that no file has any more.

        Raises:
            OSError: if it cannot be written.
        """
        unused = self._index.commit()
        self.out.keep_index()
        for key in unused:
            self.out.remove(result_name(key))

    def close(self) -> None:
        """Lets the index go; what was not committed is found again by its content."""
        self._index.close()
