"""Standard tables that web text flowed into lines, one cell a line or parted by tabs, put together again (散行表格).

A table is taken only where its title names it, every name of its header and every cell of its rows has a place, and
its identities choose one reading; else its lines stay what they are, and its figures count as unread.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, islice

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.titles import is_above, is_note, is_title, unit_of
from jsextract.model.document import Cell, Document, Line, Page, Table, numbered
from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.table_definitions import TableDef, bare_title
from jsextract.tables.arbitration.verdict import Judge
from jsextract.tables.flowed_heads import Heads, header_cells, kind_of
from jsextract.tables.flowed_known import ORDER, Known
from jsextract.tables.flowed_lines import Laid, is_parted, ways_cut, ways_laid, ways_parted
from jsextract.tables.flowed_loose import FlowedTable, loose_tables
from jsextract.tables.reading import TableReading, read_tables
from jsextract.text.amounts import parse_number
from jsextract.text.normal import squeeze
from jsextract.text.tokens import begins_part
from jsextract.vocabulary import Flag, Reader

_COUNTS = frozenset({"栏次", "行次"})
_TELLS = re.compile(r"。$|(说明|情况)$")
_LONGEST = 50  # characters: a longer line is no cell's
_FEWEST = 2  # identities that must hold
_TRUSTED = 4  # so many must hold for each that does not
_TRIED = 24  # readings that are judged


class _Run(Struct, frozen=True):
    """Lines under the title of a standard table that may be its cells.

    Attributes:
        start, end: where they stand among the lines of the page.
    """

    definition: TableDef
    title: str
    start: int
    end: int


class _Rules(Struct, frozen=True):
    """What tables are put together by: their definitions, their equations, how well cells agree with one another."""

    definitions: Sequence[TableDef]
    equations: Sequence[EquationRule]
    judge: Judge


def with_flowed_tables(
    document: Document, definitions: Sequence[TableDef], equations: Sequence[EquationRule], judge: Judge
) -> Document:
    """The document with the tables that flowed into lines as grids; pages with places stay as they are.

    Args:
        document: as read.
        definitions: of the standard tables.
        equations: of these, which tell where figures stand whose blank neighbours were lost.
        judge: how well a table's cells agree with one another.
    """
    if not any(page.lines and page.lines[0].box is None for page in document.pages):
        return document
    rules = _Rules(definitions, equations, judge)
    return replace(document, pages=tuple(_put_together(page, rules) for page in document.pages))


def _put_together(page: Page, rules: _Rules) -> Page:
    """A page with its flowed tables as grids among the lines that are left."""
    if page.name or any(line.box is not None for line in page.lines):
        return page
    read = _read(page, rules)
    if not read:
        return page
    found = sorted(read, key=lambda pair: pair[0].start)
    gone = {index for run, _ in found for index in range(run.start, run.end)}
    left = list(accumulate((index not in gone for index in range(len(page.lines))), initial=0))
    grids = [replace(grid, after=left[grid.after]) for grid in page.grids]
    grids += [replace(table, after=left[run.start]) for run, table in found]
    lines = numbered(line for index, line in enumerate(page.lines) if index not in gone)
    return replace(page, lines=lines, grids=tuple(sorted(grids, key=lambda grid: grid.after)))


def _runs(page: Page, definitions: Sequence[TableDef]) -> Iterator[_Run]:
    """The lines under each title of a standard table, up to what is no cell."""
    grids = {grid.after for grid in page.grids}
    lines = page.lines
    titles = {index: found for index, line in enumerate(lines) if (found := _titled(line, definitions)) is not None}
    for index, definition in titles.items():
        start = index + 1
        while start < len(lines) and _stands_over(lines[start]):
            start += 1
        end = next((at for at in range(start, len(lines)) if _ends(at, lines, titles, grids)), len(lines))
        if end > start:
            yield _Run(definition, lines[index].text, start, end)


def _titled(line: Line, definitions: Sequence[TableDef]) -> TableDef | None:
    """The standard table whose title a line is."""
    if "表" not in line.text or "\t" in line.text.strip() or not is_title(line.text):
        return None
    title = bare_title(line.text)
    return next((definition for definition in definitions if definition.reads_title(title)), None)


def _stands_over(line: Line) -> bool:
    """Whether a line under a title stands over the table: its unit, whose it is, nothing."""
    parts = [part for part in line.text.split("\t") if part.strip()]
    return all(unit_of(part) or is_above(part) for part in parts)


def _ends(at: int, lines: Sequence[Line], titles: Collection[int], grids: Collection[int]) -> bool:
    """Whether a table ends before a line: another begins there, a part, a note, or text."""
    text = lines[at].text
    plain = squeeze(text)
    if at in titles or at in grids or begins_part(plain) or is_note(text):
        return True
    return not is_parted(text) and (len(plain) > _LONGEST or _TELLS.search(plain) is not None)


def _read(page: Page, rules: _Rules) -> list[tuple[_Run, Table]]:
    """The tables of a page: first those whose cells are all there, then those whose blank cells were dropped."""
    found: list[tuple[_Run, Table]] = []
    loose: list[tuple[_Run, Heads, list[Laid]]] = []
    known = Known()

    def take(run: _Run, best: tuple[Table, TableReading]) -> None:
        found.append((run, best[0]))
        known.add(run.definition.id, best[1].cells)

    for run in _runs(page, rules.definitions):
        heads = Heads(run.definition)
        ways = list(ways_laid(page.lines[run.start : run.end]))
        whole = (_best(_whole(laid, heads), run, page.number, rules) for laid in ways if not laid.loose)
        best = next(filter(None, whole), None)
        if best is None:
            loose.append((run, heads, [laid for laid in ways if laid.loose]))
        else:
            take(run, best)
    for run, heads, ways in sorted(loose, key=lambda left: _turn(left[0].definition.id)):
        dropped = (
            list(loose_tables(parted, heads, run.definition, rules.equations, known))
            for laid in ways
            for parted in ways_parted(laid)
        )
        # With fewer names in the header another one would be the name of a row.
        if (best := _best(next(filter(None, dropped), []), run, page.number, rules)) is not None:
            take(run, best)
    return found


def _turn(table: str) -> int:
    """When a table is put together, by what it needs to know of others."""
    return ORDER.index(table) if table in ORDER else len(ORDER)


def _whole(laid: Laid, heads: Heads) -> Iterator[FlowedTable]:
    """Every table that cells can be of which none was dropped."""
    for parted in ways_parted(laid):
        for paths in heads.distinct(parted.header):
            for rows in ways_cut(parted, paths):
                yield FlowedTable(paths, [[(text, ()) for text in row] for row in rows])


def _best(candidates: Iterable[FlowedTable], run: _Run, page: int, rules: _Rules) -> tuple[Table, TableReading] | None:
    """The one table that the cells can be; None where nothing fits, or the identities leave a choice."""
    tried = list(islice(candidates, _TRIED + 1))
    found: dict[tuple[int, int, int], dict[frozenset[tuple[str, ...]], tuple[Table, TableReading]]] = {}
    for candidate in tried if len(tried) <= _TRIED else ():
        table = _table(candidate, run, page)
        (reading,) = read_tables([table], [run.definition])
        verdict = rules.judge(reading.cells, reading.table_id)
        if not _is_whole(reading, run.definition, _figures(candidate)):
            continue
        if not _holds(reading, verdict.satisfied, verdict.failed) or (verdict.failed and candidate.dropped):
            continue
        cells = frozenset((str(c.row), c.side, c.code, c.item, c.column, c.value_text) for c in reading.cells)
        doubt = (Flag.LOW_CONFIDENCE,) if verdict.failed else ()
        rank = len(table.leftover.split()), verdict.failed, -verdict.satisfied
        found.setdefault(rank, {})[cells] = replace(table, flags=doubt), reading
    best = found[min(found)] if found else {}
    return next(iter(best.values())) if len(best) == 1 else None


def _holds(reading: TableReading, satisfied: int, failed: int) -> bool:
    """Whether enough of a table's identities hold; one without any figure has nothing that could be wrong."""
    if not any(cell.value for cell in reading.cells) and not reading.table.leftover:
        return True
    return satisfied >= max(_FEWEST, _TRUSTED * failed)


def _is_whole(reading: TableReading, definition: TableDef, figures: int) -> bool:
    """Whether each of so many figures is a cell of a column that the table knows."""
    names = {name for name, _ in definition.columns}
    read = sum(cell.value is not None for cell in reading.cells)
    return bool(reading.cells) and read == figures and all(cell.column in names for cell in reading.cells)


def _figures(table: FlowedTable) -> int:
    """How many figures stand in the columns of values; those that count the columns are none."""
    values = [index for index, path in enumerate(table.paths) if kind_of(path) == "value"]
    counted = (row for row in table.rows if row[0] is None or squeeze(row[0][0]) not in _COUNTS)
    cells = (row[index] for row in counted for index in values)
    return sum(cell is not None and parse_number(cell[0]) is not None for cell in cells)


def _table(table: FlowedTable, run: _Run, page: int) -> Table:
    """The table of a header and its rows; a place of which nobody can tell what stands in it has no cell."""
    head = header_cells(table.paths, page)
    depth = max(map(len, table.paths))
    body = [
        Cell(row=depth + r, col=c, row_span=1, col_span=1, page=page, box=None, text=cell[0], flags=cell[1])
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row)
        if cell is not None
    ]
    return Table(
        title=run.title, unit="", notes=(), cells=(*head, *body), n_rows=depth + len(table.rows),
        n_cols=len(table.paths), pages=(page,), box=None, reader=Reader.FLOWED, leftover=table.leftover,
    )  # fmt: skip
