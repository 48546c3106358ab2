"""A second reader: pdfplumber's cells and pdfminer's characters as tables of one page each."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from jsextract.model.document import Cell, Page, Table
from jsextract.model.geometry import Box
from jsextract.readers.pdf.lines import Glyph, read_lines
from jsextract.readers.pdf.radicals import RADICALS
from jsextract.readers.pdf.table_builder import Place, to_table

NAME = "pdfplumber"
# With so few strokes in a direction its boundaries are looked for in the text.
_FEWEST = 3


def reread_tables(pdf: bytes, pages: Sequence[Page]) -> Iterator[tuple[int, tuple[Table, ...]]]:
    """The number of each page with its tables: cells with spans, boxes and lines on the upright page, untitled.

    Args:
        pdf: an excerpt that holds just these pages, in this order.
        pages: as the default reader gave them.

    Raises:
        Exception: whatever pdfplumber and pdfminer raise on a broken page.
    """
    import pdfplumber  # with pdfminer and its tables, a third of a second

    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page, other in zip(pages, document.pages, strict=True):
            try:
                yield page.number, tuple(_tables(other, page))
            finally:
                other.close()  # it keeps everything otherwise


def _tables(other: Any, page: Page) -> Iterator[Table]:
    """The tables of one page, moved to an origin of 0, 0."""
    left, top = other.bbox[0], other.bbox[1]
    glyphs = [g for char in other.chars for g in _glyphs(char, left, other.height)]
    for found in other.find_tables(_settings(page)):
        boxes = [Box(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in found.cells]
        yield _table(page.number, boxes, glyphs)


def _settings(page: Page) -> dict[str, str]:
    """How pdfplumber looks for boundaries: along strokes where there are enough of them, else along the text."""
    flat = sum(r.horizontal for r in page.rulings)
    tall = len(page.rulings) - flat
    return {
        "vertical_strategy": "lines" if tall >= _FEWEST else "text",
        "horizontal_strategy": "lines" if flat >= _FEWEST else "text",
    }


def _glyphs(char: dict[str, Any], left: float, height: float) -> Iterator[Glyph]:
    """One character; several where one glyph stands for more than one, each with its share of the width."""
    text = char["text"]
    if text.startswith("(cid:"):
        text = "\ufffd"
    base = height - char["matrix"][5] if char["upright"] else char["bottom"]
    x0, x1 = char["x0"] - left, char["x1"] - left
    step = (x1 - x0) / max(len(text), 1)
    for index, one in enumerate(text):
        yield base, x0 + index * step, x0 + (index + 1) * step, char["size"], RADICALS.get(one, one)


def _middle(glyph: Glyph) -> tuple[float, float]:
    """The point of a glyph that decides which cell it is in: above the baseline by a third of its size."""
    base, x0, x1, size, _ = glyph
    return (x0 + x1) / 2, base - size * 0.36


def _table(number: int, boxes: list[Box], glyphs: list[Glyph]) -> Table:
    """A table of cells' boxes; each glyph goes to the first box that holds its middle."""
    xs = sorted({x for b in boxes for x in (b.x0, b.x1)})
    ys = sorted({y for b in boxes for y in (b.y0, b.y1)})
    rest = [g for g in glyphs if Box(xs[0], ys[0], xs[-1], ys[-1]).holds(*_middle(g))]
    cells = []
    for box in boxes:
        inside = [g for g in rest if box.holds(*_middle(g))]
        taken = set(map(id, inside))
        rest = [g for g in rest if id(g) not in taken]
        lines, _, _ = read_lines(number, inside)
        row, col = ys.index(box.y0), xs.index(box.x0)
        place = Place(row, col, ys.index(box.y1) - row, xs.index(box.x1) - col)
        text = "\n".join(line.text for line in lines)
        cells.append(Cell(**place._asdict(), page=number, box=box, text=text, lines=tuple(lines)))
    leftover = "".join(g[4] for g in sorted(rest) if not g[4].isspace())
    return to_table(number, xs, ys, cells, leftover=leftover, reader=NAME)
