"""A run over a dataset: read what is new, keep what is not, write the files."""

from __future__ import annotations

import contextlib
import logging
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from jsextract.batch.engine import engine
from jsextract.batch.keys import key_of, marked
from jsextract.batch.outcome import Outcome, Packed, outcome_from, outcome_of, pack
from jsextract.batch.proved_rules import proved_rules
from jsextract.batch.run_settings import Settings
from jsextract.batch.runlog import RunLog
from jsextract.batch.sources import SourceFile, sha256_of
from jsextract.batch.unpack import unpacked
from jsextract.batch.writing import Written, put_together, refuse_changed_files, refuse_foreign_files, writing
from jsextract.dataset.corrections import read_corrections
from jsextract.dataset.fingerprint import form_id, reader_id
from jsextract.dataset.folder import HIDDEN, Folder, folder_at
from jsextract.dataset.keys import content_key, place_of
from jsextract.dataset.recovery import mended
from jsextract.dataset.store import Store
from jsextract.errors import SourceNotFound
from jsextract.language.phrase import noted, phrase
from jsextract.outline.path_names import path_tag
from jsextract.vocabulary import DocumentStatus, Problem

_log = logging.getLogger(__name__)
_ANEW = noted("The index of {name} was lost or damaged; it was made anew from documents.csv.")
_LAST_SECONDS = 5.0  # for the files, when the run is told to end at once


class StopRequest:
    """What the user wants of a run that is under way; whoever handles signals sets it.

    Attributes:
        to_finish: take no more documents, finish those that are being read.
    """

    def __init__(self) -> None:
        self.to_finish = False
        self._shielded = False
        self._put_off: BaseException | None = None

    def end(self, how: BaseException) -> None:
        """Ends the run by raising `how`, at once or when a document that is being kept is safe."""
        if not self._shielded:
            raise how
        self._put_off = how

    @contextlib.contextmanager
    def shielded(self) -> Iterator[None]:
        """For steps that belong together: `end` waits until they are done."""
        self._shielded = True
        try:
            yield
        finally:
            self._shielded = False
        if self._put_off is not None:
            raise self._put_off


def run(
    sources: Iterable[SourceFile],
    out: Path | str,
    settings: Settings,
    on_done: Callable[[Outcome], None],
    asked: StopRequest | None = None,
) -> Written:
    """Reads the sources into the dataset at `out`, which is made where it is missing.

    Args:
        sources: in any order; the dataset's order does not depend on it.
        out: the dataset's folder, or its URL.
        settings: how to read.
        on_done: called once for each file, as soon as its result is safe on disk.
        asked: looked at between documents.

    Returns:
        What putting the dataset together came to, damaged results that could not be read again among it.

    Raises:
        PatternError: if a rule file does not load, or there is no such profile.
        SourceNotFound: if the folder of a source goes away meanwhile; finished results are kept.
        OutputNotWritable: if the folder cannot be written, or its files were changed by hand and `settings.force` is
            not set; finished results are kept.
        DatasetBusy: if another run writes to it.
        DatasetDamaged: if what it remembers cannot be understood.
    """
    folder = folder_at(out)
    with contextlib.ExitStack() as stack:
        with writing(folder):
            if not folder.holds(HIDDEN):
                proved_rules(settings.folders, settings.profile)  # a misspelt name ends the run before it writes
                refuse_foreign_files(folder)
                folder.prepare()
            stack.enter_context(folder.locked())  # before rules are loaded: the second of two runs is told at once
            proved_rules(settings.folders, settings.profile)
            folder.tidy()
            if not settings.force:
                refuse_changed_files(folder)
            read_corrections(folder)  # a file that is no table ends the run before anything is read
            log = RunLog(stack.enter_context(folder.appending("run.log.jsonl")))
            store, is_anew = mended(folder)
            stack.enter_context(contextlib.closing(store))
        if is_anew:
            _log.warning("jsextract: %s", phrase(_ANEW, name=folder.name))
        return _Run(store, settings, on_done, log, asked or StopRequest()).over(sources)


class _Run:
    """One run: which contents are under way, and which files of equal content wait for them."""

    def __init__(
        self, store: Store, settings: Settings, on_done: Callable[[Outcome], None], log: RunLog, asked: StopRequest
    ) -> None:
        self.store = store
        self.settings = settings
        self.on_done = on_done
        self.log = log
        self.asked = asked
        self.reader = reader_id(settings.folders, settings.profile, settings.ocr)
        self.waiting: dict[str, list[SourceFile]] = {}

    def over(self, sources: Iterable[SourceFile]) -> Written:
        """Reads what is new and puts the dataset together, also where the run is cut short."""
        with writing(self.store.out):
            self.log.start(self.reader, self.settings)
        until = math.inf
        try:
            self._read(self._unread(sources))
            # A file that changed or went away while it was read leaves its twins waiting: they are read themselves.
            left = [twin for twins in self.waiting.values() for twin in twins]
            if left:
                self._read(left)
            self._read(self._damaged())
        except (KeyboardInterrupt, SystemExit):
            until = time.monotonic() + _LAST_SECONDS
            raise
        finally:
            # What is finished is in the dataset even when the run is cut short, if there is time for it.
            with writing(self.store.out):
                written = put_together(self.store, until)
                self.log.end(written, interrupted=self.asked.to_finish or until < math.inf)
        return written

    def _damaged(self) -> Iterator[SourceFile]:
        """Files whose results are damaged and which no source of this run has given: from where they were read."""
        for key in self.store.damaged():
            for origin in self.store.origins(key):
                path = Path(os.path.normpath(self.store.out.found(origin.source)))
                source = marked(SourceFile(path, origin.file, relative=origin.path))
                if origin.source and content_key(sha256_of(source), path.suffix, told=path_tag(source.named)) == key:
                    yield source
                    break

    def _unread(self, sources: Iterable[SourceFile]) -> Iterator[SourceFile]:
        """The sources whose content has to be read; those that are known are settled at once."""
        for source in unpacked(sources, self.store, self.settings, self.reader):
            if self.asked.to_finish:
                return
            key = key_of(source, self.store, force=self.settings.force)
            if key in self.waiting:
                self.waiting[key].append(source)
                continue
            known = self._known(key, source.file) if key else None
            if known:
                with writing(self.store.out):
                    self._settle(source, key, known)
                continue
            if key:
                self.waiting[key] = []
            yield source

    def _known(self, key: str, file: str) -> Outcome | None:
        """What this run, or an earlier one with the same reader, made of the content; None: it has to be read."""
        if self.settings.force and not self.store.made(key):
            return None
        if outcome := outcome_from(self.store.outcome(key, self.reader), file):
            return outcome
        report = self.store.report(key) if self.store.made(key) else self.store.fresh(key, self.reader)
        return outcome_of(replace(report, file=file), reused=True) if report else None

    def _read(self, sources: Iterable[SourceFile]) -> None:
        """Reads sources, and keeps each result as it comes."""
        sources = iter(sources)
        first = next(sources, None)
        if first is None:
            return  # no rules are compiled and no workers started for nothing
        read_all = engine(self.settings.engine)
        for done in read_all(
            chain((first,), sources), self.settings, partial(pack, reader=self.reader, form=form_id()), self._stopping
        ):
            with self.asked.shielded(), writing(self.store.out):
                self._keep(done.source, done.report)
                self.log.read(done.report.outcome, done.cost)

    def _stopping(self) -> bool:
        return self.asked.to_finish

    def _keep(self, source: SourceFile, result: Packed) -> None:
        """Keeps one result, for its file and for all that wait with equal content.

        Raises:
            SourceNotFound: if the source's folder is gone, so that its files are not taken for deleted ones.
        """
        outcome, place = result.outcome, place_of(source.where)
        if outcome.head.problem == Problem.IO and source.vanished():
            if source.root_vanished():
                raise SourceNotFound(
                    phrase("The folder of {file} is gone.", file=source.file), phrase("What was finished is kept.")
                )
            if self.store.knows(place):  # the dataset keeps what it has of a file that was taken away
                self.on_done(outcome)
                return
        key = content_key(outcome.head.sha256, source.suffix, place, path_tag(source.named))
        self.store.put_packed(key, result.text, self.reader, settled=outcome.head.status != DocumentStatus.FAILED)
        self._settle(source, key, outcome)
        for twin in self.waiting.pop(key, ()):
            self._settle(twin, key, replace(outcome, head=replace(outcome.head, file=twin.file)))

    def _settle(self, source: SourceFile, key: str, outcome: Outcome) -> None:
        """Says that a file has a result, and tells whoever watches the run."""
        self.store.assign(
            place=place_of(source.where),
            file=source.file,
            key=key,
            reader=self.reader,
            mark=source.mark,
            path=source.relative,
            source=_way(source, self.store.out),
        )
        if outcome.reused:
            self.log.kept(outcome)
        self.on_done(outcome)


def _way(source: SourceFile, out: Folder) -> str:
    """Where a file is, for who wants to see its pages; blank for what lies nowhere on this machine."""
    if source.url or (source.member is not None and source.data is not None):
        return ""
    way = out.way_to(source.path)
    return way if source.member is None else f"{way}/{source.member.name}"
