"""The streams of a terminal (终端): whatever writes to them, nothing in a text is obeyed."""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO, cast

from jsextract.text.visible import visible


class Guarded:
    """A stream of text that writes out what a terminal would obey; in all else the stream itself."""

    def __init__(self, stream: TextIO) -> None:
        self.unguarded = stream

    def write(self, text: str) -> int:
        """Writes a text, and gives its length."""
        self.unguarded.write(visible(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Writes texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unguarded, name)


class Forgiving(Guarded):
    """A guarded stream that nobody may be listening to: what was said is lost, and the exit code still tells it."""

    def write(self, text: str) -> int:
        """Writes a text, and gives its length."""
        try:
            return super().write(text)
        except OSError:
            return self._hush(len(text))

    def flush(self) -> None:
        """Brings what was written to whoever listens."""
        try:
            self.unguarded.flush()
        except OSError:
            self._hush()

    def _hush(self, length: int = 0) -> int:
        """Nothing more is tried, on the way out of Python least of all."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.unguarded.fileno())
        os.close(nowhere)
        return length


def guard_streams() -> None:
    """Guards standard output and standard error of this process, and of those that are forked from it."""
    for name, guard in (("stdout", Guarded), ("stderr", Forgiving)):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal cannot show ends no run; click would write past the guard to a stream of ASCII.
            ascii_only = stream.encoding.lower() in {"ascii", "us-ascii", "ansi_x3.4-1968", "646"}
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="backslashreplace")
            setattr(sys, name, cast("TextIO", guard(stream)))


def unguarded(stream: TextIO) -> TextIO:
    """The stream behind a guard, for what makes escapes of its own and has none of others' in its texts."""
    return cast("TextIO", getattr(stream, "unguarded", stream))
