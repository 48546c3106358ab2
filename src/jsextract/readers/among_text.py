"""Pages that were read in pictures, put between those of the text around them (图文成页)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from jsextract.model.document import Line, Mark, Page, Ruling, Table, numbered
from jsextract.model.geometry import Box
from jsextract.readers.pasted import moved, moved_line
from jsextract.readers.pictured import Around, Pictured, announces_table, around
from jsextract.text.normal import squeeze

_SIZE, _LEADING = 12.0, 18.0  # points, of lines that get places
_WHITE = 1 / 3  # of what stands on a page, above and below it: units return on each page, and are no running heads
_ABOVE = 4  # lines over a picture that may be of its table
_LABEL = re.compile(r"(?:编制|填报|公开)?(?:部门|单位)(?:名称)?[:：].{1,40}")
_NOTE = re.compile(r"(?:备?注|说明)\d?[:：]")


class Text(Protocol):
    """The text of a page without places, as it stands around pictures."""

    @property
    def page(self) -> Page:
        """The whole page."""

    @property
    def lines(self) -> Sequence[Line]:
        """Its lines, which pictures count before them."""

    @property
    def grids(self) -> Sequence[Table]:
        """Its grids among the lines, which pictures count, too."""

    @property
    def tells(self) -> Around:
        """What it tells."""

    def part(self, lines: slice, grids: slice) -> Page | None:
        """Some of its lines, and of the grids among them, as a page; None where nothing stands in them."""


class Paragraphs(NamedTuple):
    """The text of a page as its lines and grids have it.

    Attributes:
        page: the page.
        names_files: whether it names attachments, which may hold its figures.
    """

    page: Page
    names_files: bool = False

    @property
    def lines(self) -> Sequence[Line]:
        """As `Text.lines`."""
        return self.page.lines

    @property
    def grids(self) -> Sequence[Table]:
        """As `Text.grids`."""
        return self.page.grids

    @property
    def tells(self) -> Around:
        """As `Text.tells`."""
        return around(self.page.lines, tables=bool(self.page.grids) or self.names_files)

    def part(self, lines: slice, grids: slice) -> Page | None:
        """As `Text.part`."""
        own = self.page.lines[lines]
        kept = tuple(replace(grid, after=grid.after - lines.start) for grid in self.page.grids[grids])
        return replace(self.page, lines=own, grids=kept) if kept or any(line.text.strip() for line in own) else None


class Among(NamedTuple):
    """A page without places, and the pictures among its text that may be tables, in order."""

    text: Text
    pictures: Sequence[Pictured]


class Seen(NamedTuple):
    """A picture and the page that was read in it."""

    pictured: Pictured
    page: Page


def put_together(pages: Sequence[Among], found: Sequence[Sequence[Seen]]) -> tuple[Page, ...]:
    """The pages with those of their pictures, as they were where there are none."""
    shown = [[one for one in seen if one.page.lines] for seen in found]
    if not any(shown):
        return tuple(own.text.page for own in pages)
    made: list[Page] = []
    for own, seen in zip(pages, shown, strict=True):
        whole = own.text.page
        parts = list(_parted(own.text, seen)) if seen else [whole]
        for at, part in enumerate(parts):
            placed = replace(part, inside=whole.number, name=whole.name, dropped={} if at else whole.dropped)
            made.append(_numbered(placed, len(made) + 1))
    return tuple(made)


def _parted(text: Text, shown: Sequence[Seen]) -> Iterator[Page]:
    """The text of a page and its pictures as pages, in order."""
    lines, grids_of = text.lines, text.grids
    line = grid = 0
    for index, one in enumerate(shown):
        end, grids = one.pictured.lines, one.pictured.grids
        after = shown[index + 1].pictured.lines if index + 1 < len(shown) else len(lines)
        after = min(after, grids_of[grids].after) if grids < len(grids_of) else after
        above = _over(lines[line:end])
        below = sum(1 for _ in takewhile(lambda own: _NOTE.match(squeeze(own.text)), lines[end:after]))
        before = text.part(slice(line, end - above), slice(grid, grids))
        yield from [before] if before else []
        yield _framed(one.page, lines[end - above : end], lines[end : end + below])
        line, grid = end + below, grids
    rest = text.part(slice(line, len(lines)), slice(grid, len(grids_of)))
    yield from [rest] if rest else []


def _over(lines: Sequence[Line]) -> int:
    """How many lines at the end are a title, a unit, a label over a table."""
    count = taken = 0
    for line in reversed(lines):
        text = squeeze(line.text)
        if taken == _ABOVE or (text and not announces_table(text) and not _LABEL.fullmatch(text)):
            break
        count += 1
        taken += bool(text)
    return count if taken else 0


def _framed(seen: Page, above: Sequence[Line], below: Sequence[Line]) -> Page:
    """What is seen in a picture, with lines of the text over and under it, in places of one page."""
    titles = [line for line in above if line.text.strip()]
    own = (len(titles) + len(below)) * _LEADING
    white = (own + seen.height) * _WHITE if own else 0.0
    top = white + len(titles) * _LEADING
    bottom = top + seen.height
    to = Box(0.0, top, 0.0, top)
    lines = [_placed(line, white + at * _LEADING, seen.width) for at, line in enumerate(titles)]
    lines += [moved_line(line, to) for line in seen.lines]
    lines += [_placed(line, bottom + at * _LEADING, seen.width) for at, line in enumerate(below)]
    return replace(
        seen,
        height=bottom + len(below) * _LEADING + white,
        lines=tuple(lines),
        rulings=tuple(Ruling(r.x0, r.y0 + top, r.x1, r.y1 + top) for r in seen.rulings),
        marks=tuple(Mark(mark.flag, moved(mark.box, to)) for mark in seen.marks),
        bend=None,  # nobody draws it
    )


def _placed(line: Line, y: float, width: float) -> Line:
    """A line of the text in the middle of a page so wide, its characters beside each other."""
    step = min(_SIZE, width / max(len(line.text), 1))
    x = (width - step * len(line.text)) / 2
    edges = tuple((x + step * at, x + step * (at + 1)) for at in range(len(line.text)))
    return replace(line, box=Box(x, y, x + step * len(line.text), y + _SIZE), edges=edges, size=_SIZE)


def _numbered(page: Page, number: int) -> Page:
    """The page with its number, which all that stands on it has, too."""
    lines = numbered(replace(line, page=number) for line in page.lines)
    return replace(page, number=number, lines=lines, grids=tuple(_on(grid, number) for grid in page.grids))


def _on(grid: Table, number: int) -> Table:
    return replace(grid, pages=(number,), cells=tuple(replace(cell, page=number) for cell in grid.cells))
