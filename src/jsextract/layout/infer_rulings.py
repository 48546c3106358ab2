"""A grid with the rulings that its texts imply: what to make of a table whose rows or columns look torn (补线).

A ruling may be missing whole or in part. Where the texts of a cell stand apart, each in a column or row of its own,
the cell is cut between them. The result is a second reading of the same page, never the first: whoever asks for it
compares both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid, fill, piece
from jsextract.layout.grid import CellSpan, Grid
from jsextract.layout.tracks import Stretch, stretches
from jsextract.model.document import Cell, Line
from jsextract.model.geometry import Box
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze
from jsextract.text.tokens import CODE, HAN, amount_edges, is_exact, is_number

_BEGINS = re.compile(rf"^({CODE}($|\D)|{HAN}{{1,3}}、|合计$|总计$)")
_STUB = re.compile(r"(名称|编码|代码)$|^(类|款|项|项目|栏次|行次|科目|\d+)$")
_TOTAL = re.compile(r"^[合总]计$")
# Header words of one character.
_LABELS = frozenset("类款项")


class _Text(Struct, frozen=True):
    """A piece of text that belongs together, and where it stands."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float

    @property
    def normal(self) -> str:
        """The text for matching."""
        return squeeze(self.text)

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def is_amount(self) -> bool:
        """Whether it prints an amount."""
        return is_exact(self.normal)

    @property
    def is_figure(self) -> bool:
        """Whether it prints any number."""
        return is_number(self.normal)


def infer_rulings(filled: FilledGrid, lines: Sequence[Line]) -> FilledGrid:
    """The grid cut where its texts stand apart, filled again.

    Args:
        filled: a ruled grid with its text.
        lines: of the page, as they were when it was filled.
    """
    if len(filled.grid.spans) > LAYOUT.inference.max_cells:
        return filled
    grid = _widened(filled, lines)
    texts = {span: list(_parted_texts(cell.lines)) for span, cell in _spans_and_cells(fill(grid, lines))}
    first = _first_body_row(grid, texts)
    grid = _with_columns(grid, texts, first)
    grid = _with_rows(grid, (t for cell in fill(grid, lines).cells for t in _parted_texts(cell.lines)))
    texts = {span: list(_parted_texts(cell.lines)) for span, cell in _spans_and_cells(fill(grid, lines))}
    first = _first_body_row(grid, texts)
    new = frozenset({*grid.xs, *grid.ys} - {*filled.grid.xs, *filled.grid.ys}) | _before_figures(grid, texts, first)
    spans = sorted(
        part for span in grid.spans for part in _parts_of_cell(grid, span, texts[span], new, body=span.row >= first)
    )
    return replace(fill(replace(grid, spans=tuple(spans)), lines), reader=filled.reader)


def _spans_and_cells(filled: FilledGrid) -> Iterator[tuple[CellSpan, Cell]]:
    """Each place of the grid with its cell."""
    return zip(filled.grid.spans, filled.cells, strict=True)


def _parted_texts(lines: Iterable[Line]) -> Iterator[_Text]:
    """The parts of lines that wide gaps hold apart; amounts that run together one by one."""
    for line in lines:
        cuts = {
            i + 1
            for i, char in enumerate(line.text)
            if char == " " and line.edges[i][1] - line.edges[i][0] > line.size * LAYOUT.inference.gap
        }
        cuts |= set(amount_edges(line.text))
        for a, b in pairwise([0, *sorted(cuts), len(line.text)]):
            part = piece(line, a, b)
            if part is not None and part.box is not None:
                yield _Text(part.text, part.box.x0, part.box.x1, *_ink_of(part.box))


def _ink_of(box: Box) -> tuple[float, float]:
    """Where the ink of a line is: its box has room above and below, which lines set close share."""
    blank = box.height * LAYOUT.inference.ink
    return box.y0 + blank, box.y1 - blank


def _first_body_row(grid: Grid, texts: dict[CellSpan, list[_Text]]) -> int:
    """The first row with an amount, or whose first text begins a row: a code, an ordinal, a total.

    A header cell that reaches down from above says that its row is no body yet (合计 under 本年支出), and so do other
    words beside a total.
    """
    for row in range(grid.n_rows):
        own = [t for span, found in texts.items() if span.row == row for t in found]
        low, high = grid.ys[row], grid.ys[row + 1]
        if any(t.is_amount and low <= t.y < high for found in texts.values() for t in found):
            return row
        covered = any(s.col == 0 and s.row < row < s.row + s.row_span and found for s, found in texts.items())
        left = min(own, key=lambda t: t.x0, default=None)
        if left is None or covered or not _BEGINS.match(left.normal):
            continue
        if not _TOTAL.match(left.normal) or all(t.is_figure for t in own if t is not left):
            return row
    return grid.n_rows


def _widened(filled: FilledGrid, lines: Sequence[Line]) -> Grid:
    """The grid with an outer column where text stands beside most of its rows."""
    grid = filled.grid
    beside = [t for t in _parted_texts(filled.rest) if grid.ys[0] < t.y < grid.ys[-1]]
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


def _with_columns(grid: Grid, texts: dict[CellSpan, list[_Text]], first: int) -> Grid:
    """The grid with boundaries where a column's texts leave a gutter free; no cell is cut yet."""
    found: list[float] = []
    for col in range(grid.n_cols):
        own = {s: t for s, t in texts.items() if s.col == col and s.col_span == 1}
        body = [t for s, t in own.items() if s.row >= first]
        heads = [t for s, t in own.items() if s.row < first and t]
        found += _column_edges(body, heads)
    return _on_boundaries(grid, sorted({*grid.xs, *found}), list(grid.ys))


def _column_edges(body: Sequence[Sequence[_Text]], heads: Sequence[Sequence[_Text]]) -> list[float]:
    """Where a column falls into several: in its rows, or, where these are blank, in its header's words."""
    filled = [cell for cell in body if cell]
    paired = [cell for cell in filled if _stand_beside(cell) and any(t.is_figure for t in cell)]
    stretches = _columns_of(t for cell in filled for t in cell)
    words = [_columns_of(cell) for cell in heads]
    if len(stretches) < 2 or not paired:
        own = [cell for cell in heads if not all(t.is_figure for t in cell)]
        stretches = _columns_of(own[-1]) if own else []
        worded = [t for cell in own[-1:] for t in cell if len(t.normal) > 1 or t.text in _LABELS]
        if not all(any(a <= t.x0 < b for t in worded) for a, b in stretches):
            return []
    return [_middle_of_gap(a[1], b[0], words) for a, b in pairwise(stretches)]


def _stand_beside(cell: Sequence[_Text]) -> bool:
    """Whether two texts stand beside each other, not one under the other."""
    return any(a.x1 <= b.x0 and a.y0 < b.y1 and b.y0 < a.y1 for a in cell for b in cell)


def _columns_of(texts: Iterable[_Text]) -> list[Stretch]:
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


def _with_rows(grid: Grid, texts: Iterable[_Text]) -> Grid:
    """The grid with boundaries where a row's texts fall into bands, each of which tells that it is a row of its own.

    Words that run over several lines make no row: it takes figures below, or what begins a row. No cell is cut yet.
    """
    found: list[float] = []
    rows: list[list[_Text]] = [[] for _ in range(grid.n_rows)]
    for text in texts:
        rows[min(max(sum(y <= text.y for y in grid.ys) - 1, 0), grid.n_rows - 1)].append(text)
    for own in rows:
        bands: list[list[_Text]] = []
        for text in sorted(own, key=lambda t: t.y0):
            if bands and text.y0 < max(t.y1 for t in bands[-1]):
                bands[-1].append(text)
            else:
                bands.append([text])
        for above, below in pairwise(bands):
            if _is_row(below):
                found.append((max(t.y1 for t in above) + min(t.y0 for t in below)) / 2)
    return _on_boundaries(grid, list(grid.xs), sorted({*grid.ys, *found}))


def _is_row(band: Sequence[_Text]) -> bool:
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


def _before_figures(grid: Grid, texts: dict[CellSpan, list[_Text]], first: int) -> frozenset[float]:
    """Boundaries with a column of figures to their right: no name below the header reaches over them."""
    found: set[float] = set()
    for span, own in texts.items():
        words = "".join(t.normal for t in own)
        head = span.row < first <= span.row + span.row_span + 1 and bool(words) and not _STUB.search(words)
        if span.col_span == 1 and (head or (span.row >= first and any(t.is_amount for t in own))):
            found.add(grid.xs[span.col])
    return frozenset(found)


def _parts_of_cell(
    grid: Grid, span: CellSpan, texts: Sequence[_Text], new: frozenset[float], *, body: bool
) -> Iterator[CellSpan]:
    """The parts of a cell: cut at the boundaries inside it that no text crosses and that part something.

    Args:
        grid: with all boundaries.
        span: the cell.
        texts: what stands in it.
        new: the boundaries that were inferred, and those that no name reaches over.
        body: whether it stands below the header.
    """
    xs, ys = grid.xs, grid.ys
    inner = range(span.row + 1, span.row + span.row_span)
    rows = [r for r in inner if _parts_rows(grid, span, ys[r], texts, body=body, inferred=ys[r] in new)]
    for top, bottom in pairwise([span.row, *rows, span.row + span.row_span]):
        own = [t for t in texts if ys[top] <= t.y < ys[bottom]] if rows else texts
        inner = range(span.col + 1, span.col + span.col_span)
        cols = [c for c in inner if _parts_columns(xs[c], own, body=body, inferred=xs[c] in new)]
        for left, right in pairwise([span.col, *cols, span.col + span.col_span]):
            yield CellSpan(top, left, bottom - top, right - left)


def _parts_columns(x: float, texts: Sequence[_Text], *, body: bool, inferred: bool) -> bool:
    """Whether a boundary parts a cell: no words cross it, and texts stand on both sides or figures do."""
    if any(t.x0 < x - LAYOUT.inference.slack and t.x1 > x + LAYOUT.inference.slack and not t.is_amount for t in texts):
        return False
    both = any(t.x1 <= x + LAYOUT.inference.slack for t in texts) and any(
        t.x0 >= x - LAYOUT.inference.slack for t in texts
    )
    return both or (body and (inferred or all(t.is_amount for t in texts)))


def _parts_rows(grid: Grid, span: CellSpan, y: float, texts: Sequence[_Text], *, body: bool, inferred: bool) -> bool:
    """In the header words run over several lines: there it takes words beside each other below, or figures."""
    below = [t for t in texts if t.y > y]
    both = bool(below) and any(t.y < y for t in texts)
    if body:
        return both or inferred or all(t.is_amount for t in texts)
    inner = grid.xs[span.col + 1 : span.col + span.col_span]
    apart = any(any(t.x1 <= x for t in below) and any(t.x0 >= x for t in below) for x in inner)
    return both and (inferred or apart or all(t.is_figure for t in below))
