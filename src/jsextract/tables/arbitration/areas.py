"""Which tables of several readings stand at the same place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from jsextract.model.document import Table
from jsextract.model.geometry import Box, union

# Two tables that share so much of the smaller one's area are readings of the same ink.
_SHARED = 0.3
Key = tuple[str, int]
"""A reader's name and the index of one of its tables."""


def places(table: Table) -> dict[int, Box]:
    """The part of each page that the table's cells cover."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for cell in table.cells:
        boxes[cell.page].append(cell.box)
    return {page: union(found) for page, found in boxes.items()}


def same_place(first: Mapping[int, Box], second: Mapping[int, Box]) -> bool:
    """Whether two tables cover the same part of some page."""
    return any(_shares(box, second[page]) for page, box in first.items() if page in second)


def _shares(a: Box, b: Box) -> bool:
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    if wide <= 0 or high <= 0:
        return False
    return wide * high > _SHARED * min(a.width * a.height, b.width * b.height)


def groups(readings: Mapping[str, Sequence[Table]]) -> list[dict[str, tuple[int, ...]]]:
    """Sets of tables at the same place, for each reader the indices of its own."""
    where = {(reader, i): places(t) for reader, tables in readings.items() for i, t in enumerate(tables)}
    keys: list[Key] = list(where)
    parent = {key: key for key in keys}

    def root(key: Key) -> Key:
        while parent[key] != key:
            key = parent[key]
        return key

    for n, key in enumerate(keys):
        for other in keys[n + 1 :]:
            if root(key) != root(other) and same_place(where[key], where[other]):
                parent[root(other)] = root(key)
    found: dict[Key, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for reader, index in keys:
        found[root((reader, index))][reader].append(index)
    return [{reader: tuple(sorted(own)) for reader, own in group.items()} for group in found.values()]
