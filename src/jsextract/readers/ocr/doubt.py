"""Numbers that the readings of a picture must share (双读): those that they do not share have no digits.

The first reading is of the whole page; the second of the place of one number alone, larger, in a frame of its own; the
third, where these two differ, of the same place in another frame. No reading is preferred to another: which of them is
right, the sums of a table may tell later (check/disputed.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jsextract.readers.ocr.bare import Bare, bare_sides
from jsextract.readers.ocr.engine import Char, Pixels, Reading, Stroke, Word, read_strip
from jsextract.text.amounts import UNKNOWN

# Thousands and cents, whatever the marks between them are read as.
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[.,:;]\d{3})+[.:]\d\d")
_NUMBER = re.compile(rf"(?<!\d){_GROUPED.pattern}(?!\d)|[-+]?\.?\d(?:[\d.,]*\d)?%?")
_FOLDED = str.maketrans("０１２３４５６７８９，．－−＋％：；", "0123456789,.--+%:;")
# Groups of three digits, and a point; anything else has lost a character or taken one for another.
_WELL_FORMED = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|\.\d+")
_CENTS = re.compile(r"[.,](\d\d)$")
# Specks of a copy are read as points. One before three digits may be what is left of a thousand; one behind a whole
# number may have cents behind it.
_SPECKED = re.compile(rf"(?:\.(?=\d{{1,2}}[.,:;]))?({_GROUPED.pattern}|[-+]?\d+\.\d\d)[.:]*")
_HAS_POINT = re.compile(r"[.:]\d\d$")
_CUT_OFF = re.compile(r"\.\d{3}[.,]")
# Other marks for a point: a colon, but in what may be a time of day; a comma, but where it may part thousands.
_POINTED = re.compile(r"(?!(?:[1-9]|1\d|2[0-4]):[0-5]\d)[-+]?\d+:\d\d|[-+]?(?:0|\d{4,}),\d\d")
_LETTERS = str.maketrans("OoDlI|iSsBZz:", "000111155822.")
# Letters between digits are digits that were not recognised as such, a colon before the last two is a point.
_AS_LETTERS = re.compile(r"(?=(?:\D*\d){2})[-+]?[\dOoDlI|iSsBZz.,]*(?:[OoDlI|iSsBZz]|:\d\d$)[\dOoDlI|iSsBZz.,]*%?")


_COMMA = re.compile(r"(?<=[\u4e00-\u9fff%％）])[.,](?=[\u4e00-\u9fff（“])")


class Frame(NamedTuple):
    """How a piece is cut out of the page: how much larger, and how much around it, in heights of type."""

    scale: float
    beside: float
    above: float


_MARKS = ".,:;'`·-．，：；－−"
_TYPE = 0.8  # the height of type as a share of a piece's, which is found with white around it
_CARE = 0.3  # heights of type: the places of characters are known so well
SECOND, THIRD = Frame(2.0, 0.8, 0.2), Frame(3.0, 0.4, 0.35)


class Piece(NamedTuple):
    """What of a word stands in one cell.

    Attributes:
        chars: from left to right.
        y0, y1: its upper and lower edge.
        others: what the other readings see there; none where it holds no digit and is not read again.
    """

    chars: tuple[Char, ...]
    y0: float
    y1: float
    others: tuple[Reading, ...] = ()

    @property
    def text(self) -> str:
        """As the first reading has it."""
        return "".join(char.text for char in self.chars)

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return self.chars[-1].x1

    def numbers(self) -> Iterator[Number]:
        """The numbers of the first reading, each with what the others have there.

        Where another has more of them, or fewer, each stands against all of it.
        """
        if not self.others:
            return
        own = _numbers(self.text)
        seen = [_numbers(other.text) for other in self.others]
        for i, found in enumerate(own):
            readings, least = [_bare(found.group())], [char.confidence for char in self.chars[slice(*found.span())]]
            for other, numbers in zip(self.others, seen, strict=True):
                here = numbers[i] if len(numbers) == len(own) else None
                readings.append(_bare(here.group() if here else other.text))
                least += other.confidence[slice(*here.span())] if here else ()
            sure = _WELL_FORMED.fullmatch(_regrouped(found.group())) is not None and len(set(readings)) == 1
            yield Number(found.start(), found.end(), tuple(dict.fromkeys(readings)), min(least), sure)

    @property
    def is_disputed(self) -> bool:
        """Whether the readings differ on a number."""
        return not all(number.agreed for number in self.numbers())


class Number(NamedTuple):
    """A number among the characters of a piece: where it begins and ends, and all different readings of it.

    Attributes:
        confidence: the least of all of its characters, in all readings.
    """

    first: int
    last: int
    readings: tuple[str, ...]
    confidence: float
    agreed: bool


def _numbers(text: str) -> list[re.Match[str]]:
    """The numbers of a text without spaces, as many characters as it has; digits taken for letters belong to them."""
    plain = text.translate(_FOLDED)
    whole = _AS_LETTERS.fullmatch(plain)
    return [whole] if whole else list(_NUMBER.finditer(plain))


def _bare(number: str) -> str:
    """A number without the commas between thousands; a comma for a point and letters are what they look like."""
    plain = number.translate(_FOLDED)
    plain = plain.translate(_LETTERS) if _AS_LETTERS.fullmatch(plain) else plain
    plain = _regrouped(plain)
    odd = _NUMBER.fullmatch(plain) and not _WELL_FORMED.fullmatch(plain) and not _CUT_OFF.match(plain)
    if odd and (cents := _CENTS.search(plain)):
        return f"{re.sub('[.,]', '', plain[: cents.start()])}.{cents[1]}"
    return plain.replace(",", "")


def _regrouped(number: str) -> str:
    """A number with other marks between its thousands or for its point (1.234.56, 1;234:56) with commas and a point."""
    if not (_GROUPED.fullmatch(number) or _POINTED.fullmatch(number)):
        return number
    return f"{re.sub('[.:;]', ',', number[:-3])}.{number[-2:]}"


def pieces(word: Word, strokes: Sequence[Stroke]) -> list[Piece]:
    """A word cut at the upright rulings that run through it, as neighbouring cells are found as one word."""
    middle = (word.y0 + word.y1) / 2
    walls = sorted(x0 for x0, y0, x1, y1 in strokes if x0 == x1 and y0 <= middle <= y1)
    cells: dict[int, list[Char]] = {}
    for char in word.chars:
        cells.setdefault(sum(wall < (char.x0 + char.x1) / 2 for wall in walls), []).append(char)
    return [Piece(_without_specks(chars), word.y0, word.y1) for chars in cells.values()]


def _without_specks(chars: Sequence[Char]) -> tuple[Char, ...]:
    """The characters, of a number with cents without points that belong to none."""
    plain = "".join(char.text for char in chars).translate(_FOLDED)
    number = _SPECKED.fullmatch(plain)
    return tuple(chars[slice(*number.span(1))] if number else chars)


def read_again(piece: Piece, image: Pixels, strokes: Sequence[Stroke]) -> Piece:
    """A piece with digits with what the other readings see at its place; one without digits as it is."""
    if not any(char.isdigit() for char in piece.text):
        return piece
    bare = _bare_sides(piece, image, strokes)
    chars = piece.chars[_unmarked(piece.text, bare)]

    def look(frame: Frame) -> Reading:
        seen = read_strip(strip(piece, image, strokes, frame))
        kept = _unmarked(seen.text, bare)
        return Reading(seen.text[kept], seen.confidence[kept])

    read = piece._replace(chars=chars, others=(look(SECOND),))
    return read._replace(others=(*read.others, look(THIRD))) if read.is_disputed else read


def _bare_sides(piece: Piece, image: Pixels, strokes: Sequence[Stroke]) -> Bare:
    """On which sides of a number that stands alone nothing is printed; on neither of another piece."""
    kept = _unmarked(piece.text, Bare(before=True, behind=True))
    number = piece.text[kept].translate(_FOLDED)
    if not _NUMBER.fullmatch(number):
        return Bare()
    high, digits = (piece.y1 - piece.y0) * _TYPE, piece.chars[kept]
    x0, y0, x1, y1 = _around(piece, image, strokes, SECOND)
    first, last = digits[0].x0 - high * _CARE - x0, digits[-1].x1 + high * _CARE - x0
    return bare_sides(image[y0:y1, x0:x1], high, first, last, has_point=_HAS_POINT.search(number) is not None)


def _unmarked(text: str, bare: Bare) -> slice:
    """Where a text stands without the marks on sides on which nothing is printed."""
    first = len(text) - len(text.lstrip(_MARKS)) if bare.before else 0
    return slice(first, max(len(text.rstrip(_MARKS)), first) if bare.behind else len(text))


def strip(piece: Piece, image: Pixels, strokes: Sequence[Stroke], frame: Frame) -> Pixels:
    """The picture of a piece, enlarged, with as much around it as its cell leaves."""
    import cv2

    x0, y0, x1, y1 = _around(piece, image, strokes, frame)
    return cv2.resize(image[y0:y1, x0:x1], None, fx=frame.scale, fy=frame.scale, interpolation=cv2.INTER_CUBIC)


def _around(piece: Piece, image: Pixels, strokes: Sequence[Stroke], frame: Frame) -> tuple[int, int, int, int]:
    """The place of a piece in whole pixels, with as much around it as its cell leaves."""
    high, middle = piece.y1 - piece.y0, (piece.y0 + piece.y1) / 2
    centre = (piece.x0 + piece.x1) / 2
    walls = [x0 for x0, y0, x1, y1 in strokes if x0 == x1 and y0 <= middle <= y1]
    x0 = max([piece.x0 - high * frame.beside, 0.0, *(wall + 4 for wall in walls if wall < centre)])
    x1 = min([piece.x1 + high * frame.beside, image.shape[1], *(wall - 4 for wall in walls if wall > centre)])
    y0, y1 = max(piece.y0 - high * frame.above, 0.0), min(piece.y1 + high * frame.above, image.shape[0])
    levels = [y for a, y, b, other in strokes if y == other and a <= centre <= b]
    y0 = max([y0, *(level + 4 for level in levels if level < middle)])
    y1 = min([y1, *(level - 4 for level in levels if level > middle)])
    return round(x0), round(y0), max(round(x1), round(x0) + 1), max(round(y1), round(y0) + 1)


def without_doubt(piece: Piece) -> str:
    """The text, without a character of the numbers on which the readings differ; as many characters as it had.

    A point between words, where Chinese has none, is a comma.
    """
    text = piece.text
    for number in piece.numbers():
        printed = text[number.first : number.last].translate(_FOLDED)
        shown = _regrouped(printed) if number.agreed else UNKNOWN * len(printed)
        text = text[: number.first] + shown + text[number.last :]
    return _COMMA.sub("，", text)
