"""Whether a source of this machine is there (来源是否存在)."""

from __future__ import annotations

import os
from pathlib import Path

from jsextract.errors import SourceNotFound
from jsextract.language.phrase import phrase
from jsextract.language.system import reason


def looked_at(path: Path, name: str) -> os.stat_result:
    """What the system tells of a source; of what a link leads to, where it is one.

    Args:
        path: where it is.
        name: what messages call it.

    Raises:
        SourceNotFound: if there is none, a link leads nowhere, or the system does not let us look.
    """
    try:
        return path.stat()
    except FileNotFoundError as error:
        if os.path.islink(path):  # noqa: PTH114 (false, and no error, where that cannot be told)
            told = phrase("{name} is a link that leads nowhere.", name=name)
        else:
            told = phrase("{name} does not exist.", name=name)
        remedy = (
            phrase("No file fits the pattern, or it stood in quotes, where no shell looks for files.")
            if any(mark in path.name for mark in "*?")
            else phrase("Check the path.")
        )
        raise SourceNotFound(told, remedy) from error
    except OSError as error:
        raise SourceNotFound(
            phrase("{name}: {reason}.", name=name, reason=reason(error)), phrase("Check the path.")
        ) from error


def is_there(path: Path) -> bool:
    """Whether there is such a file, or an archive that may hold it; not where the system does not let us look."""
    return any(map(os.path.isfile, (path, *path.parents)))
