"""Where the rule files are, and how one is read: safe YAML, size capped, aliases refused.

Folders of the user's own (`--patterns DIR`) stand behind the shipped one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from jsextract.errors import PatternError

MAX_BYTES = 2 << 20
KINDS = ("lexicon", "sections", "tables", "facts", "checks", "profiles")
"""The subfolders that decide what is read; sentences/ only proves it."""
_PACKAGE = Path(__file__).resolve().parents[1]


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Where a name for an alias may stand. Nothing can be repeated without one; only files with such a mark are looked at.
_ANCHOR = re.compile(r"(?:^|[\s\[{,:?-])&[^\s,\[\]{}]")


def _refuse_aliases(text: str, path: Path) -> None:
    """An alias could make a small file grow without end."""
    if _ANCHOR.search(text) is None:
        return
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.events.AliasEvent):
            where = f"{path}, line {event.start_mark.line + 1}" if event.start_mark else str(path)
            raise PatternError(f"{where}: YAML aliases are not allowed.", "Write the value out.")


@functools.cache
def root() -> Path:
    """The folder patterns/: inside the installed package, else beside src/ in a checkout.

    Raises:
        PatternError: if there is neither.
    """
    for place in (_PACKAGE / "_patterns", _PACKAGE.parents[1] / "patterns"):
        if place.is_dir():
            return place
    raise PatternError("The folder patterns/ was not found.", "Reinstall jsextract.")


def read_text(path: Path) -> str:
    """The text of one rule file.

    Raises:
        PatternError: if it is missing, too large or no UTF-8.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PatternError(f"{path}: larger than {MAX_BYTES} bytes.")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PatternError(f"{path}: {error}") from error


def read_yaml(path: Path) -> Any:
    """The plain data of one rule file.

    Raises:
        PatternError: if it is missing, too large, no UTF-8 or no YAML; the message names file and line.
    """
    text = read_text(path)
    try:
        _refuse_aliases(text, path)
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 (a SafeLoader)
    except (ValueError, RecursionError, yaml.YAMLError) as error:  # ValueError: a number too long
        raise PatternError(f"{path}: {error}") from error


def layers(own: Iterable[Path]) -> tuple[Path, ...]:
    """The shipped folder first, then those of the user's own, each once.

    Raises:
        PatternError: if one of them does not exist.
    """
    further = [folder.absolute() for folder in own]
    for folder in further:
        if not folder.is_dir():
            raise PatternError(f"There is no folder {folder}.", "Check --patterns.")
    return tuple(dict.fromkeys((root(), *further)))


def files(folders: Iterable[Path], kind: str) -> Iterator[Path]:
    """The YAML files of one kind (one of KINDS, or sentences), by folder and name."""
    for folder in folders:
        yield from sorted((folder / kind).glob("*.yaml"))


def named(folders: Iterable[Path], kind: str, name: str) -> list[Path]:
    """The files `kind`/`name` of these folders, in their order."""
    return [path for folder in folders if (path := folder / kind / name).is_file()]
