"""Whether what is seen on a page can be unpacked to its end (图片完整性).

pdfium draws of a picture what it can unpack and leaves the rest white, or all of it: rows that are missing look like
paper, and a picture that it cannot decode like a blank page.
"""

from __future__ import annotations

from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.readers.pdf import fax, integrity
from jsextract.readers.pdf.jbig2 import is_cut_short
from jsextract.readers.raster import is_cut_off

FORMS_DEEP = 4  # forms inside forms that are looked into
_MOST_PIXELS = 1_000_000_000  # of a picture; pdfium draws nothing of one that claims more than it can count
_FAXES = ("/CCITTFaxDecode", "/CCF")
_TOLD_BY_QPDF = (*(name.encode() for name in _FAXES), b"Mask")
_COLUMNS = 1728  # of a fax that does not say
_LOST = 0.01  # of a fax's rows, at its lower edge or here and there: no line of print is so low
_DECODED = frozenset({"JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF"})  # wholly, before the first row is drawn


def require_whole(page: pypdfium2.PdfPage) -> None:
    """Does nothing where each picture of a page is whole, as far as its coding tells.

    zlib has a checksum and an end, JPEG has rows, JBIG2 has lengths; what is decoded as a whole can be decoded or not.
    Bits that changed within the other codings nobody can tell; of faxes `require_whole_streams` does.

    Raises:
        Corrupt: if one is not.
    """
    for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=FORMS_DEEP):
        if not _is_whole(picture):
            raise Corrupt(phrase("A picture cannot be read ({error}).", error="/".join(picture.get_filters()) or "raw"))


def require_whole_streams(data: bytes, number: int, password: str | None = None) -> None:
    """Does nothing where each picture of a page that is coded as a fax has its rows, and each mask of one is whole.

    Of both pdfium tells nothing.

    Args:
        data: the PDF.
        number: of the page, from 1.
        password: for files that need one.

    Raises:
        Corrupt: if one lacks rows, or they cannot be read.
    """
    if not any(name in data for name in _TOLD_BY_QPDF):  # streams are never packed within others
        return
    for picture in integrity.pictures(data, number, password):
        masks = integrity.masks_of(picture)
        if any(map(_is_torn_fax, (picture, *masks))) or not all(integrity.unpacks(mask) for mask in masks):
            raise Corrupt(phrase("A picture cannot be read ({error}).", error="CCITTFaxDecode/Mask"))


def _is_torn_fax(picture: pikepdf.Stream) -> bool:
    """Whether a picture is coded as a fax, as such alone, and lacks rows; what nobody can tell is no fault of it."""
    coding = picture.get("/Filter")
    filters = [str(name) for name in coding] if isinstance(coding, pikepdf.Array) else [str(coding)]
    if len(filters) != 1 or filters[0] not in _FAXES:
        return False
    told = picture.get("/DecodeParms", picture.get("/DP"))
    told = told[0] if isinstance(told, pikepdf.Array) and len(told) else told
    options: dict[str, Any] = dict(told.items()) if isinstance(told, pikepdf.Dictionary) else {}
    try:
        data, rows = picture.read_raw_bytes(), int(picture.get("/Height", 0))
        columns, k = int(options.get("/Columns", _COLUMNS)), int(options.get("/K", 0))
    except integrity.QPDF_ERRORS:
        return False
    if len(data) > fax.MOST_BYTES or columns <= 0:
        return False
    read = fax.rows_read(data, columns, rows, k, aligned=options.get("/EncodedByteAlign") is True)
    return read < rows - rows * _LOST


def _is_whole(picture: Any) -> bool:
    filters: list[str] = picture.get_filters()
    across, down = (int(side) for side in picture.get_px_size())
    if across * down > _MOST_PIXELS:
        return False
    data = bytes(picture.get_data())
    if not filters:
        return len(data) * 8 >= across * down * int(picture.get_metadata().bits_per_pixel)
    if filters[0] in ("FlateDecode", "Fl") and not integrity.inflates(data):
        return False
    if filters[-1] in ("DCTDecode", "DCT"):
        return not is_cut_off(data if len(filters) == 1 else bytes(picture.get_data(decode_simple=True)))
    if filters[-1] == "JBIG2Decode" and is_cut_short(bytes(picture.get_data(decode_simple=True))):
        return False
    return filters[-1] not in _DECODED or _can_be_decoded(picture)


def _can_be_decoded(picture: Any) -> bool:
    try:
        picture.get_bitmap()
    except pypdfium2.PdfiumError:
        return False
    return True
