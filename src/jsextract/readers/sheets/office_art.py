"""Pictures in the drawings of .xls files (OfficeArt): their store, and the shapes that show them (图片)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from jsextract.readers.shapes import Shape

_SHAPE, _FLAGS, _PROPERTIES, _ANCHOR, _ENTRY = 0xF004, 0xF00A, 0xF00B, 0xF010, 0xF007
_CONTAINER = 0xF  # the version of records that only hold others
_PICTURES = range(0xF018, 0xF118)
_METAFILES = (0xF01A, 0xF01B, 0xF01C)
_DIB = 0xF01F
_ENTRY_HEAD, _NAME = 36, 33  # bytes of an entry before its name; where it says how long that is
_DIGEST = 16  # bytes, one or two before a picture
_INDEX, _TURN, _HIDDEN = 0x0104, 0x0004, 0x03BF
_CUTS = (0x0102, 0x0100, 0x0103, 0x0101)  # left, top, right, bottom
_IS_HIDDEN = 0x00020002
_MIRRORED = 0xC0
_WHOLE, _QUARTER = 1 << 16, 90 << 16
_MASKED = 3  # a compression of bitmaps: colours by masks


class Part(NamedTuple):
    """A record: what it is, what its head says beside that, and its content, nothing of one that only holds others."""

    kind: int
    instance: int
    content: bytes


class ArtShape(NamedTuple):
    """A shape that shows a picture of the store, and the eight numbers that tell its corners; no size is known yet."""

    shape: Shape
    corners: tuple[int, ...]


def parts_of(data: bytes) -> Iterator[Part]:
    """The records of a drawing, those within others in their order; what is cut short ends it."""
    at = 0
    while at + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        content = b"" if head & 0xF == _CONTAINER else data[at : at + size]
        at += len(content)
        yield Part(kind, head >> 4, content)


def stored(data: bytes) -> list[bytes]:
    """The pictures of a workbook in the order in which shapes count them; nothing where one is gone, or is drawn."""
    found: list[bytes] = []
    for part in parts_of(data):
        if part.kind == _ENTRY:
            name = part.content[_NAME] if len(part.content) > _NAME else 0
            inner = next(parts_of(part.content[_ENTRY_HEAD + name :]), None)
            found.append(b"" if inner is None else _picture(inner))
        elif part.kind in _PICTURES:
            found.append(_picture(part))
    return found


def shapes_of(data: bytes) -> Iterator[ArtShape]:
    """The shapes of a sheet's drawing that show pictures and are seen; those of a group lie where that does."""
    told: dict[int, int] = {}
    corners: tuple[int, ...] = ()
    flags = 0
    for part in (*parts_of(data), Part(_SHAPE, 0, b"")):
        if part.kind == _SHAPE:
            if told.get(_INDEX) and corners and told.get(_HIDDEN, 0) & _IS_HIDDEN != _IS_HIDDEN:
                yield ArtShape(_shape(told, mirrored=bool(flags & _MIRRORED)), corners)
            told, flags = {}, 0
        elif part.kind == _FLAGS and len(part.content) >= 8:
            flags = struct.unpack_from("<I", part.content, 4)[0]
        elif part.kind == _PROPERTIES:
            count = min(part.instance, len(part.content) // 6)
            told |= {key & 0x3FFF: value for key, value in struct.iter_unpack("<Hi", part.content[: count * 6])}
        elif part.kind == _ANCHOR and len(part.content) >= 18:
            corners = struct.unpack_from("<8H", part.content, 2)


def _shape(told: dict[int, int], *, mirrored: bool) -> Shape:
    """What is shown of a picture, by the properties of its shape."""
    left, top, right, bottom = (max(told.get(side, 0), 0) / _WHOLE for side in _CUTS)
    turn = told.get(_TURN, 0)
    whole = not mirrored and not turn % _QUARTER and left + right < 1 and top + bottom < 1
    key = str(told[_INDEX]) if whole else ""
    return Shape(0.0, 0.0, key, (left, top, right, bottom), turn // _QUARTER % 4)


def _picture(part: Part) -> bytes:
    """The file of a picture; nothing of one that is drawn (EMF, WMF, PICT)."""
    if part.kind in _METAFILES:
        return b""
    data = part.content[_DIGEST * (1 + part.instance % 2) + 1 :]
    return _bitmap(data) if part.kind == _DIB else data


def _bitmap(data: bytes) -> bytes:
    """A bitmap as memory has it with the head that files have."""
    if len(data) < 40:
        return b""
    size, bits, packed, colours = struct.unpack_from("<I10xHI12xI", data)
    masks = 12 if size == 40 and packed == _MASKED else 0
    palette = 4 * min(colours or 1 << bits, 256) if bits <= 8 else 4 * min(colours, 256)
    return struct.pack("<2sIHHI", b"BM", len(data) + 14, 0, 0, 14 + size + masks + palette) + data
