"""Why a table's first reading is in doubt (存疑): a failed identity, characters left over, torn rows or columns."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from jsextract.layout.texts import is_row
from jsextract.layout.titles import is_title
from jsextract.model.document import Cell, Layout, Line, Table
from jsextract.model.report import TableCell
from jsextract.rules.table_definitions import TableDef, TableKind, bare_title
from jsextract.tables import TableReading
from jsextract.tables.arbitration.reaching import count_reaching
from jsextract.tables.arbitration.verdict import Verdict
from jsextract.text.amounts import parse_number
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN, count_cents, is_code, strip_ordinal
from jsextract.vocabulary import Flag

IDENTITY, LEFTOVER, TORN, MISSING = "identity", "leftover", "torn", "missing"
_ORDINAL = re.compile(rf"{HAN}{{1,3}}、")
# How the numbered rows of T1 and T4 end; one that does not has lost its end.
_NAME_AND_HEAD = re.compile(
    r"^[类款项]{1,3}(/|$)|^\d{1,2}$|科目(名称|编码|代码)|(支出|费|补助|收入)(项目|科目名称|栏次)$|支出支出$"
)
_ENDS = {"收入": ("收入", "拨款"), "支出": ("支出",)}
_SHORT, _DEEPEST = 2, 6
_MARK_IN_NAME = re.compile(r"/[-—–－]+(?=/|$)")  # a column of marks for none taken for words
_CODE_WITHIN = re.compile(r"[\u4e00-\u9fff—–－-]\d{5}")
_CODE_GOES_ON = re.compile(r"\d{2}(?!\d)")  # at the beginning of a name, beside a code that could be longer
_WHOLE_CODE = 7
# A stub's header with another column's words in it, and codes that stand whole in one cell.
_STUB_AND_MORE = re.compile(
    r"(编码|代码)(科目)?名称|^(科目名称.|项目(?!支出|名称|编码|代码|编号|类|内容|经费|资金|单位|[（(]|$))"
)
_STUB = re.compile(r"(名称|编码|代码)$|^(类|款|项|项目|栏次|行次|科目|\d+)$")
# Tables whose sides stand in several blocks of columns, or whose cells have places of their own.
_BLOCKS = frozenset({TableKind.ECONOMIC, TableKind.THREE_PUBLIC})
_LEADER = re.compile(r"[.…·\s]*\d*$")
_FEWEST_ROWS = 3
_TOTALS = frozenset({"合计", "总计"})
_BALANCED = "总计"  # the same on both sides
_ENDS_OF_TOTALS = tuple(_TOTALS)
_NOTHING = frozenset({"无", "零", "〇"})


def doubts(reading: TableReading, verdict: Verdict) -> tuple[str, ...]:
    """What speaks against a reading; nothing where it is sound. A difference that rounding explains is no doubt."""
    found = (
        (IDENTITY, verdict.failed > 0),
        (LEFTOVER, bool(reading.table.leftover)),
        (TORN, torn(reading) > 0),
    )
    return tuple(name for name, holds in found if holds)


def torn(reading: TableReading) -> int:
    """How many cells and columns look torn or run together."""
    odd = sum(_is_odd(cell, reading.kind) for cell in reading.cells)
    if reading.definition is None:
        return odd
    misfits = _count_misfits(reading.cells, reading.definition) + _count_run_together(reading, reading.definition)
    lost = _count_lost(reading) + _count_blank_totals(reading.cells)
    return odd + misfits + lost + _count_uneven(reading) + count_reaching(reading.table)


def _is_odd(cell: TableCell, kind: TableKind | None) -> bool:
    """Two figures in a cell, a figure or two ordinals in a name, a code of no such length, a figure without a name."""
    if cell.value is None and cell.value_text and _count_figures(cell.value_text) > 1:
        return True
    name = squeeze(cell.item_text)
    if cell.code and (len(cell.code) not in (3, 5, 7) or (len(cell.code) < _WHOLE_CODE and _CODE_GOES_ON.match(name))):
        return True
    if cell.code and name.endswith(_ENDS_OF_TOTALS):  # no item is called so: the row below ran into it
        return True
    ordinals = len(_ORDINAL.findall(name)) if "、" in name else 0
    if cell.side in _ENDS and kind == TableKind.TWO_SIDED and ordinals and not name.endswith(_ENDS[cell.side]):
        return True
    return ordinals > 1 or _is_crowded(name) or Flag.NO_ITEM in cell.flags or cell.value_text.endswith(".")


@lru_cache(maxsize=2048)  # the cells of a row have one name
def _is_crowded(name: str) -> bool:
    """Whether a figure, a header's words, a column of marks or a code stand in a name."""
    found = _NAME_AND_HEAD.search(name) or _MARK_IN_NAME.search(name) or _CODE_WITHIN.search(name)
    return found is not None or count_cents(name) > 0


def _count_figures(text: str) -> int:
    """How many amounts stand in a text, apart or run together."""
    apart = sum(parse_number(part) is not None for part in text.split())
    return max(apart, count_cents(squeeze(text)))


def unsound(readings: Iterable[TableReading]) -> frozenset[str]:
    """The places of the standard tables among these that have characters left over, or torn cells."""
    return frozenset(r.place for r in readings if r.is_standard and (r.table.leftover or torn(r)))


def strange_columns(cells: Sequence[TableCell], definition: TableDef) -> set[str]:
    """The columns that hold figures and are none of a standard table's own, nor parts of one."""
    own = {name for name, _ in definition.columns}
    filled = {cell.column for cell in cells if cell.value is not None} if own else set()
    return {column for column in filled if not any(column == name or column.startswith(f"{name}/") for name in own)}


def _count_misfits(cells: Sequence[TableCell], definition: TableDef) -> int:
    """In a standard table: columns with figures under no header of its own, or with words among figures."""
    count = len(strange_columns(cells, definition))
    columns: dict[tuple[str, str], list[TableCell]] = defaultdict(list)
    for cell in cells:
        if cell.value_text:
            columns[cell.side, cell.column].append(cell)
    for own in columns.values():
        figures = sum(c.value is not None for c in own)
        words = [c for c in own if c.value is None and _is_words(squeeze(c.value_text))]
        count += bool(words and figures > len(words))
    return count


def _is_words(text: str) -> bool:
    """Whether a squeezed value is neither a figure nor a sign or word for nothing."""
    return text not in _NOTHING and any(char.isalnum() for char in text)


def _count_run_together(reading: TableReading, definition: TableDef) -> int:
    """In a standard table: header words with an absent column's name (合计基本支出) or an amount, names in pieces."""
    found = {c.column for c in reading.cells} | {c.item for c in reading.cells if not c.code}
    names = {name for name, _ in (*definition.columns, *definition.items)}
    leaves = {leaf for name in names - found if len(leaf := name.rsplit("/", 1)[-1]) > _SHORT}
    heads = tuple(_header_words(reading.table))
    texts = {*heads, *(found - names)}
    together = sum(any(leaf in text and leaf != text for leaf in leaves) for text in texts)
    whole = {name.replace("/", "") for name in names}
    apart = sum(text.replace("/", "") in whole for text in found - names)
    ends = tuple(name.rsplit("/", 1)[-1] for name, _ in definition.columns)
    apart += sum(text.startswith(ends) and count_cents(text) > 0 for text in map(_plain, reading.table.cells))
    return together + apart + sum(bool(_STUB_AND_MORE.search(text)) for text in heads)


def _count_uneven(reading: TableReading) -> int:
    """How many rows of a standard table have fewer cells than most, and how many cells are there twice."""
    cells = reading.cells
    if not cells:
        return 0
    rows: dict[tuple[str, int], int] = Counter((c.side, c.row) for c in cells)
    usual: dict[str, int] = {}
    for side in {side for side, _ in rows}:
        usual[side] = Counter(n for (s, _), n in rows.items() if s == side).most_common(1)[0][0]
    short = sum(count < usual[side] for (side, _), count in rows.items()) if reading.kind not in _BLOCKS else 0
    single = reading.kind == TableKind.THREE_PUBLIC
    twice = Counter((c.unit_name, c.side, c.code, c.item, c.column) for c in cells if c.code or single)
    return short + sum(count - 1 for count in twice.values())


def _plain(cell: Cell) -> str:
    """What stands in a cell, squeezed."""
    return squeeze(cell.text)


def _header_cells(table: Table) -> Iterator[Cell]:
    """The cells with words above the first amount or code."""
    for cell in table.cells:
        plain = squeeze(cell.text)
        if count_cents(plain) or is_code(plain):
            return
        if plain and cell.row < _DEEPEST:
            yield cell


def _header_words(table: Table) -> Iterator[str]:
    """The words of each header cell without its ordinal."""
    return (strip_ordinal(squeeze(cell.text)) for cell in _header_cells(table))


def _count_lost(reading: TableReading) -> int:
    """How much of a standard table is in none of its cells: amounts, codes, columns, blank places over several."""
    read = Counter(c.value_text for c in reading.cells)
    codes = {c.code for c in reading.cells}
    rows: dict[int, list[float]] = defaultdict(list)
    for page, y in sorted({(c.page, c.box.cy) for c in reading.cells if c.box}):
        rows[page].append(y)
    own = [c for c in reading.table.cells if _in_row(c, rows.get(c.page, ()))]
    nothing = all(c.value is None for c in reading.cells)  # then no row tells where its figures should be
    unread = Counter(c.text for c in (reading.table.cells if nothing else own)) - read
    left = min((c.box.x0 for c in reading.cells if c.box), default=0.0)
    blank = (c for c in own if not c.text and c.col_span > 1 and c.box and c.box.x1 > left)
    merged = sum(1 for _ in blank) if reading.kind not in _BLOCKS else 0
    lost = sum(len(c.text) > 3 and is_code(c.text) and c.text not in codes for c in reading.table.cells)
    begun = {c.col for c in own}
    bare = sum(
        c.col_span == 1 and c.col not in begun and not _STUB.search(squeeze(c.text))
        for c in _heads_over_figures(reading)
    )
    return sum(count for text, count in unread.items() if count_cents(text)) + merged + lost + bare


def _count_blank_totals(cells: Sequence[TableCell]) -> int:
    """How many columns have amounts and no total: by codes in the row of totals, of two sides that one of them has."""
    filled = {c.column for c in cells if c.code and c.value}
    totals = {c.column: c.value_text for c in cells if not c.code and not c.side and c.item in _TOTALS}
    sides: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        if cell.side and cell.item == _BALANCED:
            sides[cell.side].add(cell.value_text)
    bare = sum(texts == {""} for texts in sides.values())
    return sum(not totals.get(column, "-") for column in filled) + (bare if bare < len(sides) else 0)


def _in_row(cell: Cell, rows: Sequence[float]) -> bool:
    """Whether one of these heights, ascending, lies within the cell."""
    if cell.box is None:
        return False
    at = bisect.bisect_left(rows, cell.box.y0)
    return at < len(rows) and rows[at] <= cell.box.y1


def _heads_over_figures(reading: TableReading) -> Iterator[Cell]:
    """The header cells over places that should hold figures."""
    bottoms = [cell.box.y1 for cell in reading.cells if cell.box]
    if reading.kind not in _BLOCKS and bottoms:
        highest = min(bottoms)
        yield from (c for c in _header_cells(reading.table) if c.box and c.box.y1 <= highest)


def missing(layout: Layout, readings: Sequence[TableReading], definitions: Sequence[TableDef]) -> tuple[int, ...]:
    """Pages whose running text looks like rows of a table, where a standard table is announced and was not found."""
    if not _announced(layout, definitions) - {reading.table_id for reading in readings}:
        return ()
    rows = Counter(line.page for line in layout.prose if line.edges and is_row(line))
    return tuple(sorted(page for page, count in rows.items() if count >= _FEWEST_ROWS))


def gone_on(layout: Layout, readings: Sequence[TableReading]) -> dict[int, int]:
    """The standard tables after which a page begins with a row that no table holds, and that page."""
    first: dict[int, Line] = {}
    for line in layout.prose:
        if line.edges and line.page not in first:
            first[line.page] = line
    begun = {page for reading in readings for page in reading.table.pages[1:]}
    held = {r.table.pages[0]: r.table.box.y0 for r in reversed(readings) if r.table.box}
    found: dict[int, int] = {}
    for index, reading in enumerate(readings):
        page = reading.table.pages[-1] + 1
        top = first.get(page)
        if not reading.is_standard or top is None or top.box is None or page in begun or not is_row(top):
            continue
        if top.box.y0 < held.get(page, top.box.y1):
            found[index] = page
    return found


def _announced(layout: Layout, definitions: Sequence[TableDef]) -> set[str]:
    """The standard tables whose titles stand in the running text: in the contents, in a list, above no grid."""
    titles = {_LEADER.sub("", line.text) for line in layout.prose if "表" in line.text}
    return set(_tables_titled((title for title in titles if is_title(title)), definitions))


def _tables_titled(titles: Iterable[str], definitions: Sequence[TableDef]) -> Iterator[str]:
    """The standard tables that titles name."""
    for title in titles:
        plain = bare_title(title)
        yield from (d.id for d in definitions if d.reads_title(plain))
