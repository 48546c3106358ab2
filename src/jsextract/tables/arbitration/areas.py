"""Where the tables of several readings stand, which at the same place, and what is printed there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from jsextract.model.disjoint_set import DisjointSet
from jsextract.model.document import Page, Table
from jsextract.model.geometry import Box, union

# Two tables that share so much of the smaller one's area are readings of the same ink.
_SHARED = 0.3


def places(table: Table) -> dict[int, Box]:
    """The part of each page that the table's cells cover; none where the format has no places."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for cell in table.cells:
        if cell.box:
            boxes[cell.page].append(cell.box)
    return {page: union(found) for page, found in boxes.items()}


def same_place(first: Mapping[int, Box], second: Mapping[int, Box]) -> bool:
    """Whether two tables cover the same part of some page."""
    return any(_share_ink(box, second[page]) for page, box in first.items() if page in second)


def _share_ink(a: Box, b: Box) -> bool:
    """Whether two boxes share enough of the smaller one."""
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    if wide <= 0 or high <= 0:
        return False
    return wide * high > _SHARED * min(a.width * a.height, b.width * b.height)


def at_one_place(readings: Mapping[str, Sequence[Table]]) -> list[dict[str, tuple[int, ...]]]:
    """Sets of tables at the same place, for each reader the indices of its own."""
    where = {(reader, i): places(t) for reader, tables in readings.items() for i, t in enumerate(tables)}
    together = DisjointSet(where)
    for key, other in combinations(where, 2):
        if together.find(key) != together.find(other) and same_place(where[key], where[other]):
            together.join(key, other)
    found = []
    for group in together.groups():
        own: dict[str, list[int]] = defaultdict(list)
        for reader, index in group:
            own[reader].append(index)
        found.append({reader: tuple(sorted(indices)) for reader, indices in own.items()})
    return found


def ink_within(page: Page, areas: Sequence[Box]) -> list[str]:
    """The characters of a page that stand in one of these areas."""
    if not areas:
        return []
    return [
        char
        for line in page.lines
        if line.box is not None
        for char, (x0, x1) in zip(line.text, line.edges, strict=False)
        if char != " " and any(a.holds((x0 + x1) / 2, line.box.cy) for a in areas)
    ]
