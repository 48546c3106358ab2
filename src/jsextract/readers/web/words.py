"""The text of elements as lines: spaces as they are seen, paragraphs told from broken lines (文字与段落)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jsextract.readers.web.tree import BREAK, DIGITS, HEADINGS, PARAGRAPH, PICTURE

_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\uffef])")  # of the source, between Chinese
_SPACES = re.compile(r"\s+")
_INDENTED = re.compile(r"\s*(?:\u3000|\u2003|[\xa0\u2002]{3})")
_WIDE_SPACE = re.compile(r"(?<=[\u2e80-\uffef]) (?=\S)|(?<=\S) (?=[\u2e80-\uffef])")
_NO_MARKS = dict.fromkeys(map(ord, HEADINGS + PICTURE + DIGITS))
_PICTURE = re.compile(f"{PICTURE}([{DIGITS}]+)")
_NUMBERS = str.maketrans(DIGITS, "0123456789")
_FIGURE = re.compile(r"[\d,.，．%－-]")


def lines_of(text: str) -> Iterator[tuple[str, bool]]:
    """Each line of a marked text and whether it is a paragraph from beginning to end.

    Within a block the lines that `br` ends are paragraphs where they are indented; else they may run on.
    """
    for block in text.split(PARAGRAPH):
        pieces = [(line, piece) for piece in block.split(BREAK) if (line := clean(piece))]
        words = [piece for line, piece in pieces if clean(line.translate(_NO_MARKS))]
        apart = len(words) < 2 or sum(_INDENTED.match(piece) is not None for piece in words) * 2 > len(words)
        for line, _ in pieces:
            yield line, apart


def clean(text: str) -> str:
    """A piece of text with each run of spaces of any kind as one, none at its ends."""
    return _SPACES.sub(" ", _WRAPPED.sub("", text)).strip()


class Unmarked(NamedTuple):
    """A line without its marks.

    Attributes:
        text: without marks.
        level: of the heading that it is; 0 for text.
        before, after: the numbers of the pictures that stand before its end and behind it.
    """

    text: str
    level: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def unmarked(text: str) -> Unmarked:
    """A line as its marks say."""
    level = next((HEADINGS.index(char) + 1 for char in text[:1] if char in HEADINGS), 0)
    words = clean(text.translate(_NO_MARKS))
    end = text.rfind(words[-1:]) if words else len(text)
    before, after = (
        tuple(int(number.translate(_NUMBERS)) for number in _PICTURE.findall(part)) for part in (text[:end], text[end:])
    )
    return Unmarked(words, level, before, after)


def cell_words(text: str) -> str:
    """The text of a cell: its lines joined, figures that stand under each other told apart by a line break."""
    joined = ""
    for line in _pieces(text.translate(_NO_MARKS)):
        if not joined:
            joined = line
        elif _is_wide(joined[-1]) or _is_wide(line[0]):
            joined += line
        else:
            joined += ("\n" if _FIGURE.match(joined[-1]) and _FIGURE.match(line[0]) else " ") + line
    return _WIDE_SPACE.sub("", joined)


def _pieces(text: str) -> Sequence[str]:
    """The lines of a cell that are not blank."""
    return [line for piece in text.replace(PARAGRAPH, BREAK).split(BREAK) if (line := clean(piece))]


def _is_wide(char: str) -> bool:
    """Whether a character is set without spaces around it."""
    return ord(char) > 0x2E7F
