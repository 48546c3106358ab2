"""Things in groups that grow together (并查集): crossing rulings, slots of one cell, readings of one table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class DisjointSet(Generic[Thing]):
    """Sets of things without a common member; at first each thing is a set of its own."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._parent = {thing: thing for thing in things}

    def find(self, thing: Thing) -> Thing:
        """The member that stands for the set of `thing`."""
        parent = self._parent
        while parent[thing] != thing:
            parent[thing] = thing = parent[parent[thing]]
        return thing

    def join(self, first: Thing, second: Thing) -> None:
        """Make one set of the sets of both; what stands for the first stands for it."""
        self._parent[self.find(second)] = self.find(first)

    def groups(self) -> list[list[Thing]]:
        """All sets, members in the order in which they were given, sets in that of their first members."""
        found: dict[Thing, list[Thing]] = {}
        for thing in self._parent:
            found.setdefault(self.find(thing), []).append(thing)
        return list(found.values())
