"""What one document may cost."""

from __future__ import annotations

import contextlib
import ctypes
import math
import multiprocessing
import os
import re
import signal
import sys
from pathlib import Path

from msgspec import Struct

from jsextract.readers.page_work import MAX_PAGES
from jsextract.readers.page_work import SECONDS as PAGE_SECONDS

SECONDS = 120.0
PICTURE_SECONDS = SECONDS + MAX_PAGES * PAGE_SECONDS
MEMORY_MB = 1536
PICTURE_MEMORY_MB = 3072  # of address space: recognising takes 2.2 GiB of it, WORKER_MB of memory
WORKER_MB = 1536  # of memory that a worker which recognises may come to take
FILE_MB = 64
PROCESSES = 256
_PARENT_DEATH = 1  # PR_SET_PDEATHSIG
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:([KMGT]?)(i?)B?)", re.IGNORECASE)
_POWERS = {"K": 1, "M": 2, "G": 3, "T": 4}


class Limits(Struct, frozen=True):
    """Limits of one document.

    Attributes:
        seconds: wall time, after which the worker is killed.
        own_seconds: processor time, for a document that never ends; each page that is a picture adds its own.
        memory_mb: memory of a worker process, in MiB.
        file_mb: size of a file that a worker writes, in MiB; reading writes none.
        processes: processes and threads that a worker may start beside those that its user has already.
    """

    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB
    file_mb: int = FILE_MB
    processes: int = PROCESSES
    own_seconds: float | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a time that never ends, or that nothing can be done in."""
        if not 0 < self.seconds < math.inf:
            raise ValueError(f"seconds must be a positive number, not {self.seconds}")

    @property
    def processor_seconds(self) -> float:
        """Processor time, pages that are pictures apart."""
        return self.seconds if self.own_seconds is None else self.own_seconds


def limits_of(seconds: float | None, memory_mb: int | None, *, pictures: bool) -> Limits:
    """The limits that were asked for, else the usual ones; reading pages that are pictures takes more of both."""
    usual = (PICTURE_SECONDS, PICTURE_MEMORY_MB) if pictures else (SECONDS, MEMORY_MB)
    return Limits(seconds or usual[0], memory_mb or usual[1], own_seconds=seconds or SECONDS)


def workers_of(jobs: int | None, *, pictures: bool) -> int:
    """The workers that were asked for, else one a processor; no more that recognise than memory is free for."""
    if jobs is not None:
        return jobs
    free = _free_mb() if pictures else None
    return processors() if free is None else max(1, min(processors(), free // WORKER_MB))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _free_mb() -> int | None:
    """Memory that is free for use, in MiB, as Linux tells it; None elsewhere."""
    told = Path("/proc/meminfo")
    match = re.search(r"^MemAvailable:\s*(\d+) kB", told.read_text(), re.MULTILINE) if told.exists() else None
    return int(match[1]) >> 10 if match else None


def mebibytes(text: str) -> int:
    """A size such as 1.5GiB, 800M or 2000000K in whole MiB; a number alone counts MiB.

    Raises:
        ValueError: if it is no size.
    """
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    number, unit, binary = float(match[1]), match[2].upper(), match[3]
    if not unit:
        return int(number) if text.strip()[-1].isdigit() else int(number) >> 20
    # 1.5G means GiB here, as it does for the tools that set such limits; only 1.5GB is decimal.
    decimal = not binary and text.strip()[-1] in "bB"
    return int(number * (1000 if decimal else 1024) ** _POWERS[unit]) >> 20


def machine_mb() -> int:
    """The machine's memory in MiB; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (AttributeError, ValueError, OSError):
        return 0


def restrain(limits: Limits) -> None:
    """Puts the limits on this process; does nothing where the system has no such limits (Windows)."""
    try:
        import resource
    except ImportError:
        return
    limit(resource.RLIMIT_AS, (limits.memory_mb << 20) + _inherited())
    limit(resource.RLIMIT_FSIZE, limits.file_mb << 20)
    limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        limit(resource.RLIMIT_NPROC, _threads_of_user() + limits.processes)
        _die_with_parent()


def allow_one_more(limits: Limits) -> None:
    """Raises the limit on processor time by what one document may take."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + limits.processor_seconds) + 1)


def limit(kind: int, size: int) -> None:
    """Sets one soft limit; a stricter one of the system's stays."""
    import resource

    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def _inherited() -> int:
    """Bytes of address space that a process begins with: libraries and what its parent holds are not its doing."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if status.exists() else 0


def _threads_of_user() -> int:
    """Processes and threads of this user: the system counts them all against the limit."""
    count, user = 0, os.getuid()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):  # it has ended meanwhile
                if folder.stat().st_uid == user:
                    count += sum(1 for _ in (folder / "task").iterdir())
    return count


def _die_with_parent() -> None:
    """A worker whose parent was killed must not go on reading."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    parent = multiprocessing.parent_process()
    if parent and parent.pid != os.getppid():  # it died before it could be tied to us
        os._exit(1)
