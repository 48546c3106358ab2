"""Commands that do their work in a worker under limits, as documents are read (受限执行)."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from typing import Any

import click
from msgspec import Struct

from jsextract.batch.limited import limited
from jsextract.batch.limits import Limits
from jsextract.batch.run_settings import Settings
from jsextract.errors import DocumentError, JsextractError
from jsextract.language import chosen

_LIMITS = Limits(seconds=600.0)
"""A document has less; all examples of all rules may take as much on a busy machine."""


class _Task(Struct, frozen=True):
    """What to call, and in which language it tells."""

    work: Callable[..., None]
    arguments: tuple[Any, ...]
    language: str


class _Told(Struct, frozen=True):
    """What was printed, and what it ended with."""

    out: str
    err: str
    error: JsextractError | None


def confined(work: Callable[..., None], *arguments: Any) -> None:
    """Calls what prints in a worker, prints what it printed and raises what it raised.

    Args:
        work: a function of a module, so that it can be named to another process.
        arguments: its own.

    Raises:
        JsextractError: as `work` does.
        DocumentError: if the worker went beyond its limits or died.
    """
    (told,) = limited(_told, [_Task(work, arguments, chosen.in_force())], Settings(jobs=1, limits=_LIMITS))
    if isinstance(told, DocumentError):
        raise told
    click.echo(told.out, nl=False)
    click.echo(told.err, nl=False, err=True)
    if told.error:
        raise told.error


def _told(task: _Task) -> _Told:
    chosen.use(task.language)
    error = None
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        try:
            task.work(*task.arguments)
        except JsextractError as raised:
            error = raised
    return _Told(out.getvalue(), err.getvalue(), error)
