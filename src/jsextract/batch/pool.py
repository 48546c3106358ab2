"""Many documents in worker processes: what kills a worker costs its document and nothing else."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from jsextract._version import __version__
from jsextract.batch.limits import MEMORY_MB, SECONDS, Limits, allow_one_more, restrain
from jsextract.batch.sources import SourceFile, safe_name
from jsextract.batch.usage import Usage, measured
from jsextract.batch.workers import Workers, quiet_threads
from jsextract.errors import Crashed, DocumentError, JsextractError, OutOfMemory, TimedOut, Unreadable
from jsextract.model.failures import failed
from jsextract.model.report import Report
from jsextract.pipeline import extract, identified
from jsextract.readers.registry import load
from jsextract.rules.ruleset import load_rules

_AHEAD = 8  # documents that one which is slow may be overtaken by, for each worker, where order is kept
_GLANCE = 0.2  # seconds between two looks at whether to stop
_GARBAGE = 100_000  # objects between two searches for garbage: a document makes many and keeps most
_DESCRIPTORS = 4096  # none has a higher number
_TASKS = 200  # documents after which a worker is replaced, so that no leak grows
_LOCKED = 5.0  # seconds that a worker waits for the lock of its own pipe

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run reads.

    Attributes:
        jobs: worker processes; 0 reads in this process, without protection against crashes and hangs.
        password: tried on every encrypted document; never logged.
        verbose: tracebacks of faults go to stderr.
        folders: of the user's own rules.
        profile: the overlay of rules for all documents; blank for each the one that fits its cover.
        force: documents that are known and unchanged are read again, too.
        engine: local, or ray for a cluster.
        address: of the Ray cluster; blank for one that is started on this machine.
    """

    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    password: str | None = field(default=None, repr=False)
    verbose: bool = False
    folders: tuple[Path, ...] = ()
    profile: str = ""
    force: bool = False
    engine: str = "local"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
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
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
    password: str | None = None,
    folders: Sequence[Path] = (),
    profile: str = "",
) -> Iterator[Report]:
    """Reads many documents; the reports come in the order of `paths`, one for each.

    A document whose worker crashes, hangs or needs too much memory gives a failed report like any other bad document.

    Args:
        paths: PDF or text files.
        jobs: worker processes, as many as there are processors unless given; 0 reads in this process.
        seconds: wall time that one document may take.
        memory_mb: memory that one worker may take.
        password: for PDFs that need one.
        folders: of rules of one's own, beside the shipped ones.
        profile: the overlay of rules for all of them; blank for each the one that fits its cover.

    Raises:
        PatternError: if a rule file does not load, there is no such profile, or two fit one cover.
    """
    limits = Limits(seconds, memory_mb)
    settings = Settings(
        processors() if jobs is None else jobs, limits, password, folders=tuple(folders), profile=profile
    )
    sources = (SourceFile(Path(path), safe_name(Path(path).name)) for path in paths)
    for done in read_all(sources, settings, whole, in_order=True):
        yield done.report


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
            yield Done(source, *_timed(source, settings, make))
        return
    one = replace(settings, jobs=1)
    load_rules(settings.folders, settings.profile)
    with quiet_threads():
        slots = Workers(
            settings.jobs,
            lambda: new_pool(one),
            lambda pool, source: schedule(pool, source, one, make),
            settings.limits.seconds,
        )
        try:
            results = _results(slots, iter(sources), one, make, stopping, settings.jobs * _AHEAD if in_order else 0)
            yield from _ordered(results) if in_order else (done for _, done in results)
        finally:
            slots.stop()


def _results(
    slots: Workers,
    sources: Iterator[SourceFile],
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
                if source.problem:
                    yield numbers.pop(id(source)), Done(source, *_timed(source, settings, make))
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
    return pool.schedule(_timed, (source, settings, make), timeout=settings.limits.seconds)


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
        error = _reason(fault, settings.limits)
        logging.getLogger(__name__).debug("%s", source.file, exc_info=True)
        seconds = settings.limits.seconds if isinstance(error, TimedOut) else 0.0
        return Done(source, make(failed_report(source, error)), Usage(seconds))


def new_pool(settings: Settings, *, fork: bool = sys.platform == "linux") -> ProcessPool:
    """Workers that share the rules that are loaded already (forked), or load them again (spawned).

    Forking is not safe in a process with threads of its own, and not there on every system.
    """
    load_rules(settings.folders, settings.profile)
    # A worker that was killed with the lock of its pipe in its hand leaves it locked; nobody else waits for it rightly.
    CONSTS.channel_lock_timeout = _LOCKED
    # A worker dies of SIGTERM at once or ignores it. Waiting for one that ignores it would never end: pebble looks at a
    # pipe that the worker has closed (`_close_what_is_others`), takes it for dead and waits for its exit code.
    CONSTS.term_timeout = 0.0
    context = multiprocessing.get_context("fork" if fork else "spawn")
    return ProcessPool(settings.jobs, _TASKS, _start_worker, (settings,), context)


def _start_worker(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _close_what_is_others()
    gc.freeze()  # the rules stay; looking through them again and again is a tenth of the work
    gc.set_threshold(_GARBAGE)
    os.environ.pop("CMAP_PATH", None)  # pdfminer would load tables of characters from there
    _be_silent(settings.verbose)
    restrain(settings.limits)
    if settings.verbose:
        logging.basicConfig(level=logging.DEBUG, format="%(message)s")
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger("jsextract").setLevel(logging.DEBUG)


def _close_what_is_others() -> None:
    """Closes what was inherited by forking: the pipes of other workers, the dataset's lock and index."""
    arguments: tuple[Any, ...] = getattr(multiprocessing.current_process(), "_args", ())
    own = {end.fileno() for a in arguments for end in (getattr(a, "reader", None), getattr(a, "writer", None)) if end}
    if own:  # as pebble hands them to its workers; were they not there, nothing would be closed
        edges = [2, *sorted(own), _DESCRIPTORS]
        for low, high in pairwise(edges):
            os.closerange(low + 1, high)


def _timed(source: SourceFile, settings: Settings, make: Callable[[Report], T]) -> tuple[T, Usage]:
    """What a worker does for one document."""
    if source.problem:
        return make(failed_report(source, Unreadable(source.problem))), Usage()
    if settings.jobs:
        allow_one_more(settings.limits)

    def work() -> T:
        report = extract(
            source.where,
            file=source.file,
            password=settings.password,
            folders=settings.folders,
            profile=settings.profile,
        )
        return make(report)

    return measured(work)


def _be_silent(verbose: bool) -> None:
    """What libraries print is for nobody: it stands in no row, and a document decides how much of it there is."""
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 (for as long as the worker lives)
    os.dup2(nowhere.fileno(), 1)
    sys.stdout = nowhere
    if not verbose:
        os.dup2(nowhere.fileno(), 2)
        sys.stderr = nowhere


def _reason(fault: Exception, limits: Limits) -> DocumentError:
    """Why there is no answer."""
    if isinstance(fault, Late):
        return TimedOut(f"Reading took more than {limits.seconds:g} s.", "Give it longer: --timeout.")
    if isinstance(fault, ProcessExpired):
        return _cause(fault)
    if isinstance(fault, BrokenProcessPool | CancelledError):
        return Crashed("Several workers died over it without an answer.", "The file is likely damaged or hostile.")
    if isinstance(fault, MemoryError):
        return OutOfMemory(f"Reading needed more than {limits.memory_mb} MB.", "Give it more: --memory.")
    return Crashed(f"The worker gave no answer: {type(fault).__name__}.")


def _cause(expired: ProcessExpired) -> DocumentError:
    """Why a worker died, as far as its exit code tells."""
    code = getattr(expired, "exitcode", None)
    if isinstance(code, int) and code < 0:
        name = str(-code)
        with suppress(ValueError):
            name = signal.Signals(-code).name
        if name == "SIGKILL":
            return OutOfMemory("The system ended the worker, as it does when memory runs out.", "Use fewer --jobs.")
        if name == "SIGXCPU":
            return TimedOut("Reading took more processor time than the limit.", "Give it longer: --timeout.")
        return Crashed(f"The worker was ended by {name}.", "The file is likely damaged or hostile.")
    return Crashed(f"The worker ended with exit code {code}.", "The file is likely damaged or hostile.")


def failed_report(source: SourceFile, error: DocumentError) -> Report:
    """A failed report made without a worker; it carries the content's identity where the bytes can be had."""
    report = Report(document_id="", file=source.file, sha256="", bytes=0, tool_version=__version__)
    if not source.problem:
        with suppress(DocumentError, MemoryError):
            report = identified(report, load(source.where))
    return failed(report, error)
