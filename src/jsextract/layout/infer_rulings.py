"""A grid with the rulings that its texts imply: what to make of a table whose rows or columns look torn (补线).

A ruling may be missing whole or in part. Where the texts of a cell stand apart, each in a column or row of its own,
the cell is cut between them. The result is a second reading of the same page, never the first: whoever asks for it
compares both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid, fill
from jsextract.layout.cut_cells import Text, parted_texts, parts_of_cell
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.tracks import Stretch, stretches
from jsextract.model.document import Cell, Line
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import CODE, HAN, is_code

_BEGINS = re.compile(rf"^({CODE}($|\D)|{HAN}{{1,3}}、|合计$|总计$)")
_STUB = re.compile(r"(名称|编码|代码)$|^(类|款|项|项目|栏次|行次|科目|\d+)$")
_TOTAL = re.compile(r"^[合总]计$")
# Header words of one character, and what stands in the row that numbers the columns.
_LABELS = frozenset("类款项")
_COUNTING = _LABELS | {"栏次", "行次", "—", "-"}


def infer_rulings(filled: FilledGrid, lines: Sequence[Line]) -> FilledGrid:
    """The grid cut where its texts stand apart, filled again.

    Args:
        filled: a ruled grid with its text.
        lines: of the page, as they were when it was filled.
    """
    if len(filled.grid.spans) > LAYOUT.inference.max_cells:
        return filled
    grid = _widened(filled)
    texts = {span: list(parted_texts(cell.lines)) for span, cell in _spans_and_cells(fill(grid, lines))}
    first = _first_body_row(grid, texts)
    grid = _with_columns(grid, texts, first)
    grid = _with_rows(grid, (t for cell in fill(grid, lines).cells for t in parted_texts(cell.lines)))
    texts = {span: list(parted_texts(cell.lines)) for span, cell in _spans_and_cells(fill(grid, lines))}
    first = _first_body_row(grid, texts)
    new = frozenset({*grid.xs, *grid.ys} - {*filled.grid.xs, *filled.grid.ys})
    figures = _before_figures(grid, texts, first)
    spans = sorted(part for span in grid.spans for part in parts_of_cell(grid, span, texts[span], new, figures, first))
    return replace(fill(replace(grid, spans=tuple(spans)), lines), reader=filled.reader)


def _spans_and_cells(filled: FilledGrid) -> Iterator[tuple[CellSpan, Cell]]:
    """Each place of the grid with its cell."""
    return zip(filled.grid.spans, filled.cells, strict=True)


def _first_body_row(grid: Grid, texts: dict[CellSpan, list[Text]]) -> int:
    """The first row with an amount, or whose first text begins a row: a code, an ordinal, a total.

    A header cell that reaches down from above says that its row is no body yet (合计 under 本年支出), and so do other
    words beside a total. Below the numbers of the columns there is none any more.
    """
    for row in range(grid.n_rows):
        low, high = grid.ys[row], grid.ys[row + 1]
        own = [t for span, found in texts.items() if span.row == row for t in found]
        reaching = [(s, f) for s, f in texts.items() if s.row < row < s.row + s.row_span and f]
        # A cell with words above the row as well is several that no ruling parts.
        own += [t for _, f in reaching if any(t.y < low for t in f) for t in f if low <= t.y < high]
        if any(t.is_amount and low <= t.y < high for found in texts.values() for t in found):
            return row
        covered = any(s.col == 0 and all(t.y >= low for t in f) for s, f in reaching)
        if any(t.normal == "栏次" for t in own) and all(t.is_figure or t.normal in _COUNTING for t in own):
            return row + 1
        left = min((t for t in own if not t.is_figure or is_code(t.normal)), key=lambda t: t.x0, default=None)
        if left is None or covered or not _BEGINS.match(left.normal):
            continue
        if not _TOTAL.match(left.normal) or all(t.is_figure for t in own if t is not left):
            return row
    return grid.n_rows


def _widened(filled: FilledGrid) -> Grid:
    """The grid with an outer column where text stands beside most of its rows."""
    grid = filled.grid
    beside = [t for t in parted_texts(filled.rest) if grid.ys[0] < t.y < grid.ys[-1]]
    xs = list(grid.xs)
    for left in (True, False):
        own = [
            t
            for t in beside
            if (t.x1 < xs[0] + LAYOUT.inference.slack if left else t.x0 > xs[-1] - LAYOUT.inference.slack)
        ]
        rows = {sum(y <= t.y for y in grid.ys) for t in own}
        if len(rows) * 2 > grid.n_rows:
            xs = (
                [min(t.x0 for t in own) - LAYOUT.inference.margin, *xs]
                if left
                else [*xs, max(t.x1 for t in own) + LAYOUT.inference.margin]
            )
    added = xs[0] != grid.xs[0]
    spans = [s._replace(col=s.col + added) for s in grid.spans]
    spans += [CellSpan(r, 0, 1, 1) for r in range(grid.n_rows) if added]
    spans += [CellSpan(r, len(xs) - 2, 1, 1) for r in range(grid.n_rows) if xs[-1] != grid.xs[-1]]
    return Grid(grid.page, tuple(xs), grid.ys, tuple(sorted(spans)))


def _with_columns(grid: Grid, texts: dict[CellSpan, list[Text]], first: int) -> Grid:
    """The grid with boundaries where a column's texts leave a gutter free; no cell is cut yet."""
    found: list[float] = []
    for col in range(grid.n_cols):
        own = {s: t for s, t in texts.items() if s.col == col and s.col_span == 1}
        body = [t for s, t in own.items() if s.row >= first]
        heads = [t for s, t in own.items() if s.row < first and t]
        found += _column_edges(body, heads)
    return _on_boundaries(grid, sorted({*grid.xs, *found}), list(grid.ys))


def _column_edges(body: Sequence[Sequence[Text]], heads: Sequence[Sequence[Text]]) -> list[float]:
    """Where a column falls into several: in its rows, or, where these are blank, in its header's words."""
    filled = [cell for cell in body if cell]
    paired = [cell for cell in filled if _stand_beside(cell) and any(t.is_figure for t in cell)]
    words = [_columns_of(cell) for cell in heads]
    own = next((cell for cell in reversed(heads) if not all(t.is_figure for t in cell)), [])
    worded = [t for t in own if len(t.normal) > 1 or t.text in _LABELS]
    found = _columns_of(t for cell in filled for t in cell) if paired else []
    # Header words stand over columns that are blank all the way down, too.
    headed = _columns_of(t for cell in (*(filled if paired else ()), own) for t in cell)
    if (paired or _stand_beside(own)) and all(any(a <= t.x0 < b for t in worded) for a, b in headed):
        found = max(found, headed, key=len)
    return [_middle_of_gap(a[1], b[0], words) for a, b in pairwise(found)]


def _stand_beside(cell: Sequence[Text]) -> bool:
    """Whether two texts stand beside each other, not one under the other."""
    return any(a.x1 <= b.x0 and a.y0 < b.y1 and b.y0 < a.y1 for a in cell for b in cell)


def _columns_of(texts: Iterable[Text]) -> list[Stretch]:
    """What the texts cover from left to right; texts nearer than columns are one stretch."""
    return stretches(((t.x0, t.x1) for t in texts), LAYOUT.inference.gutter)


def _middle_of_gap(low: float, high: float, words: Sequence[Sequence[Stretch]]) -> float:
    """The middle of a gutter, of what the header's words leave of it where they leave anything."""
    for blocks in words:
        for a, b in pairwise(blocks):
            if max(low, a[1]) < min(high, b[0]):
                low, high = max(low, a[1]), min(high, b[0])
                break
    return (low + high) / 2


def _with_rows(grid: Grid, texts: Iterable[Text]) -> Grid:
    """The grid with boundaries where a row's texts fall into bands, each of which tells that it is a row of its own.

    Words that run over several lines make no row: it takes figures below, or what begins a row. No cell is cut yet.
    """
    found: list[float] = []
    rows: list[list[Text]] = [[] for _ in range(grid.n_rows)]
    for text in texts:
        rows[min(max(sum(y <= text.y for y in grid.ys) - 1, 0), grid.n_rows - 1)].append(text)
    for own in rows:
        bands: list[list[Text]] = []
        for text in sorted(own, key=lambda t: t.y0):
            if bands and text.y0 < max(t.y1 for t in bands[-1]):
                bands[-1].append(text)
            else:
                bands.append([text])
        for above, below in pairwise(bands):
            if _is_row(below):
                found.append((max(t.y1 for t in above) + min(t.y0 for t in below)) / 2)
    return _on_boundaries(grid, list(grid.xs), sorted({*grid.ys, *found}))


def _is_row(band: Sequence[Text]) -> bool:
    """Whether the texts make a row of their own: mostly figures, or with what begins one."""
    figures = sum(t.is_figure for t in band)
    first = min(band, key=lambda t: t.x0)
    return figures * 2 >= len(band) or bool(_BEGINS.match(first.normal))


def _on_boundaries(grid: Grid, xs: list[float], ys: list[float]) -> Grid:
    """The same cells on more boundaries."""
    col = {c: xs.index(x) for c, x in enumerate(grid.xs)}
    row = {r: ys.index(y) for r, y in enumerate(grid.ys)}
    spans = tuple(
        CellSpan(row[s.row], col[s.col], row[s.row + s.row_span] - row[s.row], col[s.col + s.col_span] - col[s.col])
        for s in grid.spans
    )
    return Grid(grid.page, tuple(xs), tuple(ys), spans)


def _before_figures(grid: Grid, texts: dict[CellSpan, list[Text]], first: int) -> frozenset[float]:
    """Boundaries with a column of figures to their right: no name below the header reaches over them."""
    found: set[float] = set()
    for span, own in texts.items():
        words = "".join(t.normal for t in own)
        head = span.row < first <= span.row + span.row_span + 1 and bool(words) and not _STUB.search(words)
        if span.col_span == 1 and (head or (span.row >= first and any(t.is_amount for t in own))):
            found.add(grid.xs[span.col])
    return frozenset(found)
