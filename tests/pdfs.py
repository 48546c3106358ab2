"""Small PDFs made on the spot: an account of one page, and the files that are no good."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

LINES = (
    "某某市某某局",
    "2024年度部门决算",
    "第三部分 2024年度部门决算情况说明",
    "一、收入支出决算总体情况说明",
    "2024年度收入支出总计412.66万元。与2023年度相比，收入支出总计增加12.66万元，增长3.17%。",
)
FONT = "STSong-Light"


def account(*more: str, password: str | None = None) -> bytes:
    """A final account of one page; `more` lines are set below the usual ones."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(out, encrypt=encrypt, invariant=1)
    for i, line in enumerate((*LINES, *more)):
        canvas.setFont(FONT, 11)
        canvas.drawString(60, 780 - 24 * i, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def pictured(*lines: str) -> bytes:
    """A low page with some lines of text."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 30 + 24 * len(lines)), invariant=1)
    for i, line in enumerate(lines):
        canvas.setFont(FONT, 12)
        canvas.drawString(30, 24 * (len(lines) - i) - 4, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def photographed(pdf: bytes, dots: int = 150) -> bytes:
    """The pages of a PDF as pictures of so many dots an inch."""
    import pypdfium2

    first, *others = [page.render(scale=dots / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dots)
    return out.getvalue()


def empty_page() -> bytes:
    """A PDF with one blank page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(dpi: int = 100) -> bytes:
    """A page that shows an image and has no text."""
    from PIL import Image

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawInlineImage(Image.new("RGB", (827 * dpi // 100, 1169 * dpi // 100), "gray"), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
