"""How OFD writes numbers, boxes, matrices, colours, places of files (OFD 的取值)."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator, Sequence

from jsextract.readers.package import Element
from jsextract.readers.pdf.strokes import Matrix

POINT = 72 / 25.4
"""Points of a millimetre."""
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_LARGEST = 1e6
_PALE, _OPAQUE = 250, 255.0


def numbers(text: str | None) -> list[float]:
    """The numbers in a list; nothing after one that is none, or larger than any page."""
    found: list[float] = []
    for part in (text or "").split():
        try:
            number = float(part)
        except ValueError:
            break
        if not math.isfinite(number) or abs(number) > _LARGEST:
            break
        found.append(number)
    return found


def number(text: str | None, default: float) -> float:
    """One number; the default where there is none."""
    return next(iter(numbers(text)), default)


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """x, y, width, height of a box; None where it is none."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def matrix(element: Element) -> Matrix:
    """What maps the coordinates of an object to those around it: its CTM, then the corner of its Boundary."""
    found = numbers(element.get("CTM"))
    a, b, c, d, e, f = found if len(found) == 6 else _IDENTITY
    corner = box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return a, b, c, d, e + corner[0], f + corner[1]


def steps(text: str | None, most: int) -> list[float]:
    """The numbers of a DeltaX or DeltaY, at most so many; `g 3 2.5` is 2.5 three times.

    >>> steps("g 2 4.2 2.1", 9), steps("g 999999 1", 2)
    ([4.2, 4.2, 2.1], [1.0, 1.0])
    """
    found: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        repeated = numbers(f"{next(parts, '')} {next(parts, '')}") if part == "g" else [1.0, *numbers(part)]
        if len(repeated) < 2 or len(found) >= most:
            break
        found += [repeated[1]] * min(max(int(repeated[0]), 0), most - len(found))
    return found


def is_opaque(element: Element) -> bool:
    """Whether what fills an object lets nothing through; a pattern or a shading may."""
    colour = element.find("{*}FillColor")
    alphas = [element.get("Alpha"), *([] if colour is None else [colour.get("Alpha")])]
    return all(number(alpha, _OPAQUE) >= _OPAQUE for alpha in alphas) and (colour is None or not len(colour))


def is_pale(element: Element | None) -> bool:
    """Whether a FillColor is white, so that nothing is seen of it on paper."""
    values = [] if element is None else numbers(element.get("Value"))
    return len(values) == 3 and min(values) >= _PALE


def outlines(text: str | None) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The parts of an AbbreviatedData: their points, and whether each is closed; those with curves are left out."""
    points: list[tuple[float, float]] = []
    curved = False
    for sign, values in _operations(text or ""):
        if sign in "MS" and len(values) >= 2:
            if len(points) > 1 and not curved:
                yield points, False
            points, curved = [(values[0], values[1])], False
        elif sign == "L" and len(values) >= 2:
            points.append((values[0], values[1]))
        elif sign in "QBA" and len(values) >= 2:
            points.append((values[-2], values[-1]))
            curved = True
        elif sign == "C":
            if len(points) > 1 and not curved:
                yield points, True
            points, curved = points[:1], False
    if len(points) > 1 and not curved:
        yield points, False


def _operations(text: str) -> Iterator[tuple[str, Sequence[float]]]:
    """Each letter with the numbers behind it."""
    sign = ""
    values: list[float] = []
    for part in text.split():
        if part.isalpha():
            if sign:
                yield sign, values
            sign, values = part, []
        else:
            values += numbers(part)
    if sign:
        yield sign, values


def located(folder: str, place: str) -> list[str]:
    """Names of parts that a place may mean, seen from a folder; those of the format first, then what programs write.

    >>> located("Doc_0", "Pages/Page_0/Content.xml"), located("Doc_0", "/Doc_0/PublicRes.xml")
    (['Doc_0/Pages/Page_0/Content.xml', 'Pages/Page_0/Content.xml'], ['Doc_0/PublicRes.xml'])
    """
    place = place.strip().replace("\\", "/")
    whole = posixpath.normpath(place.lstrip("/"))
    return [whole] if place.startswith("/") else list(dict.fromkeys([posixpath.normpath(f"{folder}/{place}"), whole]))
