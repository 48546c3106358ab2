"""Attacks that bench/attack.py runs: each module of this folder has `KIND`, `COUNT` and `attack`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True, slots=True)
class Tried:
    """One attack and what came of it.

    Attributes:
        what: what was done, in a few words: the rows of the table.
        came: what came of it, in a word or two: its columns.
        ok: whether it may come to that.
        detail: enough to look into it.
    """

    what: str
    came: str
    ok: bool
    detail: str = ""


Attack = Callable[[Path, Random, int], Iterator[Tried]]
"""Attacks so many times, in a folder of its own, by that luck."""
