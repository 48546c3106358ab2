"""How the names of a header stood over each other before it flowed into lines: all ways that they allow (散行表头)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from jsextract.model.document import Cell
from jsextract.rules.table_definitions import TableDef, TableKind, named
from jsextract.tables.row_names import fold
from jsextract.text.tokens import strip_ordinal

_CODE = re.compile(r"(编码|代码|编号)$|^[类款项]$")
_LINE = re.compile(r"^(行次|栏次|序号|行号)$")
_NAME = re.compile(r"名称$|^(项目|(支出)?(功能|经济)?(分类)?科目|支出项目|收入项目)(（.*）)?$")
_SIDES = frozenset({"收入", "支出", "人员经费", "公用经费"})
_STEPS = 4_000


class Name(Struct, frozen=True):
    """A cell of a header.

    Attributes:
        at: its place among the header's texts, which tells equal ones apart.
    """

    text: str
    at: int


Path = tuple[Name, ...]
"""The names over one column, from the top down."""


def distinct_heads(rows: Sequence[Sequence[str]], definition: TableDef) -> Iterator[tuple[Path, ...]]:
    """Of the ways that `heads` finds one for each order of columns; what stands over the names of rows is all one."""
    seen: set[tuple[tuple[str, ...], ...]] = set()
    for paths in heads(rows, definition):
        kinds = map(kind_of, paths)
        told = tuple(
            tuple(name.text for name in path) if kind == "value" else (kind,)
            for path, kind in zip(paths, kinds, strict=True)
        )
        if told not in seen:
            seen.add(told)
            yield paths


def heads(rows: Sequence[Sequence[str]], definition: TableDef) -> Iterator[tuple[Path, ...]]:
    """Every way to set the texts of a header over columns that the table knows.

    Args:
        rows: the texts of each row, merged ones once; a single row may be several that flowed into one.
        definition: whose columns they are.
    """
    split: Iterable[Sequence[Sequence[Name]]]
    texts = [Name(text, at) for at, text in enumerate(text for row in rows for text in row if text)]
    if len(rows) > 1:
        ends = [sum(1 for row in rows[:n] for text in row if text) for n in range(len(rows) + 1)]
        split = [[texts[a:b] for a, b in pairwise(ends) if a < b]]
    else:
        split = _splits(texts)
    search = _Search(definition)
    for levels in split:
        first = [(name,) for name in levels[0]]
        yield from (tuple(way) for way in search.below(first, levels[1:]))


def _splits(texts: Sequence[Name]) -> Iterator[Sequence[Sequence[Name]]]:
    """Every way to part the texts into one to three rows."""
    end = len(texts)
    yield [texts]
    for first in range(1, end):
        yield [texts[:first], texts[first:]]
    for first in range(1, end - 1):
        for second in range(first + 1, end):
            yield [texts[:first], texts[first:second], texts[second:]]


class _Search:
    """A search for the columns of one table, which ends after so many steps."""

    def __init__(self, definition: TableDef) -> None:
        self.definition = definition
        self.left = _STEPS

    def below(self, paths: Sequence[Path], levels: Sequence[Sequence[Name]]) -> Iterator[list[Path]]:
        """The paths with the further rows under them, in every way; all of them columns of the table."""
        if not levels:
            if all(_is_known(path, self.definition) for path in paths):
                yield list(paths)
            return
        for way in self._handed_out(paths, levels[0], last=len(levels) == 1):
            yield from self.below(way, levels[1:])

    def _handed_out(self, paths: Sequence[Path], names: Sequence[Name], *, last: bool) -> Iterator[list[Path]]:
        """Every way to put the names of a row under the paths, in order: under each none, or several that differ."""
        self.left -= 1
        if not paths:
            if not names:
                yield []
            return
        for count in (0, *range(2, len(names) + 1)):
            if self.left < 0:
                return
            if not _differ(names[:count]):
                continue
            own: list[Path] = [(*paths[0], name) for name in names[:count]] or [paths[0]]
            if last and not all(_is_known(path, self.definition) for path in own):
                continue
            for others in self._handed_out(paths[1:], names[count:], last=last):
                yield [*own, *others]


def _differ(names: Sequence[Name]) -> bool:
    """Whether names under one name differ, or return in the same order, each with its own name for its rows."""
    texts = [name.text for name in names]
    period = len(set(texts))
    if period == len(texts):
        return True
    named_rows = any(kind_of((name,)) == "name" for name in names)
    return named_rows and len(texts) % period == 0 and texts == texts[:period] * (len(texts) // period)


def kind_of(path: Path) -> str:
    """code, name, line or value: what stands in a column, by its lowest name."""
    leaf = fold(path[-1].text)
    kinds = (("code", _CODE.search), ("line", _LINE.match), ("name", _NAME.search))
    return next((kind for kind, fits in kinds if fits(leaf)), "value")


def _is_known(path: Path, definition: TableDef) -> bool:
    """Whether a table of this kind has such a column; names of rows stand under no value, and no value under them."""
    above = [kind_of((name,)) == "value" and fold(name.text) not in _SIDES for name in path[:-1]]
    if kind_of(path) != "value":
        return not any(above)
    if any(kind_of((name,)) != "value" for name in path[:-1]):
        return False
    levels = [strip_ordinal(fold(name.text)) for name in path]
    if definition.kind == TableKind.THREE_PUBLIC:
        ways = ((levels[0], levels[1:]), (levels[-1], levels[:-1]))  # the items below 预算数 and 决算数, or above
        return any(named(definition.columns, column) and named(definition.items, "/".join(i)) for column, i in ways)
    sides = next((n for n, level in enumerate(levels) if level not in _SIDES), len(levels) - 1)
    return bool(named(definition.columns, "/".join(levels)) or named(definition.columns, "/".join(levels[sides:])))


def header_cells(paths: Sequence[Path], page: int) -> list[Cell]:
    """The cells of a header, merged over the columns that share a name and down to its last row."""
    depth = max(map(len, paths))
    cells: list[Cell] = []
    for level in range(depth):
        columns = [(index, path[level] if level < len(path) else None) for index, path in enumerate(paths)]
        for name, group in groupby(columns, key=lambda pair: pair[1]):
            own = [index for index, _ in group]
            if name is None:
                continue
            ends = all(len(paths[index]) == level + 1 for index in own)
            cells.append(
                Cell(
                    row=level, col=own[0], row_span=depth - level if ends else 1, col_span=len(own), page=page,
                    box=None, text=name.text,
                )
            )  # fmt: skip
    return cells
