"""The rows of a table whose rows no ruling need part: figures tell where they are, names run on about them (行).

Full rules and the edges of stripes part rows wherever they stand between them all; else the lines of a name belong
together where they stand closer to each other than rows do.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from jsextract.layout.row_split import nearest_band
from jsextract.layout.texts import is_figure, starts_row
from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT

_TAILS = frozenset({"合计", "总计"})  # with which names may end on a line of their own

Placed = tuple[int, Line]
"""A text with the column that it stands in."""
Name = tuple[int, list[Line]]
"""The lines of a name with the column that it stands in."""


def parted_rows(texts: Sequence[Placed], drawn: Sequence[float]) -> list[list[Placed]]:
    """The rows of a table, from top to bottom.

    Args:
        texts: of its body, on one page.
        drawn: heights at which a rule or the edge of a stripe runs through, ascending.
    """
    bands = _bands(text for _, text in texts if is_figure(text))
    if not _parts_all(bands, drawn):
        return _rows(texts, drawn)
    strips: dict[int, list[Placed]] = defaultdict(list)
    for col, text in texts:
        strips[bisect.bisect(drawn, _y(text))].append((col, text))
    return [row for _, own in sorted(strips.items()) for row in (_rows(own, ()) if _several(own) else [own])]


def _y(text: Line) -> float:
    """The middle of a text."""
    assert text.box is not None
    return text.box.cy


def _bands(texts: Iterable[Line]) -> list[float]:
    """The heights at which texts stand, those on one line as one."""
    found: list[list[float]] = []
    for y, size in sorted((_y(t), t.size) for t in texts):
        if found and y - found[-1][0] <= size * LAYOUT.assign.baseline:
            found[-1].append(y)
        else:
            found.append([y])
    return [sum(own) / len(own) for own in found]


def _parts_all(bands: Sequence[float], drawn: Sequence[float]) -> bool:
    """Whether rules stand between nearly all rows."""
    parted = [bisect.bisect(drawn, a) != bisect.bisect(drawn, b) for a, b in pairwise(bands)]
    return len(parted) > 1 and sum(parted) >= LAYOUT.columns.ruled * len(parted)


def _several(texts: Sequence[Placed]) -> bool:
    """Whether the texts between two rules are of several rows: figures of one column stand at several heights."""
    heights: dict[int, list[Line]] = defaultdict(list)
    for col, text in texts:
        if starts_row(text):
            heights[col].append(text)
    return any(len(_bands(own)) > 1 for own in heights.values())


def _rows(texts: Sequence[Placed], drawn: Sequence[float]) -> list[list[Placed]]:
    """Rows about their figures; names without any are rows of their own."""
    bands = _bands(text for _, text in texts if is_figure(text))
    rows: dict[float, list[Placed]] = {y: [] for y in bands}
    for col, text in texts:
        if is_figure(text):
            rows[bands[nearest_band(bands, _y(text))]].append((col, text))
    names = list(_names(texts, drawn))
    share = _set_at(names, bands)
    loose: list[tuple[float, Name]] = []
    for name in names:
        for y, part in _at_bands(name, bands, drawn, share):
            if y is None:
                loose.append((_place(part, share), part))
            else:
                rows[y] += [(part[0], text) for text in part[1]]
    for y, (col, lines) in sorted(loose, key=lambda pair: pair[0]):
        near = min(rows, key=lambda other: abs(other - y), default=None)
        free = (
            near is not None
            and abs(near - y) <= LAYOUT.columns.level * lines[0].size
            and all(c != col for c, _ in rows[near])
        )
        rows.setdefault(near if free and near is not None else y, []).extend((col, text) for text in lines)
    return [row for _, row in sorted(rows.items()) if row]


def _names(texts: Sequence[Placed], drawn: Sequence[float]) -> Iterator[Name]:
    """The names of each column, wrapped ones with all of their lines."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for col, text in texts:
        if not is_figure(text):
            columns[col].append(text)
    for col, own in columns.items():
        own.sort(key=_y)
        right = max(t.box.x1 for t in own if t.box)
        whites = [b.box.y0 - a.box.y1 for a, b in pairwise(own) if a.box and b.box and starts_row(b)]
        usual = median(whites) if whites else float("inf")
        run = [own[0]]
        for above, below in pairwise(own):
            if _runs_on(above, below, right, usual, drawn):
                run.append(below)
            else:
                yield col, run
                run = [below]
        yield col, run


def _runs_on(above: Line, below: Line, right: float, usual: float, drawn: Sequence[float]) -> bool:
    """Whether a name goes on on the line below: near, no rule between, and where rows are as near, no room was left."""
    assert above.box is not None
    assert below.box is not None
    white = below.box.y0 - above.box.y1
    parted = bisect.bisect(drawn, above.box.cy) != bisect.bisect(drawn, below.box.cy)
    if parted or (starts_row(below) and below.normal not in _TAILS):
        return False
    if white < -above.size / 2:
        return True  # beside each other
    full = above.box.x1 + below.size * LAYOUT.columns.full > right
    return white < LAYOUT.columns.leading * below.size and (white < usual * LAYOUT.columns.tight or full)


def _place(name: Name, share: float) -> float:
    """The height at which a name's row is, by how its lines are set."""
    top, bottom = _y(name[1][0]), _y(name[1][-1])
    return top + (bottom - top) * share


def _set_at(names: Sequence[Name], bands: Sequence[float]) -> float:
    """How names of several lines are set: share of their height at which the figures of their row stand."""
    long = [name for name in names if len(name[1]) > 1]
    if not long or not bands:
        return 0.5
    return min(
        (0.5, 0.0, 1.0),
        key=lambda share: sum(min(abs(y - _place(name, share)) for y in bands) for name in long),
    )


def _at_bands(
    name: Name, bands: Sequence[float], drawn: Sequence[float], share: float
) -> Iterator[tuple[float | None, Name]]:
    """The row in which a name stands, None for one of its own; lines that reach over several rows go to each."""
    col, lines = name
    near = LAYOUT.columns.level * lines[0].size
    own = [y for y in bands if _y(lines[0]) - near <= y <= _y(lines[-1]) + near]
    own = [y for y in own if bisect.bisect(drawn, y) == bisect.bisect(drawn, _place(name, share))]
    if len(own) > 1 and len(lines) > 1:
        parts: dict[float, list[Line]] = defaultdict(list)
        for line in lines:
            parts[min(own, key=lambda y: abs(y - _y(line)))].append(line)
        yield from ((y, (col, part)) for y, part in parts.items())
    elif own:
        yield min(own, key=lambda y: abs(y - _place(name, share))), name
    else:
        yield None, name
