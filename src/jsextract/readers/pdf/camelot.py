"""A third reader: camelot's tables, from the vector strokes alone; its raster engine is never used."""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from jsextract.model.document import Cell, Line, Page, Table
from jsextract.model.geometry import Box
from jsextract.readers.pdf.radicals import RADICALS
from jsextract.readers.pdf.table_builder import Place, fill_slots, to_table

NAME = "camelot"
# Fewer vertical strokes than this draw no grid: columns are looked for in the text.
_FEWEST = 4
_SAME = 1.0


def reread_tables(pdf: bytes, pages: Sequence[Page]) -> Iterator[tuple[int, tuple[Table, ...]]]:
    """The number of each page with its tables: cells with spans, boxes and lines on the upright page, untitled.

    Args:
        pdf: an excerpt that holds just these pages, in this order.
        pages: as the default reader gave them.

    Raises:
        Exception: whatever camelot, playa and OpenCV raise on a broken page.
    """
    with _without("matplotlib"):  # it would draw plots with it, which builds a cache of the user's fonts
        import camelot.io  # with OpenCV and pandas, a second

    for index, page in enumerate(pages):
        ruled = sum(not r.horizontal for r in page.rulings) >= _FEWEST
        found: list[Table] = []
        for flavor in ("lattice",) if ruled else ("stream", "network"):
            options = {"engine": "vector"} if flavor == "lattice" else {}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it warns where there is nothing to find
                read = camelot.io.read_pdf(
                    pdf, pages=str(index + 1), flavor=flavor, split_text=True, suppress_stdout=True, **options
                )
            found = [_table(table, page) for table in read if _fits(table, page)]
            if found:
                break
        yield page.number, tuple(found)


@contextlib.contextmanager
def _without(package: str) -> Iterator[None]:
    """As if a package that is not loaded yet were not installed."""
    missing = sys.modules.setdefault(package, None) is None  # type: ignore[arg-type]
    try:
        yield
    finally:
        if missing:
            del sys.modules[package]


def _fits(table: Any, page: Page) -> bool:
    """Whether it turned the page as the default reader did."""
    width, height = table.pdf_size
    return bool(abs(width - page.width) < _SAME and abs(height - page.height) < _SAME)


def _table(table: Any, page: Page) -> Table:
    """Camelot's table as ours; its heights are measured from the bottom of the page, ours from the top."""
    height = page.height
    xs = [table.cols[0][0], *(right for _, right in table.cols)]
    ys = [height - table.rows[0][0], *(height - bottom for _, bottom in table.rows)]
    xs, ys = _ascending(xs), _ascending(ys)
    ink = [(t, Box(t.x0, height - t.y1, max(t.x0, t.x1), height - min(t.y0, t.y1))) for t in table.textlines]
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row in range(len(table.rows)):
        for col in range(len(table.cols)):
            if (row, col) in taken:
                continue
            place = _span(table, row, col, taken)
            taken.update(fill_slots(place))
            text = "\n".join(t for r, c in fill_slots(place) if (t := table.cells[r][c].text.strip()))
            box = Box(xs[col], ys[row], xs[col + place.col_span], ys[row + place.row_span])
            lines = tuple(_lines(page.number, _clean(text), box, [b for _, b in ink]))
            cells.append(Cell(**place._asdict(), page=page.number, box=box, text=_clean(text), lines=lines))
    return to_table(page.number, xs, ys, cells, leftover="", reader=NAME)


def _ascending(places: list[float]) -> list[float]:
    """Boundaries in order; stream gives some that overlap."""
    for index, (a, b) in enumerate(pairwise(places)):
        places[index + 1] = max(a, b)
    return places


def _span(table: Any, row: int, col: int, taken: set[tuple[int, int]]) -> Place:
    """The cell that begins here: to the right and down as far as no border stands."""
    cells = table.cells
    right, down = col + 1, row + 1
    while right < len(table.cols) and not cells[row][right].left and (row, right) not in taken:
        right += 1
    while down < len(table.rows) and not any(cells[down][c].top for c in range(col, right)):
        down += 1
    return Place(row, col, down - row, right - col)


def _clean(text: str) -> str:
    """The text with radicals (⼈) as the characters that they look like (人)."""
    return "".join(RADICALS.get(char, char) for char in text)


def _lines(page: int, text: str, box: Box, ink: list[Box]) -> Iterator[Line]:
    """The lines of a cell, placed on the ink that stands in it; camelot does not tell where each character is."""
    texts = [t.strip() for t in text.split("\n") if t.strip()]
    if not texts:
        return
    inside = [b for b in ink if box.y0 <= b.cy <= box.y1 and b.x0 < box.x1 and b.x1 > box.x0]
    area = box
    if inside:
        with contextlib.suppress(ValueError):  # ink that only touches the border
            area = Box(
                max(box.x0, min(b.x0 for b in inside)),
                max(box.y0, min(b.y0 for b in inside)),
                min(box.x1, max(b.x1 for b in inside)),
                min(box.y1, max(b.y1 for b in inside)),
            )
    high = area.height / len(texts)
    for index, one in enumerate(texts):
        step = area.width / len(one)
        edges = tuple((area.x0 + i * step, area.x0 + (i + 1) * step) for i in range(len(one)))
        y0 = area.y0 + index * high
        yield Line(page, one, Box(area.x0, y0, area.x1, y0 + high), edges, min(high, 12.0))
