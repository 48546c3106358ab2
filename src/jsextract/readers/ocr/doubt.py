"""Numbers that two readings of a picture must share (双读): those that they do not share have no digits.

The first reading is of the whole page; the second of the place of one number alone, larger, in a frame of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jsextract.readers.ocr.engine import Char, Pixels, Stroke, Word, read_strips

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for each character of a number that is not known."""
_NUMBER = re.compile(r"[-+]?\.?\d(?:[\d.,]*\d)?%?")
_FOLDED = str.maketrans("０１２３４５６７８９，．－−＋％", "0123456789,.--+%")
_SCALE = 2.0
_BESIDE, _ABOVE = 0.8, 0.2  # heights of type around a piece


class Piece(NamedTuple):
    """What of a word stands in one cell.

    Attributes:
        chars: from left to right.
        y0, y1: its upper and lower edge.
        second: what the other reading sees there; None where it holds no digit and is not read again.
    """

    chars: tuple[Char, ...]
    y0: float
    y1: float
    second: str | None = None

    @property
    def text(self) -> str:
        """As the first reading has it."""
        return "".join(char.text for char in self.chars)

    def numbers(self) -> Iterator[Number]:
        """The numbers of the first reading, each with what the second has there.

        Where the second has more of them, or fewer, each stands against all of it.
        """
        if self.second is None:
            return
        own, other = _numbers(self.text), [found.group() for found in _numbers(self.second)]
        for i, found in enumerate(own):
            against = other[i] if len(other) == len(own) else self.second
            agreed = len(other) == len(own) and _worth(found.group()) == _worth(against)
            yield Number(found.start(), found.end(), found.group(), against, agreed)


class Number(NamedTuple):
    """A number among the characters of a piece: where it begins and ends, as both readings have it."""

    first: int
    last: int
    text: str
    other: str
    agreed: bool


def _numbers(text: str) -> list[re.Match[str]]:
    return list(_NUMBER.finditer("".join(text.split()).translate(_FOLDED)))


def _worth(number: str) -> str:
    """A number without the commas between thousands."""
    return number.replace(",", "")


def pieces(word: Word, strokes: Sequence[Stroke]) -> list[Piece]:
    """A word cut at the upright rulings that run through it, as neighbouring cells are found as one word."""
    middle = (word.y0 + word.y1) / 2
    walls = sorted(x0 for x0, y0, x1, y1 in strokes if x0 == x1 and y0 <= middle <= y1)
    cells: dict[int, list[Char]] = {}
    for char in word.chars:
        cells.setdefault(sum(wall < (char.x0 + char.x1) / 2 for wall in walls), []).append(char)
    return [Piece(tuple(chars), word.y0, word.y1) for chars in cells.values()]


def read_twice(found: Sequence[Piece], image: Pixels, strokes: Sequence[Stroke]) -> list[Piece]:
    """The pieces; those with digits with what the other reading sees at their places."""
    wanted = [i for i, piece in enumerate(found) if any(char.isdigit() for char in piece.text)]
    seen = read_strips([_strip(found[i], image, strokes) for i in wanted])
    second = dict(zip(wanted, seen, strict=True))
    return [piece._replace(second=second.get(i)) for i, piece in enumerate(found)]


def _strip(piece: Piece, image: Pixels, strokes: Sequence[Stroke]) -> Pixels:
    """The picture of a piece, enlarged, with as much around it as its cell leaves."""
    import cv2

    high, middle = piece.y1 - piece.y0, (piece.y0 + piece.y1) / 2
    left, right = piece.chars[0].x0, piece.chars[-1].x1
    walls = [x0 for x0, y0, x1, y1 in strokes if x0 == x1 and y0 <= middle <= y1]
    x0 = max([left - high * _BESIDE, 0.0, *(wall + 4 for wall in walls if wall < (left + right) / 2)])
    x1 = min([right + high * _BESIDE, image.shape[1], *(wall - 4 for wall in walls if wall > (left + right) / 2)])
    y0, y1 = max(piece.y0 - high * _ABOVE, 0.0), min(piece.y1 + high * _ABOVE, image.shape[0])
    levels = [y for a, y, b, other in strokes if y == other and a <= (left + right) / 2 <= b]
    y0 = max([y0, *(level + 4 for level in levels if level < middle)])
    y1 = min([y1, *(level - 4 for level in levels if level > middle)])
    cut = image[round(y0) : max(round(y1), round(y0) + 1), round(x0) : max(round(x1), round(x0) + 1)]
    return cv2.resize(cut, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_CUBIC)


def without_doubt(piece: Piece) -> str:
    """The text, without a character of the numbers on which the readings differ."""
    text = piece.text
    for number in piece.numbers():
        if not number.agreed:
            text = text[: number.first] + UNKNOWN * (number.last - number.first) + text[number.last :]
    return text
