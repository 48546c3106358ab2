"""What a dataset remembers under OUT/.jsextract/: one result a document, and which file gave it.

Results are named after the content that they come from, never after a file's name. The CSV files beside them can be
made anew from here at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jsextract.dataset import codec, stamp
from jsextract.dataset.folder import HIDDEN, Folder, folder_at
from jsextract.dataset.index import Index, KnownFile
from jsextract.dataset.rendered import Rendered, from_line, render_rows, to_line
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import phrase
from jsextract.model.ids import document_id
from jsextract.model.report import Report
from jsextract.readers.formats import suffix_tag
from jsextract.vocabulary import DocumentStatus

_FORMAT = 2
_UNREAD = "unread-"
_UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError)


def content_key(sha256: str, suffix: str, place: str = "", told: str = "") -> str:
    """The name of a result: the content's hash, with the kind that the file's suffix promises unless that is PDF.

    Content that is another kind than its name says gets a flag, so that its result is another, as is that of a
    workbook whose names say whose it is (`told`); files whose bytes cannot be had have names of their own.
    """
    if not sha256:
        return f"{_UNREAD}{place}"
    promised = suffix_tag(suffix) or "other"
    return sha256 if promised == "pdf" else f"{sha256}-{promised}{told and f'-{told}'}"


def sha256_of_key(key: str) -> str:
    """The content's hash, from what `content_key` gave; blank where that was not known."""
    return "" if key.startswith(_UNREAD) else key.partition("-")[0]


def place_of(path: Path | str) -> str:
    """A stable name for where a file is, which does not tell where that is."""
    where = path if isinstance(path, str) else str(path.absolute())
    return hashlib.sha256(where.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def packed(report: Report, reader: str, form: str = "", note: str = "", outcome: Any = None) -> str:
    """The text of a result file: a line about it, its rows as they will stand in the CSV files, the report.

    Args:
        report: what was read.
        reader: what read it.
        form: what made the rows and the note.
        note: what other documents are held against; the store does not look into it.
        outcome: plain data, what a run says of the document when it need not read it; likewise.
    """
    rest = f"{to_line(render_rows(report))}\n{codec.to_text(replace(report, file=''))}\n"
    size = len(rest.encode())
    head = {"format": _FORMAT, "reader": reader, "form": form, "note": note, "outcome": outcome, "rest": size}
    return f"{json.dumps(head, separators=(',', ':'))}\n{rest}"


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

    def __init__(self, out: Path | str | Folder) -> None:
        """Makes the folder where it is missing and opens the index.

        Raises:
            OSError: if it cannot be made.
            DatasetDamaged: if the index is no index.
        """
        self.out = folder_at(out) if isinstance(out, (str, Path)) else out
        self.out.prepare()
        self._index = Index(self.out.index())
        self._changed = False

    def fresh(self, key: str, reader: str) -> Report | None:
        """The content's result, if this very reader made it and would make it again; None means: read it."""
        if not self._index.may_be_fresh(key, reader):
            return None
        try:
            report = self.report(key) if self._head(key)["reader"] == reader else None
        except (OSError, DatasetDamaged, *_UNREADABLE):
            return None
        return report if report is not None and settled(report) else None

    def outcome(self, key: str, reader: str) -> Any:
        """What was kept to be said of the content, if its result is fresh and whole; None means: look or read."""
        if not self._index.may_be_fresh(key, reader):
            return None
        try:
            (line,) = self._lines(key, 1)
            head = self._parsed(key, line)
            whole = self.out.size(_name(key)) == len(line.encode()) + 1 + head["rest"]
        except (OSError, DatasetDamaged, *_UNREADABLE):
            return None
        return head.get("outcome") if whole and head["reader"] == reader else None

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
        if not self._holds(key, text):
            if not self._changed:
                stamp.invalidate(self.out)
                self._changed = True
            with self.out.replacing([_name(key)]) as (handle,):
                handle.write(text)
        self._index.put(key, reader, settled=settled)

    def _holds(self, key: str, text: str) -> bool:
        """Whether the result is there already: a failure that was tried again and failed again changes nothing."""
        try:
            return self.out.read_text(_name(key)) == text
        except (FileNotFoundError, ValueError):
            return False

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
        self._index.assign(place=place, file=file, key=key, reader=reader, mark=mark, path=path, source=source)

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
            yield Entry(place, file, path, "" if key.startswith(_UNREAD) else document_id(key))

    def sources(self, key: str) -> list[str]:
        """Where the files with a result were when a run last saw them."""
        return self._index.sources(key)

    def forget(self, place: str) -> None:
        """Takes the file at `place` out of the dataset; its result goes with the next `commit`, if no other has it."""
        self._index.forget(place)

    def note(self, key: str, form: str) -> str | None:
        """The note that was kept with a result; None if something other than `form` made it.

        Raises:
            DatasetDamaged: if the result is missing or cannot be understood.
        """
        head = self._head(key)
        return str(head["note"]) if head.get("form") == form else None

    def rendered(self, key: str, form: str) -> Rendered:
        """The rows of a result, made anew if something other than `form` made them, or if they are damaged.

        Raises:
            DatasetDamaged: if the result is missing or cannot be understood.
        """
        head, rows = self._lines(key, 2)
        if self._parsed(key, head).get("form") == form:
            with contextlib.suppress(*_UNREADABLE):
                return from_line(rows)
        return render_rows(self.report(key))

    def report(self, key: str) -> Report:
        """One result.

        Raises:
            DatasetDamaged: if it is missing or cannot be understood.
        """
        head, _, whole = self._lines(key, 3)
        known = self._parsed(key, head)
        try:
            # format 1 was one line
            return codec.from_json(known["report"] if "report" in known else json.loads(whole))
        except _UNREADABLE as error:
            raise self._damaged(key) from error

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

    def commit(self) -> None:
        """Writes the index and deletes the results that no file has any more.

        Raises:
            OSError: if it cannot be written.
        """
        unused = self._index.commit()
        self.out.keep_index()
        for key in unused:
            self.out.remove(_name(key))

    def close(self) -> None:
        """Lets the index go; what was not committed is found again by its content."""
        self._index.close()

    def _head(self, key: str) -> dict[str, Any]:
        """The first line of a result file: what read it, what is kept beside its rows."""
        return self._parsed(key, self._lines(key, 1)[0])

    def _lines(self, key: str, count: int) -> list[str]:
        """The first `count` lines of a result file; DatasetDamaged where it is missing or no text."""
        try:
            return self.out.read_lines(_name(key), count)
        except FileNotFoundError as error:
            raise DatasetDamaged(
                phrase("{called} is missing.", called=self._called(key)), phrase("Run jsextract over its source again.")
            ) from error
        except ValueError as error:
            raise self._damaged(key) from error

    def _parsed(self, key: str, head: str) -> dict[str, Any]:
        """The head as data; DatasetDamaged where it is none."""
        try:
            data = json.loads(head)
        except ValueError as error:
            raise self._damaged(key) from error
        if not isinstance(data, dict) or "reader" not in data:
            raise self._damaged(key)
        return data

    def _called(self, key: str) -> str:
        return f"{self.out.name}/{_name(key)}"

    def _damaged(self, key: str) -> DatasetDamaged:
        message = phrase("{path} cannot be understood.", path=self._called(key))
        return DatasetDamaged(message, phrase("Delete it and run jsextract over its source again."))


def settled(report: Report) -> bool:
    """Failures are tried again: a limit, a password or the program may have changed."""
    return report.status != DocumentStatus.FAILED


def _name(key: str) -> str:
    return f"{HIDDEN}/results/{key[:2]}/{key}.json"
