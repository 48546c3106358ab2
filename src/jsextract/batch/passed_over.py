"""What is passed over by its name: what systems, office programs and browsers keep beside documents, our own files."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from jsextract.dataset.schema import RESOURCES
from jsextract.readers.formats import suffix_tag

_SYSTEM_FILES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})
_PAGES = (".html", ".htm")
_OF_PAGES = ("_files", ".files")  # how the folder that a browser or an office program saves beside a page ends
_SHOWN_IN_PAGES = frozenset({"", "png", "jpeg", "gif", "bmp", "webp", "code", "json", "xml", "log", "unknown"})
_LOCK = "~$"  # what an office program keeps beside a file that is open
OWN_FILES = frozenset({*(resource.file for resource in RESOURCES), "datapackage.json", "run.log.jsonl"})


def is_wanted(below: str, datasets: Collection[str]) -> bool:
    """Whether a remote file, or one in an archive, is to be looked at.

    Args:
        below: its path below the source.
        datasets: folders below the source that hold datasets, each with its closing slash.
    """
    *folders, name = below.split("/")
    if any(part.startswith(".") or part.lower() in SYSTEM_FOLDERS for part in (*folders, name)):
        return False
    return not is_beside(name) and not (name in OWN_FILES and below.removesuffix(name) in datasets)


def shows_page(below: str, names: Collection[str]) -> bool:
    """Whether a remote file, or one in an archive, only serves to show a saved page that is among these, too."""
    folder, _, name = below.rpartition("/")
    return only_shows(name) and any(page in names for page in pages_beside(folder))


def pages_beside(folder: str) -> tuple[str, ...]:
    """The pages to which a folder can belong, by its name: that of a page, and what a browser puts behind it."""
    stems = (folder.removesuffix(end) for end in _OF_PAGES if folder.endswith(end))
    return tuple(f"{stem}{suffix}" for stem in stems for suffix in _PAGES)


def only_shows(name: str) -> bool:
    """Whether a file in the folder of a saved page only serves to show the page: a picture, a style, a script."""
    return suffix_tag(PurePath(name).suffix) in _SHOWN_IN_PAGES


def is_beside(name: str) -> bool:
    """Whether a file of this name is none that anybody published, but lies beside such files."""
    return name.startswith((".", _LOCK)) or name.lower() in _SYSTEM_FILES
