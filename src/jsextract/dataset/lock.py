"""One writer a dataset: the second run ends at once instead of mixing its rows in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from jsextract.errors import DatasetBusy

try:
    import fcntl
except ImportError:  # Windows: no advisory lock on a file descriptor
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the dataset's lock for the block; the system lets it go when the process ends, however it ends.

    Raises:
        DatasetBusy: if another process holds it.
        OSError: if the lock file cannot be made.
    """
    with (folder / "lock").open("a") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise DatasetBusy(f"{folder.parent} is in use by another run.", "Wait, or give another -o.") from error
        yield
