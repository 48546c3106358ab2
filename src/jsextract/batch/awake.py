"""A clock of the seconds that this process was awake (清醒时钟): what limits go by.

A machine that sleeps, a run that was stopped (Ctrl-Z) and a clock that is set cost no document: the clock is monotonic,
and a time in which nobody looked at it counts as little. It stands in the place of the module `time` in pebble, whose
own limits go by the time of day.
"""

from __future__ import annotations

import threading
from time import monotonic
from time import sleep as sleep

_GAP = 2.0
"""Seconds without a look after which the process was stopped: whoever waits looks several times a second."""


class _Awake:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = monotonic()
        self._awake = 1.0  # pebble takes a task of the time 0 for one that has not begun

    def now(self) -> float:
        """Seconds since some moment; a gap between two looks counts no more than _GAP."""
        with self._lock:
            looked = monotonic()
            self._awake += min(looked - self._looked, _GAP)
            self._looked = looked
            return self._awake


time = _Awake().now
