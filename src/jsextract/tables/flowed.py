"""Standard tables that web text flowed into lines, one cell a line or parted by tabs, put together again (散行表格).

A table is taken only where its title names it, every name of its header and every cell of its rows has a place, and
its identities choose one reading; else its lines stay what they are, and its figures count as unread.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, islice

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.titles import is_above, is_note, is_title, unit_of
from jsextract.model.document import Cell, Document, Line, Page, Table, numbered
from jsextract.rules.table_definitions import TableDef, bare_title
from jsextract.tables.arbitration.verdict import Judge
from jsextract.tables.flowed_heads import Heads, Path, header_cells, kind_of
from jsextract.tables.flowed_lines import Laid, is_parted, ways_cut, ways_laid, ways_parted
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


def with_flowed_tables(document: Document, definitions: Sequence[TableDef], judge: Judge) -> Document:
    """The document with the tables that flowed into lines as grids; pages with places stay as they are.

    Args:
        document: as read.
        definitions: of the standard tables.
        judge: how well a table's cells agree with one another.
    """
    if not any(page.lines and page.lines[0].box is None for page in document.pages):
        return document
    return replace(document, pages=tuple(_put_together(page, definitions, judge) for page in document.pages))


def _put_together(page: Page, definitions: Sequence[TableDef], judge: Judge) -> Page:
    """A page with its flowed tables as grids among the lines that are left."""
    if page.name or any(line.box is not None for line in page.lines):
        return page
    found = [
        (run, table)
        for run in _runs(page, definitions)
        if (table := _best(list(page.lines[run.start : run.end]), run, page.number, judge)) is not None
    ]
    if not found:
        return page
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


def _best(lines: Sequence[Line], run: _Run, page: int, judge: Judge) -> Table | None:
    """The one table that the lines can be; None where nothing fits, or the identities leave a choice."""
    heads = Heads(run.definition)
    for laid in ways_laid(lines):
        candidates = list(islice(_candidates(laid, heads, run, page), _TRIED + 1))
        found: dict[tuple[int, int], dict[frozenset[tuple[str, ...]], Table]] = {}
        for table, figures in candidates if len(candidates) <= _TRIED else ():
            (reading,) = read_tables([table], [run.definition])
            verdict = judge(reading.cells, reading.table_id)
            if not _is_whole(reading, run.definition, figures):
                continue
            if not _holds(reading, verdict.satisfied, verdict.failed):
                continue
            cells = frozenset((str(c.row), c.side, c.code, c.item, c.column, c.value_text) for c in reading.cells)
            doubt = (Flag.LOW_CONFIDENCE,) if verdict.failed else ()
            found.setdefault((verdict.failed, -verdict.satisfied), {})[cells] = replace(table, flags=doubt)
        best = found[min(found)] if found else {}
        if best:
            return next(iter(best.values())) if len(best) == 1 else None
    return None


def _holds(reading: TableReading, satisfied: int, failed: int) -> bool:
    """Whether enough of a table's identities hold; one without any figure has nothing that could be wrong."""
    if not any(cell.value for cell in reading.cells):
        return True
    return satisfied >= max(_FEWEST, _TRUSTED * failed)


def _is_whole(reading: TableReading, definition: TableDef, figures: int) -> bool:
    """Whether each of so many figures is a cell of a column that the table knows."""
    names = {name for name, _ in definition.columns}
    read = sum(cell.value is not None for cell in reading.cells)
    return bool(reading.cells) and read == figures and all(cell.column in names for cell in reading.cells)


def _candidates(laid: Laid, heads: Heads, run: _Run, page: int) -> Iterator[tuple[Table, int]]:
    """Every table that the cells can be, by the names of the header and what stands in the columns; its figures."""
    for parted in ways_parted(laid):
        for paths in heads.distinct(parted.header):
            for rows in ways_cut(parted, paths):
                yield _table(paths, rows, run, page), _figures(paths, rows)


def _figures(paths: Sequence[Path], rows: Sequence[Sequence[str]]) -> int:
    """How many figures stand in the columns of values; those that count the columns are none."""
    values = [index for index, path in enumerate(paths) if kind_of(path) == "value"]
    counted = (row for row in rows if squeeze(row[0]) not in _COUNTS)
    return sum(parse_number(row[index]) is not None for row in counted for index in values)


def _table(paths: Sequence[Path], rows: Sequence[Sequence[str]], run: _Run, page: int) -> Table:
    """The table of a header and its rows."""
    head = header_cells(paths, page)
    depth = max(map(len, paths))
    body = [
        Cell(row=depth + r, col=c, row_span=1, col_span=1, page=page, box=None, text=text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Table(
        title=run.title, unit="", notes=(), cells=(*head, *body), n_rows=depth + len(rows), n_cols=len(paths),
        pages=(page,), box=None, reader=Reader.FLOWED,
    )  # fmt: skip
