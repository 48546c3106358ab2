"""Ways in which a worker can go wrong, whatever the cause, planted where processes are forked."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from jsextract.batch import child


def segfault() -> None:
    faulthandler.disable()  # a test runner's own: it would print the trace of a crash that is meant
    ctypes.string_at(0)


def abort() -> None:
    faulthandler.disable()
    os.abort()


def leave() -> NoReturn:
    """Ends well, without an answer."""
    os._exit(0)


def hang() -> NoReturn:
    while True:
        time.sleep(1)


def hang_and_ignore() -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hang()


def spin() -> NoReturn:
    while True:
        pass


def allocate() -> None:
    bytearray(4 << 30)
    raise AssertionError("4 GB were given")


def flood() -> NoReturn:
    """1 GB on stdout, then gone."""
    block = bytes(1 << 20)
    for _ in range(1024):
        os.write(1, block)
    os._exit(7)


def _answer(raw: bytes) -> None:
    """Writes to the pipe that takes this worker's answers."""
    frame = sys._getframe()
    while "channel" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["channel"].writer.fileno(), raw)


def garbage() -> NoReturn:
    """Bytes that are no message, where the answer should go."""
    _answer(b"\x00\x00\x00\x08garbage!" * 3 + b"more of it" * 50)
    os._exit(9)


def half_an_answer() -> NoReturn:
    """The length of a long message and a short piece of it: whoever reads it waits for the rest."""
    _answer(b"\x00\x10\x00\x00half")
    os._exit(9)


def fork_bomb() -> NoReturn:
    """As many processes as the system lets it start, all of which stay."""
    resource.setrlimit(resource.RLIMIT_NPROC, (24, 24))
    for _ in range(24):  # root has no limit
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    os._exit(11)


DEADLY = (segfault, abort, allocate, flood, garbage, half_an_answer, fork_bomb)
SILENT = (leave, hang, hang_and_ignore, spin)
"""Those that show only when the time of their document is over."""
FAULTS: dict[str, Callable[[], object]] = {fault.__name__: fault for fault in (*DEADLY, *SILENT)}
NAMES = {"allocate": "out-of-memory"} | {fault.__name__: "timeout" for fault in SILENT}
"""The problem that each fault is told as; crashed for the others."""


@contextmanager
def planted(faults: dict[str, Callable[[], object]]) -> Iterator[None]:
    """Within the block workers misbehave on files of these names."""
    real = child.extracted

    def fake(path: object, rules: object, *, file: str = "", **options: object) -> object:
        if file in faults:
            faults[file]()
        return real(path, rules, file=file, **options)  # type: ignore[arg-type]

    child.extracted = fake  # type: ignore[assignment]
    try:
        yield
    finally:
        child.extracted = real
