"""What a document says of itself before its body begins, by which a profile is chosen."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from jsextract.model.document import Line, Page
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze

_INDEX = regex.compile(r"监督索引号：?(\d{4,24})")


def cover_text(cover: Iterable[Line], pages: Iterable[Page]) -> str:
    """The normal text of the lines before the contents (or the body), joined, since covers break names over lines.

    Where nothing stands before the body, its first lines are taken, down to the end of the first page.
    """
    lines = [line.text for line in cover if line.text.strip()]
    if not lines:
        first = next(iter(pages), None)
        lines = [line.text for line in first.lines] if first else []
    return squeeze("".join(lines[: LAYOUT.cover.lines]))


def supervision_index(pages: Iterable[Page]) -> str:
    """The digits of the 监督索引号 on the first two pages, blank where none is printed."""
    lines = [line.text for page, _ in zip(pages, range(2), strict=False) for line in page.lines]
    found = _INDEX.search(squeeze("".join(lines[: LAYOUT.cover.index_lines])))
    return found[1] if found else ""
