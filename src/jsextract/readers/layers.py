"""A page's own text held against what is recognised in its picture (文字层与图像比对).

Under a scan the text is another program's recognition: one more reading, never believed alone. The text of a page that
was typed is what is printed, unless its fonts lie: then most figures are others than the picture shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from jsextract.model.document import Line, Mark, Page
from jsextract.model.geometry import Box
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag

_NUMBER = re.compile(r"\d[\d,，.．]*\d|\d")
_FEWEST = 5  # figures at the same places; fewer tell nothing
_LYING = 0.3  # a greater share of other figures is no accident
_BESIDE = 2.0  # points
_SHOWN = 24  # characters of a reading in a flag


class Pair(NamedTuple):
    """A figure as it is recognised, and the text's figures at its place."""

    box: Box
    seen: str
    text: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether one of the text's figures is the recognised one."""
        return self.seen in self.text


def beside_layer(seen: Page, layer: Page) -> Page:
    """A page as it was recognised; figures of which the text under the scan says something else are of low confidence.

    Where the readings of the picture differ, what the text has becomes one of them. A text whose places are others, as
    those of a page that was set straight, tells nothing.
    """
    if not _comparable(seen, layer):
        return seen
    pairs = list(_pairs(seen, layer))
    other = [pair for pair in pairs if not pair.agrees]
    if len(pairs) < _FEWEST or len(other) > len(pairs) // 2:
        return seen
    marks = [_with_reading(mark, layer) for mark in seen.marks]
    return replace(seen, marks=(*marks, *(Mark(Flag.LOW_CONFIDENCE, pair.box) for pair in other)))


def beside_picture(page: Page, seen: Page) -> Page:
    """A typed page beside what is recognised in its picture: the latter where the text lies, else with its doubts."""
    if not _comparable(seen, page):
        return page
    pairs = list(_pairs(seen, page))
    other = [pair for pair in pairs if not pair.agrees]
    if len(pairs) >= _FEWEST and len(other) > len(pairs) * _LYING:
        return seen
    return replace(page, marks=(*page.marks, *(Mark(Flag.LOW_CONFIDENCE, pair.box) for pair in other)))


def _comparable(seen: Page, page: Page) -> bool:
    """Whether both have the same places."""
    return seen.source == "ocr" and seen.bend is None and seen.rotation == page.rotation


def _pairs(seen: Page, page: Page) -> Iterator[Pair]:
    """The recognised figures at whose places the text has figures, too."""
    for line in seen.lines:
        for found in _NUMBER.finditer(line.text):
            box = line.span_box(*found.span())
            if box is not None and (text := figures_in(page.lines, box)):
                yield Pair(box, _worth(found.group()), text)


def figures_in(lines: Sequence[Line], box: Box) -> tuple[str, ...]:
    """The figures of some lines that stand in a box, without commas."""
    found: list[str] = []
    for line in lines:
        if line.box is not None and box.y0 <= line.box.cy <= box.y1:
            own = [
                char if box.x0 - _BESIDE <= (x0 + x1) / 2 <= box.x1 + _BESIDE else " "
                for char, (x0, x1) in zip(line.text, line.edges, strict=False)
            ]
            found += map(_worth, _NUMBER.findall("".join(own)))
    return tuple(found)


def _worth(figure: str) -> str:
    return squeeze(figure).replace("，", "")


def _with_reading(mark: Mark, layer: Page) -> Mark:
    """A mark about readings that differ with what the text has there as one more."""
    if not mark.flag.startswith(Flag.READINGS_DIFFER):
        return mark
    told = mark.flag.removeprefix(Flag.READINGS_DIFFER).split("|")
    more = [figure[:_SHOWN] for figure in figures_in(layer.lines, mark.box) if figure not in told]
    return replace(mark, flag=f"{Flag.READINGS_DIFFER}{'|'.join((*told, *more))}")
