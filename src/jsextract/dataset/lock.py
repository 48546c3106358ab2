"""One writer a dataset: the second run ends at once instead of mixing its rows in."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from jsextract.errors import DatasetBusy

try:
    import fcntl
except ImportError:  # Windows: no advisory lock on a file descriptor
    fcntl = None  # type: ignore[assignment]

NAME = "lock"
_GLANCES = 5  # the holder writes its name a moment after it has the lock


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the dataset's lock for the block; the system lets it go when the process ends, however it ends.

    Raises:
        DatasetBusy: if another process holds it; the message says which.
        OSError: if the lock file cannot be made.
    """
    path = folder / NAME
    with path.open("a+", encoding="utf-8") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise busy(str(folder.parent), _holder(path)) from error
        handle.truncate(0)
        handle.write(me())
        handle.flush()
        yield
        handle.truncate(0)


def me() -> str:
    """Who holds a lock: host, process and since when."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"host": platform.node(), "pid": os.getpid(), "since": since})


def busy(name: str, holder: str) -> DatasetBusy:
    """The refusal, with the name of the one who is there already."""
    try:
        who = json.loads(holder)
        by = f"process {who['pid']} on {who['host']} since {who['since']}"
    except (KeyError, TypeError, ValueError):
        by = "another run"
    return DatasetBusy(f"{name} is in use by {by}.", "Wait, or give another -o.")


def _holder(path: Path) -> str:
    for _ in range(_GLANCES):
        text = path.read_text(encoding="utf-8")
        if text:
            return text
        time.sleep(0.02)
    return ""
