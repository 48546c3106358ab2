"""Layers (可选内容): what stands on one may be in the file and on no screen."""

from __future__ import annotations

import ctypes

from jsextract.readers.pdf import pdfium_ffi

_LONGEST = 16
_NAME = (ctypes.c_char * _LONGEST)()
_LENGTH = ctypes.c_ulong()
_AT, _SIZE = ctypes.addressof(_NAME), ctypes.addressof(_LENGTH)
_LAYER = "OC".encode("utf-16-le") + b"\0\0"


def on_layer(obj: int) -> bool:
    """Whether a page object (its address) stands on a layer, by a mark of its own; the layers of forms are not told."""
    for index in range(max(0, pdfium_ffi.mark_count(obj))):
        mark = pdfium_ffi.object_mark(obj, index)
        if pdfium_ffi.mark_name(mark, _AT, _LONGEST, _SIZE) and _NAME.raw.startswith(_LAYER):
            return True
    return False
