"""How many rows of a picture coded as a fax can be read (传真编码, T.4 and T.6).

The coding has no checksum, and what draws it leaves rows white that it cannot read, as if they were paper.
"""

from __future__ import annotations

from typing import Any

from pdfminer.ccitt import CCITTG4Parser

_EOL_ZEROS = 11  # before the one of the mark that ends a line; no code begins with so many
_PASS, _HORIZONTAL, _END = "p", "h", "e"
_LONGEST = 64  # from here on a code is a part of a run
MOST_BYTES = 4 << 20
"""Of a picture that is looked at: what the largest page has uncoded."""


class _Broken(Exception):  # noqa: N818 (the name says what is the matter)
    """There is no such code, or the data end within one."""


class _Ended(Exception):  # noqa: N818 (the name says what is the matter)
    """The mark of the end was met."""


def rows_read(data: bytes, columns: int, most: int, k: int = 0, *, aligned: bool = False) -> int:
    """The rows that are read without an error, lines with one left out where a mark tells where the next begins.

    Args:
        data: the coded picture.
        columns: pixels of a row.
        most: rows that are wanted.
        k: below zero T.6 (G4), zero T.4 in one dimension (G3), above in two, as PDF says it.
        aligned: whether each row begins with a byte.
    """
    fax = _Fax(data, columns, k, aligned=aligned)
    rows = tried = 0
    while tried < most:
        tried += 1
        try:
            fax.row()
        except _Ended:
            break
        except _Broken:
            if k < 0 or not fax.found_mark():
                break
            continue
        rows += 1
    return rows


class _Fax:
    """The bits of a picture, row by row; `changes` are the places of the last row at which its colour changes."""

    def __init__(self, data: bytes, columns: int, k: int, *, aligned: bool) -> None:
        self.data, self.at, self.end = data, 0, len(data) * 8
        self.columns, self.k, self.aligned = columns, k, aligned
        self.changes: list[int] = []

    def row(self) -> None:
        """Reads one row; _Broken, _Ended where there is none."""
        if self.aligned:
            self.at = (self.at + 7) & ~7
        marked = self.k >= 0 and self._passed_mark()
        if marked and self._passed_mark():
            raise _Ended
        if self.k < 0 or (self.k > 0 and not self._bit()):
            self.changes = self._in_two_dimensions()
        else:
            self.changes = self._in_one_dimension()

    def found_mark(self) -> bool:
        """Goes on to the next mark of a line's end; False where there is none."""
        zeros = 0
        while self.at < self.end:
            if not self._bit():
                zeros += 1
            elif zeros >= _EOL_ZEROS:
                self.at -= _EOL_ZEROS + 1
                return True
            else:
                zeros = 0
        return False

    def _passed_mark(self) -> bool:
        """Whether a mark stands here, which is passed with the filling before it; the bit behind it is not."""
        before, zeros = self.at, 0
        while self.at < self.end and not self._bit():
            zeros += 1
        if zeros >= _EOL_ZEROS and self.at < self.end:
            return True
        self.at = before
        return False

    def _bit(self) -> int:
        if self.at >= self.end:
            raise _Broken
        bit = self.data[self.at >> 3] >> (7 - (self.at & 7)) & 1
        self.at += 1
        return bit

    def _code(self, tree: Any) -> Any:
        """What the next code of a tree means."""
        found = tree
        while isinstance(found, list):
            found = found[self._bit()]
        if found is None:
            raise _Broken
        return found

    def _run(self, *, black: bool) -> int:
        """The length of a run."""
        tree = CCITTG4Parser.BLACK if black else CCITTG4Parser.WHITE
        length = part = self._code(tree)
        while part >= _LONGEST:
            part = self._code(tree)
            length += part
        return int(length)

    def _in_one_dimension(self) -> list[int]:
        found: list[int] = []
        at, black = 0, False
        while at < self.columns:
            at += self._run(black=black)
            found.append(at)
            black = not black
        if at > self.columns:
            raise _Broken
        return found

    def _in_two_dimensions(self) -> list[int]:
        above = [*self.changes, *[self.columns] * 4]
        found: list[int] = []
        at, black, b = -1, False, 0
        while at < self.columns:
            b = _first_right_of(above, at, b, black=black)
            mode = self._code(CCITTG4Parser.MODE)
            if mode == _PASS:
                at = above[b + 1]
            elif mode == _HORIZONTAL:
                at = max(at, 0) + self._run(black=black)
                found.append(at)
                at += self._run(black=not black)
                found.append(at)
            elif mode == _END:
                raise _Ended
            elif isinstance(mode, int) and max(at, 0) <= above[b] + mode:
                at = above[b] + mode
                found.append(at)
                black = not black
            else:
                raise _Broken
        if at > self.columns:
            raise _Broken
        return found


def _first_right_of(above: list[int], at: int, start: int, *, black: bool) -> int:
    """The first change right of a place, from another colour to this one's opposite, in the row above."""
    b = max(start - 1, 0)
    while b and above[b - 1] > at:
        b -= 1
    b += b % 2 != black
    while above[b] <= at and above[b] < above[-1]:
        b += 2
    return b
