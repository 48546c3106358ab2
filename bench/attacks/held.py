"""A dataset one of whose files cannot be replaced: it is named, and no file changes; freed, the same command goes on.

The attributes of Linux's file systems bind the superuser, too; only that one may set them.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.attacks import Tried
from bench.attacks.damages import Ground
from tests.faults.kill import files_of, temp_files

KIND = "held"
COUNT = 40


def attack(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Protects one file or the folder before a run that would replace all."""
    ground = Ground(folder)
    names = sorted(ground.wanted)
    for at in range(count):
        letter, name = "ia"[at % 2], luck.choice([*names, "."])
        (ground.source / "more.txt").write_text(
            f"某某市水务局2023年度部门决算\n本年收入{at + 1}.00万元。\n", encoding="utf-8"
        )
        before = files_of(ground.out)
        with _protected(ground.out / name, letter):
            code, said = ground.run()
            untouched = files_of(ground.out) == before and not temp_files(ground.out)
        is_named = code == 5 and name.strip(".") in said and said.count("\n") == 1
        came = "named, none replaced" if is_named and untouched else "missed"
        again, _ = ground.run()
        goes_on = again == 0 and files_of(ground.out) != before
        what = f"{'a file' if name != '.' else 'the folder'}, {'immutable' if letter == 'i' else 'append-only'}"
        yield Tried(what, came, came != "missed" and goes_on, f"{name}, exit codes {code}, {again}: {said[-300:]}")


@contextlib.contextmanager
def _protected(path: Path, letter: str) -> Iterator[None]:
    subprocess.run(["chattr", f"+{letter}", path], check=True)
    try:
        yield
    finally:
        subprocess.run(["chattr", f"-{letter}", path], check=True)
