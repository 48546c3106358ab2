"""What the page says of a place, said of the cell that stands there: typed over, set as an annotation (标注)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from jsextract.model.document import Mark, Page
from jsextract.model.geometry import Box
from jsextract.model.report import TableCell

_MARGIN = 1.0  # points around a value


def marked(cells: Iterable[TableCell], pages: Iterable[Page]) -> tuple[TableCell, ...]:
    """The cells, each with the flags of the marks that lie on it.

    Args:
        cells: with the boxes of what is printed in them.
        pages: of the document, with their marks.
    """
    marks = {page.number: page.marks for page in pages if page.marks}
    return tuple(_marked(cell, marks) for cell in cells) if marks else tuple(cells)


def _marked(cell: TableCell, marks: Mapping[int, Sequence[Mark]]) -> TableCell:
    """One cell with the flags of its marks."""
    box = cell.box
    if box is None or cell.page not in marks:
        return cell
    said = [mark.flag for mark in marks[cell.page] if mark.flag not in cell.flags and _on(mark.box, box)]
    return replace(cell, flags=(*cell.flags, *dict.fromkeys(said))) if said else cell


def _on(mark: Box, box: Box) -> bool:
    """Whether the middle of a mark lies on a box."""
    return box.x0 - _MARGIN <= mark.cx <= box.x1 + _MARGIN and box.y0 - _MARGIN <= mark.cy <= box.y1 + _MARGIN
