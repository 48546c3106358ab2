"""A dataset's folder on whatever fsspec knows: object stores, HDFS, SFTP.

Files are written in fsspec's transactions: whole or not at all as far as the store can do that (object stores can).
Such stores have no locks that end with a process: a holder renews its mark, and one that was not renewed is dead.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from jsextract.dataset.lock import busy, me
from jsextract.remote import filesystem

_HIDDEN = ".jsextract"
_INDEX = f"{_HIDDEN}/index.sqlite"
_LOCK = f"{_HIDDEN}/lock"
_RENEWED = 20.0  # seconds between two renewals of a lock
_DEAD = 90.0  # seconds after which nobody is thought to hold it


class UrlFolder:
    """The folder of one dataset at a URL; see `folder.Folder` for what each method does."""

    has_marks = False

    def __init__(self, url: str) -> None:
        self.name = url.rstrip("/")
        self._fs, self._root = filesystem(self.name)
        self._temp: tempfile.TemporaryDirectory[str] | None = None

    def holds(self, name: str) -> bool:
        """Whether there is such a file or folder."""
        return bool(self._fs.exists(self._at(name)))

    def prepare(self) -> None:
        """Makes the folder, where the store has folders."""
        self._fs.makedirs(self._at(_HIDDEN), exist_ok=True)

    def tidy(self) -> None:
        """Transactions leave nothing behind under the dataset's names."""

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Holds a mark that is renewed for the block; the store itself has no locks."""
        holder = self._holder()
        if holder:
            raise busy(self.name, holder)
        mine = me()
        self._renew(mine)
        ended = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(mine, ended), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()
            self.remove(_LOCK)

    def read_text(self, name: str) -> str:
        """A file's text (UTF-8)."""
        data: bytes = self._fs.cat_file(self._at(name))
        return data.decode("utf-8")

    def read_lines(self, name: str, count: int) -> list[str]:
        """The first lines without their ends; the whole file is fetched."""
        return [*self.read_text(name).split("\n", count)[:count], *[""] * count][:count]

    def size(self, name: str) -> int:
        """Bytes."""
        return int(self._fs.size(self._at(name)))

    def digest(self, name: str) -> str:
        """In hexadecimal; the whole file is fetched."""
        return hashlib.sha256(self._fs.cat_file(self._at(name))).hexdigest()

    def mark(self, name: str) -> str:
        """None: what a listing says may be old, and others may write there."""
        return ""

    @contextlib.contextmanager
    def replacing(self, names: Sequence[str]) -> Iterator[list[TextIO]]:
        """Handles on new files that one transaction puts in place."""
        for folder in dict.fromkeys(self._at(name).rpartition("/")[0] for name in names):
            self._fs.makedirs(folder, exist_ok=True)
        with self._fs.transaction, contextlib.ExitStack() as stack:
            yield [stack.enter_context(self._writer(name)) for name in names]

    def _writer(self, name: str) -> TextIO:
        """A handle on a new text file at the URL."""
        return io.TextIOWrapper(self._fs.open(self._at(name), "wb"), encoding="utf-8", newline="")

    @contextlib.contextmanager
    def appending(self, name: str) -> Iterator[TextIO]:
        """Object stores cannot append: what is new is put behind what was there when the block ends."""
        before = self.read_text(name) if self.holds(name) else ""
        new = io.StringIO()
        try:
            yield new
        finally:
            self._fs.pipe_file(self._at(name), (before + new.getvalue()).encode("utf-8"))

    def remove(self, name: str) -> None:
        """Deletes the file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(self._at(name))

    def names(self, name: str) -> list[str]:
        """What lies in a folder, where the store has folders."""
        try:
            return [path.rpartition("/")[2] for path in self._fs.ls(self._at(name), detail=False)]
        except FileNotFoundError:
            return []

    def way_to(self, path: Path) -> str:
        """Absolute."""
        return str(path.absolute())

    def found(self, way: str) -> Path:
        """The file."""
        return Path(way)

    def index(self) -> Path:
        """A copy of the store's index in a temporary folder."""
        self._temp = tempfile.TemporaryDirectory(prefix="jsextract-")
        path = Path(self._temp.name) / "index.sqlite"
        if self.holds(_INDEX):
            self._fs.get_file(self._at(_INDEX), str(path))
        return path

    def keep_index(self) -> None:
        """Puts the copy back."""
        assert self._temp is not None
        self._fs.put_file(f"{self._temp.name}/index.sqlite", self._at(_INDEX))

    def discard_index(self) -> None:
        """Here and there."""
        self.remove(_INDEX)

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    def _holder(self) -> str:
        """The mark of a lock that is alive; blank if there is none."""
        if not self.holds(_LOCK):
            return ""
        text = self.read_text(_LOCK)
        try:
            renewed = datetime.fromisoformat(_loaded(text)["renewed"])
        except (KeyError, TypeError, ValueError):
            return ""
        return text if (datetime.now(UTC) - renewed).total_seconds() < _DEAD else ""

    def _renew(self, mine: str) -> None:
        """Writes the lock anew with the time of now."""
        mark = json.loads(mine) | {"renewed": datetime.now(UTC).isoformat()}
        self._fs.pipe_file(self._at(_LOCK), json.dumps(mark).encode("utf-8"))

    def _keep(self, mine: str, ended: threading.Event) -> None:
        """Renews the lock at regular times until `ended` is set; runs in a thread."""
        due = time.monotonic() + _RENEWED
        while not ended.wait(max(0.0, due - time.monotonic())):
            self._renew(mine)
            due += _RENEWED


def _loaded(text: str) -> Any:
    return json.loads(text)
