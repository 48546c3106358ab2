"""Rows whose blank cells were dropped: what each is called, and the figures that follow it (失空格的行)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from jsextract.rules.table_definitions import TableDef, TableKind, named
from jsextract.tables.flowed_rows import TOTAL, is_figure
from jsextract.tables.row_names import canonical, join_code
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_amount, is_code

_RIGHT = re.compile(r"支出|年末|结余分配")
_SIDE = re.compile(r"收入|支出")
_SIDED = 2


class Part(Struct, frozen=True):
    """One side of a table: the columns that name its rows, and those of its values.

    Attributes:
        stub, values: by number.
    """

    stub: tuple[int, ...]
    values: tuple[int, ...]


class Entry(Struct, frozen=True):
    """One row of one side.

    Attributes:
        part: which side, by number.
        stub: the texts of the columns that name it.
        code: digits; blank where it has none.
        item: its name, canonical.
        line: the number that counts it; 0 where none does.
        figures: those that follow it, in order; fewer than columns where blank cells were dropped.
    """

    part: int
    stub: tuple[str, ...]
    code: str
    item: str
    line: int
    figures: tuple[str, ...]


def parts_of_columns(kinds: Sequence[str]) -> tuple[Part, ...]:
    """The sides of a table by the kinds of its columns."""
    runs = [(is_value, [at for at, _ in own]) for is_value, own in groupby(enumerate(kinds), lambda c: c[1] == "value")]
    if runs and runs[0][0]:
        runs.insert(0, (False, []))
    pairs = zip(runs[::2], runs[1::2], strict=False)
    return tuple(Part(tuple(stub), tuple(values)) for (_, stub), (_, values) in pairs)


def entries_of(texts: Sequence[str], kinds: Sequence[str], definition: TableDef) -> list[Entry] | None:
    """The rows below a header by what names them; None where a text has no place in one.

    Args:
        texts: one a cell, in order, blank ones dropped.
        kinds: what stands in each column (code, name, line, value).
        definition: of the table.
    """
    parts = parts_of_columns(kinds)
    if not parts or (len(parts) > _SIDED and definition.kind == TableKind.TWO_SIDED):
        return None
    if not parts[0].stub:
        whole = len(texts) <= len(parts[0].values) and all(map(is_figure, texts))
        return [Entry(0, (), "", "", 0, tuple(texts))] if whole and texts else None
    stubs = {tuple(kinds[at] for at in part.stub) for part in parts}
    if len(stubs) > 1 or "name" not in next(iter(stubs)):
        return None
    found: list[Entry] = []
    reader = _Reader(texts, kinds, parts[0])
    while reader.at < len(texts):
        read = reader.next_entry()
        if read is None:
            return None
        stub, figures = read
        if not stub:
            continue  # a line that is counted, and nothing in it
        code = join_code([text for text in stub if text.isdigit()]) if "code" in kinds else ""
        item = canonical(stub[-1] if "line" not in kinds else stub[0])[0]
        line = int(stub[-1]) if "line" in kinds and stub[-1].isdigit() else 0
        part = _part_of(found, (code, item, line), definition, len(parts))
        if len(figures) > len(parts[part].values):
            return None
        found.append(Entry(part, stub, code, item, line, figures))
    return found


class _Reader:
    """Goes through the texts below a header, row by row."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[str], part: Part) -> None:
        self._texts = texts
        self._codes = sum(kinds[at] == "code" for at in part.stub)
        self._counts = any(kinds[at] == "line" for at in part.stub)
        self._lines: set[int] = set()
        self.at = 0

    def next_entry(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """What names the next row, and its figures; None where nothing is one."""
        begun = self.at
        self.at += self._code_at(begun)
        if self._counts and self._texts[self.at].isdigit():
            self._count()
            return (), ()
        if self.at == len(self._texts) or is_amount(squeeze(self._texts[self.at])):
            return None
        plain = squeeze(self._texts[self.at])
        if plain.isdigit() or (self._codes and self.at == begun and not TOTAL.fullmatch(plain)):
            return None
        self.at += 1
        if self._counts and self.at < len(self._texts) and self._texts[self.at].isdigit():
            self._count()
        stub = tuple(self._texts[begun : self.at])
        first = self.at
        while self.at < len(self._texts) and self._is_figure(self.at):
            self.at += 1
        return stub, tuple(self._texts[first : self.at])

    def _count(self) -> None:
        self._lines.add(int(self._texts[self.at]))
        self.at += 1

    def _is_figure(self, at: int) -> bool:
        """Whether a text is a figure of the row: not its code, nor what counts the lines."""
        text = self._texts[at]
        if self._counts:
            return is_figure(text) and not (text.isdigit() and int(text) - 1 in self._lines)
        return is_figure(text) and not self._code_at(at)

    def _code_at(self, at: int) -> int:
        """How many texts from this one on are the code of a row, a name behind them; 0 for none."""
        end = at
        while end < len(self._texts) and self._texts[end].isdigit() and end - at < self._codes:
            end += 1
        code = self._texts[at:end]
        is_whole = bool(code) and is_code(join_code(list(code))) and len(code[0]) > 2
        return end - at if is_whole and end < len(self._texts) and not is_figure(self._texts[end]) else 0


def _part_of(before: Sequence[Entry], row: tuple[str, str, int], definition: TableDef, count: int) -> int:
    """Which side a row (code, name, line) is on: by its code, its line, its name; a total's by the row before."""
    code, item, line = row
    if count == 1:
        return 0
    if definition.kind == TableKind.ECONOMIC:
        by_code = (side for side, codes in definition.sides_by_code.items() if code.startswith(tuple(codes)))
        side = next(by_code, "") if code else named(definition.sides_by_item, item)
        return int(bool(side) and list(definition.sides_by_code).index(side) > 0)
    right = [entry.line for entry in before if entry.part and entry.line]
    if line and right:
        return int(line >= right[0])
    if TOTAL.fullmatch(item) and not _SIDE.search(item):
        return int(bool(before) and before[-1].item == item and before[-1].part == 0)
    return int(_RIGHT.search(item) is not None)


def sequence(entries: Sequence[Entry]) -> Iterator[list[int]]:
    """The rows of the table: which entries stand side by side in each, by number."""
    row: list[int] = []
    for at, entry in enumerate(entries):
        if row and entry.part <= entries[row[-1]].part:
            yield row
            row = []
        row.append(at)
    if row:
        yield row
