"""An end to what takes too long, inside the process: a reader of ours is killed by the pool, theirs is only stopped."""

from __future__ import annotations

import contextlib
import math
import signal
import threading
from collections.abc import Iterator


class TooSlow(BaseException):
    """The time is over. No `Exception`, so that a library that passes over its own errors lets it through."""


def allow(seconds: float) -> None:
    """Raises the limit on the process's processor time, where there is one, by so much."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        raised = soft + math.ceil(seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (raised if hard == resource.RLIM_INFINITY else min(raised, hard), hard))


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises TooSlow in the block after so many seconds of the process's processor time.

    Not of wall time: what a document gives must not depend on what else the machine does.

    Only where the system has interval timers and in a process's main thread, where documents are read; elsewhere the
    block runs to its end.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signum: int, _frame: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
