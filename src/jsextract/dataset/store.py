"""What a dataset remembers under OUT/.jsextract/: one result a document, and which file gave it.

Results are named after the content that they come from, never after a file's name. The CSV files beside them can be
made anew from here at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jsextract.dataset import atomic, codec
from jsextract.errors import DatasetDamaged
from jsextract.model.report import Report

FOLDER = ".jsextract"
_INDEX = "files.json"
_FORMAT = 1
_UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the dataset.

    Attributes:
        file: its name in documents.csv.
        key: which result is its own.
        reader: what read it: the version and a digest of code and rules.
        settled: reading it again with the same reader would give the same.
    """

    file: str
    key: str
    reader: str
    settled: bool


def content_key(sha256: str, suffix: str, place: str = "") -> str:
    """The name of a result: the content's hash; text files and unreadable files have names of their own."""
    if not sha256:
        return f"unread-{place}"
    return f"{sha256}-txt" if suffix.lower() == ".txt" else sha256


def place_of(path: Path) -> str:
    """A stable name for where a file is, which does not tell where that is."""
    return hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]


class Store:
    """The folder OUT/.jsextract/.

    Not safe for two writers; `lock.locked` keeps the second out.
    """

    def __init__(self, out: Path) -> None:
        """Makes the folder where it is missing and reads the index.

        Raises:
            OSError: if it cannot be made.
            DatasetDamaged: if the index is no index.
        """
        self.out = out
        self.folder = out / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        atomic.remove_leftovers(self.folder)
        self._entries = self._read_index()
        self._readers = {entry.key: entry.reader for entry in self._entries.values() if entry.settled}
        self._touched: set[str] = set()
        self._replaced: set[str] = set()

    def fresh(self, key: str, reader: str) -> Report | None:
        """The content's result, if this very reader made it and would make it again; None means: read it."""
        if self._readers.get(key, reader) != reader:
            return None
        try:
            stored = self._load(key)
            report = codec.from_json(stored["report"])
        except (OSError, DatasetDamaged, *_UNREADABLE):
            return None
        return report if stored["reader"] == reader and _settled(report) else None

    def put(self, key: str, report: Report, reader: str) -> None:
        """Keeps a result; it is safe on disk when this returns.

        Raises:
            OSError: if it cannot be written.
        """
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {"format": _FORMAT, "reader": reader, "report": codec.to_json(replace(report, file=""))}
        atomic.write_text(path, json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n")
        if _settled(report):
            self._readers[key] = reader

    def assign(self, place: str, file: str, key: str, reader: str) -> None:
        """Says that the file at `place` has the result `key`; what the place had before is forgotten."""
        moved = self._same_file_elsewhere(place, file, key)
        if moved:
            del self._entries[moved]
        old = self._entries.get(place)
        if old and old.key != key:
            self._replaced.add(old.key)
        self._entries[place] = Entry(file, key, reader, self._readers.get(key) == reader)
        self._touched.add(place)

    def _same_file_elsewhere(self, place: str, file: str, key: str) -> str:
        """Where the same file stood before its folder moved; blank where this is no move."""
        if place in self._entries:
            return ""
        twins = (p for p, e in self._entries.items() if e.key == key and e.file == file and p not in self._touched)
        return next(twins, "")

    def documents(self) -> Iterator[tuple[Report, bool]]:
        """Every file's report, ordered by file name, then content; one is in memory at a time.

        Yields:
            The report, and whether it is the first file with that content.

        Raises:
            DatasetDamaged: if a result cannot be understood.
        """
        seen: set[str] = set()
        for entry in sorted(self._entries.values(), key=lambda e: (e.file, e.key)):
            yield replace(self.report(entry.key), file=entry.file), entry.key not in seen
            seen.add(entry.key)

    def report(self, key: str) -> Report:
        """One result.

        Raises:
            DatasetDamaged: if it is missing or cannot be understood.
        """
        try:
            return codec.from_json(self._load(key)["report"])
        except OSError as error:
            raise DatasetDamaged(f"{self._path(key)} is missing.", "Run jsextract over its source again.") from error
        except _UNREADABLE as error:
            raise _damaged(self._path(key)) from error

    def commit(self) -> None:
        """Writes the index and deletes the results that no file has any more.

        Raises:
            OSError: if it cannot be written.
        """
        files = {
            place: [e.file, e.key, e.reader, e.settled]
            for place, e in sorted(self._entries.items(), key=lambda item: (item[1].file, item[0]))
        }
        atomic.write_text(self.folder / _INDEX, json.dumps({"format": _FORMAT, "files": files}, indent=0) + "\n")
        for key in self._replaced - {entry.key for entry in self._entries.values()}:
            self._path(key).unlink(missing_ok=True)
        self._replaced.clear()

    def _path(self, key: str) -> Path:
        return self.folder / "results" / key[:2] / f"{key}.json"

    def _load(self, key: str) -> dict[str, Any]:
        path = self._path(key)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise _damaged(path) from error
        if not isinstance(data, dict) or "reader" not in data or "report" not in data:
            raise _damaged(path)
        return data

    def _read_index(self) -> dict[str, Entry]:
        path = self.folder / _INDEX
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return {place: Entry(*entry) for place, entry in data["files"].items()}
        except FileNotFoundError:
            return {}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _damaged(path) from error


def _settled(report: Report) -> bool:
    """Failures are tried again: a limit, a password or the program may have changed."""
    return report.status != "failed"


def _damaged(path: Path) -> DatasetDamaged:
    return DatasetDamaged(f"{path} cannot be understood.", "Delete it and run jsextract over its source again.")
