"""pdfium's functions with plain addresses as arguments: a page has thousands of calls, and each must cost little.

pypdfium2's bindings convert every pointer argument to a typed object and release the interpreter's lock for each
call; here a handle is an integer, an output buffer the address of an array that is read once at the end.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint


def _call(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pdfium under its C signature; it holds the interpreter's lock."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def address(pointer: Any) -> int:
    """The address of a pypdfium2 handle."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


text_object = _call("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
text_unicode = _call("FPDFText_GetUnicode", _UINT, _POINTER, _INT)
text_all = _call("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
text_box = _call("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
text_origin = _call("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
text_size = _call("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)
text_matrix = _call("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
text_mode = _call("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)

page_count = _call("FPDFPage_CountObjects", _INT, _POINTER)
page_object = _call("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
form_count = _call("FPDFFormObj_CountObjects", _INT, _POINTER)
form_object = _call("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
object_type = _call("FPDFPageObj_GetType", _INT, _POINTER)
object_matrix = _call("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
object_bounds = _call("FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
clip_path = _call("FPDFPageObj_GetClipPath", _POINTER, _POINTER)
clip_count = _call("FPDFClipPath_CountPaths", _INT, _POINTER)
clip_segments = _call("FPDFClipPath_CountPathSegments", _INT, _POINTER, _INT)
clip_segment = _call("FPDFClipPath_GetPathSegment", _POINTER, _POINTER, _INT, _INT)
mark_count = _call("FPDFPageObj_CountMarks", _INT, _POINTER)
object_mark = _call("FPDFPageObj_GetMark", _POINTER, _POINTER, ctypes.c_ulong)
mark_name = _call("FPDFPageObjMark_GetName", _INT, _POINTER, _POINTER, ctypes.c_ulong, _POINTER)
transparent = _call("FPDFPageObj_HasTransparency", _INT, _POINTER)
stroke_width = _call("FPDFPageObj_GetStrokeWidth", _INT, _POINTER, _POINTER)
fill_colour = _call("FPDFPageObj_GetFillColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
stroke_colour = _call("FPDFPageObj_GetStrokeColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)

path_mode = _call("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
path_count = _call("FPDFPath_CountSegments", _INT, _POINTER)
path_segment = _call("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_type = _call("FPDFPathSegment_GetType", _INT, _POINTER)
segment_point = _call("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
segment_close = _call("FPDFPathSegment_GetClose", _INT, _POINTER)
