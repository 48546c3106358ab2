"""A dataset whose files are damaged one at a time: all is repaired by the next run, or it names the file.

The log alone is written and never read: a change in it stays, and is counted apart.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from bench.attacks import Tried
from jsextract.cli.main import run_cli
from jsextract.dataset.folder import LocalFolder
from jsextract.dataset.store import Store
from tests.faults.kill import ROOT, files_of

KIND = "damages"
COUNT = 250
LOG = "run.log.jsonl"
FIXTURES = ("account_text.txt", "trap_*.pdf")
_FEW = 6


def attack(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Damages one file, runs over the sources or over one of them, looks at what is there, and so on."""
    ground = Ground(folder)
    for at in range(count):
        yield ground.tried(luck, whole=bool(at % 2))


class Ground:
    """A small dataset, as it must be and as it is.

    Attributes:
        source: its documents.
        out: the dataset.
        wanted: its files.
    """

    def __init__(self, folder: Path) -> None:
        self.source, self.out, self.old = folder / "in", folder / "out", folder / "old"
        self.source.mkdir()
        found = [path for pattern in FIXTURES for path in sorted((ROOT / "fixtures").glob(pattern))]
        for path in found[:_FEW]:
            shutil.copy(path, self.source)
        for path in self.source.iterdir():
            os.utime(path, (1_700_000_000, 1_700_000_000))
        self.run(self.source / found[0].name)
        shutil.copytree(self.out, self.old)  # an earlier state, for stale copies
        self.run()
        self.wanted = files_of(self.out)

    def run(self, source: Path | None = None, *options: str) -> tuple[int, str]:
        """One run, in this process: its exit code and what it said."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            code = run_cli([str(source or self.source), "-o", str(self.out), "--jobs", "0", *options])
        return code, said.getvalue()

    def tried(self, luck: Random, *, whole: bool) -> Tried:
        """One damage and the next run, over all sources or one of them."""
        name, do = luck.choice(list(DAMAGES.items()))
        path = do(self, luck)
        sources = sorted(self.source.iterdir())
        code, said = self.run(None if whole else luck.choice(sources))
        came = self.came(code, said, path)
        if came not in ("repaired", "never read"):
            self.restore()
        place = _place(path.relative_to(self.out))
        return Tried(
            name,
            came,
            came in ("repaired", "named", "never read"),
            f"{place} {path.name}, exit code {code}: {said[-300:]}",
        )

    def came(self, code: int, said: str, path: Path) -> str:
        """Whether the dataset is as it must be, or the run said what is not."""
        if "Traceback" in said:
            return "traceback"
        if code in (0, 10) and files_of(self.out) == self.wanted and not self.damaged():
            return "never read" if path.name == LOG else "repaired"
        if code in (5, 8) and (path.name in said or path.stem in said):
            return "named"
        return "missed"

    def damaged(self) -> list[str]:
        """The results that are not whole, and the index if that is not."""
        with contextlib.closing(Store(LocalFolder(self.out))) as store:
            return [key for key in {known.key for known in store.files()} if not store._results.is_whole(key)]

    def restore(self) -> None:
        """Makes the dataset what it was."""
        shutil.rmtree(self.out)
        self.run()
        assert files_of(self.out) == self.wanted


# ---- damages: each gives the file that it damaged


def files(ground: Ground, luck: Random) -> Path:
    """One of the dataset's files."""
    found = sorted(path for path in ground.out.rglob("*") if path.is_file() and path.name not in ("lock", "holder"))
    return luck.choice(found)


def flip(ground: Ground, luck: Random) -> Path:
    """Some bits of a file."""
    path = files(ground, luck)
    data = bytearray(path.read_bytes())
    for _ in range(luck.choice([1, 1, 1, 20])):
        data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
    path.write_bytes(data)
    return path


def cut(ground: Ground, luck: Random) -> Path:
    """The end of a file, or all of it."""
    path = files(ground, luck)
    os.truncate(path, luck.choice([0, luck.randrange(path.stat().st_size)]))
    return path


def lengthen(ground: Ground, luck: Random) -> Path:
    """Something behind a file's end."""
    path = files(ground, luck)
    with path.open("ab") as handle:
        handle.write(luck.choice([b"\n", b"x", path.read_bytes()]))
    return path


def delete(ground: Ground, luck: Random) -> Path:
    """A file is gone."""
    path = files(ground, luck)
    path.unlink()
    return path


def results(ground: Ground) -> list[Path]:
    """The result files."""
    return sorted((ground.out / ".jsextract" / "results").rglob("*.json"))


def swap(ground: Ground, luck: Random) -> Path:
    """Two results take each other's place."""
    one, other = luck.sample(results(ground), 2)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    return one


def stale(ground: Ground, luck: Random) -> Path:
    """A file as it was when the dataset had but one document."""
    path = luck.choice(sorted(path for path in ground.old.rglob("*") if path.is_file() and path.name != "lock"))
    target = ground.out / path.relative_to(ground.old)
    shutil.copy(path, target)
    return target


def link(ground: Ground, luck: Random) -> Path:
    """A link to a file of somebody else in the place of one."""
    path = files(ground, luck)
    path.unlink()
    path.symlink_to(ground.source.parent / "victim")
    (ground.source.parent / "victim").write_text("mine")
    return path


def pipe(ground: Ground, luck: Random) -> Path:
    """A pipe in the place of a file."""
    path = files(ground, luck)
    path.unlink()
    os.mkfifo(path)
    return path


def planted_key(ground: Ground, luck: Random) -> Path:
    """A name in the index that leads out of the folder."""
    path = ground.out / ".jsextract" / "index.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as db:
        table = luck.choice(["files", "results"])
        key = luck.choice(["../../../victim", "/etc/hostname", "..", "a/b", "\0", "0" * 63])
        db.execute(f"UPDATE {table} SET key = ? WHERE key = (SELECT min(key) FROM {table})", (key,))
        db.execute("DELETE FROM seal")
        db.commit()
    return path


DAMAGES: dict[str, Callable[[Ground, Random], Path]] = {
    "bits flipped": flip,
    "cut short": cut,
    "made longer": lengthen,
    "deleted": delete,
    "two results exchanged": swap,
    "an earlier copy": stale,
    "a link planted": link,
    "a pipe planted": pipe,
    "a key with ../ in the index": planted_key,
}


def _place(path: Path) -> str:
    return "result" if "results" in path.parts else path.name
