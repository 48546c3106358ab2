"""A run that is killed at any moment, or whose system calls fail: it says so in a line, and the next run mends it."""

from __future__ import annotations

import csv
import errno
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.attacks import Tried
from bench.attacks.damages import Ground
from jsextract.dataset.folder import LocalFolder
from jsextract.dataset.written import changed_by_hand
from tests.faults.kill import ROOT, Batch, after, children_of, files_of, kill_run, temp_files

KIND = "kills"
COUNT = 110
_KILLS_OF = 50, 110  # of all attacks
_CALLS = {
    "rename": "ENOSPC EIO EACCES",
    "link": "EIO ENOSPC",
    "fsync": "EIO ENOSPC",
    "fdatasync": "EIO ENOSPC",
    "unlink": "EACCES EIO",
    "unlinkat": "EACCES EIO",
    "openat": "EACCES EIO ENOSPC EMFILE",
    "write": "ENOSPC EIO",
    "pwrite64": "ENOSPC EIO",
    "ftruncate": "EIO",
    "mkdir": "ENOSPC EACCES",
    "rmdir": "EACCES EBUSY",
}
"""System calls that write a dataset, and what the system may say of each."""
_TRACE = ["-qq", "-y", "-s", "4096", "-e", "signal=none", "-e", f"trace={','.join(_CALLS)}"]
_CALL = re.compile(r"(\w+)\(")
_SAID = {1, 5, 8, 16, 27}  # codes of docs/errors.md that a failing system may come to
_LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended.

    Attributes:
        code: its exit code, negative after a signal; None if it had to be ended.
        said: on stderr.
    """

    code: int | None
    said: str

    @property
    def is_plain(self) -> bool:
        """Whether every line is one that the program means to say."""
        return all(line.startswith("jsextract: ") for line in self.said.splitlines())


def attack(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Kills first, then faults, each over a new dataset or one that holds a document already."""
    ground = Ground(folder)
    batch = Batch(ground.source, 1)
    undisturbed = _traced(ground, batch, [])[0]
    kills = count * _KILLS_OF[0] // _KILLS_OF[1]
    for at in range(kills):
        start(ground, is_new=bool(at % 2))
        kind, do = list(KILLS.items())[at % len(KILLS)]
        yield resumed(ground, kind, *do(batch.command(ground.out), luck.uniform(0.05, undisturbed)))
    yield from faults(ground, batch, luck, count - kills)


def start(ground: Ground, *, is_new: bool) -> None:
    """The dataset as it is before a run."""
    shutil.rmtree(ground.out, ignore_errors=True)
    if not is_new:
        shutil.copytree(ground.old, ground.out)


def resumed(ground: Ground, what: str, came: str, detail: str) -> Tried:
    """What came of an attack, after the same command was given again; `came` begins with ! where it must not be."""
    if changed_by_hand(LocalFolder(ground.out)) or not _agree(ground.out):
        return Tried(what, "files torn", ok=False, detail=detail)
    code, said = ground.run()
    if code not in (0, 10) or "Traceback" in said:
        return Tried(what, "not resumed", ok=False, detail=f"{detail}; then {code}: {said[-500:]}")
    if files_of(ground.out) != ground.wanted or temp_files(ground.out):
        return Tried(what, "other bytes", ok=False, detail=detail)
    return Tried(what, came.lstrip("!"), ok=not came.startswith("!"), detail=detail)


def _agree(out: Path) -> bool:
    """Whether every row of the other files is of a document that documents.csv has; where there are files at all."""
    ids: dict[str, set[str]] = {}
    for name in ("documents.csv", "cells.csv", "facts.csv", "checks.csv"):
        if (out / name).exists():
            with (out / name).open(encoding="utf-8-sig", newline="") as handle:
                ids[name] = {row["document_id"] for row in csv.DictReader(handle)} - {""}
    return all(own <= ids.get("documents.csv", set()) for own in ids.values())


# ---- kills: each gives what came of the run, and more of it


def kill_all(command: list[str], moment: float) -> tuple[str, str]:
    """SIGKILL to the run and its workers."""
    killed = kill_run(command, after(moment))
    return "resumed to the same bytes" if killed else "had ended", f"after {moment:.2f} s"


def kill_parent(command: list[str], moment: float) -> tuple[str, str]:
    """SIGKILL to the run alone; its workers must end with it."""
    process = _started(command)
    ended = _waited(process, moment)
    workers = [] if ended else children_of(process.pid)
    process.kill()
    process.wait()
    deadline = after(10)
    while any(worker.is_running() and worker.status() != "zombie" for worker in workers):
        if deadline():
            return "!orphans", f"after {moment:.2f} s"
    return "had ended" if ended else "resumed to the same bytes", f"after {moment:.2f} s"


def kill_worker(command: list[str], moment: float) -> tuple[str, str]:
    """SIGKILL to a worker: the run goes on with another."""
    process = _started(command)
    while not children_of(process.pid) and process.poll() is None:
        _waited(process, 0.005)
    _waited(process, moment / 4)
    workers = children_of(process.pid)
    for worker in workers[:1]:
        worker.kill()
    ended = _ended(process)
    detail = f"{len(workers)} workers, exit code {ended.code}: {ended.said[-300:]}"
    return "resumed to the same bytes" if ended.code == 0 and ended.is_plain else "!run spoilt", detail


def terminate(command: list[str], moment: float) -> tuple[str, str]:
    """SIGTERM to the run: it ends soon and in peace."""
    process = _started(command)
    over = _waited(process, moment)
    process.send_signal(signal.SIGTERM)
    ended = _ended(process)
    allowed = {0} if over else {0, 143, -signal.SIGTERM}  # before it listens the system ends it
    detail = f"after {moment:.2f} s, exit code {ended.code}: {ended.said[-300:]}"
    return "resumed to the same bytes" if ended.code in allowed and ended.is_plain else "!badly ended", detail


KILLS: dict[str, Callable[[list[str], float], tuple[str, str]]] = {
    "SIGKILL, run and workers": kill_all,
    "SIGKILL, the run": kill_parent,
    "SIGKILL, a worker": kill_worker,
    "SIGTERM": terminate,
}


def _started(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _waited(process: subprocess.Popen[str], seconds: float) -> bool:
    """Whether it ended meanwhile."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _ended(process: subprocess.Popen[str]) -> Ended:
    try:
        _, said = process.communicate(timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        return Ended(None, process.communicate()[1])
    return Ended(process.returncode, said)


# ---- system calls that fail


def faults(ground: Ground, batch: Batch, luck: Random, count: int) -> Iterator[Tried]:
    """One call in the dataset's folder fails, chosen among all that an undisturbed run makes."""
    points = {}
    for is_new in (True, False):
        start(ground, is_new=is_new)
        points[is_new] = _calls_within(ground.out, _traced(ground, batch, [])[2])
    for at in range(count):
        is_new = bool(at % 2)
        call = luck.choice(sorted(points[is_new]))
        number, error = luck.choice(points[is_new][call]), luck.choice(_CALLS[call].split())
        start(ground, is_new=is_new)
        _, ended, lines = _traced(ground, batch, ["-e", f"inject={call}:error={error}:when={number}"])
        detail = f"{'new' if is_new else 'old'}, {call} {number}, exit code {ended.code}: {ended.said[-700:]}"
        hit = [line for line in lines if "(INJECTED)" in line and str(ground.out) in line]
        detail += f" at {hit[0][:200]}" if hit else ""
        yield resumed(ground, f"{call}: {errno.errorcode[getattr(errno, error)]}", _came(ended, bool(hit)), detail)


def _came(ended: Ended, hit: bool) -> str:
    if not hit:
        return "not met" if ended.code == 0 else "!elsewhere"
    if not ended.is_plain:
        return "!traceback"
    if ended.code == 0:
        return "went on"
    return "said in a line" if ended.code in _SAID and len(ended.said.splitlines()) == 1 else "!badly ended"


def _traced(ground: Ground, batch: Batch, options: list[str]) -> tuple[float, Ended, list[str]]:
    """A run whose main thread, which alone writes, is traced: its seconds, its end and its calls."""
    log = ground.out.parent / "strace.log"
    moment = os.times().elapsed
    command = ["strace", "-o", str(log), *_TRACE, *options, *batch.command(ground.out)]
    ended = _ended(_started(command))
    return os.times().elapsed - moment, ended, log.read_text(encoding="utf-8", errors="replace").splitlines()


def _calls_within(folder: Path, lines: list[str]) -> dict[str, list[int]]:
    """By call: which of them, counted from 1, concern files in a folder."""
    counts: dict[str, int] = {}
    found: dict[str, list[int]] = {}
    for line in lines:
        match = _CALL.match(line)
        if not match:
            continue
        call = match[1]
        counts[call] = counts.get(call, 0) + 1
        if str(folder) in line:
            found.setdefault(call, []).append(counts[call])
    return found
