"""Pictures of pages as lines, rulings and marks: each number read twice (扫描页)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jsextract.model.document import Line, Mark, Ruling
from jsextract.model.geometry import Box
from jsextract.readers.ocr import doubt, engine
from jsextract.readers.ocr.doubt import Number, Piece
from jsextract.readers.ocr.engine import Pixels
from jsextract.readers.ocr.faint import is_illegible
from jsextract.readers.ocr.overlooked import overlooked
from jsextract.readers.ocr.picture import find_strokes, is_blank, pixels
from jsextract.readers.ocr.sheet import read_sheet
from jsextract.readers.ocr.streaks import run_through
from jsextract.readers.page_work import Picture
from jsextract.readers.recognised import Recognised
from jsextract.text.amounts import UNKNOWN
from jsextract.vocabulary import Flag

_TYPE = 0.8  # the height of type as a share of a word's, which is found with white around it
_ROW = 0.4  # heights of type: words whose middles are no further apart are of one line
_GAP = 0.4  # heights of type: a wider gap is a space
_SHOWN = 24  # characters of a reading in a flag
_SURE = 0.9  # a number with a character less sure than this is in doubt even where both readings share it


class RapidReader:
    """Reads with rapidocr; nothing of it is loaded before the first page."""

    name = "rapidocr"

    @property
    def model(self) -> str:
        """The versions of what recognises."""
        return engine.versions()

    def read(self, picture: Picture) -> Recognised:
        """What is seen on the page, set straight; characters of numbers on which two readings differ are unknown."""
        image = pixels(picture.image)
        scale = picture.width / image.shape[1]
        sheet, words = read_sheet(image, engine.find_words)
        image = sheet.image
        strokes = find_strokes(image)
        found = [piece for word in words for piece in doubt.pieces(word, strokes)]
        found = [doubt.read_again(piece, image, strokes) for piece in found]
        found += overlooked(image, found, strokes)
        if is_illegible(image, found):
            return Recognised()  # the little that was found would pass for all that is printed
        return Recognised(
            tuple(_line(row, scale) for row in rows(found)),
            tuple(Ruling(*(edge * scale for edge in stroke)) for stroke in strokes),
            tuple(mark for piece in found for mark in (*marks(piece, scale), *_streaked(piece, sheet.streaks, scale))),
            sheet.quarters * 90,
            sheet.mesh and sheet.mesh.bend(scale),
            blank=not found and not strokes and is_blank(image),
        )


def rows(found: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces that stand beside each other, from left to right; the rows from top to bottom."""
    lines: list[list[Piece]] = []
    for piece in sorted(found, key=lambda piece: piece.y0 + piece.y1):
        middle, high = (piece.y0 + piece.y1) / 2, (piece.y1 - piece.y0) * _TYPE
        home = next((line for line in lines[-8:] if _is_beside(piece, line, middle, high)), None)
        if home is None:
            lines.append([piece])
        else:
            home.append(piece)
    return [sorted(line, key=lambda piece: piece.chars[0].x0) for line in lines]


def _is_beside(piece: Piece, line: Sequence[Piece], middle: float, high: float) -> bool:
    first = line[0]
    if abs((first.y0 + first.y1) / 2 - middle) > high * _ROW:
        return False
    left, right = piece.chars[0].x0, piece.chars[-1].x1
    return all(right <= other.chars[0].x0 + high or left >= other.chars[-1].x1 - high for other in line)


def _line(row: Sequence[Piece], scale: float) -> Line:
    """A row of pieces as a line in points; a wide gap is one space."""
    high = max(piece.y1 - piece.y0 for piece in row) * _TYPE
    middle = sum(piece.y0 + piece.y1 for piece in row) / len(row) / 2
    text, edges, confidence, end = "", list[tuple[float, float]](), list[float](), None
    for piece in row:
        for shown, char in zip(doubt.without_doubt(piece), piece.chars, strict=True):
            x0, x1 = char.x0 * scale, max(char.x0, char.x1) * scale
            if end is not None and x0 - end > high * scale * _GAP and char is piece.chars[0]:
                text, edges, confidence = text + " ", [*edges, (end, x0)], [*confidence, 1.0]
            text, end = text + shown, x1
            edges.append((x0, x1))
            confidence.append(char.confidence)
    box = Box(
        min(x for x, _ in edges),
        (middle - high / 2) * scale,
        max(x for _, x in edges),
        (middle + high / 2) * scale,
    )
    return Line(0, text, box, tuple(edges), high * scale, confidence=tuple(confidence))


def marks(piece: Piece, scale: float) -> Iterator[Mark]:
    """What is to be said of the numbers in a piece: how sure they are, or what the two readings have."""
    if UNKNOWN in piece.text:
        yield Mark(Flag.UNRECOGNISED, Box(piece.x0 * scale, piece.y0 * scale, piece.x1 * scale, piece.y1 * scale))
    for number in piece.numbers():
        box = _box(number, piece, scale)
        if not number.agreed:
            yield Mark(f"{Flag.READINGS_DIFFER}{'|'.join(map(_said, number.readings))}", box)
            continue
        yield Mark(f"{Flag.RECOGNISED}{number.confidence:.2f}", box)
        if number.confidence < _SURE:
            yield Mark(Flag.LOW_CONFIDENCE, box)


def _streaked(piece: Piece, streaks: Pixels | None, scale: float) -> Iterator[Mark]:
    """Doubts about the numbers in a piece that a streak may have taken a stroke from."""
    return (Mark(Flag.LOW_CONFIDENCE, _box(number, piece, scale)) for number in run_through(piece, streaks))


def _box(number: Number, piece: Piece, scale: float) -> Box:
    """Where a number of a piece is printed, in points."""
    high = (piece.y1 - piece.y0) * (1 - _TYPE) / 2
    own = piece.chars[number.first : number.last]
    x0, x1 = own[0].x0 * scale, max(char.x1 for char in own) * scale
    return Box(x0, (piece.y0 + high) * scale, max(x0, x1), (piece.y1 - high) * scale)


def _said(reading: str) -> str:
    """A reading as a flag can hold it: flags are parted by semicolons and commas."""
    return "".join(char for char in reading if char not in ",;|，；" and char.isprintable())[:_SHOWN]
