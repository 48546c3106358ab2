"""Another reader's table counts only where its figures are printed: watermarks and hidden text are no figures."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from jsextract.model.document import Page, Table
from jsextract.model.geometry import Box

_FIGURE = frozenset("0123456789.")
_MARGIN = 3.0  # points; readers draw the edge of a table a little differently


def only_seen(tables: Sequence[Table], page: Page) -> tuple[Table, ...]:
    """The tables without those that hold more digits than stand on the page at their place.

    Only asked of pages where characters were left out. Other readers take what nobody sees (a diagonal watermark, white
    or hidden text) for text like any other. A figure with a foreign digit is a wrong figure; and it may do better than
    the right one, since no identity that it is in can fail any more.
    """
    if not page.dropped:
        return tuple(tables)  # whatever differs there, it is the first reader's word against another's
    return tuple(t for t in tables if t.box and not _digits_of_table(t) - _digits_on_page(page, t.box))


def _digits_of_table(table: Table) -> Counter[str]:
    """How often each digit stands in the table's cells."""
    return Counter(char for cell in table.cells for char in _digits(cell.text))


def _digits_on_page(page: Page, area: Box) -> Counter[str]:
    """How often each digit is printed within an area, a margin included."""
    found: Counter[str] = Counter()
    for line in page.lines:
        box = line.box
        if box is None or not area.y0 - _MARGIN <= box.cy <= area.y1 + _MARGIN:
            continue
        for char, (x0, x1) in zip(line.text, line.edges, strict=False):
            if area.x0 - _MARGIN <= (x0 + x1) / 2 <= area.x1 + _MARGIN:
                found.update(_digits(char))
    return found


def _digits(text: str) -> Iterator[str]:
    """Digits and points of a text, widths folded."""
    return (char for char in unicodedata.normalize("NFKC", text) if char in _FIGURE)
