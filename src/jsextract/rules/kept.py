"""Compiled patterns and parsed rule files kept between runs, in the user's own cache folder: what loading costs most.

Of a pattern is kept what the library makes before it builds the object, so that nothing has to be parsed again.
All of it depends on the text that it was made of and on the versions alone. Whatever is the matter with the file or its
folder, everything is made anew as if there were none; a file that another user could have written is never loaded.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import regex

from jsextract._version import __version__
from jsextract.user_cache import read_own, users_folder, write_own

_FORM = f"{__version__}/{regex.__version__}/{version('pyyaml')}/{sys.version}"
"""What else the file depends on; another one is not read."""
_LARGEST = 32 << 20
_main: Any = getattr(regex, "_main", None)
_Made = Any
"""The arguments with which the library builds a pattern object; the plain data of a rule file."""
_PATTERN, _DATA = "p", "d"
"""How the keys begin: of a pattern its text follows, of a rule file the digest of its text."""


class _Recorder:
    """Stands before the library's inner module, to see with what it builds a pattern object."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.made: _Made = ()

    def compile(self, source: str, flags: int, *made: Any) -> Any:
        self.made = (source, int(flags), *made)  # an enumeration's member cannot be written
        return self._inner.compile(source, flags, *made)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class _Kept:
    """What one load asks for.

    Attributes:
        known: key → what was kept.
        used: what of it, and of what was made anew, this load asked for.
    """

    def __init__(self, known: dict[str, _Made]) -> None:
        self.known = known
        self.used: dict[str, _Made] = {}

    def data(self, text: str, parse: Callable[[], Any]) -> Any:
        """What `parse` makes of a text."""
        key = _DATA + hashlib.sha256(text.encode()).hexdigest()
        if key not in self.used:
            self.used[key] = self.known[key] if key in self.known else parse()
        return self.used[key]

    def pattern(self, source: str) -> regex.Pattern[str]:
        """A pattern, compiled."""
        key = _PATTERN + source
        made = self.known.get(key) or self.used.get(key)
        if made:
            self.used[key] = made
            found: regex.Pattern[str] = _main._regex.compile(*made)
            return found
        inner, recorder = _main._regex, _Recorder(_main._regex)
        _main._regex = recorder
        try:
            compiled = regex.compile(source, regex.VERSION0, cache_pattern=False)
        finally:
            _main._regex = inner
        if recorder.made[:1] == (source,):
            self.used[key] = recorder.made
        return compiled


_active: list[_Kept] = []
"""The load that is under way, if one is."""


def pattern(source: str) -> regex.Pattern[str]:
    """A pattern compiled, out of what was kept where a load is under way.

    Raises:
        regex.error: if it is none.
    """
    return _active[-1].pattern(source) if _active else regex.compile(source, regex.VERSION0)


def holds(source: str) -> bool:
    """Whether a pattern was compiled before and found fit."""
    return bool(_active) and _PATTERN + source in _active[-1].known


def data(text: str, parse: Callable[[], Any]) -> Any:
    """The plain data that `parse` makes of a rule file's text; it must not be changed."""
    return _active[-1].data(text, parse) if _active else parse()


@contextlib.contextmanager
def keeping(*, write: bool) -> Iterator[None]:
    """Within the block patterns and data come out of the file; what was made anew is put there.

    Args:
        write: whether what was made is worth keeping; rules of a user's own would push out the shipped ones.
    """
    folder = _folder()
    if folder is None or not hasattr(_main, "_regex"):
        yield
        return
    kept = _Kept(_read(folder / "rules.bin"))
    _active.append(kept)
    try:
        yield
    finally:
        _active.pop()
    if write and kept.used.keys() != kept.known.keys():
        _write(folder / "rules.bin", kept.used)


def _folder() -> Path | None:
    """The user's own cache folder; None where there is none, or the system does not tell who owns a file."""
    return users_folder() if hasattr(os, "geteuid") else None


def _read(path: Path) -> dict[str, _Made]:
    data = read_own(path, _FORM, _LARGEST)
    try:
        known: dict[str, _Made] = marshal.loads(data) if data else {}  # noqa: S302 (nobody else can have written it)
    except (ValueError, EOFError, TypeError):
        return {}
    return known


def _write(path: Path, used: dict[str, _Made]) -> None:
    """Puts the file in its place at once; where that cannot be, the next run compiles again."""
    with contextlib.suppress(OSError, ValueError):
        write_own(path, _FORM, marshal.dumps(used))
