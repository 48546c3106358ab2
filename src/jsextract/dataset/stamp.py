"""Whether the files of a dataset are those that its results give, told without putting them together (戳记)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jsextract.dataset.folder import HIDDEN, Folder
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.seal import sealed, unsealed

NAME = f"{HIDDEN}/assembled.json"
WRITTEN = f"{HIDDEN}/written.json"
"""What says what was written; `written.py` knows it."""
FILES = (*(resource.file for resource in RESOURCES), "datapackage.json")
"""What putting together writes."""


def is_current(folder: Folder, form: str, contents: str) -> bool:
    """Whether the files were put together from these very results, and nobody touched them since.

    Args:
        folder: the dataset's.
        form: what makes rows now.
        contents: a digest of which file has which result.
    """
    marks = _marks(folder)
    return all(marks.values()) and _read(folder) == {"form": form, "contents": contents, "files": marks}


def contradicts(folder: Folder, contents: str) -> bool:
    """Whether the files are those that were put together, untouched, but not from what the index says: it is another.

    Args:
        folder: the dataset's.
        contents: a digest of which file has which result, as the index has it.
    """
    stamp = _read(folder)
    return bool(stamp) and stamp.get("contents") != contents and stamp.get("files") == _marks(folder)


def _marks(folder: Folder) -> dict[str, str]:
    """The mark of each file now."""
    return {name: folder.mark(name) for name in (WRITTEN, *FILES)}


def marks_at_writing(folder: Folder) -> Mapping[str, str]:
    """The mark that each file had when it was written; none where that is not known."""
    files = _read(folder).get("files")
    return files if isinstance(files, dict) else {}


def _read(folder: Folder) -> dict[str, Any]:
    """The stamp; an empty one where there is none, or none that can be understood."""
    try:
        stamp = json.loads(unsealed(folder.read_text(NAME), NAME))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write(folder: Folder, form: str, contents: str) -> None:
    """Says that the files are put together; after this they may be left alone until something changes.

    Raises:
        OSError: if it cannot be written.
    """
    stamp = {"form": form, "contents": contents, "files": _marks(folder)}
    with folder.replacing([NAME]) as (handle,):
        handle.write(sealed(json.dumps(stamp), NAME))


def invalidate(folder: Folder) -> None:
    """Says that a result is about to change: whoever is killed from here on leaves files to be put together."""
    folder.remove(NAME)
