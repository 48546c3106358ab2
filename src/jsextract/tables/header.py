"""A table as rows and columns with its header told from its body and its columns from each other (表头、栏次)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from msgspec import Struct

from jsextract.model.document import Cell, Table
from jsextract.tables.row_names import fold
from jsextract.tables.values import bare_number, stands_for_number
from jsextract.text.amounts import UNKNOWN, parse_number
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN, is_amount, is_code, strip_ordinal
from jsextract.vocabulary import Flag

_TOTAL = re.compile(r"^(合计|总计|小计|本年(收入|支出)合计|(收入|支出)(总计|合计))$")
_CODE_LABEL = re.compile(r"^[类款项]{1,3}$")
_CODE_HEAD = re.compile(r"(编码|代码|编号)$|^(类|款|项)$")
_LINE_LABEL = re.compile(r"[栏行].|.次|—|--?")  # one character of them may be misread
_LINE_HEAD = re.compile(r"^(行次|栏次|序号|编号|行号)$")
_NAME_HEAD = re.compile(
    r"(科目)?名称|^(项目|内容|(支出)?(经济|功能)?(分类)?科目|项目类别|类别|事项|支出项目|收入项目|指标|单位|部门|预算单位|单位名称|统计数)(（.*）)?$|^项目(类型|分类)?$"
)
_ITEM = re.compile(rf"^(（?{HAN}{{1,3}}[）、.]|其中[：，]|\d{{1,2}}[、.](?!\d))")
_DEEPEST = 9
_DIGITS = 3  # of an amount, at least: two may count a column
_NOTHING = frozenset({"-", "--", "—", "——", "/"})  # printed where a figure is none


class TableColumn(Struct, frozen=True):
    """One column of a table.

    Attributes:
        kind: code, name, line (行次, 序号), text (words under a header that names no item) or value.
        path: header texts from the top down, folded, repeated ones once.
        printed: the same as printed.
    """

    index: int
    kind: str
    path: tuple[str, ...]
    printed: str

    @property
    def leaf(self) -> str:
        """The innermost header text, blank where there is none."""
        return self.path[-1] if self.path else ""


class Body(Struct, frozen=True):
    """A table taken apart.

    Attributes:
        slots: for each row the cell that covers each column (merged cells repeat).
        first: the first data row.
        rows: the data rows, as indices of `slots`; number rows and repeated headers left out.
    """

    table: Table
    slots: tuple[tuple[Cell, ...], ...]
    first: int
    rows: tuple[int, ...]
    columns: tuple[TableColumn, ...]


def slots_of(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The cell that covers each place of the grid, row by row."""
    grid: list[list[Cell | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for r in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            for c in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                grid[r][c] = cell
    filler = table.cells[0]
    blank = Cell(row=0, col=0, row_span=1, col_span=1, page=filler.page, box=filler.box, text="")
    return tuple(tuple(c or blank for c in row) for row in grid)


def distinct(row: Sequence[Cell]) -> list[Cell]:
    """The cells of a row, a merged one once (its places stand side by side)."""
    return [c for i, c in enumerate(row) if i == 0 or c is not row[i - 1]]


def texts(row: Sequence[Cell], index: int) -> list[str]:
    """The squeezed texts of the cells that begin in this row, numbers without units, blank ones left out."""
    return [bare_number(squeeze(c.text)) for c in distinct(row) if c.row == index and c.text]


def is_number_row(row: Sequence[Cell], index: int) -> bool:
    """Whether the row only counts the columns: 栏次 | 1 | 2 …, or 1 … 12."""
    return _counts(texts(row, index))


def is_line_label(text: str) -> bool:
    """Whether a squeezed text is what stands before the counts of the columns: 栏次, or 类 款 项."""
    return bool(_LINE_LABEL.fullmatch(text) or _CODE_LABEL.match(text))


def _counts(found: Sequence[str]) -> bool:
    """Whether the texts of a row only count the columns; a number that could not be told is passed over.

    A point behind a count is a speck of a copy.
    """
    told = [t.removesuffix(".") for t in found if t.strip(UNKNOWN)]
    words = [t for t in told if not t.isdigit() and not _CODE_LABEL.match(t)]
    figures = [int(t) for t in told if t.isdigit() and len(t) < 4]
    most = 1 + len(found) - len(told)
    counted = figures and figures[0] in (1, 2) and all(0 <= b - a <= most for a, b in itertools.pairwise(figures))
    if words and all(_LINE_LABEL.fullmatch(w) for w in words):
        return bool(counted) or not figures
    return bool(counted) and not words and len(figures) > 2


def is_body_row(row: Sequence[Cell], index: int) -> bool:
    """Whether the row holds data: an amount, a code, a numbered item or a total."""
    found = texts(row, index)
    if _counts(found):
        return False
    if any(map(is_amount, found)) or any(map(stands_for_number, found)):
        return True
    if any(c.row == index and _is_untold(c) for c in distinct(row)):
        return True
    words = [t for t in found if not _CODE_LABEL.match(t)]
    if words and (is_code(words[0]) or _ITEM.match(words[0])):
        return True
    words = [t for t in words if parse_number(t) is None and t not in _NOTHING]
    return bool(words) and all(_TOTAL.match(t) or _ITEM.match(t) for t in words) and not _spreads(row, index)


def _is_untold(cell: Cell) -> bool:
    """Whether an amount was seen in a picture whose digits could not be told."""
    text = squeeze(cell.text)
    untold = text.count(UNKNOWN) >= _DIGITS and not text.strip(f"{UNKNOWN}.，")
    return untold and any(line.confidence for line in cell.lines)


def _spreads(row: Sequence[Cell], index: int) -> bool:
    """Whether a total stands over other cells, as a header does."""
    return any(c.row == index and c.row_span > 1 and c.text for c in row)


def first_body_row(slots: Sequence[Sequence[Cell]]) -> int:
    """Where the header ends: at the first data row, or, where there is none, after the rows that its cells span."""
    body = next((i for i, row in enumerate(slots) if is_body_row(row, i) and not _under_header(row, i)), None)
    end = _spanned(slots)
    if body is None:
        return min(end, len(slots))
    last = max((i for i in range(body) if texts(slots[i], i)), default=-1)
    # Blank rows between the header and the first data row belong to the header only where its cells reach them.
    reach = max((c.row + c.row_span for row in slots[: last + 1] for c in row if c.text), default=0)
    return min(body, max(last + 1, reach)) if last + 1 <= _DEEPEST else min(end, body)


def _under_header(row: Sequence[Cell], index: int) -> bool:
    """Whether a cell from above reaches into the row, which holds no amount: 小计 under 项目支出, say.

    The heads 类 款 项 of the national form do so beside its 合计 row.
    """
    if any(map(is_amount, texts(row, index))):
        return False
    return any(c.row < index and c.text and not _CODE_LABEL.match(squeeze(c.text)) for c in row)


def _spanned(slots: Sequence[Sequence[Cell]]) -> int:
    """How many rows the header takes by its spans: below a cell over several columns stands another header row."""
    need, index = 1, 0
    while index < min(need, len(slots)):
        for cell in distinct(slots[index]):
            if cell.text and cell.row == index:
                below = 2 if cell.col_span > 1 and cell.col_span < len(slots[0]) + 1 else 1
                need = max(need, index + cell.row_span + below - 1)
        index += 1
    return need


def take_apart(table: Table) -> Body:
    """Header, body and columns of a table."""
    slots = slots_of(table)
    first = first_body_row(slots)
    header = {squeeze(c.text) for row in slots[:first] for c in row if c.text}
    rows = tuple(
        i for i in range(first, len(slots)) if not is_number_row(slots[i], i) and not _goes_on(slots, i, header)
    )
    heads = [row for i, row in enumerate(slots[:first]) if not is_number_row(row, i)]
    columns = tuple(_column_of(slots, heads, rows, index) for index in range(table.n_cols))
    return Body(table, slots, first, rows, columns)


def _goes_on(slots: Sequence[Sequence[Cell]], index: int, header: set[str]) -> bool:
    """Whether a row repeats header words, or goes on with them under a row that does."""
    if _repeats(slots[index], index, header):
        return True
    found = texts(slots[index], index)
    under = index > 0 and _repeats(slots[index - 1], index - 1, header)
    return under and len(set(found)) > 1 and all(t in header for t in found)


def _repeats(row: Sequence[Cell], index: int, header: set[str]) -> bool:
    """Whether the row repeats header words (on a continuation page)."""
    found = texts(row, index)
    return len(found) > 2 and len(set(found)) > 1 and all(t in header for t in found)


def _column_of(
    slots: Sequence[Sequence[Cell]], heads: Sequence[Sequence[Cell]], rows: Sequence[int], index: int
) -> TableColumn:
    """A column with the texts that the rows of the header have over it, and its kind."""
    path: list[str] = []
    printed: list[str] = []
    previous: Cell | None = None
    for row in heads:
        cell = row[index]
        if cell is previous or not cell.text:
            continue
        previous = cell
        name = strip_ordinal(fold(cell.text))
        if not path or path[-1] != name:
            path.append(name)
            printed.append(_as_printed(cell))
    return TableColumn(index, _kind_of_column(slots, rows, index, path), tuple(path), "/".join(printed))


def _as_printed(cell: Cell) -> str:
    """The text of a header cell, or as it was recognised where that was mended."""
    read_as = f"{Flag.NAME_CORRECTED}:"
    return next((flag.removeprefix(read_as) for flag in cell.flags if flag.startswith(read_as)), cell.text)


def _kind_of_column(slots: Sequence[Sequence[Cell]], rows: Sequence[int], index: int, path: Sequence[str]) -> str:
    """code, name, line, text or value: by its header's last words, else by what stands in its rows."""
    leaf = path[-1] if path else ""
    own = [c.text for i in rows if (c := slots[i][index]).row == i and c.col == index and c.text]
    figures = [t for t in own if parse_number(bare_number(squeeze(t))) is not None or stands_for_number(squeeze(t))]
    if _LINE_HEAD.match(leaf) or (leaf == "" and _numbers_rows(own)):
        return "line"
    if _CODE_HEAD.search(leaf) or (own and _CODE_LABEL.match(squeeze(own[0]))):
        return "code"
    if _NAME_HEAD.search(leaf):
        return "name"
    if _numbers_rows(own) and len(own) > 4:
        return "line"
    if own and not figures and (not leaf or any("\u4e00" <= c <= "\u9fff" for t in own for c in t)):
        return "text" if leaf else "name"
    return "value"


def _numbers_rows(own: Sequence[str]) -> bool:
    """Whether the column numbers its rows."""
    figures = [squeeze(t) for t in own]
    if len(figures) < 3 or not all(f.isdigit() and len(f) < 4 for f in figures):
        return False
    return all(int(b) - int(a) == 1 for a, b in itertools.pairwise(figures))


def header_text(body: Body) -> str:
    """All header words of a table, squeezed."""
    return "".join(fold(c.text) for row in body.slots[: body.first] for c in distinct(row) if c.text)
