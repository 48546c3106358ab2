"""The lines of a cell as its text: in order, joined as they were printed (单元格文字)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.text.amounts import parse_number
from jsextract.text.tokens import ends_in_cents

# Marks that belong to the words around them.
_MARKS = frozenset("（）《》“”、；：")
# Names spread over their cell (因 公 出 国): the spaces are no part of them.
_SPREAD = re.compile(r"(?<=[^\x00-\u2e7f]) (?=\S)|(?<=\S) (?=[^\x00-\u2e7f])")


def script_of(char: str) -> str:
    """Letters that are written without spaces, figures, or anything else."""
    if unicodedata.category(char) == "Lo" or char in _MARKS:
        return "han"
    return "figure" if char.isdigit() or char in ",.，．-－" else "other"


def in_order(lines: list[Line]) -> list[Line]:
    """Top to bottom; pieces that stand beside each other, even a little up or down, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda p: p.box.cy if p.box else 0.0):
        if rows and _stands_beside(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [p for row in rows for p in sorted(row, key=lambda q: q.box.x0 if q.box else 0.0)]


def _stands_beside(line: Line, row: list[Line]) -> bool:
    """Whether a piece stands beside those of a row, not under them."""
    box, first, own = line.box, row[0].box, LAYOUT.assign
    if box is None or first is None or box.cy - first.cy >= line.size * own.beside:
        return False
    return all(
        p.box is not None and (box.x0 >= p.box.x1 - own.overlap or box.x1 <= p.box.x0 + own.overlap) for p in row
    )


def _is_wide(char: str) -> bool:
    """Whether a character is set without spaces around it, as Chinese ones are."""
    return ord(char) > 0x2E7F


def _wrapped(first: str, second: str, filled: float) -> bool:
    """Whether figures on two lines are one number, wrapped; `filled` is the share of the cell that the first takes."""
    whole = parse_number(first + second) is not None
    if whole and parse_number(first) is None and any(c.isdigit() for c in first):
        return True  # 15,072, over 245.15
    if whole and ends_in_cents(first + second) and not ends_in_cents(first):
        return filled > LAYOUT.assign.wrapped_cents  # 1,161.9 over 5
    return filled > LAYOUT.assign.wrapped


def cell_text(lines: Sequence[Line], width: float = 0.0) -> str:
    """The text of a cell: lines joined, without a space where a Chinese character stands on either side.

    Figures on two lines are one wrapped number only where the first is none by itself or fills the cell; two numbers
    that stand under each other stay two, told apart by a line break.

    Args:
        lines: in order.
        width: of the cell in points, to tell wrapped figures from two numbers.
    """
    text = ""
    previous: Line | None = None
    for line in lines:
        if previous is None or not text:
            text = line.text
        elif _is_wide(text[-1]) or _is_wide(line.text[0]):
            text += line.text
        elif script_of(text[-1]) == script_of(line.text[0]) == "figure":
            filled = previous.box.width / width if previous.box is not None and width > 0 else 0.0
            text += line.text if _wrapped(text.rpartition("\n")[2], line.text, filled) else "\n" + line.text
        else:
            text += " " + line.text
        previous = line
    return _SPREAD.sub("", text)
