"""What the page says of a place, said of the value that stands there: typed over, set as an annotation (标注)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from jsextract.model.document import Mark, Page
from jsextract.model.geometry import Box
from jsextract.model.report import Fact, TableCell

Placed = TypeVar("Placed", TableCell, Fact)

_MARGIN = 1.0  # points around a value


def marked(values: Iterable[Placed], pages: Iterable[Page]) -> tuple[Placed, ...]:
    """The cells or facts, each with the flags of the marks that lie on it.

    Args:
        values: with the boxes of what is printed.
        pages: of the document, with their marks.
    """
    marks = {page.number: page.marks for page in pages if page.marks}
    return tuple(_marked(value, marks) for value in values) if marks else tuple(values)


def _marked(value: Placed, marks: Mapping[int, Sequence[Mark]]) -> Placed:
    """One cell or fact with the flags of its marks."""
    box = value.box
    if box is None or value.page not in marks:
        return value
    said: list[str] = [mark.flag for mark in marks[value.page] if mark.flag not in value.flags and _on(mark.box, box)]
    return replace(value, flags=(*value.flags, *dict.fromkeys(said))) if said else value


def _on(mark: Box, box: Box) -> bool:
    """Whether the middle of a mark lies on a box."""
    return box.x0 - _MARGIN <= mark.cx <= box.x1 + _MARGIN and box.y0 - _MARGIN <= mark.cy <= box.y1 + _MARGIN
