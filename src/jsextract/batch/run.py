"""A run over a dataset: read what is new, keep what is not, write the files."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from jsextract.batch.pool import Settings, read_all
from jsextract.batch.reader import reader_id
from jsextract.batch.sources import SourceFile
from jsextract.dataset.lock import locked
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.store import FOLDER, Store, content_key, place_of
from jsextract.dataset.write import write_dataset
from jsextract.errors import OutputNotWritable
from jsextract.model.report import Report
from jsextract.patterns.profiles import rulebook


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run says about one file: the report's head without its rows, and how many rows there are."""

    head: Report
    tables: int
    cells: int
    facts: int
    checks_fail: int
    reused: bool


def run(sources: Iterable[SourceFile], out: Path, settings: Settings, on_done: Callable[[Outcome], None]) -> None:
    """Reads the sources into the dataset at `out`, which is made where it is missing.

    Args:
        sources: in any order; the dataset's order does not depend on it.
        out: the dataset's folder.
        settings: how to read.
        on_done: called once for each file, as soon as its result is safe on disk.

    Raises:
        PatternError: if a rule file does not load, or there is no such profile.
        OutputNotWritable: if the folder cannot be written; finished results are kept.
        DatasetBusy: if another run writes to it.
        DatasetDamaged: if what it remembers cannot be understood.
    """
    rulebook(settings.profile)  # a misspelt name ends the run before anything is written
    with contextlib.ExitStack() as stack:
        with _writing(out):
            _refuse_foreign_files(out)
            (out / FOLDER).mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(out / FOLDER))
            log = stack.enter_context((out / "run.log.jsonl").open("a", encoding="utf-8"))
            store = Store(out)
        _Run(store, settings, on_done, log).over(sources)


@contextlib.contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Names the folder when the block cannot write to it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputNotWritable(f"{out} cannot be written: {reason}.", "Give another folder with -o.") from error


def _refuse_foreign_files(out: Path) -> None:
    """A folder with files of our names that no run made is left alone."""
    if (out / FOLDER).exists():
        return
    for resource in RESOURCES:
        if (out / resource.file).exists():
            raise OutputNotWritable(
                f"{out} holds a {resource.file} that jsextract did not write.", "Give another folder with -o."
            )


class _Run:
    """One run: which contents are under way, and which files of equal content wait for them."""

    def __init__(self, store: Store, settings: Settings, on_done: Callable[[Outcome], None], log: TextIO) -> None:
        self.store = store
        self.settings = settings
        self.on_done = on_done
        self.log = log
        self.reader = reader_id(settings.profile)
        self.read: set[str] = set()
        self.waiting: dict[str, list[SourceFile]] = {}

    def over(self, sources: Iterable[SourceFile]) -> None:
        self._note("start", reader=self.reader, jobs=self.settings.jobs)
        try:
            self._read(self._unread(sources))
            # A file that changed or went away while it was read leaves its twins waiting: they are read themselves.
            self._read([twin for twins in self.waiting.values() for twin in twins])
        finally:
            # What is finished is in the dataset even when the run is cut short.
            with _writing(self.store.out):
                write_dataset(self.store)
                self.store.commit()
        self._note("end")

    def _unread(self, sources: Iterable[SourceFile]) -> Iterator[SourceFile]:
        """The sources whose content has to be read; those that are known are settled at once."""
        for source in sources:
            key = _key_of(source)
            if key in self.waiting:
                self.waiting[key].append(source)
                continue
            known = self._known(key) if key else None
            if known:
                self._settle(source, key, replace(known, file=source.file), reused=True)
                continue
            if key:
                self.waiting[key] = []
            yield source

    def _known(self, key: str) -> Report | None:
        """What this run or an earlier one with the same reader made of the content."""
        return self.store.report(key) if key in self.read else self.store.fresh(key, self.reader)

    def _read(self, sources: Iterable[SourceFile]) -> None:
        for done in read_all(sources, self.settings):
            report = done.report
            key = content_key(report.sha256, done.source.path.suffix, place_of(done.source.path))
            with _writing(self.store.out):
                self.store.put(key, report, self.reader)
            self.read.add(key)
            self._settle(done.source, key, report, reused=False)
            for twin in self.waiting.pop(key, ()):
                self._settle(twin, key, replace(report, file=twin.file), reused=False)
            self._note("read", file=report.file, seconds=round(done.seconds, 3))
            for opinion in report.opinions:
                self._note("opinion", file=report.file, **asdict(opinion))

    def _settle(self, source: SourceFile, key: str, report: Report, *, reused: bool) -> None:
        self.store.assign(place_of(source.path), source.file, key, self.reader)
        rows = (report.tables, len(report.cells), len(report.facts), sum(c.status == "fail" for c in report.checks))
        head = replace(report, cells=(), facts=(), projects=(), checks=(), sections=(), glossary=(), opinions=())
        self.on_done(Outcome(head, *rows, reused))

    def _note(self, event: str, **facts: object) -> None:
        """Times stand in the log and nowhere else."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
        with _writing(self.store.out):
            self.log.write(json.dumps(line, ensure_ascii=False) + "\n")


def _key_of(source: SourceFile) -> str:
    """The content's name, blank where the bytes cannot be had; the reader says why."""
    if source.problem or not source.path.is_file():
        return ""
    try:
        with source.path.open("rb") as handle:
            return content_key(hashlib.file_digest(handle, "sha256").hexdigest(), source.path.suffix)
    except OSError:
        return ""
