"""The page as the code saw it: words, rulings, cells and facts over the rendered page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.model.document import Bend, Line, Page
from jsextract.model.geometry import Box
from jsextract.readers.pdf.font_fallback import use_system_fonts
from jsextract.readers.pdf.whole_pictures import require_whole, require_whole_streams

_SCALE = 2.0
_MAX_SIDE = 4000
_BAND = 34
Colour = tuple[int, int, int]
_COLOURS: dict[str, Colour] = {
    "words": (90, 120, 200),
    "rulings": (215, 40, 40),
    "cells": (30, 150, 70),
    "facts": (240, 140, 0),
    "quotes": (200, 0, 140),
}
_FILLED = {"cells": 36, "facts": 70, "quotes": 50}  # opacity of 255


def draw_page(
    data: bytes, page: Page, cells: Iterable[Box], facts: Iterable[Box], password: str | None = None
) -> bytes:
    """A PNG of the page with boxes around what was read, and a legend above it.

    Args:
        data: the PDF.
        page: as read from it.
        cells: boxes of the data cells on that page, in points.
        facts: boxes of the facts on that page, in points.
        password: for files that need one.

    Raises:
        Corrupt: if the page cannot be rendered.
    """
    boxes = {
        "words": [box for line in page.lines for box in word_boxes(line)],
        "rulings": [Box(r.x0, r.y0, r.x1, r.y1) for r in page.rulings],
        "cells": list(cells),
        "facts": list(facts),
    }
    return draw_boxes(data, page, boxes, "", password)


def draw_boxes(
    data: bytes, page: Page, boxes: Mapping[str, Sequence[Box]], title: str = "", password: str | None = None
) -> bytes:
    """A PNG of the page with the boxes of each kind in its colour, and a legend above it.

    Args:
        data: the PDF.
        page: as read from it.
        boxes: by kind (words, rulings, cells, facts, quotes), in points.
        title: words before the legend, in ASCII.
        password: for files that need one.

    Raises:
        Corrupt: if the page cannot be rendered.
    """
    image = render_page(data, page, password)
    scale = image.width / page.width
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for name, found in boxes.items():
        colour = _COLOURS[name]
        fill = (*colour, _FILLED[name]) if name in _FILLED else None
        width = 1 if name == "words" else 2
        for box in found:
            edges = (box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)
            pen.rectangle(edges, outline=(*colour, 255), fill=fill, width=width)
    seen = Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
    out = BytesIO()
    _with_legend(seen, {name: len(found) for name, found in boxes.items()}, title).save(out, "PNG")
    return out.getvalue()


def word_boxes(line: Line) -> Iterator[Box]:
    """The boxes of a line's runs between spaces; the line's own where its characters have no places."""
    if line.box is None:
        return
    if len(line.edges) != len(line.text):
        yield line.box
        return
    for run in re.finditer(r"\S+", line.text):
        box = line.span_box(run.start(), run.end())
        if box is not None:
            yield box


def render_page(
    data: bytes, page: Page, password: str | None = None, scale: float = _SCALE, *, whole: bool = False
) -> Image.Image:
    """The upright page as it is displayed, laid flat, `scale` pixels a point, fewer where it is very large.

    Args:
        data: the PDF.
        page: as read from it.
        password: for files that need one.
        scale: pixels a point.
        whole: whether a picture of which something is missing is refused, instead of being drawn as far as it goes.

    Raises:
        Corrupt: if it cannot be rendered.
    """
    if page.width <= 0 or page.height <= 0:
        raise Corrupt(phrase("Page {number} cannot be drawn.", number=page.number), phrase("Choose another --page."))
    use_system_fonts()
    try:
        document = pypdfium2.PdfDocument(data, password=password)
        try:
            raw = document[page.number - 1]
            if whole:
                require_whole(raw)
                require_whole_streams(data, page.number, password)
            scale = min(scale, _MAX_SIDE / max(page.width, page.height))
            image: Image.Image = raw.render(scale=scale).to_pil()
            # The reader may have turned the page further than /Rotate says, to set its text upright.
            turn = (page.rotation - raw.get_rotation()) % 360
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise Corrupt(
            phrase("Page {number} cannot be drawn: {error}.", number=page.number, error=error),
            phrase("Choose another --page."),
        ) from error
    upright = image.rotate(-turn, expand=True) if turn else image
    return upright if page.bend is None else laid_flat(upright, page.bend, upright.width / page.width)


def laid_flat(image: Image.Image, bend: Bend, scale: float) -> Image.Image:
    """The picture of a scanned page, `scale` pixels a point, as it was laid flat to be read."""
    wide, step = bend.columns, bend.step * scale
    nodes = [(x * scale, y * scale) for x, y in zip(bend.x, bend.y, strict=True)]
    parts = []
    for at in range(len(nodes) - wide):
        row, column = divmod(at, wide)
        if column < wide - 1:
            whole = tuple(round(edge * step) for edge in (column, row, column + 1, row + 1))
            corners = (nodes[at], nodes[at + wide], nodes[at + wide + 1], nodes[at + 1])
            parts.append((whole, tuple(place for corner in corners for place in corner)))
    return image.transform(image.size, Image.Transform.MESH, parts, Image.Resampling.BICUBIC, fillcolor="white")


def _with_legend(image: Image.Image, counts: Mapping[str, int], title: str) -> Image.Image:
    """The image below a band with the title, and a colour and a number for each kind of box."""
    sheet = Image.new("RGB", (image.width, image.height + _BAND), "white")
    sheet.paste(image, (0, _BAND))
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(16)
    x = 10.0
    if title:
        pen.text((x, 8), title, fill="black", font=font)
        x += pen.textlength(title, font=font) + 30
    for name, number in counts.items():
        pen.rectangle((x, 9, x + 16, 25), fill=_COLOURS[name])
        label = f"{name} {number}"
        pen.text((x + 22, 8), label, fill="black", font=font)
        x += 22 + pen.textlength(label, font=font) + 24
    return sheet
