"""Lines with places, for layouts without a PDF."""

from __future__ import annotations

from jsextract.model.document import Line
from jsextract.model.geometry import Box


def line(text: str, x: float, y: float, size: float = 10.0, page: int = 1) -> Line:
    """A printed line whose middle stands at `y`; Chinese characters are as wide as high, others half."""
    edges = []
    at = x
    for char in text:
        width = size if ord(char) > 0x2E7F else size / 2
        edges.append((at, at + width))
        at += width
    return Line(page, text, Box(x, y - size / 2, at, y + size / 2), tuple(edges), size)


def gapped(*parts: tuple[str, float], y: float, size: float = 10.0) -> Line:
    """One line of several words at their own places, a space between them."""
    text, edges = "", []
    for word, x in parts:
        if text:
            edges.append((edges[-1][1], x))
            text += " "
        made = line(word, x, y, size)
        edges += made.edges
        text += word
    return Line(1, text, Box(edges[0][0], y - size / 2, edges[-1][1], y + size / 2), tuple(edges), size)
