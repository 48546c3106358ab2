"""Whether a file is as it was, told without reading it: size, times and number of its entry (文件标记)."""

from __future__ import annotations

import time
from pathlib import Path

_SETTLED_NS = 2_000_000_000
"""A file that changed within two seconds may change again and bear the same times: some clocks tick that slowly."""


def mark_of(path: Path) -> str:
    """What changes when a file does; blank where that cannot be relied on.

    Whoever sets a file's time back still moves the time of its last change (ctime). A file that was changed just now,
    or whose times lie ahead of this machine's clock, has no mark: it is read, and so is one that is not there.
    """
    now = time.time_ns()
    try:
        told = path.stat()
    except OSError:
        return ""
    if now - max(told.st_mtime_ns, told.st_ctime_ns) < _SETTLED_NS:
        return ""
    return f"{told.st_size}-{told.st_mtime_ns}-{told.st_ctime_ns}-{told.st_dev}-{told.st_ino}"
