"""Pictures in the drawings of .xlsx files: which cells they lie on, which part has them (工作表图片)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec.structs import replace

from jsextract.errors import DocumentError
from jsextract.readers.package import Element, local, opened, related
from jsextract.readers.shapes import Shape, drawn_shape, named, points
from jsextract.readers.sheets.anchors import MOST, Frame, unknown
from jsextract.readers.sheets.book import Anchored, Area

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_TRUE = ("1", "true")
_IN_CELLS = "xl/cellimages.xml"

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


def pictures_in_cells(data: bytes, shown: Mapping[Area, str], frame: Frame) -> tuple[Anchored, ...]:
    """The pictures that fill cells, as WPS has them (嵌入单元格图片); of one that is not found its place is known.

    Args:
        data: the workbook.
        shown: their names, by the cells that show them.
        frame: where the cells lie.
    """
    try:
        with opened(data) as package:
            root, parts = package.xml(_IN_CELLS), related(package, _IN_CELLS)
    except DocumentError:
        log.debug("the pictures of cells are damaged", exc_info=True)
        root, parts = None, {}
    pictures = {_about(one, "name"): one for one in ([] if root is None else root.iter()) if local(one) == "pic"}
    found: list[Anchored] = []
    for area, name in islice(shown.items(), MOST):
        left, top, right, bottom = frame.box(area)
        picture = pictures.get(name)
        shape = Shape(0.0, 0.0) if picture is None else drawn_shape(picture, 0.0, 0.0)
        key = parts.get(shape.key, "")
        found.append(Anchored(replace(shape, width=right - left, height=bottom - top, key=key), area))
    return tuple(found)


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
    return _about(picture, "hidden") in _TRUE


def _about(picture: Element, name: str) -> str:
    """What a picture says of itself."""
    about = named(named(picture, "nvPicPr"), "cNvPr")
    return "" if about is None else about.get(name, "")
