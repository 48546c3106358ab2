"""How the names of a header stood over each other before it flowed into lines: all ways that they allow (散行表头)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, takewhile

from msgspec import Struct

from jsextract.model.document import Cell
from jsextract.rules.table_definitions import TableDef, TableKind, named
from jsextract.tables.row_names import fold
from jsextract.text.tokens import strip_ordinal

_CODE = re.compile(r"(编码|代码|编号)$|^[类款项]$")
_LINE = re.compile(r"^(行次|栏次|序号|行号)$")
_NAME = re.compile(r"名称$|^(项目|(支出)?(功能|经济)?(分类)?科目|支出项目|收入项目)(（.*）)?$")
_SIDES = frozenset({"收入", "支出", "人员经费", "公用经费"})
_DEEPEST = 3  # names over each other
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
Texts = tuple[str, ...]


class Heads:
    """The ways to set names over the columns of one table; what it found out about a path it remembers."""

    def __init__(self, definition: TableDef) -> None:
        self._definition = definition
        self._columns: dict[Texts, str] = {}
        self._found: dict[tuple[Texts, ...], list[tuple[Path, ...]]] = {}

    def distinct(self, rows: Sequence[Sequence[str]]) -> list[tuple[Path, ...]]:
        """Every order of columns that the texts of a header allow; what stands over the names of rows is all one.

        Args:
            rows: the texts of each row, merged ones once; a single row may be several that flowed into one.
        """
        key = tuple(own for row in rows if (own := tuple(text for text in row if text)))
        if key not in self._found:
            names = [Name(text, at) for at, text in enumerate(text for row in key for text in row)]
            ends = set(accumulate(map(len, key))) if len(rows) > 1 else range(len(names) + 1)
            ways = (tuple(paths) for paths in _Search(self, names, ends).ways() if self._fits(paths))
            self._found[key] = list({tuple(map(_told, paths)): paths for paths in ways}.values())
        return self._found[key]

    def column(self, path: Texts) -> str:
        """The table's name of a column of values, `name` of one that names rows; blank where it has no such column.

        Names of rows stand under no value, and no value under them; a side stands over all.
        """
        if path not in self._columns:
            kinds = [kind_of_name(text) for text in path]
            own = "" if any(fold(text) in _SIDES for text in path[1:]) else self._column(path, kinds)
            self._columns[path] = own
        return self._columns[path]

    def _column(self, path: Texts, kinds: Sequence[str]) -> str:
        if kinds[-1] != "value":
            over = zip(kinds[-2::-1], kinds[:0:-1], path[-2::-1], strict=True)
            fits = all(up == "name" or up == own == "code" or fold(text) in _SIDES for up, own, text in over)
            return "name" if fits else ""
        if any(kind != "value" for kind in kinds):
            return ""
        levels = [strip_ordinal(fold(text)) for text in path]
        definition = self._definition
        if definition.kind == TableKind.THREE_PUBLIC:
            ways = ((levels[0], levels[1:]), (levels[-1], levels[:-1]))  # the items below 预算数 and 决算数, or above
            found = [(named(definition.columns, m), named(definition.items, "/".join(i))) for m, i in ways]
            return next((f"{item}/{measure}" for measure, item in found if measure and item), "")
        sides = next((n for n, level in enumerate(levels) if level not in _SIDES), len(levels) - 1)
        whole = named(definition.columns, "/".join(levels))
        return whole or named(definition.columns, "/".join(levels[sides:]))

    def _fits(self, paths: Sequence[Path]) -> bool:
        """Whether columns can be those of the table: what names rows and then values, once or on several sides."""
        sides = [[*own] for _, own in groupby(paths, lambda path: fold(path[0].text) in _SIDES and path[0])]
        parts = [(kind == "value", [*own]) for side in sides for kind, own in groupby(side, _part_of)]
        names = [[self.column(texts_of(path)) for path in own] for is_value, own in parts if is_value]
        kind = self._definition.kind
        whole = [is_value for is_value, _ in parts] == [False, True] * len(names)
        if kind == TableKind.THREE_PUBLIC:
            whole = len(names) == 1 and parts[-1][0]
        elif kind == TableKind.CODED:
            whole = whole and len(names) == 1
        elif kind == TableKind.TWO_SIDED:
            whole = whole and len(names) > 1
        return whole and all(len({*own}) == len(own) for own in names)


def _part_of(path: Path) -> str:
    return kind if (kind := kind_of(path)) == "value" else "name"


def _told(path: Path) -> Texts:
    """What tells a column: its names, or that it names rows."""
    return texts_of(path) if (kind := kind_of(path)) == "value" else (kind,)


class _Search:
    """A search for the columns over which one header's names stand, which ends after so many steps."""

    def __init__(self, known: Heads, names: Sequence[Name], ends: Collection[int]) -> None:
        self._heads, self._names, self._ends = known, names, ends
        self._may: dict[tuple[Path, int], bool] = {}
        self._left = _STEPS

    def ways(self) -> Iterator[list[Path]]:
        """Every way to set the names over columns, all of them columns of the table."""
        sides = sum(1 for _ in takewhile(lambda name: fold(name.text) in _SIDES, self._names))
        for end in (sides,) if sides else range(1, len(self._names) + 1):  # where there are sides nothing stands above
            first: list[Path] = [(name,) for name in self._names[:end]]
            if not all(self._may_be(path, end) for path in first):
                return  # nor with fewer names below
            if end in self._ends:
                yield from self._below(first, end)

    def _below(self, paths: list[Path], start: int) -> Iterator[list[Path]]:
        """The paths with the names from `start` on in the rows under them."""
        if start == len(self._names):
            yield paths
            return
        for end in range(start + 2, len(self._names) + 1):
            if end in self._ends:
                for way in self._handed_out(paths, start, end):
                    yield from self._below(way, end)

    def _handed_out(self, paths: list[Path], start: int, end: int) -> list[list[Path]]:
        """Every way to put the names of a row under the paths, in order: under each none, or several that differ."""
        found: dict[tuple[int, int], list[list[Path]]] = {}

        def rest(i: int, j: int) -> list[list[Path]]:
            if i == len(paths):
                return [[]] if j == end else []
            if (i, j) not in found:
                self._left -= 1
                found[i, j] = [[*own, *others] for own, to in under(i, j) for others in rest(i + 1, to)]
            return found[i, j]

        def under(i: int, j: int) -> Iterator[tuple[list[Path], int]]:
            if self._left < 0:
                return
            if self._may_be(paths[i], end):
                yield [paths[i]], j
            own: list[Path] = []
            for to in range(j, end if len(paths[i]) < _DEEPEST else j):
                below = (*paths[i], self._names[to])
                if not self._may_be(below, end):
                    return
                own.append(below)
                if len(own) > 1 and _differ(self._names[j : to + 1]):
                    yield [*own], to + 1

        return rest(0, start)

    def _may_be(self, path: Path, start: int) -> bool:
        """Whether a path is a column, or with names from `start` on under it."""
        key = path, start
        may = self._may.get(key)
        if may is None:
            later = range(start, len(self._names)) if len(path) < _DEEPEST else ()
            may = self._heads.column(texts_of(path)) != "" or any(
                self._may_be((*path, self._names[at]), at + 1) for at in later
            )
            self._may[key] = may
        return may


def texts_of(path: Path) -> Texts:
    """The words of a path."""
    return tuple(name.text for name in path)


def _differ(names: Sequence[Name]) -> bool:
    """Whether names under one name differ, or return in the same order, each with its own name for its rows."""
    texts = [name.text for name in names]
    period = len(set(texts))
    if period == len(texts):
        return True
    named_rows = any(kind_of_name(name.text) == "name" for name in names)
    return named_rows and len(texts) % period == 0 and texts == texts[:period] * (len(texts) // period)


def kind_of(path: Path) -> str:
    """code, name, line or value: what stands in a column, by its lowest name."""
    return kind_of_name(path[-1].text)


@lru_cache(1024)
def kind_of_name(text: str) -> str:
    """code, name, line or value: what stands below a name."""
    leaf = fold(text)
    kinds = (("code", _CODE.search), ("line", _LINE.match), ("name", _NAME.search))
    return next((kind for kind, fits in kinds if fits(leaf)), "value")


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
