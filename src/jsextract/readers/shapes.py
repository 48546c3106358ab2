"""Pictures as they are shown: which part has them, and how much of them is seen (图片)."""

from __future__ import annotations

from msgspec import Struct

from jsextract.readers.package import Element, local

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WHOLE = 100_000  # a side of a picture, as what is cut off it is told
_QUARTER = 5_400_000  # as turns are told
_EMU = 12700  # of a point


class Shape(Struct, frozen=True):
    """A picture as it is shown.

    Attributes:
        width, height: in points; 0 where nothing says.
        key: of the part that has it; blank where that lies outside of the file, or is shown in a way not followed.
        cut: shares of its sides that are cut off: left, top, right, bottom.
        quarters: by which it is turned, clockwise.
    """

    width: float
    height: float
    key: str = ""
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    quarters: int = 0


def named(parent: Element | None, name: str) -> Element | None:
    """The first element of that name in another one."""
    return None if parent is None else next((e for e in parent if local(e) == name), None)


def drawn_shape(picture: Element, width: float, height: float) -> Shape:
    """What is shown by a picture of DrawingML (pic) that is so large, in points."""
    fill = named(picture, "blipFill")
    blip, source = (named(fill, name) for name in ("blip", "srcRect"))
    key = "" if blip is None else blip.get(f"{RELATIONS}embed", "")
    cut = (0.0, 0.0, 0.0, 0.0) if source is None else tuple(_share(source.get(side, "")) for side in "ltrb")
    place = named(named(picture, "spPr"), "xfrm")
    turn = 0 if place is None else _turn(place)
    whole = turn is not None and cut[0] + cut[2] < 1 and cut[1] + cut[3] < 1
    return Shape(width, height, key if whole else "", (cut[0], cut[1], cut[2], cut[3]), turn or 0)


def points(emu: str) -> float:
    """A length of DrawingML in points; 0 for what is none."""
    return int(emu) / _EMU if emu.isdecimal() and len(emu) < 12 else 0.0


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
