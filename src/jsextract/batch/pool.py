"""Many documents in worker processes: what kills a worker costs its document and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct
from pebble import ProcessPool

from jsextract.batch.child import failed_report, new_pool, read_in_worker, read_measured, refusal, starting
from jsextract.batch.limits import limits_of, workers_of
from jsextract.batch.losses import lost_answer
from jsextract.batch.proved_rules import proved_rules
from jsextract.batch.run_settings import Settings
from jsextract.batch.safe_name import safe_name
from jsextract.batch.sources import SourceFile
from jsextract.batch.usage import Usage
from jsextract.batch.workers import Workers, quiet_threads
from jsextract.errors import JsextractError, TimedOut
from jsextract.model.report import Report
from jsextract.readers.page_work import page_work

_AHEAD = 8  # documents that one which is slow may be overtaken by, for each worker, where order is kept
_GLANCE = 0.2  # seconds between two looks at whether to stop

T = TypeVar("T")


class Done(Struct, Generic[T], frozen=True):
    """One document's outcome and what it took.

    Attributes:
        report: what was made of its report.
    """

    source: SourceFile
    report: T
    cost: Usage


def extract_many(
    paths: Iterable[str | Path],
    jobs: int | None = None,
    *,
    seconds: float | None = None,
    memory_mb: int | None = None,
    password: str | None = None,
    folders: Sequence[Path] = (),
    profile: str = "",
    ocr: str = "auto",
) -> Iterator[Report]:
    """Reads many documents; the reports come in the order of `paths`, one for each.

    A document whose worker crashes, hangs or needs too much memory gives a failed report like any other bad document.

    Args:
        paths: files of the kinds that `extract` reads; what one is, its content decides.
        jobs: worker processes, as many as there are processors, and memory for recognition, unless given; 0 reads in
            this process.
        seconds: wall time that one document may take; 120 unless given, and 20 more for each page that is a picture.
        memory_mb: memory that one worker may take; 1536, or 3072 where pages are read as pictures, unless given.
        password: for PDFs that need one.
        folders: of rules of one's own, beside the shipped ones.
        profile: the overlay of rules for all of them; blank for each the one that fits its cover.
        ocr: which pages are read as pictures: auto (those without text), never or always.

    Raises:
        TypeError: if `paths` is a single path.
        PatternError: if a rule file does not load, there is no such profile, or two fit one cover.
    """
    if isinstance(paths, str | Path | bytes):
        raise TypeError(f"extract_many takes several paths; of one: extract({paths!r}) or extract_many([{paths!r}])")
    pictures = page_work(ocr) is not None
    workers, limits = workers_of(jobs, pictures=pictures), limits_of(seconds, memory_mb, pictures=pictures)
    return _reports(paths, Settings(workers, limits, password, folders=tuple(folders), profile=profile, ocr=ocr))


def _reports(paths: Iterable[str | Path], settings: Settings) -> Iterator[Report]:
    """The reports, one by one, in the order of the paths."""
    sources = (SourceFile(Path(path), safe_name(Path(path).name)) for path in paths)
    for done in read_all(sources, settings, whole, in_order=True):
        yield done.report


def whole(report: Report) -> Report:
    """The report itself: what most callers make of it."""
    return report


def never() -> bool:
    """Nobody asks to stop."""
    return False


def read_all(
    sources: Iterable[SourceFile],
    settings: Settings,
    make: Callable[[Report], T] = whole,  # type: ignore[assignment]
    stopping: Callable[[], bool] = never,
    *,
    in_order: bool = False,
) -> Iterator[Done[T]]:
    """Each source's outcome as soon as it is there; only a window of them is under way at a time.

    Args:
        sources: taken one by one, as there is room.
        settings: how to read.
        make: what is wanted of each report; done in the worker, which can spare the time.
        stopping: whether to take no more; what is being read is finished.
        in_order: outcomes in the order of the sources.

    Raises:
        JsextractError: what is no document's fault (a rule file that does not load).
    """
    if settings.jobs == 0:
        for source in sources:
            if stopping():
                return
            yield Done(source, *read_measured(source, settings, make))
        return
    one = replace(settings, jobs=1)
    proved_rules(settings.folders, settings.profile)
    with quiet_threads():
        slots = Workers(
            settings.jobs,
            lambda: new_pool(one),
            lambda pool, source: schedule(pool, source, one, make),
            settings.limits.seconds,
        )
        try:
            lead = settings.jobs * _AHEAD if in_order else 0
            results = _results(slots, iter(sources), settings=one, make=make, stopping=stopping, lead=lead)
            yield from _ordered(results) if in_order else (done for _, done in results)
        finally:
            slots.stop()


def _results(
    slots: Workers,
    sources: Iterator[SourceFile],
    *,
    settings: Settings,
    make: Callable[[Report], T],
    stopping: Callable[[], bool],
    lead: int,
) -> Iterator[tuple[int, Done[T]]]:
    """Outcomes with the numbers of their sources; with a `lead` none is further ahead of the slowest than that."""
    numbers: dict[int, int] = {}
    taken = 0
    more = True
    while True:
        more = more and not stopping()
        while more and slots.room() and not (lead and numbers and taken - min(numbers.values()) > lead):
            source = next(sources, None)
            more = source is not None
            if source is not None:
                numbers[id(source)] = taken
                taken += 1
                if refusal(source):
                    yield numbers.pop(id(source)), Done(source, *read_measured(source, settings, make))
                else:
                    slots.give(source)
        if stopping():
            slots.take_back()
        if not len(slots):
            return
        for future, source in slots.finished(_GLANCE):
            yield numbers.pop(id(source)), collected(future, source, settings, make)


def _ordered(results: Iterator[tuple[int, Done[T]]]) -> Iterator[Done[T]]:
    """The outcomes by their numbers."""
    waiting: dict[int, Done[T]] = {}
    following = 0
    for number, done in results:
        waiting[number] = done
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def schedule(pool: ProcessPool, source: SourceFile, settings: Settings, make: Callable[[Report], T]) -> Any:
    """Hands a document to a worker; the future is for `collected`."""
    with starting():
        return pool.schedule(read_in_worker, (source, settings, make), timeout=settings.limits.seconds)


def collected(future: Any, source: SourceFile, settings: Settings, make: Callable[[Report], T]) -> Done[T]:
    """A document's outcome, also if its worker gave none.

    Raises:
        JsextractError: what is no document's fault.
    """
    try:
        return Done(source, *future.result())
    except JsextractError:
        raise
    except Exception as fault:  # whatever ended the worker or spoilt its answer is one document's problem
        error = lost_answer(fault, settings.limits)
        logging.getLogger(__name__).debug("%s", source.file, exc_info=True)
        seconds = settings.limits.seconds if isinstance(error, TimedOut) else 0.0
        return Done(source, make(failed_report(source, error)), Usage(seconds))
