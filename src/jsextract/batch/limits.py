"""What one document may cost."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

SECONDS = 60.0
MEMORY_MB = 2048


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one document.

    Attributes:
        seconds: wall time; the worker is killed after it.
        memory_mb: address space of a worker process.
    """

    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB


def restrain(limits: Limits) -> None:
    """Puts the limits on this process; does nothing where the system has no such limits (Windows)."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):  # a stricter limit stands already
        size = limits.memory_mb << 20
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
