"""Pictures in the text of a Word file (Word 中的图片)."""

from __future__ import annotations

from jsextract.readers.package import Element, local
from jsextract.readers.shapes import RELATIONS, Shape, drawn_shape, named, points

_PIXELS = 0.75  # points of a pixel
_CROPS = ("croptop", "cropbottom", "cropleft", "cropright")


def shape_of(picture: Element) -> Shape:
    """What is shown by a picture (pic:pic of DrawingML, v:imagedata of VML)."""
    width, height = _size(picture)
    if local(picture) != "imagedata":
        return drawn_shape(picture, width, height)
    plain = not any(picture.get(name) for name in _CROPS) and "rotation" not in _style_above(picture)
    return Shape(width, height, picture.get(f"{RELATIONS}id", "") if plain else "")


def _style_above(picture: Element) -> str:
    return next((above.get("style", "") for above in picture.iterancestors() if local(above) == "shape"), "")


def _size(picture: Element) -> tuple[float, float]:
    """Width and height of a picture in points; 0 where nothing says."""
    for above in picture.iterancestors():
        name = local(above)
        if name in ("inline", "anchor"):
            extent = named(above, "extent")
            return (0.0, 0.0) if extent is None else (points(extent.get("cx", "")), points(extent.get("cy", "")))
        if name == "shape":
            said = dict(part.split(":", 1) for part in above.get("style", "").split(";") if ":" in part)
            return _length(said.get("width", "")), _length(said.get("height", ""))
        if name == "p":
            break
    return 0.0, 0.0


def _length(told: str) -> float:
    """A length of VML in points."""
    told = told.strip()
    try:
        return float(told.removesuffix("pt")) if told.endswith("pt") else float(told.removesuffix("px")) * _PIXELS
    except ValueError:
        return 0.0
