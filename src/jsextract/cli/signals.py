"""Ctrl-C once: finish what is under way. Ctrl-C twice, or SIGTERM: stop at once. Either way what is done is kept."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

import click

from jsextract.batch.run import StopRequest
from jsextract.errors import TERMINATED


@contextlib.contextmanager
def heeding_signals() -> Iterator[StopRequest]:
    """Within the block signals set what is yielded, or end the run by an exception.

    Raises:
        KeyboardInterrupt: at the second SIGINT.
        SystemExit: at SIGTERM.
    """
    asked = StopRequest()

    def interrupt(number: int, frame: FrameType | None) -> None:
        if asked.to_finish:
            asked.end(KeyboardInterrupt())
            return
        asked.to_finish = True
        click.echo("jsextract: Finishing what is under way; Ctrl-C again stops at once.", err=True)

    def terminate(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # told once is enough: the end must not be torn
        asked.end(SystemExit(TERMINATED))

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, terminate)
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
