"""Batches that are killed: SIGKILL to a whole run, or to its workers, then the same command again.

    python bench/kill.py [--documents 200] [--kills 50] [--victims run workers] [--jobs 2]
                         [--fixtures trap_*.pdf] [--seed 1]

The documents are copies of the drawn fixtures, each with other bytes at its end. A dataset is made without any kill
first. Then, for each kill, a run is started (every second one over a dataset that holds half of the documents
already), killed at a random moment of its time, and the same command is given again. Each CSV file must be whole after
the kill, and all must equal those of the undisturbed run after the second command.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
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


def kill_run(command: list[str], after: float) -> bool:
    """Starts a command, kills its process group; False if it had ended by itself."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        children = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _, alive = psutil.wait_procs(children, timeout=5)
        assert not alive, f"orphans: {alive}"
        return True
    return False


def kill_workers(command: list[str], pauses: list[float]) -> int:
    """Starts a command, kills one of its workers after each pause, lets it end; gives how many were killed."""
    killed = 0
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not workers_of(process.pid):
        time.sleep(0.005)
    for pause in pauses:
        time.sleep(pause)
        workers = workers_of(process.pid)
        if workers:
            random.choice(workers).kill()
            killed += 1
    code = process.wait(600)
    assert code in {0, 10}, code
    return killed


def workers_of(process: int) -> list[psutil.Process]:
    try:
        return psutil.Process(process).children()
    except psutil.NoSuchProcess:
        return []


def whole(found: Files, old: Files, new: Files) -> bool:
    """Whether each file is the old one or the new one."""
    return all(data in (old.get(name), new.get(name)) for name, data in found.items())


def try_runs(batch: Batch, folder: Path, kills: int, seconds: float, wanted: Files, luck: random.Random) -> None:
    half = folder / "half"
    finish(batch.command(half, batch.source / "a"))
    done = 0
    while done < kills:
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        old: Files = {}
        if done % 2:
            shutil.copytree(half, out)
            old = files_of(half)
        moment = luck.uniform(0.05, seconds / (2 if done % 2 else 1))
        if not kill_run(batch.command(out), moment):
            continue
        done += 1
        results = sum(1 for _ in (out / ".jsextract").rglob("*.json")) if out.exists() else 0
        assert whole(files_of(out), old, wanted), "a file is neither the old one nor the new one"
        finish(batch.command(out))
        assert files_of(out) == wanted, "the dataset differs"
        assert not temp_files(out), temp_files(out)
        print(f"kill {done:3} after {moment:6.2f} s, {results:4} results on disk: the same bytes", flush=True)


def try_workers(batch: Batch, folder: Path, kills: int, seconds: float, wanted: Files, luck: random.Random) -> None:
    killed = rounds = 0
    while killed < kills:
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        rounds += 1
        killed += kill_workers(batch.command(out), [luck.uniform(0, seconds / 5) for _ in range(5)])
        finish(batch.command(out))
        assert files_of(out) == wanted, "the dataset differs"
        print(f"{killed:3} workers killed in {rounds} runs: the same bytes", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--victims", nargs="+", choices=["run", "workers"], default=["run", "workers"])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--fixtures", default="trap_*.pdf", help="which fixtures are copied")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    luck = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="jsextract-kill-") as name:
        folder = Path(name)
        batch = Batch(folder / "in", options.jobs)
        copies(batch.source, options.documents, sorted((ROOT / "fixtures").glob(options.fixtures)))
        seconds = finish(batch.command(folder / "whole"))
        wanted = files_of(folder / "whole")
        print(f"{options.documents} documents, {seconds:.1f} s undisturbed, {len(wanted)} files", flush=True)
        for victims in options.victims:
            {"run": try_runs, "workers": try_workers}[victims](batch, folder, options.kills, seconds, wanted, luck)


if __name__ == "__main__":
    main()
