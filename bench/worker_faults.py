"""Ways in which a worker can go wrong, whatever the cause, and what each costs a run: its document, no other.

    python bench/worker_faults.py [--documents N] [--jobs N]

Each fault is put at five positions of a run over N documents; a run must give N - 1 rows that are ok, and one that
names the fault. The faults are called in the worker instead of reading (where processes are forked).
"""

from __future__ import annotations

import argparse
import ctypes
import faulthandler
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jsextract.batch import pool  # noqa: E402 (found from the project's folder)
from jsextract.batch.limits import Limits  # noqa: E402
from jsextract.batch.pool import Settings, read_all  # noqa: E402
from jsextract.batch.sources import SourceFile  # noqa: E402


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


FAULTS: dict[str, Callable[[], object]] = {
    fault.__name__: fault
    for fault in (segfault, abort, leave, hang, hang_and_ignore, allocate, flood, garbage, half_an_answer, fork_bomb)
}
NAMES = {"leave": "timeout", "hang": "timeout", "hang_and_ignore": "timeout", "allocate": "out-of-memory"}
"""The problem that each fault is told as; crashed for the others."""


@contextmanager
def planted(faults: dict[str, Callable[[], object]]) -> Iterator[None]:
    """Within the block workers misbehave on files of these names."""
    real = pool.extract

    def fake(path: object, *, file: str = "", **options: object) -> object:
        if file in faults:
            faults[file]()
        return real(path, file=file, **options)  # type: ignore[arg-type]

    pool.extract = fake  # type: ignore[assignment]
    try:
        yield
    finally:
        pool.extract = real


def outcome(sources: list[SourceFile], name: str, at: int, settings: Settings) -> tuple[int, str, float]:
    """One run with one fault: rows that are ok, the problem of the other, seconds."""
    start = time.monotonic()
    with planted({sources[at].file: FAULTS[name]}):
        done = [d.report for d in read_all(sources, settings)]
    problems = [f"{r.file} {r.problem}" for r in done if r.status != "ok"]
    good = len(done) == len(sources) and problems == [f"{sources[at].file} {NAMES.get(name, 'crashed')}"]
    return sum(r.status == "ok" for r in done), problems[0] if good else f"WRONG: {problems}", time.monotonic() - start


def main() -> None:
    from tests.pdfs import account, write

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    settings = Settings(jobs=options.jobs, limits=Limits(seconds=5.0))
    count, wrong = options.documents, 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = [write(folder / f"{number:03}.pdf", account(f"第{number}份")) for number in range(count)]
        sources = [SourceFile(path, path.name) for path in paths]
        print("| fault | position | rows ok | the other | seconds |\n|---|---|---|---|---|")
        for name in FAULTS:
            for at in (0, count // 4, count // 2, 3 * count // 4, count - 1):
                good, problem, seconds = outcome(sources, name, at, settings)
                wrong += good != count - 1 or problem.startswith("WRONG")
                print(f"| {name} | {at} | {good} | {problem} | {seconds:.1f} |", flush=True)
    print(f"\n{wrong} runs went wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
