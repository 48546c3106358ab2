"""Ctrl-C once: finish what is under way; twice, SIGTERM or SIGHUP: stop at once. What is done is kept either way."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

import click

from jsextract.batch.run import StopRequest
from jsextract.cli.ending import ENDING, ending_by


@contextlib.contextmanager
def heeding_signals() -> Iterator[StopRequest]:
    """Within the block signals set what is yielded, or end the run by an exception.

    Raises:
        KeyboardInterrupt: at the second SIGINT.
        SystemExit: at SIGTERM and SIGHUP.
    """
    asked = StopRequest()

    def interrupt(number: int, frame: FrameType | None) -> None:
        if asked.to_finish:
            asked.end(KeyboardInterrupt())
            return
        asked.to_finish = True
        click.echo("jsextract: Finishing what is under way; Ctrl-C again stops at once.", err=True)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    signal.signal(signal.SIGINT, interrupt)
    ending_by(asked.end)
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
