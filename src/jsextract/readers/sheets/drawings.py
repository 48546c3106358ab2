"""Pictures in the drawings of .xlsx files: which cells they lie on, which part has them (工作表图片)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec.structs import replace

from jsextract.errors import DocumentError
from jsextract.readers.package import Element, local, opened, related
from jsextract.readers.shapes import drawn_shape, named, points
from jsextract.readers.sheets.anchors import MOST, Frame, unknown
from jsextract.readers.sheets.book import Anchored

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_TRUE = ("1", "true")

log = logging.getLogger(__name__)


def drawn_pictures(data: bytes, sheet: str, key: str, frame: Frame) -> tuple[Anchored, ...]:
    """The pictures on a sheet that are seen; one of which nothing is known where its drawing is damaged.

    Args:
        data: the workbook.
        sheet: its part.
        key: by which that names its drawing.
        frame: where its cells lie.
    """
    try:
        with opened(data) as package:
            part = related(package, sheet).get(key, "")
            root, parts = package.xml(part), related(package, part)
    except DocumentError:
        log.debug("the drawing of %s is damaged", sheet, exc_info=True)
        return (unknown(),)
    if root is None:
        return (unknown(),)
    anchors = (anchor for anchor in root.iter() if local(anchor) in _ANCHORS)
    return tuple(islice((one for anchor in anchors for one in _anchored(anchor, parts, frame)), MOST))


def _anchored(anchor: Element, parts: Mapping[str, str], frame: Frame) -> Iterator[Anchored]:
    """The pictures of an anchor: of a group there may be several, each as large as it says."""
    left, top, right, bottom = _box(anchor, frame)
    for picture in anchor.iter():
        around = {local(above) for above in picture.iterancestors()} if local(picture) == "pic" else {"Fallback"}
        if "Fallback" in around or _is_hidden(picture):
            continue
        width, height = _extent(named(named(picture, "spPr"), "xfrm")) if "grpSp" in around else (0.0, 0.0)
        shape = drawn_shape(picture, width or right - left, height or bottom - top)
        yield Anchored(replace(shape, key=parts.get(shape.key, "")), frame.area(left, top, right, bottom))


def _box(anchor: Element, frame: Frame) -> tuple[float, float, float, float]:
    """Where a drawing lies on its sheet, in points."""
    begin, end, corner = (named(anchor, name) for name in ("from", "to", "pos"))
    if begin is None:
        left, top = (points("" if corner is None else corner.get(side, "")) for side in "xy")
    else:
        left, top = _place(begin, frame)
    if end is not None:
        right, bottom = _place(end, frame)
        return left, top, max(left, right), max(top, bottom)
    width, height = _extent(anchor)
    return left, top, left + width, top + height


def _place(corner: Element, frame: Frame) -> tuple[float, float]:
    """A corner that is told by its cell, and how far it lies from that one's own."""
    told = {local(part): (part.text or "").strip() for part in corner}
    column, row = (_number(told.get(name, "")) for name in ("col", "row"))
    across, down = (points(told.get(name, "")) for name in ("colOff", "rowOff"))
    return frame.columns.start(column) + across, frame.rows.start(row) + down


def _extent(parent: Element | None) -> tuple[float, float]:
    """Width and height in points; 0 where nothing says."""
    extent = named(parent, "ext")
    return (0.0, 0.0) if extent is None else (points(extent.get("cx", "")), points(extent.get("cy", "")))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _is_hidden(picture: Element) -> bool:
    about = named(named(picture, "nvPicPr"), "cNvPr")
    return about is not None and about.get("hidden") in _TRUE
