"""Where the rule files are, and how one is read: safe YAML, size capped, aliases refused."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from jsextract.errors import PatternError

MAX_BYTES = 2 << 20
_PACKAGE = Path(__file__).resolve().parents[1]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain data only: an alias could make a small file grow without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise PatternError(f"{self.name}: YAML aliases are not allowed.", "Write the value out.")
        return super().compose_node(parent, index)


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


def read_yaml(path: Path) -> Any:
    """The plain data of one rule file.

    Raises:
        PatternError: if it is missing, too large, no UTF-8 or no YAML; the message names file and line.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PatternError(f"{path}: larger than {MAX_BYTES} bytes.")
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PatternError(f"{path}: {error}") from error


def files(kind: str) -> Iterator[Path]:
    """The YAML files of one kind (lexicon, sections, tables, facts, checks, profiles), by name."""
    yield from sorted((root() / kind).glob("*.yaml"))
