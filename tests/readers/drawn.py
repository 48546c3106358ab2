"""Pages drawn on the spot with ReportLab, in points from the top left."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
FONT = "STSong-Light"


class Sheet:
    """A page to draw on; `y` is the baseline, growing downwards."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, text: str, size: float = 10.0, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def right(self, x: float, y: float, text: str, size: float = 10.0, font: str = "Times-Roman") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawRightString(x, HEIGHT - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def bar(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.0) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(self, xs: Sequence[float], ys: Sequence[float], draw: Callable[..., None] | None = None) -> None:
        draw = draw or self.line
        for y in ys:
            draw(xs[0], y, xs[-1], y)
        for x in xs:
            draw(x, ys[0], x, ys[-1])

    def rows(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 9.0) -> None:
        """Texts into the cells of a grid: words at the left, figures at the right."""
        for top, bottom, row in zip(ys, ys[1:], rows, strict=False):
            base = (top + bottom) / 2 + size * 0.36
            for left, right, text in zip(xs, xs[1:], row, strict=False):
                if text[:1].isdigit() and "." in text:
                    self.right(right - 3, base, text, size)
                elif text:
                    self.text(left + 3, base, text, size)


def pdf(*pages: Callable[[Sheet], None], **options: object) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, **{"pagesize": (WIDTH, HEIGHT), "invariant": 1, **options})  # type: ignore[arg-type]
    for page in pages:
        page(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    return out.getvalue()
