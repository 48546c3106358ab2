"""Data rows to cells: blocks of stub and value columns, items with their codes and sides (行、列、科目)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Cell
from jsextract.tables.header import Body, TableColumn
from jsextract.tables.row_names import canonical, fold, is_placeholder, join_code, split_code
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_code

_SIDE = re.compile(r"^(本年)?(收入|支出)")
_LABELS = frozenset({"类", "款", "项"})
# Names that begin a row of their own even without an ordinal.
_OWN_ROW = re.compile(r"合计|总计|小计|^本年|^年[初末]|^上年|^使用|^结余|^其中|结转|^用事业基金|经费$")

_TOTAL_NAME = re.compile(r"(合计|总计)$")


class Block(Struct, frozen=True):
    """Stub columns (codes, names) with the value columns to their right."""

    stub: tuple[TableColumn, ...]
    values: tuple[TableColumn, ...]
    side: str = ""


class RowEntry(Struct, frozen=True):
    """One row of one block.

    Attributes:
        values: the value columns that have a cell of their own in this row.
    """

    row: int
    block: Block
    code: str
    text: str
    values: tuple[tuple[TableColumn, Cell], ...]

    @property
    def page(self) -> int:
        """The page of its first value; 0 where it has none."""
        return self.values[0][1].page if self.values else 0

    @property
    def blank(self) -> bool:
        """Whether none of its value cells holds anything."""
        return not any(cell.text for _, cell in self.values)


def blocks(columns: Sequence[TableColumn], sides: Sequence[str] = ()) -> tuple[Block, ...]:
    """The blocks of a table from left to right; sides by the words over them, else by their order."""
    found: list[tuple[list[TableColumn], list[TableColumn]]] = []
    for column in columns:
        stub = column.kind in ("code", "name", "line") or (column.kind == "text" and not (found and found[-1][1]))
        if not found or (stub and found[-1][1]):
            found.append(([], []))
        found[-1][0 if stub else 1].append(column)
    found = _with_values(found)
    made = []
    for index, (stub_columns, values) in enumerate(found):
        if not values:
            continue
        words = [m.group(2) for c in (*stub_columns, *values) if c.path and (m := _SIDE.match(c.path[0]))]
        side = Counter(words).most_common(1)[0][0] if words and len(found) > 1 else ""
        if sides:
            side = side or sides[min(index, len(sides) - 1)]
        made.append(Block(tuple(stub_columns), tuple(values), side))
    return tuple(made)


def _with_values(
    found: list[tuple[list[TableColumn], list[TableColumn]]],
) -> list[tuple[list[TableColumn], list[TableColumn]]]:
    """Words to the right of the last value are values too; in a table of words only the first name is the item."""
    if found and not found[-1][1] and len(found) > 1:
        stub, _ = found.pop()
        found[-1][1].extend(c for c in stub if c.kind != "line")
    elif len(found) == 1 and not found[0][1]:
        names = [c for c in found[0][0] if c.kind not in ("line", "code")]
        stub = [c for c in found[0][0] if c not in names[1:]]
        return [(stub, names[1:])]
    return found


def row_entries(body: Body, parts: Sequence[Block]) -> Iterator[RowEntry]:
    """The rows of every block, left block first within a row; rows without a word or figure left out."""
    for row in body.rows:
        slots = body.slots[row]
        for entry in _with_its_name([_entry_of_row(slots, row, block) for block in parts]):
            block = entry.block
            if entry.blank and (not (entry.code or entry.text) or is_placeholder(entry.text)):
                continue
            if block.values and not entry.values and all(slots[c.index].col < c.index for c in block.values):
                continue  # a total's name that reaches over this block belongs to the next
            yield entry


def _with_its_name(entries: Sequence[RowEntry]) -> Iterator[RowEntry]:
    """The entries of a row; a total whose amount stands only in the next block is one entry there."""
    last: RowEntry | None = None
    for entry in entries:
        bare = not (entry.blank or entry.code or entry.text)
        if last is not None and bare and last.blank and _TOTAL_NAME.search(fold(last.text)):
            last = replace(entry, text=last.text)
            continue
        if last is not None:
            yield last
        last = entry
    if last is not None:
        yield last


def _entry_of_row(slots: Sequence[Cell], row: int, block: Block) -> RowEntry:
    """One row of a block: its code, its name, its value cells."""
    codes: list[str] = []
    names: list[str] = []
    previous: Cell | None = None
    for column in block.stub:
        cell = slots[column.index]
        plain = squeeze(cell.text)
        if cell is previous or column.kind == "line" or not plain:
            continue
        previous = cell
        if plain in _LABELS and column.kind == "code":
            continue
        if column.kind == "code" and plain.replace(".", "").isdigit():
            codes.append(cell.text)
        elif cell.row == row or cell.row_span > 1:
            names.append(cell.text)
    spread = len(names) > 1 and all(len(squeeze(name)) == 1 for name in names)  # 合 and 计, set far apart
    code, text = join_code(codes), ("" if spread else "/").join(names)
    if not code and len(names) == 1:
        code, text = split_code(names[0])
        if is_code(plain := squeeze(text)):
            code, text = plain, ""
    values = tuple(
        (column, cell)
        for column in block.values
        if (cell := slots[column.index]).row == row and cell.col == column.index
    )
    return RowEntry(row, block, code, text, values)


def join_torn(found: Sequence[RowEntry]) -> list[RowEntry]:
    """Rows that a page break tears apart become one: the rest of a name at the top of the next page.

    A row is the rest of the one before it when it is the first on its page, has no code, no ordinal and no total's
    words, and one of the two holds no value.
    """
    joined: list[RowEntry] = []
    for entry in found:
        last = next((e for e in reversed(joined) if e.block is entry.block), None)
        if last is not None and _is_rest(entry, last, found):
            joined[joined.index(last)] = _joined_entry(last, entry)
        else:
            joined.append(entry)
    return joined


def _is_rest(entry: RowEntry, last: RowEntry, found: Sequence[RowEntry]) -> bool:
    """Whether an entry is the rest of the one before it, torn off by a page break."""
    if entry.page == last.page or entry.code or not entry.text or not (entry.blank or last.blank):
        return False
    if any(e.page == entry.page and e.row < entry.row for e in found) or is_placeholder(entry.text):
        return False
    name = fold(entry.text)
    if _OWN_ROW.search(name) or canonical(entry.text)[0] != name:
        return False
    others = [e for e in found if e is not entry and e.block is entry.block]
    coded = sum(bool(e.code) for e in others) * 2 > len(others)
    numbered = sum(canonical(e.text)[0] != fold(e.text) for e in others) * 2 > len(others)
    return bool(last.code) if coded else numbered or not any(e.blank for e in others)


def _joined_entry(last: RowEntry, rest: RowEntry) -> RowEntry:
    """The torn entry with its rest."""
    values = rest.values if last.blank and not rest.blank else last.values
    return replace(last, text=last.text + rest.text, values=values)
