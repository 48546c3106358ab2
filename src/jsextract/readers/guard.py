"""Runs a program beside a worker and ends it when the worker is gone, also by SIGKILL (看护). A script of its own.

    python -I guard.py FOLDER SOCKET SECONDS PROGRAM ARGUMENT…

Standard input is a pipe of which the worker alone holds the other end: it ends when the worker does, however that
comes about. Whatever the program started is ended then, and FOLDER and SOCKET are removed. Two lines on standard output
tell the program's group, should this process be ended instead, and its exit code; `late` where its time was up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

LATE = "late"
_DYING = 0.1  # seconds in which what was killed may still write


def end_group(leader: int) -> None:
    """Ends a process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGTERM)


def main(folder: str, socket: str, seconds: str, *command: str) -> None:
    """Runs the command to its end, to that of its time, or of whoever holds the pipe."""
    with subprocess.Popen(  # noqa: S603 (its only argument from outside is a name of our own)
        command, cwd=folder, process_group=0 if hasattr(os, "setpgid") else None,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        _tell(str(process.pid))
        watch = threading.Thread(target=_end_with_worker, args=(process.pid, folder, socket))
        watch.start()
        try:
            told = str(process.wait(float(seconds)))
        except subprocess.TimeoutExpired:
            told = LATE
            process.kill()
            process.wait()
        end_group(process.pid)
    with contextlib.suppress(BrokenPipeError):
        _tell(told)
    watch.join()


def _tell(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _end_with_worker(leader: int, folder: str, socket: str) -> None:
    """Waits until the worker lets go or is gone."""
    sys.stdin.buffer.read()
    end_group(leader)
    shutil.rmtree(folder, ignore_errors=True)
    time.sleep(_DYING)
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        os.unlink(socket)  # noqa: PTH108 (this script imports little)


if __name__ == "__main__":
    main(*sys.argv[1:])
