"""What reads the documents of a run: worker processes of this machine, or a Ray cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from jsextract.batch import pool
from jsextract.batch.pool import Done
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile
from jsextract.model.report import Report

T = TypeVar("T")


class ReadAll(Protocol):
    """See `pool.read_all`."""

    def __call__(
        self,
        sources: Iterable[SourceFile],
        settings: Settings,
        make: Callable[[Report], T],
        stopping: Callable[[], bool],
    ) -> Iterator[Done[T]]:
        """The outcomes as they come."""


def engine(name: str) -> ReadAll:
    """The function with the signature of `pool.read_all`; Ray is imported when it is asked for."""
    if name == "ray":
        from jsextract.batch import cluster

        return cluster.read_all
    return pool.read_all
