"""Amounts on the command line: whole numbers, seconds, memory; what is wrong with one is told in both languages."""

from __future__ import annotations

import math
from typing import Any, NoReturn

import click

from jsextract.language.phrase import Phrase, phrase

_SHORTEST, _LONGEST = 0.1, 604_800.0
"""Seconds; the longest is a week."""


class Whole(click.IntRange):
    """A whole number within a range."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number."""
        try:
            int(value)
        except ValueError:
            _fail(self, phrase("{value} is no whole number.", value=value), param, ctx)
        return super().convert(value, param, ctx)


class Seconds(click.ParamType):  # type: ignore[type-arg]
    """A time in seconds."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The time."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        if not _SHORTEST <= seconds <= _LONGEST:
            said = phrase(
                "{value} is no number of seconds from {least} to {most}.",
                value=value, least=f"{_SHORTEST:g}", most=f"{_LONGEST:g}",
            )  # fmt: skip
            _fail(self, said, param, ctx)
        return seconds


class Size(click.ParamType):  # type: ignore[type-arg]
    """An amount of memory, in MiB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The amount."""
        from jsextract.batch.limits import machine_mb, mebibytes
        from jsextract.room import LEAST_MB

        try:
            size = value if isinstance(value, int) else mebibytes(value)
        except ValueError:
            _fail(self, phrase("{value} is no size such as 1.5GiB or 800M.", value=value), param, ctx)
        if size < LEAST_MB:
            said = phrase("{value} is less than {least}MiB, which every worker needs.", value=value, least=LEAST_MB)
            _fail(self, said, param, ctx)
        if 0 < (most := machine_mb()) < size:
            _fail(self, phrase("{value} is more than this machine has: {most}MiB.", value=value, most=most), param, ctx)
        return size


def _fail(kind: click.ParamType, said: Phrase, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:  # type: ignore[type-arg]
    """Raises BadParameter with what is said, in the language in force."""
    kind.fail(str(said), param, ctx)
