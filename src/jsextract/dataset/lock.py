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

from jsextract.dataset.beneath import open_beneath
from jsextract.errors import DatasetBusy
from jsextract.language.phrase import phrase

NAME = "lock"
HOLDER = "holder"
"""Who holds the lock; a file of its own, as a locked file cannot be read on every system."""
_MOST = 4096
_GLANCES = 5  # the holder writes its name a moment after it has the lock


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the dataset's lock for the block; the system lets it go when the process ends, however it ends.

    Raises:
        DatasetBusy: if another process holds it; the message says which.
        OSError: if the lock file cannot be made.
    """
    from filelock import FileLock, Timeout

    opened = open_beneath(folder.parent, f"{folder.name}/{NAME}", os.O_RDWR | os.O_CREAT)
    os.close(opened)  # it is no link and no pipe: who locks it goes by its name
    lock, holder = FileLock(folder / NAME, timeout=0), folder / HOLDER
    try:
        lock.acquire()
    except Timeout as error:
        raise busy(str(folder.parent), _read(holder)) from error
    try:
        holder.unlink(missing_ok=True)  # a link is not followed
        with os.fdopen(open_beneath(folder, HOLDER, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "w") as handle:
            handle.write(me())
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


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
    return DatasetBusy(phrase("{name} is in use by {by}.", name=name, by=by), phrase("Wait, or give another -o."))


def _read(holder: Path) -> str:
    """What the holder wrote of itself; blank where it did not yet."""
    for _ in range(_GLANCES):
        with contextlib.suppress(OSError, ValueError), os.fdopen(open_beneath(holder.parent, HOLDER), "rb") as handle:
            if text := handle.read(_MOST).decode():
                return text
        time.sleep(0.02)
    return ""
