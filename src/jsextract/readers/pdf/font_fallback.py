"""A stand-in for fonts that a PDF names and does not hold (未嵌入字体): the same text on every machine.

pdfium asks the system for such a font. Where there is none for Chinese, it drops text objects of a single character
without a word; where there is one, the boxes depend on it. Every Chinese, Japanese or Korean font that is not embedded
is one box here instead. Widths come from the PDF, characters from its encoding; neither needs the font's shapes.
"""

from __future__ import annotations

import ctypes
import functools
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

FONT = Path(__file__).with_name("standin.ttf")
"""One box for every character of the basic plane; fixtures/draw/standin.py makes it."""
# Windows' numbers of character sets, as pdfium asks for them: Shift-JIS, Hangul, Johab, GB2312, Big5.
_CHARSETS = frozenset({128, 129, 130, 134, 136})
_HANDLE = 1
_NAME = b"jsextract stand-in\0"


def use_stand_in() -> None:
    """From now on documents are opened with the stand-in; cheap to call again."""
    if not _state["on"]:
        pdfium.FPDF_SetSystemFontInfo(_source())
        _state["on"] = True


def use_system_fonts() -> None:
    """From now on documents are opened with the system's fonts, for whoever draws pages."""
    if _state["on"]:
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())
        _state["on"] = False


_state = {"on": False}  # pdfium holds one source of fonts a process


@functools.cache
def _source() -> Any:
    """The callbacks that pdfium asks; kept for as long as the process lives."""
    data = FONT.read_bytes()

    def find(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> int | None:
        return _HANDLE if charset in _CHARSETS else None

    def give(_: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
        return 0 if table else _filled(buffer, size, data)

    answers = {
        "Release": lambda _: None,
        "EnumFonts": lambda _, mapper: None,
        "MapFont": find,
        "GetFont": lambda _, face: None,
        "GetFontData": give,
        "GetFaceName": lambda _, handle, buffer, size: _filled(buffer, size, _NAME),
        "GetFontCharset": lambda _, handle: 134,
        "DeleteFont": lambda _, handle: None,
    }
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    return pdfium.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](answer) for name, answer in answers.items()})


def _filled(buffer: Any, size: int, data: bytes) -> int:
    """Copies data into pdfium's buffer where it fits; gives its length, as pdfium asks for that first."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)
