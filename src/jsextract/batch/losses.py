"""What a document is said to have done to its worker: taken too long, too much memory, or ended it."""

from __future__ import annotations

import signal
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from pebble import ProcessExpired

from jsextract.batch.limits import Limits
from jsextract.errors import Crashed, DocumentError, OutOfMemory, TimedOut


def lost_answer(fault: Exception, limits: Limits) -> DocumentError:
    """Why a worker gave no answer for a document.

    Args:
        fault: what its future raised.
        limits: what the worker was under.
    """
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
