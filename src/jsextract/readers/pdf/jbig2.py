"""Scans coded as JBIG2, as OFD files have them: pdfium decodes them where they stand in a PDF (二值图像压缩)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pypdfium2

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase

if TYPE_CHECKING:
    from PIL import Image

_FILE, _BARE = b"\x97JB2\r\n\x1a\n", b"\0\0\0\0\x30"  # how a file begins, and segments alone
_SEQUENTIAL, _UNCOUNTED = 1, 2  # flags of a file: its segments in one run; how many pages it has is not told
_HEAD = struct.Struct(
    ">xxxxBBBIII"
)  # of the first segment, which tells the page: flags, references, page, length, sides
_PAGE = 48
_SHORTEST = 11  # bytes of a segment's head
_MANY, _WIDE_PAGE, _UNTOLD = 7, 0x40, 0xFFFFFFFF  # references counted in four bytes; a page's number in four; no length


def is_jbig2(data: bytes) -> bool:
    """Whether this is a picture in JBIG2."""
    return data.startswith((_FILE, _BARE))


def jbig2_size(data: bytes) -> tuple[int, int]:
    """Its width and height in pixels.

    Raises:
        Corrupt: if its first segment does not tell.
    """
    segments = _segments(data)
    if len(segments) < _HEAD.size:
        raise Corrupt(phrase("A picture cannot be read ({error}).", error="JBIG2"))
    kind, references, _, _, width, height = _HEAD.unpack_from(segments)
    if kind != _PAGE or references:
        raise Corrupt(phrase("A picture cannot be read ({error}).", error="JBIG2"))
    return width, height


def jbig2_picture(data: bytes) -> Image.Image:
    """The picture, as large as it is.

    Args:
        data: whose size is that of a page.

    Raises:
        Corrupt: if it cannot be decoded, or something of it is missing.
    """
    width, height = jbig2_size(data)
    if is_cut_short(data):
        raise Corrupt(phrase("A picture cannot be read ({error}).", error="JBIG2"))
    try:
        with pypdfium2.PdfDocument(_pdf(_segments(data), width, height)) as document:
            bits = next(document[0].get_objects(max_depth=1)).get_bitmap()
            image: Image.Image = bits.to_pil().convert("RGB")
            return image
    except (pypdfium2.PdfiumError, StopIteration) as error:
        raise Corrupt(phrase("A picture cannot be read ({error}).", error="JBIG2")) from error


def is_cut_short(data: bytes) -> bool:
    """Whether a picture in JBIG2, or its segments as they stand in a PDF, ends before its last segment does.

    pdfium draws such a one as far as it goes. A segment that does not tell its length is taken for whole.
    """
    segments = _segments(data)
    at, end = 0, len(segments)
    while end - at >= _SHORTEST:
        head = _head_length(segments, at)
        if at + head > end:
            return True
        (length,) = struct.unpack_from(">I", segments, at + head - 4)
        if length == _UNTOLD:
            return False
        at += head + length
    return at > end


def _head_length(segments: bytes, at: int) -> int:
    """Bytes of the head of a segment: its number, flags, references, page and, last, its length."""
    number, flags = int.from_bytes(segments[at : at + 4]), segments[at + 4]
    count, before = segments[at + 5] >> 5, 6
    if count == _MANY and at + 9 <= len(segments):
        count = int.from_bytes(segments[at + 5 : at + 9]) & 0x1FFFFFFF
        before = 9 + (count + 8) // 8
    each = 1 if number <= 1 << 8 else 2 if number <= 1 << 16 else 4
    return before + count * each + (4 if flags & _WIDE_PAGE else 1) + 4


def _segments(data: bytes) -> bytes:
    """The segments without the header of the file."""
    if not data.startswith(_FILE):
        return data
    flags = data[len(_FILE) : len(_FILE) + 1]
    if not flags or not flags[0] & _SEQUENTIAL:
        raise Corrupt(phrase("A picture cannot be read ({error}).", error="JBIG2"))
    return data[len(_FILE) + (1 if flags[0] & _UNCOUNTED else 5) :]


def _pdf(segments: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that is the picture; pdfium needs no table of its objects."""
    drawn = f"{width} 0 0 {height} 0 0 cm /I Do".encode()
    image = (
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 1"
        f"/Filter/JBIG2Decode/Length {len(segments)}>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 4 0 R"
        "/Resources<</XObject<</I 5 0 R>>>>>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"%b stream\n%b\nendstream" % (image.encode(), segments),
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.5\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
