from __future__ import annotations

import sqlite3
from pathlib import Path

from jsextract.dataset.index import Index, KnownFile

KEY = "0" * 64
YOUNGER = "ALTER TABLE results DROP COLUMN seal; ALTER TABLE results DROP COLUMN mark; DROP TABLE seal;"
"""What an index of version 4 lacks."""


def test_an_index_without_paths_is_still_known(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    index = Index(path)
    index.assign("place", "a.pdf", KEY, "", "in/a.pdf")
    index.commit()
    index.close()
    old = sqlite3.connect(path)
    old.executescript(
        f"{YOUNGER} ALTER TABLE files DROP COLUMN path; ALTER TABLE files DROP COLUMN source; PRAGMA user_version = 1"
    )
    old.close()
    index = Index(path)
    assert list(index.files()) == [KnownFile("a.pdf", "a.pdf", KEY, first=True)]
    index.assign("place", "a.pdf", KEY, "", "in/a.pdf")
    assert list(index.files()) == [KnownFile("a.pdf", "in/a.pdf", KEY, first=True)]


def test_an_index_without_sources_learns_them_with_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    index = Index(path)
    index.assign("place", "a.pdf", KEY, "", "in/a.pdf")
    index.commit()
    index.close()
    old = sqlite3.connect(path)
    old.executescript(f"{YOUNGER} ALTER TABLE files DROP COLUMN source; PRAGMA user_version = 2")
    old.close()
    index = Index(path)
    assert index.sources(KEY) == []
    index.assign("place", "a.pdf", KEY, "", "in/a.pdf", "../in/a.pdf")
    assert (index.sources(KEY), list(index.files())) == (
        ["../in/a.pdf"], [KnownFile("a.pdf", "in/a.pdf", KEY, first=True)],
    )  # fmt: skip
