"""Batches that are killed: SIGKILL to a whole run, or to its workers, then the same command again.

    python bench/kill.py [--documents 200] [--kills 50] [--victims run workers] [--jobs 2]
                         [--fixtures trap_*.pdf | --mixed | --scans] [--seed 1]

The documents are copies of the drawn fixtures, each with other bytes at its end; with --mixed one account in every
format, whole in a zip too, beside hostile files; with --scans pictures of a few lines, and what was read of their pages
is kept between a killed run and the next alone. A dataset is made without any kill
first. Then, for each kill, a run is started (every second one over a dataset that holds half of the documents
already), killed at a random moment of its time, and the same command is given again. Each CSV file must be whole after
the kill, and all must equal those of the undisturbed run after the second command.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.faults.kill import (  # noqa: E402
    Batch,
    Files,
    after,
    copies,
    files_of,
    finish,
    kill_run,
    kill_workers,
    mixed,
    results,
    rows_in,
    scans,
    temp_files,
    whole,
)


def fresh_cache(folder: Path) -> Path:
    """An empty folder for what is read of pages, for the runs that follow."""
    pages = folder / "cache"
    shutil.rmtree(pages, ignore_errors=True)
    os.environ["XDG_CACHE_HOME"] = str(pages)
    return pages


def times(pages: Path) -> dict[Path, int]:
    """When each page was kept."""
    return {path: path.stat().st_mtime_ns for path in pages.rglob("*.json")}


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
        pages = fresh_cache(folder)
        if not kill_run(batch.command(out), after(moment)):
            continue
        done += 1
        known, seen = results(out), times(pages)
        assert whole(files_of(out), old, wanted), "a file is neither the old one nor the new one"
        finish(batch.command(out))
        assert files_of(out) == wanted, "the dataset differs"
        assert not temp_files(out), temp_files(out)
        assert all(times(pages)[page] == time for page, time in seen.items()), "a page was read twice"
        there = f"{known:4} results and {len(seen):4} pages on disk"
        print(f"kill {done:3} after {moment:6.2f} s, {there}: the same bytes", flush=True)


def try_workers(batch: Batch, folder: Path, kills: int, seconds: float, wanted: Files, luck: random.Random) -> None:
    killed = rounds = 0
    while killed < kills:
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        rounds += 1
        fresh_cache(folder)
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
    parser.add_argument("--mixed", action="store_true", help="files of every format instead")
    parser.add_argument("--scans", action="store_true", help="pictures of a few lines; needs jsextract[ocr]")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    luck = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="jsextract-kill-") as name:
        folder = Path(name)
        batch = Batch(folder / "in", options.jobs)
        if options.mixed:
            mixed(batch.source, options.seed)
        elif options.scans:
            scans(batch.source, options.documents)
        else:
            copies(batch.source, options.documents, sorted((ROOT / "fixtures").glob(options.fixtures)))
        fresh_cache(folder)
        seconds = finish(batch.command(folder / "whole"))
        wanted = files_of(folder / "whole")
        print(f"{rows_in(folder / 'whole')} rows, {seconds:.1f} s undisturbed, {len(wanted)} files", flush=True)
        for victims in options.victims:
            {"run": try_runs, "workers": try_workers}[victims](batch, folder, options.kills, seconds, wanted, luck)


if __name__ == "__main__":
    main()
