"""What one document took: for the log, never for the data."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")
_STATUS = Path("/proc/self/status")
_FORGET_PEAK = Path("/proc/self/clear_refs")


class Usage(Struct, frozen=True):
    """What one document took.

    Attributes:
        seconds: wall time.
        cpu: processor seconds.
        peak_mb: most memory that the process had meanwhile, in MiB; 0 where the system does not tell (not Linux).
    """

    seconds: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0


def measured(work: Callable[[], T]) -> tuple[T, Usage]:
    """What `work` gives, and what it took."""
    _forget_peak()
    start, cpu = time.monotonic(), time.process_time()
    result = work()
    return result, Usage(time.monotonic() - start, time.process_time() - cpu, _peak_mb())


def _forget_peak() -> None:
    """Lets the system begin to measure the process's peak of memory anew (Linux)."""
    if os.access(_FORGET_PEAK, os.W_OK):
        _FORGET_PEAK.write_text("5")


def _peak_mb() -> float:
    """The peak since then, in MiB; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0.0
    for line in _STATUS.read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
