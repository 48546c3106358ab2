"""Pictures in the text of a Word file: which part has them, and how much of them is shown (图片)."""

from __future__ import annotations

from msgspec import Struct

from jsextract.readers.package import Element
from jsextract.readers.word.tags import local

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU, _PIXELS = 12700, 0.75  # of a point; points of a pixel
_WHOLE = 100_000  # a side of a picture, as what is cut off it is told
_QUARTER = 5_400_000  # as turns are told
_CROPS = ("croptop", "cropbottom", "cropleft", "cropright")


class Shape(Struct, frozen=True):
    """A picture as it is shown.

    Attributes:
        width, height: in points; 0 where nothing says.
        key: of the part that has it; blank where it is linked, or shown in a way that is not followed.
        cut: shares of its sides that are cut off: left, top, right, bottom.
        quarters: by which it is turned, clockwise.
    """

    width: float
    height: float
    key: str = ""
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    quarters: int = 0


def shape_of(picture: Element) -> Shape:
    """What is shown by a picture (pic:pic of DrawingML, v:imagedata of VML)."""
    width, height = _size(picture)
    if local(picture) == "imagedata":
        plain = not any(picture.get(name) for name in _CROPS) and "rotation" not in _style_above(picture)
        return Shape(width, height, picture.get(f"{_RELATIONS}id", "") if plain else "")
    fill = next((e for e in picture if local(e) == "blipFill"), None)
    blip, source = (_child(fill, name) for name in ("blip", "srcRect"))
    key = "" if blip is None else blip.get(f"{_RELATIONS}embed", "")
    cut = (0.0, 0.0, 0.0, 0.0) if source is None else tuple(_share(source.get(side, "")) for side in "ltrb")
    place = _child(next((e for e in picture if local(e) == "spPr"), None), "xfrm")
    turn = 0 if place is None else _turn(place)
    whole = turn is not None and cut[0] + cut[2] < 1 and cut[1] + cut[3] < 1
    return Shape(width, height, key if whole else "", (cut[0], cut[1], cut[2], cut[3]), turn or 0)


def _child(parent: Element | None, name: str) -> Element | None:
    return None if parent is None else next((e for e in parent if local(e) == name), None)


def _share(told: str) -> float:
    """A share of a side, told in thousandths of a per cent: 0 where white is added, 1 for what is no number."""
    if not told.lstrip("-").isdecimal() or len(told) > 9:
        return 1.0 if told else 0.0
    return max(0, int(told)) / _WHOLE


def _turn(place: Element) -> int | None:
    """The quarters by which a picture is turned; None where it stands aslant, or mirrored."""
    told = place.get("rot", "0")
    mirrored = any(place.get(name, "0") not in ("0", "false") for name in ("flipH", "flipV"))
    if mirrored or not told.lstrip("-").isdecimal() or len(told) > 10 or int(told) % _QUARTER:
        return None
    return int(told) // _QUARTER % 4


def _style_above(picture: Element) -> str:
    return next((above.get("style", "") for above in picture.iterancestors() if local(above) == "shape"), "")


def _size(picture: Element) -> tuple[float, float]:
    """Width and height of a picture in points; 0 where nothing says."""
    for above in picture.iterancestors():
        name = local(above)
        if name in ("inline", "anchor"):
            extent = next((e for e in above if local(e) == "extent"), None)
            return (0.0, 0.0) if extent is None else (_emu(extent.get("cx", "")), _emu(extent.get("cy", "")))
        if name == "shape":
            said = dict(part.split(":", 1) for part in above.get("style", "").split(";") if ":" in part)
            return _points(said.get("width", "")), _points(said.get("height", ""))
        if name == "p":
            break
    return 0.0, 0.0


def _emu(length: str) -> float:
    """A length of DrawingML in points."""
    return int(length) / _EMU if length.isdecimal() and len(length) < 12 else 0.0


def _points(length: str) -> float:
    """A length of VML in points."""
    length = length.strip()
    try:
        return float(length.removesuffix("pt")) if length.endswith("pt") else float(length.removesuffix("px")) * _PIXELS
    except ValueError:
        return 0.0
