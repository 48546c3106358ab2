"""Cells cut at boundaries, drawn or inferred, that no text in them crosses and that part something (单元格拆分)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from jsextract.layout.assign import piece
from jsextract.layout.grid import CellSpan, Grid
from jsextract.model.document import Line
from jsextract.model.geometry import Box
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze
from jsextract.text.tokens import amount_edges, is_exact, is_number


class Text(Struct, frozen=True):
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


def parted_texts(lines: Iterable[Line]) -> Iterator[Text]:
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
                yield Text(part.text, part.box.x0, part.box.x1, *_ink_of(part.box))


def _ink_of(box: Box) -> tuple[float, float]:
    """Where the ink of a line is: its box has room above and below, which lines set close share."""
    blank = box.height * LAYOUT.inference.ink
    return box.y0 + blank, box.y1 - blank


def parts_of_cell(
    grid: Grid,
    span: CellSpan,
    texts: Sequence[Text],
    new: frozenset[float],
    figures: frozenset[float],
    first: int,
) -> Iterator[CellSpan]:
    """The parts of a cell: cut at the boundaries inside it that no text crosses and that part something.

    Args:
        grid: with all boundaries.
        span: the cell.
        texts: what stands in it.
        new: the boundaries that were inferred.
        figures: those with a column of figures to their right.
        first: the first row below the header.
    """
    xs, ys = grid.xs, grid.ys
    body = span.row >= first
    inner = range(span.row + 1, span.row + span.row_span)
    rows = [
        r
        for r in inner
        if (not body and r >= first and not _is_across(texts, ys[r]))
        or _parts_rows(grid, span, ys[r], texts, body=body, inferred=ys[r] in new)
    ]
    for top, bottom in pairwise([span.row, *rows, span.row + span.row_span]):
        own = [t for t in texts if ys[top] <= t.y < ys[bottom]] if rows else texts
        inner = range(span.col + 1, span.col + span.col_span)
        below = top >= first
        cols = [
            c
            for c in inner
            if _parts_columns(xs[c], own, body=below, inferred=xs[c] in new)
            or (below and xs[c] in figures and _begins_before(own, xs[c]) and not _is_crossed(own, xs[c]))
        ]
        edges = [span.col, *cols, span.col + span.col_span]
        for left, right in pairwise(edges if below else _with_their_words(xs, edges, own)):
            yield CellSpan(top, left, bottom - top, right - left)


def _is_across(texts: Sequence[Text], y: float) -> bool:
    """Whether header words stand across the beginning of a row, as 类 款 项 may beside the first total."""
    return any(t.y0 < y - LAYOUT.inference.slack and t.y1 > y + LAYOUT.inference.slack for t in texts)


def _begins_before(texts: Sequence[Text], x: float) -> bool:
    """Whether a name stands left of a column of figures; one that stands right of its start is not in that column."""
    return not texts or any(t.x0 < x for t in texts)


def _with_their_words(xs: Sequence[float], edges: Sequence[int], texts: Sequence[Text]) -> list[int]:
    """The edges of header cells without those that part a blank one from the words that are centred over both."""
    kept = list(edges)
    for at in range(1, len(edges) - 2):
        left, mine, right = (
            [t for t in texts if xs[a] <= (t.x0 + t.x1) / 2 < xs[b]] for a, b in pairwise(edges[at - 1 : at + 3])
        )
        if mine or not left or not right:
            continue
        off = [
            abs(min(t.x0 for t in own) + max(t.x1 for t in own) - xs[a] - xs[b])
            for own, a, b in ((left, edges[at - 1], edges[at + 1]), (right, edges[at], edges[at + 2]))
        ]
        kept.remove(edges[at] if off[0] <= off[1] else edges[at + 1])
    return kept


def _is_crossed(texts: Sequence[Text], x: float) -> bool:
    """Whether words run through a boundary."""
    slack = LAYOUT.inference.slack
    return any(t.x0 < x - slack and t.x1 > x + slack and not t.is_amount for t in texts)


def _parts_columns(x: float, texts: Sequence[Text], *, body: bool, inferred: bool) -> bool:
    """Whether a boundary parts a cell: no words cross it, and texts stand on both sides or figures do."""
    if _is_crossed(texts, x):
        return False
    both = any(t.x1 <= x + LAYOUT.inference.slack for t in texts) and any(
        t.x0 >= x - LAYOUT.inference.slack for t in texts
    )
    return both or (body and (inferred or all(t.is_amount for t in texts)))


def _parts_rows(grid: Grid, span: CellSpan, y: float, texts: Sequence[Text], *, body: bool, inferred: bool) -> bool:
    """In the header words run over several lines: there it takes words beside each other below, or figures."""
    below = [t for t in texts if t.y > y]
    both = bool(below) and any(t.y < y for t in texts)
    if body:
        return both or inferred or all(t.is_amount for t in texts)
    inner = grid.xs[span.col + 1 : span.col + span.col_span]
    apart = any(any(t.x1 <= x for t in below) and any(t.x0 >= x for t in below) for x in inner)
    return both and (inferred or apart or all(t.is_figure for t in below))
