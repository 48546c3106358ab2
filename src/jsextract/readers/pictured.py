"""Pictures among the text of a file: which may be tables, and what is said of those that were not read (图片表格)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from msgspec.structs import replace

from jsextract.language.phrase import Phrase, phrases, sentences
from jsextract.model.document import Health, Line, Table
from jsextract.readers.health import listed_pages, told_remedy
from jsextract.readers.shapes import Shape
from jsextract.text.normal import squeeze
from jsextract.vocabulary import DocumentStatus, Problem

WIDTH, HEIGHT = 200.0, 60.0
"""Points: a smaller picture is no table."""
PAGE = 200_000.0
"""Square points: a smaller picture is no page of text."""
_ROW = 10.0  # points: of one row
_MONEY = re.compile(r"\d\s*(?:[万亿千]\s*)?元|\d\.\d\d(?!\d)")
_ACCOUNT = re.compile("[决预]算")
_TITLE = re.compile(
    r".{0,40}表(?:[一二三四五六七八九十\d]{1,3}|[（(][^（）()]{0,12}[）)])?(?:如下|见下图)?[：:]?"
    r"|.*(?:单位[:：].{0,3}元|公开\d\d表)"
)


class Around(Enum):
    """What the text around pictures tells."""

    NOTHING = auto()
    WORDS = auto()  # that it is an account, and no figures of one
    FIGURES = auto()


class Pictured(NamedTuple):
    """A picture among the text of a page.

    Attributes:
        lines, grids: how many stand before it.
        announced: whether it stands where a table would.
    """

    shape: Shape
    lines: int
    grids: int
    announced: bool

    def is_missed(self, around: Around, *, bare: bool) -> bool:
        """Whether figures are missed where nothing was taken from it.

        Args:
            around: what the text around it tells.
            bare: whether no print was found in it: an emblem or a code is not as large as a page that is illegible.
        """
        large = self.shape.width * self.shape.height >= PAGE
        high = self.shape.height >= HEIGHT and not bare
        return self.announced or (large or high if around is Around.NOTHING else large and around is Around.WORDS)


class Missed(NamedTuple):
    """A picture that was not read where figures are missed: its page in the file, and what would have it read."""

    page: int
    remedy: Phrase


def announces_table(text: str) -> bool:
    """Whether a table stands below such a line: its title, its form's number or its unit.

    >>> announces_table("收入决算表（图）"), announces_table("机关运行经费20万元。")
    (True, False)
    """
    return _TITLE.fullmatch(squeeze(text)) is not None


def around(lines: Sequence[Line], *, tables: bool) -> Around:
    """What a text tells; `tables`: whether any stand in it, or in files that it names."""
    texts = [line.text for line in lines if line.text.strip()]
    if not texts and not tables:
        return Around.NOTHING
    told = tables or any(map(_MONEY.search, texts)) or not any(map(_ACCOUNT.search, texts))
    return Around.FIGURES if told else Around.WORDS


def placed(shape: Shape, lines: Sequence[Line], grids: Sequence[Table], others: Sequence[Pictured]) -> Pictured | None:
    """A picture that may be one of a table: a large one; right after a title or unit it stands for one.

    Args:
        shape: of the picture.
        lines: those before it.
        grids: those before it.
        others: the pictures before it.

    Returns:
        Its place; None for one that is too small, even for the last rows of a table right above it.
    """
    large = shape.width >= WIDTH and shape.height >= HEIGHT
    if not large and not _goes_on(shape, lines, grids, others):
        return None
    before = next((line.text for line in reversed(lines) if line.text), "")
    nothing_between = not grids or len(lines) > grids[-1].after
    announced = large and nothing_between and announces_table(before)
    return Pictured(shape, len(lines), len(grids), announced)


def _goes_on(shape: Shape, lines: Sequence[Line], grids: Sequence[Table], others: Sequence[Pictured]) -> bool:
    """Whether a low picture stands right below another one: it may have the last rows of its table."""
    if not others or shape.width < WIDTH or shape.height < _ROW:
        return False
    last = others[-1]
    return len(grids) == last.grids and not any(line.text for line in lines[last.lines :])


def with_missed(health: Health, missed: Sequence[Missed], pages: int = 1) -> Health:
    """The health of a document with pictures in the place of tables; as it was where none is missed.

    Args:
        health: of its text.
        missed: the pictures, in order.
        pages: of the file: where there are several, those of the pictures are named.
    """
    if not missed:
        return health
    numbers = list(dict.fromkeys(one.page for one in missed))
    message = (
        phrases("A picture stands where a table would.", "{number} pictures stand where tables would.", len(missed))
        if pages == 1
        else phrases(
            "A picture stands where a table would, on {pages}.",
            "{number} pictures stand where tables would, on {pages}.",
            len(missed),
            pages=listed_pages(numbers),
        )
    )
    remedies = map(told_remedy, dict.fromkeys(one.remedy for one in missed))
    told = sentences(message, *remedies)
    return replace(health, status=DocumentStatus.PARTIAL, problem=Problem.NEEDS_OCR, message=told)
