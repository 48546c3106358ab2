"""What a document is said to have done to its worker: taken too long, too much memory, or ended it."""

from __future__ import annotations

import signal
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from pebble import ProcessExpired

from jsextract.batch.limits import Limits
from jsextract.batch.workers import WornOutError
from jsextract.errors import Crashed, DocumentError, OutOfMemory, TimedOut
from jsextract.language.phrase import phrase


def lost_answer(fault: Exception, limits: Limits) -> DocumentError:
    """Why a worker gave no answer for a document.

    Args:
        fault: what its future raised.
        limits: what the worker was under.
    """
    if isinstance(fault, Late):
        return TimedOut(
            phrase("Reading took more than {seconds} s.", seconds=f"{limits.seconds:g}"),
            phrase("Give it longer: --timeout."),
        )
    if isinstance(fault, ProcessExpired):
        return _cause(fault)
    if isinstance(fault, BrokenProcessPool | CancelledError):
        return Crashed(
            phrase("Several workers died over it without an answer."), phrase("The file is likely damaged or hostile.")
        )
    if isinstance(fault, MemoryError | WornOutError):
        return OutOfMemory(
            phrase("Reading needed more than {memory_mb} MB.", memory_mb=limits.memory_mb),
            phrase("Give it more: --memory."),
        )
    return Crashed(phrase("The worker gave no answer: {fault}.", fault=type(fault).__name__))


def _cause(expired: ProcessExpired) -> DocumentError:
    """Why a worker died, as far as its exit code tells."""
    code = getattr(expired, "exitcode", None)
    if isinstance(code, int) and code < 0:
        name = str(-code)
        with suppress(ValueError):
            name = signal.Signals(-code).name
        if name == "SIGKILL":
            return OutOfMemory(
                phrase("The system ended the worker, as it does when memory runs out."), phrase("Use fewer --jobs.")
            )
        if name == "SIGXCPU":
            return TimedOut(
                phrase("Reading took more processor time than the limit."), phrase("Give it longer: --timeout.")
            )
        return Crashed(
            phrase("The worker was ended by {name}.", name=name), phrase("The file is likely damaged or hostile.")
        )
    return Crashed(
        phrase("The worker ended with exit code {code}.", code=code), phrase("The file is likely damaged or hostile.")
    )
