"""What is seen in a picture of a page (识别结果)."""

from __future__ import annotations

from msgspec import Struct

from jsextract.model.document import Bend, Line, Mark, Ruling


class Recognised(Struct, frozen=True, gc=False):
    """What is seen in a picture of a page.

    Attributes:
        lines: in reading order, in points, with a confidence for each character.
        rulings: in points.
        marks: of values: how sure they are, or that they are not known.
        turned: degrees by which the picture was turned, clockwise, so that its text stands upright; all places are
            those of the upright page.
        bend: how the upright page lies in its picture; all places are those of the flat page.
        blank: whether nothing is printed on the page, as on the back of another.
    """

    lines: tuple[Line, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    marks: tuple[Mark, ...] = ()
    turned: int = 0
    bend: Bend | None = None
    blank: bool = False
