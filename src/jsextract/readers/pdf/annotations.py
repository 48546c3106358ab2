"""Text that was typed onto a page as annotations or into form fields (批注、表单域): seen, and in no text layer."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jsextract.model.geometry import Box
from jsextract.readers.pdf.lines import Glyph

_UNSEEN = 0x02 | 0x20  # hidden, not viewed
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s+Tf|(\d+(?:\.\d+)?)pt")
# What may be painted over the text of its page.
_OPAQUE = frozenset(
    {
        pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_REDACT, pdfium.FPDF_ANNOT_WIDGET,
    }
)  # fmt: skip
_WRITTEN = frozenset({pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX})
_USUAL, _OF_HEIGHT = 12.0, 0.75
_LEADING = 1.2
_BASE = 0.36  # em; the baseline below the middle of a line
_INSET = 2.0
_LONGEST = 4000
_MOST = 5000  # more than any page that a person typed on
_FIRST_WIDE = "\u2e80"


Rect = tuple[float, float, float, float]


class Typed(NamedTuple):
    """What one annotation says: its place (left, bottom, right, top) on the page, its text, its font size in points."""

    rect: Rect
    text: str
    size: float


class Annotations(NamedTuple):
    """Those of one page that are to be seen: what is typed, and the places of all that may lie over other text."""

    typed: tuple[Typed, ...] = ()
    over: tuple[Rect, ...] = ()


def read_annotations(page: Any, form: Any = None) -> Annotations:
    """The annotations of a page.

    Args:
        page: a raw FPDF_PAGE.
        form: the raw FPDF_FORMHANDLE of its document; None where it has no fields.
    """
    typed: list[Typed] = []
    over: list[Rect] = []
    for index in range(min(_MOST, max(0, pdfium.FPDFPage_GetAnnotCount(page)))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind, rect = pdfium.FPDFAnnot_GetSubtype(annotation), pdfium.FS_RECTF()
            if (
                kind not in _OPAQUE
                or pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN
                or not pdfium.FPDFAnnot_GetRect(annotation, rect)
            ):
                continue
            box = (rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top))
            over.append(box)
            text = _text(annotation, kind, form)
            if text:
                typed.append(Typed(box, text, _size(annotation, box[3] - box[1])))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return Annotations(tuple(typed), tuple(over))


def _text(annotation: Any, kind: int, form: Any) -> str:
    """What is typed into an annotation or a field; blank for others."""
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _string(annotation, b"Contents").strip()
    if kind != pdfium.FPDF_ANNOT_WIDGET or form is None:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _WRITTEN:
        return ""
    buffer = (ctypes.c_ushort * _LONGEST)()
    length = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, ctypes.sizeof(buffer))
    return _decoded(buffer, length).strip()


def _string(annotation: Any, key: bytes) -> str:
    """The value of a key of an annotation; blank where it has none."""
    buffer = (ctypes.c_ushort * _LONGEST)()
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, ctypes.sizeof(buffer))
    return _decoded(buffer, length)


def _decoded(buffer: Any, length: int) -> str:
    """The text of a buffer that pdfium filled with `length` bytes, the closing zero among them."""
    return bytes(buffer)[: max(0, min(length, ctypes.sizeof(buffer)) - 2)].decode("utf-16-le", "replace")


def _size(annotation: Any, height: float) -> float:
    """The font size that an annotation asks for, never more than fits its height."""
    asked = next((m for key in (b"DS", b"DA") if (m := _SIZE.search(_string(annotation, key)))), None)
    size = float(asked[1] or asked[2]) if asked else 0.0
    return min(size or _USUAL, height * _OF_HEIGHT)


def set_text(typed: Typed, box: Box) -> Iterator[Glyph]:
    """The characters of an annotation where they stand on the upright page, near enough to tell cells apart.

    Args:
        typed: the annotation.
        box: its place on the upright page; its text begins at the left, and a single line in the middle of the height.
    """
    rows = typed.text.splitlines()
    step = typed.size * _LEADING
    first = box.cy if len(rows) == 1 else box.y0 + step / 2
    for number, row in enumerate(rows):
        widths = [typed.size if char >= _FIRST_WIDE else typed.size / 2 for char in row]
        squeezed = min(1.0, max(0.1, (box.width - 2 * _INSET) / max(sum(widths), 1.0)))
        x = box.x0 + _INSET
        for char, width in zip(row, widths, strict=True):
            yield first + number * step + typed.size * _BASE, x, x + width * squeezed, typed.size, char
            x += width * squeezed
