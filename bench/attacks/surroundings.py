"""What surrounds a run: limits that make no sense or are low, other locales, terminals, temporary folders.

Each is tried as a user would, in a process of its own, over a small folder of sound and hostile files.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from bench.attacks import Tried
from jsextract.text.visible import visible

KIND = "surroundings"
COUNT = 40
_PATIENCE = 90
_TEXT = "某某市水务局2023年度部门决算公开\n一、收入支出决算总体情况说明\n2023年度收支总计12.50万元。\n"
_NAMES = ("a.txt", "b\x1b[31m.txt", "c\u202e\n.txt", "d\x9b2J.txt", os.fsdecode(b"\xbe\xf6.txt"))
REFUSED: tuple[tuple[str, ...], ...] = tuple(
    (option, value)
    for option, values in {
        "--timeout": ("inf", "-inf", "nan", "0", "-1", "1e400", "1e-9"),
        "--memory": ("0", "nan", "inf", "999TiB", "-1G", "1K"),
        "--jobs": ("-1", "nan", "1.5"),
    }.items()
    for value in values
)
LOCALES: tuple[Mapping[str, str], ...] = (
    {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "zh_CN.GB18030"}, {"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "tr_TR.UTF-8"}, {"TZ": "Pacific/Kiritimati"},
    {"TMPDIR": "/nonexistent"}, {"HOME": "/nonexistent"}, {"COLUMNS": "1"}, {"NO_COLOR": "1", "TERM": "dumb"},
)  # fmt: skip


def attack(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Options that are refused and surroundings that change nothing, in turn."""
    source = folder / "in"
    source.mkdir()
    for name in _NAMES:
        (source / name).write_text(_TEXT, encoding="utf-8")
    wanted = _rows(folder, folder / "plain", {})
    for at in range(count):
        if at % 2:
            option, value = luck.choice(REFUSED)
            done = _run(folder, {}, str(source), "-o", str(folder / "none"), f"{option}={value}")
            ok = done.returncode == 2 and done.stderr.count("\n") == 1 and not (folder / "none").exists()
            yield Tried("an option without sense", "refused" if ok else "taken", ok, f"{option} {value}: {done.stderr}")
        else:
            variables = {**luck.choice(LOCALES), **luck.choice(LOCALES)}
            came = "same rows" if _rows(folder, folder / f"out{at}", variables) == wanted else "other rows"
            yield Tried("another locale or surrounding", came, came == "same rows", str(variables))


def _rows(folder: Path, out: Path, variables: Mapping[str, str]) -> bytes:
    """The documents of a run in these surroundings, or what is wrong with what it said or left."""
    temp = folder / f"{out.name}-temp"
    temp.mkdir()
    done = _run(folder, {"TMPDIR": str(temp), **variables}, str(folder / "in"), "-o", str(out), "--jobs", "1")
    said = done.stdout + done.stderr
    if done.returncode or "Traceback" in said or visible(said) != said or [*temp.iterdir()]:
        return f"{done.returncode} {said} {[*temp.iterdir()]}".encode()
    return b"".join((out / name).read_bytes() for name in ("documents.csv", "facts.csv", "checks.csv"))


def _run(folder: Path, variables: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jsextract", *arguments], cwd=folder, env={**os.environ, **variables},
        capture_output=True, encoding="utf-8", errors="replace", timeout=_PATIENCE, check=False,
    )  # fmt: skip
