"""A sheet's rows told apart: words by themselves, and grids where several cells stand side by side (工作表分区)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from jsextract.layout.cell_text import cell_text
from jsextract.layout.titles import is_above, is_continued, is_note, is_title, unit_of
from jsextract.model.document import Cell, Line, Page, Table, numbered
from jsextract.model.geometry import address
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_number

_SENTENCE = re.compile(r"[。！？；]$")
_LABEL = re.compile(r"[：:]$")
_FORM_BEHIND = re.compile(r"\s*[（(][^（）()]*[）)]\s*$|[_\s-]*\d*$")
_NAMES = re.compile(r"(?:名称|单位|部门|年度|日期|负责人|经办人|电话)$")
_FORM_BEFORE = re.compile(r"^\s*(?:财决(?:公开)?|公开|批复)\s*\d{1,2}(?:-\d)?\s*表[\s、:：_-]*")
_SHORTEST_TITLE = 4
_FEW = 2  # columns of a cover's labels and names


class Row(Struct, frozen=True):
    """The cells that begin in one row of a sheet, from left to right.

    Attributes:
        words: what they say; a label and the name behind it are one.
    """

    at: int
    cells: tuple[Cell, ...]
    words: tuple[str, ...]

    @property
    def is_alone(self) -> bool:
        """Whether only one thing stands in the row, or only what stands over tables."""
        return len(self.cells) == 1 or all(map(is_heading, self.words))


def is_heading(text: str) -> bool:
    """Whether a text stands over a table: its title, its unit, whose it is, that it goes on."""
    return bool(unit_of(text)) or is_above(text) or is_title(text) or is_continued(text)


def told_apart(page: Page) -> Page:
    """A sheet with its words as lines and its tables as grids, in their places among them; any other page as it is."""
    if not page.name or page.lines:
        return page
    lines: list[Line] = []
    grids: list[Table] = []
    for grid in page.grids:
        for rows, is_grid in (part for half in _beside(grid) for part in _parts(_rows(half))):
            if is_grid:
                grids.append(replace(_grid_of(rows, grid), after=len(lines)))
            else:
                lines += _lines_of(rows)
    if grids and not any(is_title(line.text) for line in lines):
        grids[0] = replace(grids[0], title=_title_of_sheet(page.name))
    return replace(page, lines=numbered(lines), grids=tuple(grids))


def _title_of_sheet(name: str) -> str:
    """The title that a sheet's name is; blank for other names."""
    plain = _FORM_BEFORE.sub("", _FORM_BEHIND.sub("", name))
    return plain if len(plain) >= _SHORTEST_TITLE and is_title(plain) else ""


def _beside(grid: Table) -> list[Table]:
    """The sheet as two, one after the other, where tables with titles of their own stand beside each other."""
    cells = [cell for cell in grid.cells if cell.text.strip()]
    taken = {column for cell in cells for column in range(cell.col, cell.col + cell.col_span)}
    blank = [column for column in range(min(taken, default=0), max(taken, default=0)) if column not in taken]
    titles: dict[int, list[int]] = defaultdict(list)
    for cell in cells:
        if is_title(cell.text):
            titles[cell.row].append(cell.col)
    for cut in blank:
        if any(min(columns) < cut < max(columns) for columns in titles.values()):
            halves = ([cell for cell in cells if (cell.col > cut) == right] for right in (False, True))
            left, right = (replace(grid, cells=tuple(half)) for half in halves)
            return [left, *_beside(right)]
    return [grid]


def _rows(grid: Table) -> list[Row]:
    """The rows of a sheet in which something stands."""
    cells = sorted((c for c in grid.cells if c.text.strip()), key=lambda c: (c.row, c.col))
    return [_row(at, tuple(own)) for at, own in groupby(cells, lambda c: c.row)]


def _row(at: int, cells: tuple[Cell, ...]) -> Row:
    words: list[str] = []
    for cell in cells:
        text = _joined(cell)
        if words and _LABEL.search(words[-1]) and not _LABEL.search(text):
            words[-1] += text
        else:
            words.append(text)
    return Row(at, cells, tuple(words))


def _joined(cell: Cell) -> str:
    """The text of a cell, its lines joined as those of a printed one."""
    if "\n" not in cell.text:
        return cell_text([Line(cell.page, cell.text.strip())])
    return cell_text([Line(cell.page, part.strip()) for part in cell.text.splitlines() if part.strip()])


def _parts(rows: Sequence[Row]) -> Iterator[tuple[list[Row], bool]]:
    """Runs of rows, and whether each is a grid."""
    words: list[Row] = []
    table: list[Row] = []
    left = min((row.cells[0].col for row in rows), default=0)
    for row in rows:
        if table and row.is_alone and not _goes_on(row):
            yield from _closed(table)
            table = []
        if table or not row.is_alone:
            if not table:
                above = _heads_above(words) or _rows_above(words, row.at, left)
                words, table = words[: len(words) - above], words[len(words) - above :]
                yield words, False
                words = []
            table.append(row)
        else:
            words.append(row)
    yield from _closed(table)
    yield words, False


def _goes_on(row: Row) -> bool:
    """Whether a single text under rows of a table is a row of it, too: a name without figures."""
    text = row.words[0]
    is_text = is_note(text) or _SENTENCE.search(text) or len(text) > LAYOUT.title.longest_empty
    return not is_heading(text) and not is_text


def _heads_above(words: Sequence[Row]) -> int:
    """How many of the last rows of words are header cells over several columns: 支出决算 under title and unit."""
    count = 0
    for row in reversed(words):
        cell = row.cells[0]
        if len(row.cells) > 1 or cell.col_span == 1 or not _goes_on(row):
            break
        count += 1
    return count if count < len(words) and any(is_heading(word) for word in words[-count - 1].words) else 0


def _rows_above(words: Sequence[Row], at: int, left: int) -> int:
    """How many of the last rows of words are rows of a table that goes on: names on its right side without figures."""
    if any(map(is_heading, (word for row in words for word in row.words))):
        return 0
    count = 0
    for row in reversed(words):
        if row.at != at - 1 or row.cells[0].col <= left or not _goes_on(row):
            break
        count, at = count + 1, row.at
    return count


def _closed(table: Sequence[Row]) -> Iterator[tuple[list[Row], bool]]:
    """A run of rows as a grid, a header alone with the blank row under it; labels and names of a cover are words."""
    if not table:
        return
    columns = {cell.col for row in table for cell in row.cells}
    figures = [own for row in table if (own := _figures(row))]
    if len(columns) <= _FEW and not figures:
        yield list(table), False
    elif all(map(_counts, figures)):
        under = max(cell.row + cell.row_span for row in table for cell in row.cells)
        yield [*table, Row(under, (), ())], True
    else:
        yield list(table), True


def _figures(row: Row) -> list[str]:
    """The numbers in a row, codes and counts too."""
    return [text for word in row.words if is_number(text := squeeze(word))]


def _counts(figures: Sequence[str]) -> bool:
    """Whether the figures of a row only count the columns."""
    numbers = [int(text) for text in figures if text.isdigit()]
    return len(numbers) == len(figures) and all(b - a == 1 for a, b in pairwise(numbers)) and numbers[0] in (1, 2)


def _lines_of(rows: Iterable[Row]) -> Iterator[Line]:
    """The words of rows, each as a line; a text of several lines is as many."""
    for row in rows:
        if len(row.cells) > 1:
            ref = row.cells[0].ref
            texts = row.words if row.is_alone else (_said(row.words),)
            yield from (Line(row.cells[0].page, text, whole=True, ref=ref) for text in texts)
            continue
        (cell,) = row.cells
        for part in cell.text.splitlines():
            yield Line(cell.page, part.strip(), whole=True, ref=cell.ref)


def _said(words: Sequence[str]) -> str:
    """What a row of words says; of a cover's label and the name behind it a colon makes one (单位名称 | X)."""
    named = len(words) == _FEW and _NAMES.search(words[0]) is not None
    return "：".join(words) if named else " ".join(words)


def _grid_of(rows: Sequence[Row], sheet: Table) -> Table:
    """The rows as a grid without blank rows and columns; a place where nothing stands is a cell, too."""
    row_at = {row.at: i for i, row in enumerate(rows)}
    columns = sorted({cell.col for row in rows for cell in row.cells})
    column_at = {column: i for i, column in enumerate(columns)}
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row in rows:
        for cell in row.cells:
            row_span = sum(at in row_at for at in range(cell.row, cell.row + cell.row_span))
            col_span = sum(c in column_at for c in range(cell.col, cell.col + cell.col_span))
            at = row_at[cell.row], column_at[cell.col]
            text = _joined(cell)
            cells.append(replace(cell, row=at[0], col=at[1], row_span=row_span, col_span=col_span, text=text))
            taken |= {(at[0] + r, at[1] + c) for r in range(row_span) for c in range(col_span)}
    page = sheet.pages[0]
    cells += [
        Cell(row=r, col=c, row_span=1, col_span=1, page=page, box=None, text="", ref=address(row.at, column))
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
        if (r, c) not in taken
    ]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    heads = next((i for i, row in enumerate(rows) if (own := _figures(row)) and not _counts(own)), len(rows))
    if all(cell.row_span == cell.col_span == 1 for cell in cells if cell.row < heads):
        cells = _with_groups(cells, heads)
    return replace(sheet, cells=tuple(cells), n_rows=len(rows), n_cols=len(columns), columns=tuple(columns))


def _with_groups(cells: Sequence[Cell], heads: int) -> list[Cell]:
    """A header whose cells are not merged, each name over the blank cells beside it that have names under them.

    Args:
        cells: of the grid, row by row.
        heads: how many of its first rows are the header.
    """
    named = {(cell.row, cell.col) for cell in cells if cell.text and cell.row < heads}
    first = {column: row for row, column in sorted(named, reverse=True)}  # the row of each column's uppermost name
    found: list[Cell] = []
    for cell in cells:
        last = found[-1] if found else None
        under = cell.row < heads and not cell.text and first.get(cell.col, 0) > cell.row
        if under and last is not None and last.text and last.row == cell.row:
            found[-1] = replace(last, col_span=last.col_span + 1)
        else:
            found.append(cell)
    return found
