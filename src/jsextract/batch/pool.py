"""Many documents in worker processes: what kills a worker costs its document and nothing else."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from jsextract._version import __version__
from jsextract.batch.limits import MEMORY_MB, SECONDS, Limits, restrain
from jsextract.batch.sources import SourceFile, safe_name
from jsextract.errors import Crashed, DocumentError, JsextractError, OutOfMemory, TimedOut, Unreadable
from jsextract.model.report import Report
from jsextract.pipeline import extract, failed, identified, prepare, read_bytes

_AHEAD = 4  # documents handed out beyond those under way, for each worker
_GARBAGE = 100_000  # objects between two searches for garbage: a document makes many and keeps most
_TASKS = 200  # documents after which a worker is replaced, so that no leak grows


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run reads.

    Attributes:
        jobs: worker processes; 0 reads in this process, without protection against crashes and hangs.
        password: tried on every encrypted document; never logged.
        verbose: tracebacks of faults go to stderr.
        profile: the overlay of rules for all documents; blank for each the one that fits its cover.
    """

    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    password: str | None = field(default=None, repr=False)
    verbose: bool = False
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """One document's outcome and the seconds that it took."""

    source: SourceFile
    report: Report
    seconds: float


def extract_many(
    paths: Iterable[str | Path],
    jobs: int | None = None,
    *,
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
    password: str | None = None,
    profile: str = "",
) -> Iterator[Report]:
    """Reads many documents; the reports come in the order of `paths`, one for each.

    A document whose worker crashes, hangs or needs too much memory gives a failed report like any other bad document.

    Args:
        paths: PDF files, or UTF-8 text files named .txt.
        jobs: worker processes, as many as there are processors unless given; 0 reads in this process.
        seconds: wall time that one document may take.
        memory_mb: memory that one worker may take.
        password: for PDFs that need one.
        profile: the overlay of rules for all of them; blank for each the one that fits its cover.

    Raises:
        PatternError: if a rule file does not load, there is no such profile, or two fit one cover.
    """
    limits = Limits(seconds, memory_mb)
    settings = Settings(processors() if jobs is None else jobs, limits, password, profile=profile)
    sources = (SourceFile(Path(path), safe_name(Path(path).name)) for path in paths)
    for done in read_all(sources, settings):
        yield done.report


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(sources: Iterable[SourceFile], settings: Settings) -> Iterator[Done]:
    """Each source's outcome, in order; only a window of them is under way at a time.

    Raises:
        JsextractError: what is no document's fault (a rule file that does not load).
    """
    if settings.jobs == 0:
        for source in sources:
            yield Done(source, *_timed(source, settings))
        return
    pool = _pool(settings)
    try:
        window: deque[tuple[SourceFile, Any]] = deque()
        for source in sources:
            if source.problem:
                window.append((source, None))
            else:
                window.append((source, pool.schedule(_timed, (source, settings), timeout=settings.limits.seconds)))
            if len(window) > settings.jobs * _AHEAD:
                yield _outcome(*window.popleft(), settings)
        while window:
            yield _outcome(*window.popleft(), settings)
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _pool(settings: Settings) -> ProcessPool:
    prepare()
    # Forked workers share the rules that are loaded already; elsewhere forking is not safe or not there.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPool(settings.jobs, _TASKS, _start_worker, (settings,), context)


def _start_worker(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # the rules stay; looking through them again and again is a tenth of the work
    gc.set_threshold(_GARBAGE)
    restrain(settings.limits)
    if settings.verbose:
        logging.basicConfig(level=logging.DEBUG, format="%(message)s")
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger("jsextract").setLevel(logging.DEBUG)


def _timed(source: SourceFile, settings: Settings) -> tuple[Report, float]:
    start = time.monotonic()
    if source.problem:
        return _unread(source, Unreadable(source.problem)), 0.0
    report = extract(source.path, file=source.file, password=settings.password, profile=settings.profile)
    return report, time.monotonic() - start


def _outcome(source: SourceFile, future: Any, settings: Settings) -> Done:
    if future is None:
        return Done(source, _unread(source, Unreadable(source.problem)), 0.0)
    limits = settings.limits
    try:
        return Done(source, *future.result())
    except Late:
        error: DocumentError = TimedOut(f"Reading took more than {limits.seconds:g} s.", "Give it longer: --seconds.")
        return Done(source, _unread(source, error), limits.seconds)
    except ProcessExpired as expired:
        return Done(source, _unread(source, _cause(expired)), 0.0)
    except MemoryError:
        error = OutOfMemory(f"Reading needed more than {limits.memory_mb} MB.", "Give it more: --memory.")
        return Done(source, _unread(source, error), 0.0)
    except JsextractError:
        raise
    except Exception as fault:  # the answer itself could not be sent or understood
        logging.getLogger(__name__).debug("%s", source.file, exc_info=True)
        return Done(source, _unread(source, Crashed(f"The worker gave no answer: {type(fault).__name__}.")), 0.0)


def _cause(expired: ProcessExpired) -> DocumentError:
    """Why a worker died, as far as its exit code tells."""
    code = getattr(expired, "exitcode", None)
    if isinstance(code, int) and code < 0:
        name = str(-code)
        with suppress(ValueError):
            name = signal.Signals(-code).name
        if name == "SIGKILL":
            return OutOfMemory("The system ended the worker, as it does when memory runs out.", "Use fewer --jobs.")
        return Crashed(f"The worker was ended by {name}.", "The file is likely damaged or hostile.")
    return Crashed(f"The worker ended with exit code {code}.", "The file is likely damaged or hostile.")


def _unread(source: SourceFile, error: DocumentError) -> Report:
    """A failed report made without the worker; it carries the content's identity where the bytes can be had."""
    report = Report("", source.file, "", 0, tool_version=__version__)
    if not source.problem:
        with suppress(DocumentError, MemoryError):
            report = identified(report, read_bytes(source.path))
    return failed(report, error)
