"""Whether the files of a dataset are those that its results give, told without putting them together (戳记)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jsextract.dataset.folder import HIDDEN, Folder
from jsextract.dataset.schema import RESOURCES

NAME = f"{HIDDEN}/assembled.json"
FILES = (*(resource.file for resource in RESOURCES), "datapackage.json")
"""What putting together writes."""


def is_current(folder: Folder, form: str, contents: str) -> bool:
    """Whether the files were put together from these very results, and nobody touched them since.

    Args:
        folder: the dataset's.
        form: what makes rows now.
        contents: a digest of which file has which result.
    """
    marks = {name: folder.mark(name) for name in FILES}
    return all(marks.values()) and _read(folder) == {"form": form, "contents": contents, "files": marks}


def marks_at_writing(folder: Folder) -> Mapping[str, str]:
    """The mark that each file had when it was written; none where that is not known."""
    files = _read(folder).get("files")
    return files if isinstance(files, dict) else {}


def _read(folder: Folder) -> dict[str, Any]:
    """The stamp; an empty one where there is none, or none that can be understood."""
    try:
        stamp = json.loads(folder.read_text(NAME))
    except (FileNotFoundError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write(folder: Folder, form: str, contents: str) -> None:
    """Says that the files are put together; after this they may be left alone until something changes.

    Raises:
        OSError: if it cannot be written.
    """
    stamp = {"form": form, "contents": contents, "files": {name: folder.mark(name) for name in FILES}}
    with folder.replacing([NAME]) as (handle,):
        handle.write(json.dumps(stamp))


def invalidate(folder: Folder) -> None:
    """Says that a result is about to change: whoever is killed from here on leaves files to be put together."""
    folder.remove(NAME)
