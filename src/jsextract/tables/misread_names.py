"""Names of rows and columns of which a picture was misread: the name that the lists hold for them (误识的名称).

First what the recogniser was unsure of, or what the code of a row tells (`listed_names.py`); then what the form of the
table leaves (`misread_heads.py`, `RowNames`). A name of the lists is never taken for another one; what is near to none,
or to several, stays as read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.table_definitions import TableDef
from jsextract.tables.alike import nearest
from jsextract.tables.header import first_body_row, slots_of
from jsextract.tables.listed_names import KnownNames, corrected, is_name, known_names, looks_like, short_head
from jsextract.tables.misread_codes import CodeMender
from jsextract.tables.misread_counts import with_counts
from jsextract.tables.misread_heads import Form, form_of, misread_heads, right_title
from jsextract.tables.row_names import canonical
from jsextract.tables.specks import without_specks
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NUMERAL
from jsextract.vocabulary import Flag, Reader

_MOST = 0.6  # of the names of a form with fixed rows are of the lists
_ORDINAL = re.compile(rf"^{NUMERAL}{{1,3}}[，。.,；：·]")
_SHORTEST = 5
_LONG = 7  # characters of a name of which two may be misread


def with_known_names(tables: Iterable[Table], rules: RuleSet) -> tuple[Table, ...]:
    """The tables; in those recognised in pictures, misread names are the ones of the lists.

    The other cells of such a row have the flag `ocr_corrected:` with the name as read, those below such a header the
    bare flag; `recognised.py` makes of it what cells.csv says.
    """
    tables = tuple(tables)
    if not any(table.reader == Reader.OCR for table in tables):
        return tables
    known = known_names(rules.lexicon, rules.tables)
    return tuple(_corrected(table, known, rules.tables) if table.reader == Reader.OCR else table for table in tables)


def _corrected(table: Table, known: KnownNames, definitions: Sequence[TableDef]) -> Table:
    if not table.cells:
        return table
    table = with_counts(without_specks(table))
    title = right_title(table.title, "".join(squeeze(cell.text) for cell in table.cells), definitions)
    slots = slots_of(table)
    first = first_body_row(slots)
    form = form_of(title, [squeeze(cell.text) for cell in table.cells if cell.row < first], definitions)
    heads = misread_heads(slots, first, form, known.knows)
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        rows[cell.row].append(_with_name(cell, heads.get((cell.row, cell.col), "")))
    body = [row for index, row in rows.items() if index >= first]
    names = _RowNames(known, form, body)
    mender = CodeMender(body, known.by_code)
    cells: list[Cell] = []
    misread: set[int] = set()
    for index, row in rows.items():
        if index >= first:
            cells += _with_flags(mender, mender.mended(row), names, misread)
            continue
        for cell in row:
            head = _with_name(cell, corrected(cell, known) or short_head(cell))
            misread.update(range(cell.col, cell.col + cell.col_span) if _read_as(head) else ())
            cells.append(head)
    return replace(table, title=title, cells=tuple(cells))


def _with_name(cell: Cell, name: str) -> Cell:
    """A cell with its name in place of the misread one, and a flag that has it as read."""
    if not name or name == squeeze(cell.text):
        return cell
    return replace(cell, text=name, flags=(*cell.flags, f"{Flag.NAME_CORRECTED}:{_said(cell.text)}"))


def _with_flags(mender: CodeMender, row: Sequence[Cell], names: _RowNames, misread: Collection[int]) -> Iterator[Cell]:
    """The cells of a row, names corrected; the others have the flag of the name before them, or of their header."""
    flag = ""
    for i, cell in enumerate(row):
        if is_name(cell):
            name = _with_name(cell, names.right(cell, mender.code_before(row, i), row))
            flag = _read_as(name)
            yield replace(name, flags=tuple(said for said in name.flags if said != flag))
            continue
        said = flag or (Flag.NAME_CORRECTED if cell.col in misread else "")
        yield replace(cell, flags=(*cell.flags, said)) if said else cell


def _read_as(cell: Cell) -> str:
    """The flag of a name that has it as read; blank where it is as read."""
    return next((flag for flag in cell.flags if flag.startswith(f"{Flag.NAME_CORRECTED}:")), "")


class _RowNames:
    """The names that the rows of one table can have.

    Args:
        known: the lists.
        form: of the table, where that is known.
        rows: below its header.
    """

    def __init__(self, known: KnownNames, form: Form | None, rows: Sequence[Sequence[Cell]]) -> None:
        self._known = known
        said = [[canonical(cell.text)[0] for cell in row if is_name(cell)] for row in rows]
        self._taken = {name for row in said for name in row}
        listed = [known.knows(name) for row in said for name in row]
        own = frozenset(form.definition.rows) if form else frozenset()
        self._rows = own | known.classes if own and sum(listed) > len(listed) * _MOST else frozenset()
        self._totals = frozenset(name for group in form.definition.totals for name in group) if form else frozenset()

    def right(self, cell: Cell, code: str, row: Sequence[Cell]) -> str:
        """The text of a cell with the right name; blank where nothing is to be mended, or nothing tells it."""
        name, part = canonical(cell.text)
        if part or self._known.knows(name):
            return ""
        found = corrected(cell, self._known, code)
        if found or code or any(char.isdigit() for char in name):
            return found
        return self._total(name, row) or self._of_form(name)

    def _total(self, name: str, row: Sequence[Cell]) -> str:
        """The total that stands on the other side of a row, too, or that no other row is."""
        others = {canonical(cell.text)[0] for cell in row}.intersection(self._totals)
        free = others or (self._totals if not self._totals & self._taken else frozenset())
        near = [total for total in free if _is_half(name, total)]
        near = [total for total in near if looks_like(name, total)] or near
        return near[0] if len(near) == 1 else ""

    def _of_form(self, name: str) -> str:
        """The one name of a form with fixed rows that a text is near to; an ordinal may have another mark behind it."""
        name = _ORDINAL.sub("", name, count=1)
        most = (0 if len(name) < _SHORTEST else 1) if len(name) < _LONG else 2
        return nearest(name, self._rows, self._taken, most) if most else ""


def _is_half(read: str, total: str) -> bool:
    """Whether a text is so short as a total, and shares a character with it."""
    return len(total) == len("总计") and len(read) <= len(total) + 1 and not set(read).isdisjoint(total)


def _said(text: str) -> str:
    """A name as a flag can hold it."""
    return "".join(char for char in squeeze(text) if char not in ";,")
