"""A source's tables told from its running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from types import MappingProxyType

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid
from jsextract.layout.column_model import Sheetful, find_open_tables
from jsextract.layout.furniture import find_furniture
from jsextract.layout.grid import Grid
from jsextract.layout.lift import lift_words
from jsextract.layout.open_table import OpenTable, closed, title_words, with_lifted
from jsextract.layout.page_tables import PageTables, adopt_page, fill_page, is_titled, touched_lines
from jsextract.layout.sheets import told_apart
from jsextract.layout.side_by_side import beside_each_other
from jsextract.layout.stated import read_stated
from jsextract.layout.stitch import Sheet, on_edges, repeated_header, same_columns, sheet_of, stitch
from jsextract.layout.texts import text_parts
from jsextract.layout.titles import Heading, find_heading, find_notes, is_title, unit_of
from jsextract.layout.two_up import moved_lines, parted_sheets
from jsextract.model.document import Document, Layout, Line, Page, Table
from jsextract.model.settings import LAYOUT
from jsextract.rules.table_definitions import TableDef
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag, Reader


def read_layout(
    source: Document,
    grids: Mapping[int, Sequence[Table]] = MappingProxyType({}),
    inferred: Collection[int] = (),
    definitions: Sequence[TableDef] = (),
    loose: Collection[int] = (),
) -> Layout:
    """Tables, running text and furniture of a document.

    Args:
        source: pages as read; a plain-text source has no tables and gives its lines as prose.
        grids: for some pages the tables that another reader saw there, one page each, in place of the page's own.
        inferred: pages on which rulings are inferred from the texts.
        definitions: of the standard tables, whose columns have known names.
        loose: pages on which no grid is taken for closed: their columns come from figures and header words.
    """
    pages, middles = parted_sheets([told_apart(page) for page in source.pages])
    filled = {
        page.number: adopt_page(page, grids[page.number])
        if page.number in grids
        else fill_page(
            page, inferred=page.number in inferred, loose=page.number in loose, middle=middles.get(page.number)
        )
        for page in pages
    }
    own = [page for page in pages if page.number not in grids]
    filled |= _with_open_tables(pages, own, filled, middles, definitions)
    titled = {number for number, f in filled.items() if f.filled and is_titled(f)}
    wide = beside_each_other({number: f.filled for number, f in filled.items()}, titled)
    filled = {number: replace(f, filled=wide[number]) for number, f in filled.items()}
    dropped = sum(f.dropped for f in filled.values())
    furniture = find_furniture(pages, {number: f.touched for number, f in filled.items()})
    apart = _by_page(furniture)
    tables: list[OpenTable] = []
    prose: list[Line] = []
    for page in pages:
        if page.grids:
            prose += read_stated(page, tables)
            continue
        for part in _panels(filled[page.number], middles.get(page.number)):
            prose += _read_page(part, apart[page.number], tables)
    found = tuple(_named_reader(closed(t), pages) for t in tables)
    return Layout(pages, found, tuple(prose), furniture, dropped)


def _named_reader(table: Table, pages: Sequence[Page]) -> Table:
    """The table, whose reader is named `ocr` where some of it was recognised in pictures."""
    own = [page for page in pages if page.number in table.pages]
    if any(page.source == "ocr" or _is_pasted(table, page) for page in own):
        return replace(table, reader=Reader.OCR)
    return table


def _is_pasted(table: Table, page: Page) -> bool:
    """Whether a table's cells on a page stand in a picture that was recognised."""
    boxes = [cell.box for cell in table.cells if cell.page == page.number and cell.box] if page.recognised else []
    return any(area.holds(box.cx, box.cy) for area in page.recognised for box in boxes)


def _by_page(lines: Iterable[Line]) -> dict[int, set[int]]:
    """For each page the indices of these lines."""
    found: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        found[line.page].add(line.index)
    return found


def _panels(page: PageTables, middle: float | None) -> list[PageTables]:
    """The tables and lines of a page, or of the two on a sheet, one after the other."""
    if middle is None:
        return [page]
    return [
        replace(
            page,
            filled=tuple(f for f in page.filled if (f.grid.box.cx > middle) == right),
            outside=tuple(line for line in page.outside if line.box and (line.box.cx > middle) == right),
        )
        for right in (False, True)
    ]


def _with_open_tables(
    pages: Sequence[Page],
    own: Sequence[Page],
    filled: Mapping[int, PageTables],
    middles: Mapping[int, float],
    definitions: Sequence[TableDef],
) -> dict[int, PageTables]:
    """The pages on which tables stand that no closed grid holds, with these tables."""
    furniture = find_furniture(pages, {n: f.touched for n, f in filled.items()})
    by_number = {page.number: page for page in pages}
    apart = {(line.page, line.index) for line in furniture if not _stands_under_title(line, by_number[line.page])}
    sheets: list[Sheetful] = []
    for page in own:
        middle = middles.get(page.number)
        for i, part in enumerate(_panels(filled[page.number], middle)):
            free = [line for line in part.outside if (line.page, line.index) not in apart]
            sheets.append(Sheetful(page, moved_lines(free, -middle), middle) if i and middle else Sheetful(page, free))
    changed: dict[int, PageTables] = {}
    for number, tables in find_open_tables(sheets, definitions).items():
        was = filled[number]
        held = {line.index for table in tables for cell in table.cells for line in cell.lines}
        outside = tuple(line for line in was.outside if line.index not in held)
        found = sorted((*was.filled, *tables), key=lambda f: f.grid.ys[0])
        changed[number] = PageTables(tuple(found), outside, touched_lines(by_number[number], outside), was.dropped)
    return changed


def _stands_under_title(line: Line, page: Page) -> bool:
    """Whether a line in the upper half of its page stands below a title or unit: headers return at the same height."""
    if line.box is None or line.box.cy * 2 > page.height:
        return False
    above = page.lines[: line.index]
    return any(is_title(other.text) or unit_of(other.text) for other in above)


def _read_page(page: PageTables, furniture: Set[int], tables: list[OpenTable]) -> list[Line]:
    """The page's prose; its tables are added to `tables` or joined to the last one."""
    free = [line for line in page.outside if line.index not in furniture]
    prose: list[Line] = []
    start = reached = 0.0
    for index, filled in enumerate(page.filled):
        top, bottom = filled.grid.ys[0], filled.grid.ys[-1]
        abreast = top < reached  # it stands beside the one before
        start = start if abreast else reached
        above = [line for line in free if line.box and start <= line.box.cy < top]
        if tables and index == 0:
            taken = _late_notes(tables[-1], above, filled.grid.page)
            above = above[len(taken) :]
        heading, used = _heading_above(filled.grid, above, page.filled)
        before = [] if abreast else [line for line in above if line.index not in used]
        prose += before
        if tables and (before or abreast):
            tables[-1].ended = True
        _add_to_tables(filled, heading, tables)
        nxt = page.filled[index + 1].grid.ys[0] if index + 1 < len(page.filled) else float("inf")
        below = [line for line in free if line.box and bottom <= line.box.cy < nxt]
        notes = find_notes(below, bottom)
        tables[-1].notes += [line.text for line in notes]
        reached = max((line.box.y1 for line in notes if line.box), default=max(reached, bottom))
        taken_below = {line.index for line in notes}
        free = [line for line in free if line.index not in taken_below]
    after = [line for line in free if line.box is None or line.box.cy >= reached]
    if after and not page.filled and tables:
        after = after[len(_late_notes(tables[-1], after, after[0].page)) :]
    if after and tables:
        tables[-1].ended = True
    return prose + after


def _heading_above(grid: Grid, above: Sequence[Line], filled: Sequence[FilledGrid]) -> tuple[Heading, set[int]]:
    """A grid's heading and the indices of its lines; of grids side by side each has the words over itself."""
    x0, x1 = grid.xs[0] - LAYOUT.table.over, grid.xs[-1] + LAYOUT.table.over
    others = [f.grid for f in filled if f.grid is not grid]
    if not any(o.ys[0] < grid.ys[-1] and grid.ys[0] < o.ys[-1] for o in others):
        heading = find_heading(above, grid.ys[0])
    else:
        parts = [part for line in above for part in text_parts(line) if part.box and x0 <= part.box.cx <= x1]
        heading = find_heading(parts, grid.ys[0])
    return heading, {line.index for line in heading.used}


def _late_notes(table: OpenTable, lines: Sequence[Line], page: int) -> tuple[Line, ...]:
    """Notes of a table that begin only on the page after it."""
    if table.ended or table.notes or page != table.last_page + 1 or not lines or lines[0].box is None:
        return ()
    notes = find_notes(lines, lines[0].box.y0)
    table.notes += [line.text for line in notes]
    return notes


def _add_to_tables(filled: FilledGrid, heading: Heading, tables: list[OpenTable]) -> None:
    """The grid as a table of its own, or joined to the last one that it continues."""
    sheet, lifted, notes = lift_words(sheet_of(filled))
    heading = with_lifted(heading, lifted)
    last = tables[-1] if tables else None
    page = filled.grid.page
    if last is not None and page == last.last_page + 1 and not heading.title:
        sheet = on_edges(sheet, filled.grid.xs, last.sheet, last.edges) or sheet
    if last is not None and (filled.continues or _continues(last, sheet, heading, page)):
        last.sheet = stitch(last.sheet, sheet)
        last.unit = last.unit or heading.unit
        last.last_page = page
        last.notes += notes
        last.leftover += filled.leftover
        last.flags |= {Flag.CONTINUED, *_doubt(filled)}
        last.chosen |= {page} if filled.chosen else set()
        return
    tables.append(
        OpenTable(
            sheet=sheet,
            title=heading.title,
            unit=heading.unit,
            above=list(heading.above),
            notes=notes,
            box=filled.grid.box,
            last_page=page,
            reader=filled.reader,
            edges=filled.grid.xs,
            leftover=filled.leftover,
            flags=_doubt(filled),
        )
    )


def _doubt(filled: FilledGrid) -> set[str]:
    """What a grid's table is flagged with where its columns are in doubt."""
    return {Flag.LOW_CONFIDENCE} if filled.unsure else set()


def _continues(last: OpenTable, sheet: Sheet, heading: Heading, page: int) -> bool:
    """Whether a grid continues the last table."""
    if not same_columns(last.sheet, sheet):
        return False
    if heading.title and title_words(heading.title) != title_words(last.title):
        return False
    if (
        heading.title
        and _bodies(heading.above)
        and _bodies(last.above)
        and _bodies(heading.above) != _bodies(last.above)
    ):
        return False  # the same table of another unit
    if heading.continued or (heading.title and page > last.last_page and not last.ended):
        return True
    if heading.title or last.ended or last.notes:
        return False
    if heading.unit and not repeated_header(last.sheet, sheet):
        return False
    return page > last.last_page or not heading.used


def _bodies(above: Sequence[str]) -> set[str]:
    """Whose table it is, by the lines over it (部门：X)."""
    named = (squeeze(line).partition("：") for line in above)
    return {name for label, _, name in named if name and label.endswith(("部门", "单位", "名称"))}
