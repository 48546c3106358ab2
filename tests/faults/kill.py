"""Runs that are killed as a whole, or whose workers are, and what is left of their dataset."""

from __future__ import annotations

import contextlib
import csv
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from fixtures.draw.ofd import draw_ofd
from fixtures.draw.profiles import JUSTICE, PLACES
from fixtures.draw.style import YUAN
from fixtures.draw.web import draw_page
from fixtures.draw.word import draw_word
from fixtures.draw.workbook import draw_workbook
from tests.faults.hostile import hostile
from tests.faults.hostile.words import rtf
from tests.pdfs import photographed, pictured, write
from tests.readers.archives import zipped

ROOT = Path(__file__).resolve().parents[2]
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Batch:
    """A folder of documents, and the command that reads it.

    Attributes:
        source: its half is in source/a.
    """

    source: Path
    jobs: int

    def command(self, out: Path, source: Path | None = None) -> list[str]:
        where = [str(source or self.source), "-o", str(out), "--jobs", str(self.jobs), "--quiet"]
        return [sys.executable, "-m", "jsextract", *where]


def copies(folder: Path, count: int, fixtures: list[Path]) -> None:
    """`count` files with the contents of `fixtures` in turn, no two of equal bytes, half of them in a/, half in b/."""
    for i in range(count):
        original = fixtures[i % len(fixtures)]
        path = folder / ("a" if i < count // 2 else "b") / f"{i:05}{original.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(original.read_bytes() + f"\n% {i}\n".encode())


def mixed(folder: Path, seed: int) -> None:
    """One account in every format and in a zip of them all in a/, hostile files of several kinds in b/."""
    what = {"seed": 2021, "style": YUAN, "profile": JUSTICE, "year": 2021, "place": PLACES[2]}
    fixtures = ROOT / "fixtures"
    files = {
        "账.pdf": (fixtures / "account_yuan.pdf").read_bytes(), "账.xls": (fixtures / "book_yuan.xls").read_bytes(),
        "账.xlsx": draw_workbook(ending=".xlsx", **what)[0], "账.docx": draw_word(**what)[0],
        "账.ofd": draw_ofd(**what)[0], "账.txt": (fixtures / "account_text.txt").read_bytes(),
        "账.html": draw_page(**what, manner="plain")[0], "账.rtf": rtf(),
    }  # fmt: skip
    files["全部.zip"] = zipped({f"内/{name}": data for name, data in files.items()})
    bad = [case for cases in hostile(seed).values() for case in cases[2:40:12]]
    for place, named in (("a", files), ("b", {case.file: case.data for case in bad})):
        (folder / place).mkdir(parents=True)
        for name, data in named.items():
            (folder / place / name).write_bytes(data)


def rows_in(out: Path) -> int:
    """How many rows documents.csv has."""
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return sum(1 for _ in csv.DictReader(handle))


def scans(folder: Path, count: int) -> None:
    """`count` accounts of a few lines, each a picture of its own, half of them in a/, half in b/."""
    for i in range(count):
        lines = (f"某某市第{i + 1}局2024年度部门决算", f"2024年度收入支出总计{1000 + i}.{i % 90 + 10}万元。")
        path = folder / ("a" if i < count // 2 else "b") / f"{i:05}.pdf"
        write(path, photographed(pictured(*lines)))


def files_of(out: Path) -> Files:
    """The dataset's files without the log."""
    if not out.exists():
        return {}
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.log.jsonl"}


def temp_files(out: Path) -> list[Path]:
    return list(out.rglob(".tmp-*"))


def finish(command: list[str]) -> float:
    """Runs a command to its end and gives the seconds that it took."""
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode not in {0, 10}:
        raise SystemExit(f"exit code {done.returncode}: {done.stderr[-2000:]}")
    return time.monotonic() - start


def results(out: Path) -> int:
    """How many documents the dataset remembers."""
    return sum(1 for _ in (out / ".jsextract").rglob("*.json"))


def after(seconds: float) -> Callable[[], bool]:
    """True so many seconds from now."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def kill_run(command: list[str], now: Callable[[], bool]) -> bool:
    """Starts a command, kills its process group as soon as `now` says so; False if it had ended by itself."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while not now():
        if process.poll() is not None:
            return False
        time.sleep(0.005)
    children = children_of(process.pid)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    killed = process.wait() < 0
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive, f"orphans: {alive}"
    return killed


def kill_workers(command: list[str], pauses: list[float]) -> int:
    """Starts a command, kills one of its workers after each pause, lets it end; gives how many were killed."""
    killed = 0
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not children_of(process.pid):
        time.sleep(0.005)
    for pause in pauses:
        time.sleep(pause)
        workers = children_of(process.pid)
        if workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                random.choice(workers).kill()
                killed += 1
    code = process.wait(600)
    assert code in {0, 10}, code
    return killed


def children_of(process: int) -> list[psutil.Process]:
    try:
        return psutil.Process(process).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def whole(found: Files, old: Files, new: Files) -> bool:
    """Whether each file is the old one or the new one."""
    return all(data in (old.get(name), new.get(name)) for name, data in found.items())
