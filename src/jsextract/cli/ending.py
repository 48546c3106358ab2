"""What ends a command at once: SIGTERM, and SIGHUP, whose terminal is gone (终止)."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType

from jsextract.errors import HUNG_UP, TERMINATED

ENDING = {
    getattr(signal, name): code
    for name, code in (("SIGTERM", TERMINATED), ("SIGHUP", HUNG_UP))
    if hasattr(signal, name)
}
"""The signals, as far as the system has them, and the exit code of each."""
_STREAMS = (1, 2)


def raised(how: BaseException) -> None:
    """Raises it: how a command ends that has nothing to finish."""
    raise how


def ending_by(end: Callable[[BaseException], None]) -> None:
    """Lets SIGTERM and SIGHUP call `end` with a SystemExit, once: whatever cleans up then is not torn.

    A signal that is ignored stays so: nohup asks for that.
    """

    def terminate(number: int, frame: FrameType | None) -> None:
        for other in ENDING:
            signal.signal(other, signal.SIG_IGN)
        _leave_lost_terminal()
        end(SystemExit(ENDING[number]))

    for number in ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, terminate)


def _leave_lost_terminal() -> None:
    """What is still said goes nowhere where the terminal is gone."""
    for stream in _STREAMS:
        try:
            os.write(stream, b"")
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
