"""Lines to paragraphs: sentences run on over lines and pages, tables and page furniture left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from jsextract.model.document import Line
from jsextract.model.geometry import Box, union
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import HAN, ORDINAL

_TERMINAL = re.compile(r"[。！？；：:;.…》]\s*[）)”\"’」』]*\s*$")
_NUMBERED = re.compile(rf"^\s*[“\"]?\s*(?:{ORDINAL}|第\s*{HAN}+\s*条|[-•●]\s)")


class Paragraph(Struct, frozen=True):
    """Running text and the printed lines that it came from.

    Attributes:
        text: the lines joined; a space only between Latin words.
        lines: (where the line begins in `text`, the line, how many of its first characters were cut).
    """

    text: str
    lines: tuple[tuple[int, Line, int], ...]

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0][1].page if self.lines else 0

    @property
    def last_page(self) -> int:
        """The page on which it ends."""
        return self.lines[-1][1].page if self.lines else 0

    def place(self, start: int, end: int) -> tuple[int, Box | None]:
        """Page and box of characters `start` to `end`; of what spans two pages, the part on the first."""
        page = 0
        boxes: list[Box] = []
        for begin, line, cut in self.lines:
            if begin >= end:
                break
            stop = begin + len(line.text) - cut
            if start < stop:
                if boxes and line.page != page:
                    break
                page = line.page
                box = line.span_box(max(start, begin) - begin + cut, min(end, stop) - begin + cut)
                if box is not None:
                    boxes.append(box)
        return page, union(boxes) if boxes else None

    def recognised(self, start: int, end: int) -> Iterator[tuple[str, float]]:
        """The characters `start` to `end` that were recognised in pictures, each with its confidence, 0 to 1."""
        for begin, line, cut in self.lines:
            if line.confidence and begin < end:
                own = slice(max(start - begin, 0) + cut, max(end - begin, 0) + cut)
                yield from zip(line.text[own], line.confidence[own], strict=True)

    def ref(self, at: int) -> str:
        """The address of the cell in which the character `at` stands; blank where the source is no workbook."""
        return next((line.ref for begin, line, _ in reversed(self.lines) if begin <= at), "")


def is_numbered(text: str) -> bool:
    """Whether a line begins with a list or heading number."""
    return bool(_NUMBERED.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends with the end of a sentence or clause."""
    return bool(_TERMINAL.search(text))


def join(lines: Sequence[Line]) -> Paragraph:
    """One paragraph out of its lines."""
    text = ""
    placed: list[tuple[int, Line, int]] = []
    for line in lines:
        cut = len(line.text) - len(line.text.lstrip())
        body = line.text[cut:]
        if text and body and _is_latin(text[-1]) and _is_latin(body[0]):
            text += " "
        placed.append((len(text), line, cut))
        text += body
    return Paragraph(text.rstrip(), tuple(placed))


def _is_latin(char: str) -> bool:
    """Whether a character is one of a word that is set apart by spaces."""
    return char.isascii() and char.isalpha()


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """Cut a run of prose lines into paragraphs, by indent, by short last lines, by numbers, by blank lines."""
    run = list(lines)
    right, left = margins(run)
    groups: list[list[Line]] = []
    previous: Line | None = None
    for line in run:
        if not line.text.strip():
            continue
        if previous is None or _begins_paragraph(previous, line, left, right):
            groups.append([])
        groups[-1].append(line)
        previous = line
    return [join(group) for group in groups]


def margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Where most of the lines end and begin (right, left), in points; zeros for plain text."""
    boxes = [line.box for line in lines if line.box is not None]
    if not boxes:
        return 0.0, 0.0
    rights = sorted(b.x1 for b in boxes)
    lefts = sorted(b.x0 for b in boxes)
    # the margin is where most lines end; a stray long line must not move it
    quarter = (max(1, len(lefts) // 2) - 1) // 2  # the lower median of the lower half
    return rights[int(len(rights) * LAYOUT.paragraph.margin)], lefts[quarter]


def _begins_paragraph(previous: Line, line: Line, left: float, right: float) -> bool:
    """Whether a new paragraph begins with `line`."""
    ended = ends_sentence(previous.text)
    if is_numbered(line.text) and (ended or line.box is None):
        return True
    if line.box is None or previous.box is None:
        return ended or line.whole or previous.whole
    em = max(line.size, previous.size, 1.0)
    short = previous.box.x1 < right - LAYOUT.paragraph.short * em
    indented = line.box.x0 > left + LAYOUT.paragraph.indent * em
    if is_numbered(line.text) and short:
        return True
    if previous.text.rstrip().endswith(("：", ":")):
        return indented
    if ended:
        return indented or short
    return short and indented
