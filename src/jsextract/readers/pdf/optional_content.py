"""Layers that are switched off: their text is in the file and on no screen (可选内容)."""

from __future__ import annotations

import ctypes
import io
import mmap
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

_MARK = b"/OCProperties"
_LONGEST = 512


def hidden_layers(source: Path | str | bytes) -> frozenset[str]:
    """Names of layers that are off when the document opens, as far as no visible layer has the same name.

    pdfium draws by them but does not tell them, so the catalogue is read with pdfminer, and only in files that speak
    of layers at all.
    """
    if isinstance(source, bytes):
        return _off(io.BytesIO(source)) if _MARK in source else frozenset()
    with Path(source).open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as view:
        return _off(handle) if view.find(_MARK) >= 0 else frozenset()


def _off(handle: Any) -> frozenset[str]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1

    try:
        layers = resolve1(PDFDocument(PDFParser(handle)).catalog.get("OCProperties")) or {}
        default = resolve1(layers.get("D")) or {}
        every = [_name(o) for o in resolve1(layers.get("OCGs")) or []]
        off = [_name(o) for o in resolve1(default.get("OFF")) or []]
        on = [_name(o) for o in resolve1(default.get("ON")) or []]
    except (PDFException, AttributeError, TypeError, KeyError, ValueError, RecursionError):
        return frozenset()  # a catalogue that only pdfium can repair: nothing is known to be hidden
    if str(resolve1(default.get("BaseState"))).strip("/'") == "OFF":
        off = [name for name in every if name not in on]
    shown = list(every)
    for name in off:
        if name in shown:
            shown.remove(name)
    return frozenset(name for name in off if name and name not in shown)


def _name(layer: Any) -> str:
    from pdfminer.pdftypes import resolve1

    raw = (resolve1(layer) or {}).get("Name", b"")
    return _decoded(raw) if isinstance(raw, bytes) else str(raw)


def layer_of(obj: Any) -> str:
    """The name of the layer that a page object stands on; blank where it stands on none."""
    for index in range(max(0, pdfium.FPDFPageObj_CountMarks(obj))):
        mark = pdfium.FPDFPageObj_GetMark(obj, index)
        buffer, written = (ctypes.c_ubyte * _LONGEST)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(
            mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), ctypes.sizeof(buffer), written
        )
        if bytes(buffer)[: written.value].decode("utf-16-le", "replace").rstrip("\x00") != "OC":
            continue
        # pdfium's own string decoding takes the bytes for single characters
        if pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"Name", buffer, ctypes.sizeof(buffer), written):
            return _decoded(bytes(buffer)[: written.value])
    return ""


def _decoded(raw: bytes) -> str:
    from pdfminer.utils import decode_text

    return str(decode_text(raw))
