"""What stands on pages without belonging to their text: page numbers and running heads (页码、页眉页脚)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType

from jsextract.model.document import Line, Page
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze

InGrid = Mapping[int, Set[int]]
"""For the number of a page the indices of lines."""
_PAGE_NUMBER = re.compile(
    r"[-—–─－~·•\s]*(第?\s*\d{1,4}\s*页?|[ⅰ-ⅿⅠ-ⅯivxlcIVXLC]{1,6})[-—–─－~·•\s]*"
    r"([/／]?\s*共?\s*\d{1,4}\s*页?)?[-—–─－~·•\s]*"
)
_WORN_NUMBER = re.compile(r"(?!.*\d\.\d\d)[^\w\s]?[\d\N{REPLACEMENT CHARACTER}][\d\W]{0,5}")


def _mask(text: str) -> str:
    """The text with any number as #, since running heads count."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", text))


def _outer(page: Page, margin: float) -> list[Line]:
    """The outermost lines of a page, within this share of its height."""
    lines = [line for line in page.lines if line.box is not None]
    lines.sort(key=lambda line: line.box.cy if line.box else 0.0)
    outmost = LAYOUT.furniture.outmost
    edge = lines if len(lines) <= 2 * outmost else [*lines[:outmost], *lines[-outmost:]]
    top, bottom = page.height * margin, page.height * (1 - margin)
    return [line for line in edge if line.box and (line.box.y1 < top or line.box.y0 > bottom)]


def _page_number(page: Page, line: Line) -> int | None:
    """How far the printed page number is ahead of the page's place; None where the line is no number."""
    plain = line.text.strip()
    if not _PAGE_NUMBER.fullmatch(plain):
        return None
    digits = re.search(r"\d+", plain)
    return int(digits.group()) - page.number if digits else 0


def _is_worn_number(page: Page, line: Line) -> bool:
    """Whether a line of a picture could be a page number of which something was misread: no word, and no amount."""
    return page.source == "ocr" and _WORN_NUMBER.fullmatch(squeeze(line.text)) is not None


def find_furniture(pages: Sequence[Page], in_grid: InGrid = MappingProxyType({})) -> tuple[Line, ...]:
    """Page numbers and lines that return at the same place of many pages.

    Args:
        pages: all of the document.
        in_grid: for pages with ruled grids the indices of the lines in them; they are never furniture.
    """
    found = {(line.page, line.index) for line in (*_page_numbers(pages, in_grid), *_running_heads(pages, in_grid))}
    return tuple(line for page in pages for line in page.lines if (line.page, line.index) in found)


def _page_numbers(pages: Sequence[Page], in_grid: InGrid) -> list[Line]:
    """Numbers that stand alone at the edge of the page; further in, only where they count on with the pages."""
    near: list[Line] = []
    far: list[tuple[int, Line]] = []
    for page in pages:
        for line in _outer(page, LAYOUT.furniture.number_margin):
            ahead = _page_number(page, line)
            if line.index in in_grid.get(page.number, ()):
                continue
            if ahead is None:
                near += [line] if _is_worn_number(page, line) else []
                continue
            far.append((ahead, line))
            if any(line.index == other.index for other in _outer(page, LAYOUT.furniture.margin)):
                near.append(line)
    counts = Counter(ahead for ahead, _ in far)
    return near + [line for ahead, line in far if counts[ahead] > 1]


def _running_heads(pages: Sequence[Page], in_grid: InGrid) -> list[Line]:
    """Lines that return, but for their numbers, at one height of many pages."""
    outer = [
        (page, line)
        for page in pages
        for line in _outer(page, LAYOUT.furniture.margin)
        if line.index not in in_grid.get(page.number, ())
    ]
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, line in outer:
        places[_mask(line.text), _height_of(line)].add(page.number)
    often = max(LAYOUT.furniture.often, len(pages) // LAYOUT.furniture.often_one_in)
    found: list[Line] = []
    for _, line in outer:
        mask = _mask(line.text)
        near = (places.get((mask, _height_of(line) + d), set()) for d in (-1, 0, 1))
        if len(mask) > 1 and len(set().union(*near)) >= often:
            found.append(line)
    return found


def _height_of(line: Line) -> int:
    """The height at which a line stands, in steps small enough to tell lines apart."""
    return round(line.box.cy / LAYOUT.furniture.row) if line.box else 0
