"""What a PDF's own structure says about its soundness, asked of qpdf: streams that lost bytes, pages that are missing.

pdfium reads on where a compressed stream is broken, and a figure with one flipped bit looks like any other. The
checksums of the streams that text depends on tell.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from msgspec import Struct

_CHUNK = 1 << 16
_MOST = 64 << 20  # no page's text is longer; the rest of a bomb is not unpacked
_DEPTH = 12
# What pikepdf raises on hostile files, its own errors and those of the objects that it hands out.
QPDF_ERRORS = (
    *(pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError, pikepdf.ForeignObjectError),
    *(ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, OverflowError),
)


class Structure(Struct, frozen=True):
    """A PDF as qpdf sees it.

    Attributes:
        pages: how many there are.
        declared: how many the page tree claims; 0 where it says nothing usable.
        damaged: pages (1-based) of which a stream that carries text lost bytes.
    """

    pages: int
    declared: int
    damaged: frozenset[int]


def examine(source: Path | str | bytes, password: str | None = None, max_pages: int = 2000) -> Structure | None:
    """The structure of a PDF; None where qpdf cannot open it either.

    Args:
        source: a path, or the bytes themselves.
        password: for files that need one.
        max_pages: of longer files only the count is told.
    """
    try:
        with opened(source, password) as document:
            declared = _declared(document)
            count = len(document.pages)
            known: dict[tuple[int, int], bool] = {}
            pages = document.pages if count <= max_pages else ()
            bad = (number for number, page in enumerate(pages, 1) if not _page_intact(page.obj, known))
            return Structure(count, declared, frozenset(bad))
    except QPDF_ERRORS:
        return None


def rewrite(source: Path | str | bytes, password: str | None = None) -> bytes | None:
    """The PDF written anew by qpdf, streams as they are; None where it finds no page."""
    try:
        with opened(source, password) as document:
            if not len(document.pages):
                return None
            out = io.BytesIO()
            document.save(
                out,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
            return out.getvalue()
    except QPDF_ERRORS:
        return None


def opened(source: Path | str | bytes, password: str | None) -> pikepdf.Pdf:
    """The PDF in qpdf, its warnings not printed."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return pikepdf.open(stream, password=password or "", suppress_warnings=True)


def _declared(document: pikepdf.Pdf) -> int:
    """How many pages the file says that it has; 0 where that cannot be told."""
    try:
        return int(document.Root.Pages.Count)  # before qpdf mends it
    except QPDF_ERRORS:
        return 0


def _page_intact(page: Any, known: dict[tuple[int, int], bool]) -> bool:
    """Whether all streams that decide the page's text unpack; `known` remembers them by object number."""
    try:
        return all(_intact(stream, known) for stream in _text_streams(page))
    except QPDF_ERRORS:
        return False


def _text_streams(page: Any) -> Iterator[Any]:
    """What decides a page's text: its contents, the forms that it draws, its fonts' tables of characters."""
    contents = page.get("/Contents")
    yield from contents if isinstance(contents, pikepdf.Array) else [contents]
    yield from _of_resources(_inherited(page, "/Resources"), 0, set())


def _of_resources(resources: Any, depth: int, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The streams of fonts and forms below a resource dictionary, each form once; no deeper than `_DEPTH`."""
    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEPTH:
        return
    for font in _values(resources.get("/Font")):
        if isinstance(font, pikepdf.Dictionary):
            yield font.get("/ToUnicode")
            yield font.get("/Encoding")
    for form in _values(resources.get("/XObject")):
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form" or form.objgen in seen:
            continue
        seen.add(form.objgen)
        yield form
        yield from _of_resources(form.get("/Resources"), depth + 1, seen)


def pictures(data: bytes, number: int, password: str | None = None) -> Iterator[pikepdf.Stream]:
    """The pictures that a page's resources name, those of its forms, too; none where qpdf cannot open the file.

    Args:
        data: the PDF.
        number: of the page, from 1.
        password: for files that need one.
    """
    try:
        with opened(data, password) as document:
            yield from _pictures(_inherited(document.pages[number - 1].obj, "/Resources"), 0, set())
    except QPDF_ERRORS:
        return


def masks_of(picture: pikepdf.Stream) -> list[pikepdf.Stream]:
    """The pictures that say where one is seen: a scan in layers has its print in one, over a few dots of colour."""
    found = (picture.get(key) for key in ("/SMask", "/Mask"))
    return [mask for mask in found if isinstance(mask, pikepdf.Stream)]


def _pictures(resources: Any, depth: int, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Stream]:
    """The pictures below a resource dictionary, each form once; no deeper than `_DEPTH`."""
    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEPTH:
        return
    for each in _values(resources.get("/XObject")):
        if not isinstance(each, pikepdf.Stream) or each.objgen in seen:
            continue
        seen.add(each.objgen)
        if each.get("/Subtype") == "/Image":
            yield each
        else:
            yield from _pictures(each.get("/Resources"), depth + 1, seen)


def _values(names: Any) -> list[Any]:
    """The values of a dictionary, none of anything else."""
    return [names[key] for key in names.keys()] if isinstance(names, pikepdf.Dictionary) else []  # noqa: SIM118


def _inherited(page: Any, key: str) -> Any:
    """A page's entry, or that of the nearest node above it."""
    node = page
    for _ in range(_DEPTH):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _intact(stream: Any, known: dict[tuple[int, int], bool]) -> bool:
    """Whether a stream unpacks to its end; True for what is no stream or not packed by zlib."""
    if not isinstance(stream, pikepdf.Stream):
        return True
    if stream.objgen not in known:
        first = stream.get("/Filter")
        if isinstance(first, pikepdf.Array):
            first = first[0] if len(first) else None
        known[stream.objgen] = first not in ("/FlateDecode", "/Fl") or inflates(stream.read_raw_bytes())
    return known[stream.objgen]


def unpacks(stream: pikepdf.Stream) -> bool:
    """Whether a stream unpacks to its end; True for one that is not packed by zlib."""
    try:
        return _intact(stream, {})
    except QPDF_ERRORS:
        return False


def inflates(raw: bytes) -> bool:
    """Whether zlib data unpack to their end and match their checksum; a checksum that was never written is forgiven."""
    if not raw or _ends(zlib.decompressobj(), raw) is not None:
        return True
    left = _ends(zlib.decompressobj(-zlib.MAX_WBITS), raw[2:])
    return left is not None and len(left) < 4


def _ends(unpacker: Any, raw: bytes) -> bytes | None:
    """What follows the end of the packed data; None where they are broken or stop early."""
    length = 0
    try:
        for start in range(0, len(raw), _CHUNK):
            piece = raw[start : start + _CHUNK]
            while piece and not unpacker.eof:
                length += len(unpacker.decompress(piece, _CHUNK))
                if length > _MOST:
                    return b""
                piece = unpacker.unconsumed_tail
            if unpacker.eof:
                return bytes(unpacker.unused_data) + raw[start + _CHUNK :]
    except zlib.error:
        return None
    return None
