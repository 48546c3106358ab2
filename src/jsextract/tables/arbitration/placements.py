"""Pages of a table without some of its columns: the sums of the table tell which were left out (续页缺列的定位)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby, product

from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.rules.table_definitions import TableDef
from jsextract.tables import read_tables
from jsextract.tables.arbitration.verdict import Judge
from jsextract.tables.header import take_apart
from jsextract.vocabulary import Flag

MOST = 200  # placements that are tried: all of any standard table's


def with_placements(tables: Sequence[Table], definitions: Sequence[TableDef], judge: Judge) -> tuple[Table, ...]:
    """The tables, those with pages that lack columns with their figures in the columns that their sums ask for.

    Args:
        tables: of the layout; `chosen` says of which pages columns are missing.
        definitions: of the standard tables.
        judge: how well the cells of a table agree with one another.

    Returns:
        A table whose sums hold in one placement alone is in doubt no more; where several hold, or none, it stays as it
        was.
    """
    return tuple(_placed(table, definitions, judge) if table.chosen else table for table in tables)


def _placed(table: Table, definitions: Sequence[TableDef], judge: Judge) -> Table:
    """One table in the only placement that its sums allow; as it is where they allow none or several."""
    moves = list(_moves(table))
    if len(moves) > MOST:
        return table
    tried = [_moved(table, move) for move in moves]
    worth = [_worth(other, definitions, judge) for other in tried]
    best = max(worth, default=(False, 0))
    if not best[0] or worth.count(best) > 1:
        return table
    chosen = tried[worth.index(best)]
    return replace(chosen, flags=tuple(sorted({*chosen.flags, Flag.ARBITRATED} - {Flag.LOW_CONFIDENCE})))


def _worth(table: Table, definitions: Sequence[TableDef], judge: Judge) -> tuple[bool, int]:
    """Whether no sum of a table fails, and how many hold."""
    verdicts = [judge(r.cells, r.table_id) for r in read_tables((table,), definitions)]
    return not any(v.failed for v in verdicts), sum(v.satisfied for v in verdicts)


def _moves(table: Table) -> Iterator[Mapping[int, int]]:
    """From column to column, for figures on the pages that lack some: every placement that keeps their order."""
    filled = {c.col for c in table.cells if c.page in table.chosen and c.text}
    columns = [c for c in take_apart(table).columns if c.kind == "value"]
    runs = [
        [column.index for _, column in run]
        for _, run in groupby(enumerate(columns), lambda pair: pair[1].index - pair[0])
    ]
    own = [[col for col in run if col in filled] for run in runs]
    for places in product(*(combinations(run, len(here)) for run, here in zip(runs, own, strict=True))):
        pairs = zip(own, places, strict=True)
        yield {a: b for here, there in pairs for a, b in zip(here, there, strict=True)}


def _moved(table: Table, move: Mapping[int, int]) -> Table:
    """The table with the figures of those pages in other columns, which change places with blank ones."""
    given = [b for a, b in move.items() if a != b]
    free = [a for a in move if a not in move.values()]
    back = dict(zip((b for b in given if b not in move), free, strict=True))
    whole = {**move, **back}
    cells = [_in_column(c, whole) if c.page in table.chosen and c.col_span == 1 else c for c in table.cells]
    return replace(table, cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))))


def _in_column(cell: Cell, columns: Mapping[int, int]) -> Cell:
    """A cell in the column that takes the place of its own."""
    return replace(cell, col=columns.get(cell.col, cell.col))
