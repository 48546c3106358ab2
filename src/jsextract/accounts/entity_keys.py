"""One body under its several names (单位名称归并): with the city above a county or without, before and after a rename.

Two names are one body only where nothing speaks against it: both have no account of one year and kind, one longer name
alone fits a shorter one, and a rename is stated by the account of the body itself. Districts (区) of one name are in
many cities, so that a name without its city stays another; so does whatever was split or merged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

import regex

from jsextract.accounts.account_index import naming_errors
from jsextract.accounts.account_summary import parse_summary

_PLACE = "[^省市区县州旗盟]"
_LEVEL = regex.compile(rf"{_PLACE}{{2,8}}(?:省|市|州|盟)(?={_PLACE}+[县旗]|{_PLACE}{{2,}}市)")
_PARTY = "中共"
_MOST = 10  # renames of one body, one after the other


def shorter_names(name: str) -> Iterator[str]:
    """A county's body's name (as it is compared) without the city, then without the province above the county."""
    party = _PARTY if name.startswith(_PARTY) else ""
    rest = name.removeprefix(party)
    while level := _LEVEL.match(rest):
        rest = rest[level.end() :]
        yield party + rest


def _forms(name: str) -> Iterator[str]:
    """A name and its shorter forms."""
    yield name
    yield from shorter_names(name)


class EntityKeys:
    """The names of a dataset; first `add` all, then ask. In a file of its own: memory does not grow with them.

    Methods raise OSError when that cannot be written.
    """

    def __init__(self) -> None:
        with naming_errors():
            self._db = sqlite3.connect("")
            self._db.executescript(
                "CREATE TABLE names (name, year, kind, PRIMARY KEY (name, year, kind)) WITHOUT ROWID;"
                "CREATE TABLE longer (short, name, PRIMARY KEY (short, name)) WITHOUT ROWID;"
                "CREATE TABLE renamed (old, new, PRIMARY KEY (old, new)) WITHOUT ROWID;"
                "CREATE INDEX before ON renamed (new);"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def add(self, note: str) -> None:
        """Takes note of a document, as `AccountIndex.add` does: whose account it is, and earlier names of the body."""
        if note:
            own = parse_summary(note)
            self.add_name(own.body, own.of_year, own.of_kind, own.formerly)

    def add_name(self, name: str, year: int, kind: str, formerly: Sequence[str] = ()) -> None:
        """Takes note of an account of the body of that name (as it is compared), and of names that it had before."""
        with naming_errors():
            self._db.execute("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", (name, year, kind))
            shorter = [(short, name) for short in shorter_names(name)]
            self._db.executemany("INSERT OR IGNORE INTO longer VALUES (?, ?)", shorter)
            self._db.executemany("INSERT OR IGNORE INTO renamed VALUES (?, ?)", [(old, name) for old in formerly])

    def key(self, name: str) -> str:
        """What all names of that body have in common: the last of them, in its longest form."""
        found = self._longest(name)
        for _ in range(_MOST):
            after = self._renamed(found)
            if after is None:
                break
            found = after
        return found

    def _longest(self, name: str) -> str:
        """The one longer name of the dataset that the name is short for; itself where there is none or several."""
        longer = self._longer(name)
        tops = [one for one in longer if not set(self._longer(one)) & {*longer}]
        return tops[0] if len(tops) == 1 and not self._coexist(name, tops[0]) else name

    def _longer(self, name: str) -> list[str]:
        return self._column("SELECT name FROM longer WHERE short = ?", name)

    def _renamed(self, name: str) -> str | None:
        """What the body is called since; None where nothing says so, or several took its place or were before it."""
        after = {self._longest(new) for one in _forms(name) for new in self._told("new", "old", one)}
        if len(after) != 1 or name in after:
            return None
        (new,) = after
        before = {self._longest(old) for one in _forms(new) for old in self._told("old", "new", one)}
        return new if len(before) == 1 and not self._coexist(name, new) else None

    def _told(self, wanted: str, by: str, name: str) -> list[str]:
        return self._column(f"SELECT {wanted} FROM renamed WHERE {by} = ?", name)  # noqa: S608 (our own names)

    def _coexist(self, one: str, other: str) -> bool:
        """Whether both have an account of one year and kind, so that they are two bodies."""
        query = "SELECT 1 FROM names AS a JOIN names AS b USING (year, kind) WHERE a.name = ? AND b.name = ? LIMIT 1"
        return bool(self._column(query, one, other))

    def _column(self, query: str, *values: str) -> list[str]:
        with naming_errors():
            return [value for (value,) in self._db.execute(query, values)]
