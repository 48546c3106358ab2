"""Inside a worker process: how it begins, and what it does for one document."""

from __future__ import annotations

import atexit
import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count, pairwise
from pathlib import Path
from typing import Any, TypeVar

from pebble import CONSTS, ProcessPool
from pebble.pool import process as pebble_process

from jsextract._version import __version__
from jsextract.batch import awake, scratch
from jsextract.batch.limits import allow_one_more, restrain
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile
from jsextract.batch.usage import Usage, measured
from jsextract.batch.workers import WornOutError
from jsextract.errors import DocumentError, Unreadable, WorkersUnavailable
from jsextract.language.phrase import noted, phrase
from jsextract.language.system import reason
from jsextract.model.failures import failed
from jsextract.model.report import Report
from jsextract.pipeline import extracted, identified, loaded
from jsextract.readers import page_work
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Problem

_GARBAGE = 100_000  # objects between two searches for garbage: a document makes many and keeps most
_DESCRIPTORS = 4096  # none has a higher number
_TASKS = 200  # documents after which a worker is replaced, so that no leak grows
_LOCKED = 5.0  # seconds that a worker waits for the lock of its own pipe
_NO_THREAD = "can't start new thread"
_NO_ROOM = noted("there is no room for another thread or process")
_GLANCE = 0.02  # seconds between two looks of a pool at its worker; ending it takes one

_READ = count()  # of the documents that this worker was given

T = TypeVar("T")


def new_pool(settings: Settings, *, fork: bool = sys.platform == "linux") -> ProcessPool:
    """Workers that share the rules that are loaded already (forked), or load them again (spawned).

    Forking is not safe in a process with threads of its own, and not there on every system.
    """
    load_rules(settings.folders, settings.profile)
    temp = scratch.folder()  # removed after the workers have ended, which is registered below
    # A worker that was killed with the lock of its pipe in its hand leaves it locked; nobody else waits for it rightly.
    CONSTS.channel_lock_timeout = _LOCKED
    # A worker dies of SIGTERM at once or ignores it. Waiting for one that ignores it would never end: pebble looks at a
    # pipe that the worker has closed (`_close_what_is_others`), takes it for dead and waits for its exit code.
    CONSTS.term_timeout = 0.0
    CONSTS.sleep_unit = _GLANCE
    pebble_process.time = awake  # type: ignore[attr-defined]
    atexit.unregister(pebble_process.interpreter_shutdown)
    atexit.unregister(end_workers)
    atexit.register(end_workers)
    context = multiprocessing.get_context("fork" if fork else "spawn")
    with starting():
        return ProcessPool(settings.jobs, _TASKS, _start_worker, (settings, temp), context)


@contextmanager
def starting() -> Iterator[None]:
    """For what makes processes, their locks and pipes: says what the system refuses.

    Raises:
        WorkersUnavailable: if it refuses.
    """
    try:
        yield
    except (OSError, RuntimeError, MemoryError) as error:
        refusal = next((one for one in (error, error.__cause__) if _is_refusal(one)), None)
        if refusal is None:
            raise  # a pool that broke is replaced
        is_full = isinstance(refusal, BlockingIOError)
        why = reason(refusal) if isinstance(refusal, OSError) and not is_full else phrase(_NO_ROOM)
        raise WorkersUnavailable(
            phrase("Worker processes cannot be started: {reason}.", reason=why),
            phrase("Use fewer --jobs (0: none), or raise the limits of the system; see ulimit -a and /dev/shm."),
        ) from error


def _is_refusal(error: BaseException | None) -> bool:
    """Whether the system refuses something."""
    return isinstance(error, OSError | MemoryError) or _NO_THREAD in str(error)


def end_workers() -> None:
    """Ends every worker that is left when the program ends.

    pebble does the same and takes a worker for alive when another of its threads has waited for it first: only one of
    two that wait learns that a process has ended. That is no fault that anybody should be shown.
    """
    try:
        pebble_process.interpreter_shutdown()
    except RuntimeError:
        for worker in multiprocessing.active_children():
            worker.kill()


def _start_worker(settings: Settings, temp: str) -> None:
    """Makes a new process a worker: deaf to Ctrl-C, silent, under the limits, with nothing open that is others'."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _close_what_is_others()
    gc.freeze()  # the rules stay; looking through them again and again is a tenth of the work
    gc.set_threshold(_GARBAGE)
    os.environ.pop("CMAP_PATH", None)  # pdfminer would load tables of characters from there
    scratch.use(temp)
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


def _be_silent(verbose: bool) -> None:
    """What libraries print is for nobody: it stands in no row, and a document decides how much of it there is."""
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 (for as long as the worker lives)
    os.dup2(nowhere.fileno(), 1)
    sys.stdout = nowhere
    if not verbose:
        os.dup2(nowhere.fileno(), 2)
        sys.stderr = nowhere


def read_measured(source: SourceFile, settings: Settings, make: Callable[[Report], T]) -> tuple[T, Usage]:
    """What a worker does for one document: what `make` gives of its report, and what reading it took."""
    if error := refusal(source):
        return make(failed_report(source, error)), Usage()
    if settings.jobs:
        allow_one_more(settings.limits)

    def work() -> T:
        rules = load_rules(settings.folders, settings.profile)
        return make(extracted(source.content, rules, file=source.file, password=settings.password, ocr=settings.ocr))

    return measured(work)


def read_in_worker(source: SourceFile, settings: Settings, make: Callable[[Report], T]) -> tuple[T, Usage]:
    """What `read_measured` gives; that a document needs too much memory only a worker says that has read no other.

    What one needs depends on what was read before: libraries that were loaded, memory in pieces.

    Raises:
        WornOutError: if memory runs out, or pages cannot be recognised, and the document is not the first that this
            worker reads.
    """
    is_first, before = not next(_READ), page_work.failures()

    def made(report: Report) -> T:
        if not is_first and (report.problem == Problem.OUT_OF_MEMORY or page_work.failures() > before):
            raise WornOutError
        return make(report)

    try:
        return read_measured(source, settings, made)
    except MemoryError:
        if is_first:
            raise
        raise WornOutError from None


def refusal(source: SourceFile) -> DocumentError | None:
    """Why a source is not read at all; None where it is."""
    return Unreadable(source.problem) if source.problem else source.refused


def failed_report(source: SourceFile, error: DocumentError) -> Report:
    """A failed report made without a worker; it carries the content's identity where the bytes can be had."""
    report = Report(document_id="", file=source.file, sha256="", bytes=0, tool_version=__version__)
    if not source.problem:
        with suppress(DocumentError, MemoryError):
            report = identified(report, loaded(source.content, file=source.file))
    return failed(report, error)
