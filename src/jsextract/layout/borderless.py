"""Tables without vertical rulings: columns from the white gutters between their texts (无框线表).

Only where a title or a unit line stands above and amounts stand apart from their names on several lines; what is
found is marked as less certain than a ruled grid.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from jsextract.layout.assign import piece
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.row_split import band_middles, nearest_band
from jsextract.layout.titles import is_above, is_note, is_title, unit_of
from jsextract.model.document import Line, Page, Ruling
from jsextract.model.geometry import Box
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import is_amount, is_number

_SENTENCE = re.compile(r"[。；]$")
Stretch = tuple[float, float]


class _Row(Struct, frozen=True):
    """A line as a row of a table: the parts that wide gaps hold apart."""

    line: Line
    parts: tuple[Line, ...]

    @property
    def amounts(self) -> int:
        """How many of its parts are numbers."""
        return sum(is_number(p.normal) for p in self.parts)

    @property
    def is_data(self) -> bool:
        """Whether an amount stands apart from other text, at least one of the line's with decimals."""
        return len(self.parts) > 1 and any(is_amount(p.normal) and p.normal != "0" for p in self.parts)


def is_row(line: Line) -> bool:
    """Whether a line reads like a row of a table: an amount with decimals apart from other text."""
    return _Row(line, text_parts(line)).is_data


def text_parts(line: Line) -> tuple[Line, ...]:
    """The parts of a line that wide gaps hold apart."""
    cuts = [
        i
        for i, char in enumerate(line.text)
        if char == " " and line.edges[i][1] - line.edges[i][0] > line.size * LAYOUT.borderless.gap
    ]
    ends = [-1, *cuts, len(line.text)]
    found = (piece(line, a + 1, b) for a, b in itertools.pairwise(ends))
    return tuple(p for p in found if p is not None)


def find_borderless_tables(page: Page, lines: Sequence[Line]) -> list[Grid]:
    """Grids for the tables that no vertical ruling draws.

    Args:
        page: for its rulings.
        lines: those outside ruled grids, in reading order.
    """
    found: list[Grid] = []
    rest = [line for line in lines if line.box is not None and line.edges]
    index = 0
    while index < len(rest):
        if not (unit_of(rest[index].text) or is_title(rest[index].text)):
            index += 1
            continue
        start = index + 1
        while start < len(rest) and (unit_of(rest[start].text) or is_above(rest[start].text)):
            start += 1
        region = _lines_of_table(rest[start:], page)
        grid = _grid_of_lines(region, page)
        if grid is not None:
            found.append(grid)
            index = start + len(region)
        else:
            index += 1
    return found


def _lines_of_table(lines: Sequence[Line], page: Page) -> list[_Row]:
    """The lines of a table: up to a note, a title, running text or a wide blank."""
    region: list[_Row] = []
    for line in lines:
        assert line.box is not None
        row = _Row(line, text_parts(line))
        gap = line.box.y0 - region[-1].line.box.y1 if region and region[-1].line.box else 0.0
        wide = len(row.parts) == 1 and line.box.width > page.width * LAYOUT.borderless.widest
        if (
            gap > LAYOUT.borderless.blank * line.size
            or wide
            or _SENTENCE.search(line.text)
            or is_note(line.text)
            or is_title(line.text)
        ):
            break
        region.append(row)
    while region and not region[-1].is_data and len(region[-1].parts) < 2:
        region.pop()
    return region


def _grid_of_lines(region: Sequence[_Row], page: Page) -> Grid | None:
    """The grid of a table's lines: columns from the white between the texts of the body, or of a richer header."""
    own = LAYOUT.borderless
    data = [i for i, row in enumerate(region) if row.is_data]
    if len(data) < own.fewest_rows or len(data) * own.lines_a_row < len(region) - data[0]:
        return None
    header, body = region[: data[0]], region[data[0] :]
    blocks = stretches(((p.box.x0, p.box.x1) for row in body for p in row.parts if p.box), own.gutter)
    if header:
        blocks = _with_header(blocks, _header_stretches([p.box for row in header for p in row.parts if p.box]))
    if len(blocks) < 2:
        return None
    boxes = [p.box for row in region for p in row.parts if p.box]
    xs = [min(b.x0 for b in boxes) - own.margin]
    xs += [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(blocks)]
    xs.append(max(b.x1 for b in boxes) + own.margin)
    ys = _row_edges(header, body, page.rulings, (xs[0], xs[-1]))
    if any(a >= b for edges in (xs, ys) for a, b in itertools.pairwise(edges)):
        return None  # letters of wild sizes lie over each other: rows and columns are not to be told apart
    return Grid(page.number, tuple(xs), tuple(ys), tuple(_cell_spans(header, xs, ys)))


def stretches(texts: Iterable[Stretch], gutter: float) -> list[Stretch]:
    """What texts cover from left to right, where gaps narrower than `gutter` (points) part nothing.

    Args:
        texts: where each begins and ends.
        gutter: the narrowest white between two columns.
    """
    found: list[Stretch] = []
    for start, end in sorted(texts):
        if found and start - found[-1][1] < gutter:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _header_stretches(boxes: Sequence[Box]) -> list[Stretch]:
    """The stretches of the lowest header cells: words under each other are one, a word over several is none."""
    found: list[Stretch] = []
    for box in sorted(boxes, key=lambda b: b.width):
        over = [s for s in found if s[0] < box.x1 and box.x0 < s[1]]
        if not over:
            found.append((box.x0, box.x1))
        elif len(over) == 1:
            found.remove(over[0])
            found.append((min(box.x0, over[0][0]), max(box.x1, over[0][1])))
    return sorted(found)


def _with_header(blocks: list[Stretch], heads: list[Stretch]) -> list[Stretch]:
    """The stretches with the header words over them; a word over nothing is a blank column of its own."""
    if len(heads) < len(blocks):
        return blocks
    n, m = len(blocks), len(heads)
    # cost[i][j]: the first i stretches under the first j words, each under one, in order
    cost = [[0.0] * (m + 1)] + [[float("inf")] * (m + 1) for _ in range(n)]
    for i in range(1, n + 1):
        for j in range(i, m + 1):
            apart = max(0.0, blocks[i - 1][0] - heads[j - 1][1], heads[j - 1][0] - blocks[i - 1][1])
            cost[i][j] = min(cost[i][j - 1], cost[i - 1][j - 1] + apart)
    merged = list(heads)
    i, j = n, m
    while i:
        if cost[i][j] == cost[i][j - 1]:
            j -= 1
            continue
        i, j = i - 1, j - 1
        merged[j] = (min(blocks[i][0], heads[j][0]), max(blocks[i][1], heads[j][1]))
    clear = all(a[1] <= b[0] for a, b in itertools.pairwise(merged))
    return merged if clear else blocks


def _row_edges(
    header: Sequence[_Row], body: Sequence[_Row], rulings: Sequence[Ruling], reach: tuple[float, float]
) -> list[float]:
    """Row boundaries: drawn ones where there is a ruling for every row, else between the rows' middles."""
    own = LAYOUT.borderless
    lines = [row.line for row in (*header, *body)]
    top, bottom = lines[0], lines[-1]
    assert top.box is not None
    assert bottom.box is not None
    drawn = sorted(
        {
            round(r.y0, 1)
            for r in rulings
            if r.horizontal
            and min(r.x1, reach[1]) - max(r.x0, reach[0]) > (reach[1] - reach[0]) * own.ruled
            and top.box.y0 - top.size * own.reach <= r.y0 <= bottom.box.y1 + bottom.size * own.reach
        }
    )
    middles = band_middles(p for row in body for p in row.parts)
    heads = [row.line.box.cy for row in header if row.line.box]
    if len(drawn) > len(middles) and drawn[0] < (heads or middles)[0]:
        return drawn
    used = sorted({nearest_band(middles, row.line.box.cy) for row in body if row.line.box})
    centres = [*heads, *(middles[i] for i in used)]
    between = [(a + b) / 2 for a, b in itertools.pairwise(centres)]
    return [top.box.y0 - 1, *between, bottom.box.y1 + 1]


def _cell_spans(header: Sequence[_Row], xs: Sequence[float], ys: Sequence[float]) -> list[CellSpan]:
    """One cell a slot; a header text over several columns spans them."""
    spans: list[CellSpan] = []
    boxes = [p.box for row in header for p in row.parts if p.box]
    for r, (top, bottom) in enumerate(itertools.pairwise(ys)):
        col = 0
        while col < len(xs) - 1:
            over = [b for b in boxes if top <= b.cy < bottom and b.x0 < xs[col + 1] and b.x1 > xs[col]]
            reach = max((b.x1 for b in over), default=0.0)
            last = col
            while last + 1 < len(xs) - 1 and (xs[last + 1] + xs[last + 2]) / 2 < reach:
                last += 1
            spans.append(CellSpan(r, col, 1, last - col + 1))
            col = last + 1
    return spans
