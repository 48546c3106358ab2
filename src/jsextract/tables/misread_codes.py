"""Codes of which a picture was misread: those of the names beside them, in the order of the rows (误识的科目编码).

A code stands in one cell, or its 类 款 项 in three. Code and name speak for each other, and the rows above say under
which class a row stands; what they leave open stays as read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from jsextract.model.document import Cell
from jsextract.tables.alike import distance, is_near
from jsextract.tables.row_names import canonical, join_code
from jsextract.text.amounts import UNKNOWN
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_code
from jsextract.vocabulary import Flag

_PART = re.compile(r"[^\u4e01-\u9fff]{1,9}")  # 一 may be a misread digit
_TWO = re.compile(r"\d\d")
_HAN = re.compile(r"[\u4e01-\u9fff]")
_LEVELS = (3, 2, 2)  # digits of 类 款 项
_MOST = 0.5  # of what is told in a column of codes
Names = Mapping[str, Sequence[str]]


class CodeMender:
    """Mends the codes of one table, row by row from the top.

    Args:
        rows: the rows of the table below its header.
        names: those that codes have.
    """

    def __init__(self, rows: Iterable[Sequence[Cell]], names: Names) -> None:
        self.names = names
        columns: dict[int, list[str]] = defaultdict(list)
        for cell in (cell for row in rows for cell in row if cell.col_span == 1):
            columns[cell.col].append(squeeze(cell.text))
        self._codes = {col for col, said in columns.items() if _most(said, is_code)}
        self._parted = 0 in self._codes and all(_most(columns[col], _TWO.fullmatch) for col in (1, 2))
        self._kinds = {text[0] for col in self._codes for text in columns[col] if is_code(text)}
        self._above = ""

    def mended(self, row: Sequence[Cell]) -> list[Cell]:
        """The cells of a row, misread codes as they have to be, and the names beside them with a flag that says so."""
        found = list(row)
        for i, cell in enumerate(row):
            parts = self._parts_before(row, i) if _HAN.search(cell.text) else []
            if not parts:
                continue
            printed = canonical(cell.text)[0]
            code, name = self._right([squeeze(row[p].text) for p in parts], printed)
            if code:
                read = "".join(squeeze(row[p].text) for p in (*parts, i))
                text = cell.text if name == printed else name
                found[i] = replace(cell, text=text, flags=(*cell.flags, f"{Flag.NAME_CORRECTED}:{read}"))
                for p, text in zip(parts, _split(code, len(parts)), strict=True):
                    found[p] = replace(row[p], text=text)
            said = code or join_code([row[p].text for p in parts])
            self._above = said if said in self.names else self._above
        return found

    def code_before(self, row: Sequence[Cell], index: int) -> str:
        """The code beside the name at a place of a row; blank where it has none, or a part of it could not be told."""
        parts = [squeeze(row[p].text) for p in self._parts_before(row, index)]
        return join_code(parts) if all(part.isdigit() for part in parts) else ""

    def _parts_before(self, row: Sequence[Cell], index: int) -> list[int]:
        """The places of the cells before a name that its code stands in, one or up to three; none where it has none."""
        if self._parted and index == len(_LEVELS):
            places = list(range(index))
        else:
            places = [index - 1] if index and row[index - 1].col in self._codes else []
        filled = [p for p in places if squeeze(row[p].text)]
        plain = all(_PART.fullmatch(squeeze(row[p].text)) for p in filled)
        return filled if plain and filled == places[: len(filled)] else []

    def _right(self, parts: Sequence[str], name: str) -> tuple[str, str]:
        """Code and name of a row whose code is of no list, or not whole; blank where nothing tells it."""
        if all(part.isdigit() for part in parts) and join_code(list(parts)) in self.names:
            return "", ""
        fitting = list(self._fitting(parts, name))
        best = [found for found in fitting if found[1] == name] or fitting
        for ways in (best, [found for found in best if self._is_next(found[0])]):
            if len(ways) == 1:
                return ways[0]
        return "", ""

    def _fitting(self, parts: Sequence[str], name: str) -> Iterator[tuple[str, str]]:
        """The codes that the parts can be, with the name of theirs that the row can have."""
        for code, own in self.names.items():
            off = _off(parts, code)
            if off > 1 or code[0] not in self._kinds:
                continue
            if name in own:
                yield code, name
            elif self._is_next(code):
                near = [other for other in own if is_near(name, other)]
                if near:
                    yield code, min(near, key=lambda other: distance(name, other))

    def _is_next(self, code: str) -> bool:
        """Whether a code can follow that of the row above: further down, or under one that the row stands under."""
        above = self._above
        return code > above and (len(code) == _LEVELS[0] or above.startswith(code[:-2]))


def _most(said: Iterable[str], is_part: Callable[[str], object]) -> bool:
    """Whether most of what could be told is a code."""
    told = [text for text in said if text.strip(UNKNOWN)]
    return sum(bool(is_part(text)) for text in told) > len(told) * _MOST


def _split(code: str, parts: int) -> list[str]:
    """A code as it stands in so many cells."""
    if parts == 1:
        return [code]
    return [code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))]


def _off(parts: Sequence[str], code: str) -> int:
    """How many digits of a code were misread; more than one where it has another number of parts."""
    if len(parts) > 1 and len(code) != sum(_LEVELS[: len(parts)]):
        return len(code)
    return sum(_part_off(read, own) for read, own in zip(parts, _split(code, len(parts)), strict=True))


def _part_off(read: str, own: str) -> int:
    """How many digits of a part are others; none where it could not be told, as a letter cannot."""
    plain = "".join(UNKNOWN if char.isalpha() else char for char in read if char.isalnum() or char == UNKNOWN)
    return 0 if not plain.strip(UNKNOWN) else distance(plain, own)
