"""What a hostile file is, and what it must give."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

READ = "not-final-account"
"""The problem of a file that is read and is no account: nothing in it does harm."""
DOUBTED = "partial"
"""The status of a workbook that is read, and one of whose tables is in doubt."""
TEXT = "青溪县粮食局2023年度工作情况说明，本年收入总计12.00万元。".encode()
NOBODY = "http://127.0.0.1:9/x"
"""An address to which a connection would be seen."""
SECRET = "file:///etc/passwd"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and the rows of documents.csv that are right for it.

    Attributes:
        rows: of each row its name below the file (blank for the file itself) and the problems that are right, parted
            by blanks.
        flag: that its row must have.
    """

    file: str
    data: bytes
    rows: tuple[tuple[str, str], ...]
    flag: str = ""


def one(file: str, data: bytes, problems: str, flag: str = "") -> Hostile:
    """A file with a row of its own."""
    return Hostile(file, data, (("", problems),), flag)


def inside(file: str, data: bytes, rows: Mapping[str, str] | list[tuple[str, str]]) -> Hostile:
    """An archive whose files have rows."""
    return Hostile(file, data, tuple(rows.items() if isinstance(rows, Mapping) else rows))


def cut(name: str, data: bytes, problems: str, luck: random.Random) -> Iterator[Hostile]:
    """A file cut off near its beginning, in the middle, and just before its end."""
    stem, _, ending = name.rpartition(".")
    for number, share in enumerate((0.05, 0.5, 0.98)):
        length = max(int(len(data) * share * luck.uniform(0.9, 1.0)), 60)
        yield one(f"{stem}-{number}.{ending}", data[:length], problems)
