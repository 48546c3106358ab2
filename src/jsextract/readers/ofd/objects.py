"""What the objects of an OFD page draw: characters, strokes, pictures (图元)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jsextract.readers.ofd.covers import Cover, take_covered
from jsextract.readers.ofd.values import box, is_opaque, is_pale, matrix, number, outlines, steps
from jsextract.readers.package import Element
from jsextract.readers.pdf.glyphs import MAX_CHARACTERS, Characters, RawGlyph
from jsextract.readers.pdf.lines import ASCENT, DESCENT
from jsextract.readers.pdf.strokes import (
    MAX_OBJECTS,
    MAX_STROKES,
    Matrix,
    Strokes,
    add_area,
    add_strokes,
    apply,
    multiply,
)
from jsextract.vocabulary import Dropped

_CORNERS = 4
_DEPTH = 12
_HALF = 0.5  # of its size: how wide a narrow character is where nothing tells
_FIRST_WIDE = "\u2e80"
_GROUPS = frozenset({"Layer", "PageBlock", "Content"})
_NO = "false"


class Drawn:
    """What is drawn on one page, in its own coordinates, y growing upwards, in points.

    Attributes:
        characters: those that are seen or covered; how many others there are.
        strokes: rulings and fills, places of pictures.
        pictures: the key of each picture, and what maps the unit square to the page.
    """

    def __init__(self, composites: Callable[[str], Element | None]) -> None:
        self._composites = composites
        self._pale: list[RawGlyph] = []
        self._covers: list[Cover] = []
        self.characters, self.strokes = Characters(), Strokes()
        self.pictures: list[tuple[str, Matrix]] = []

    def add(self, parent: Element, outer: Matrix, depth: int = 0) -> None:
        """Adds the objects of an element; `outer` maps its coordinates to the page's."""
        for element in parent:
            self.strokes.seen += 1
            if self.strokes.seen > MAX_OBJECTS or depth > _DEPTH or self.characters.overflow:
                self.characters.overflow = True
                return
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if name in _GROUPS:
                self.add(element, outer, depth + 1)
            elif name == "TextObject":
                self._text(element, multiply(matrix(element), outer))
            elif element.get("Visible") == _NO:
                continue
            elif name == "PathObject":
                self._path(element, multiply(matrix(element), outer))
            elif name == "ImageObject":
                self._picture(element, outer)
            elif name == "CompositeObject":
                inner = self._composites(element.get("ResourceID", ""))
                if inner is not None:
                    self.add(inner, multiply(matrix(element), outer), depth + 1)

    def finish(self) -> None:
        """Sorts out what is not seen, once all is drawn: covered characters, white ones on no coloured area."""
        self.characters.covered = take_covered(self.characters.seen, self._covers)
        if self.characters.covered:
            self.characters.dropped[Dropped.COVERED] += len(self.characters.covered)
        for glyph in self._pale:
            x, y = (glyph[0] + glyph[2]) / 2, (glyph[1] + glyph[3]) / 2
            if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self.strokes.fills):
                self.characters.seen.append(glyph)
            else:
                self.characters.dropped[Dropped.INVISIBLE] += 1

    def _text(self, element: Element, to_page: Matrix) -> None:
        """Adds the characters of a TextObject."""
        size = number(element.get("Size"), 0.0)
        wide = size * number(element.get("HScale"), 1.0)
        unfilled = element.get("Fill") == _NO and element.get("Stroke") != "true"
        unseen = unfilled or element.get("Visible") == _NO or number(element.get("Alpha"), 255.0) == 0
        pale = is_pale(element.find("{*}FillColor"))
        x = y = 0.0
        for code in element.iterfind("{*}TextCode"):
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            text = code.text or ""
            glyphs = _glyphs(text, (x, y), code, wide, (size, to_page))
            ink = [glyph for glyph in glyphs if not glyph[7].isspace()]
            if unseen:
                self.characters.dropped[Dropped.INVISIBLE] += len(ink)
            elif pale:
                self._pale += ink
            else:
                self.characters.seen += ink
        if len(self.characters.seen) + len(self._pale) > MAX_CHARACTERS:
            self.characters.overflow = True

    def _picture(self, element: Element, outer: Matrix) -> None:
        """Adds an ImageObject; one without a matrix of its own fills its Boundary."""
        if number(element.get("Alpha"), 255.0) == 0:
            return
        x, y, wide, high = box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        own = matrix(element) if element.get("CTM") else (wide, 0.0, 0.0, high, x, y)
        to_page = multiply(own, outer)
        self.pictures.append((element.get("ResourceID", ""), to_page))
        self.strokes.images.append(_unit(to_page))

    def _path(self, element: Element, to_page: Matrix) -> None:
        """Adds the straight sides of a PathObject, and the areas that it fills."""
        data = element.find("{*}AbbreviatedData")
        if data is None or number(element.get("Alpha"), 255.0) == 0:
            return
        filled, stroked = element.get("Fill") == "true", element.get("Stroke") != _NO
        white = is_pale(element.find("{*}FillColor"))
        for outline, closed in outlines(data.text):
            points = [apply(to_page, *point) for point in outline]
            if stroked:
                add_strokes(points, closed, self.strokes)
            if filled and not white:
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                add_area((min(xs), min(ys), max(xs), max(ys)), self.strokes, edges=_is_upright(points))
            if filled and is_opaque(element) and _is_upright(points):
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                self._covers.append((len(self.characters.seen), (min(xs), min(ys), max(xs), max(ys))))
        if len(self.strokes.lines) > MAX_STROKES:
            self.strokes.overflow = True


def _is_upright(points: Sequence[tuple[float, float]]) -> bool:
    """Whether corners are those of an upright rectangle."""
    xs, ys = {x for x, _ in points}, {y for _, y in points}
    return len(set(points)) == _CORNERS and len(xs) == len(ys) == 2


def _unit(to_page: Matrix) -> tuple[float, float, float, float]:
    """Where a picture stands: the unit square under its matrix."""
    (x0, y0), (x1, y1) = apply(to_page, 0.0, 0.0), apply(to_page, 1.0, 1.0)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _glyphs(
    text: str, start: tuple[float, float], code: Element, wide: float, how: tuple[float, Matrix]
) -> list[RawGlyph]:
    """The characters of a TextCode, each where its steps put it; `how` is the size and what maps it to the page."""
    size, to_page = how
    across, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
    a, b, c, d = to_page[:4]
    height = size * (c * c + d * d) ** 0.5
    scale = (a * a + b * b) ** 0.5
    quadrant = (0 if a >= 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)
    x, y = start
    found: list[RawGlyph] = []
    for index, char in enumerate(text):
        natural = wide if char >= _FIRST_WIDE else wide * _HALF
        told = across[index] if index < len(across) else natural if not down else 0.0
        width = min(told, natural) if told > 0 else natural
        at_x, at_y = apply(to_page, x, y)
        found.append(_placed(at_x, at_y, width * scale, height, quadrant, char))
        x += told
        y += down[index] if index < len(down) else 0.0
    return found


def _placed(x: float, y: float, width: float, size: float, quadrant: int, char: str) -> RawGlyph:
    """A character whose baseline begins at (x, y), by the way that its text runs."""
    up, below = size * ASCENT, size * DESCENT
    if quadrant == 0:
        return x, y - below, x + width, y + up, y, size, 0, char
    if quadrant == 1:
        return x - up, y, x + below, y + width, x, size, 1, char
    if quadrant == 2:
        return x - width, y - up, x, y + below, y, size, 2, char
    return x - below, y - width, x + up, y, x, size, 3, char
