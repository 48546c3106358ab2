"""Why a table's first reading is in doubt (存疑): a failed identity, characters left over, torn rows or columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from jsextract.extract.tables import TableReading
from jsextract.extract.tables.definitions import bare_title, definitions
from jsextract.layout.rivers import is_row
from jsextract.layout.titles import is_title
from jsextract.model.document import Layout
from jsextract.model.report import TableCell
from jsextract.second.verdict import Verdict
from jsextract.text.amounts import parse_number
from jsextract.text.normal import squeeze

IDENTITY, LEFTOVER, TORN, MISSING = "identity", "leftover", "torn", "missing"
_EXACT = re.compile(r"\d\.\d{2}(?!\d)")
_UNNAMED = re.compile(r"^第\d+列$")
_LEADER = re.compile(r"[.…·\s]*\d*$")
_FEWEST_ROWS = 3


def doubts(reading: TableReading, verdict: Verdict) -> tuple[str, ...]:
    """What speaks against a reading; nothing where it is sound. A difference that rounding explains is no doubt."""
    found = (
        (IDENTITY, verdict.failed > 0),
        (LEFTOVER, bool(reading.table.leftover)),
        (TORN, is_torn(reading)),
    )
    return tuple(name for name, holds in found if holds)


def is_torn(reading: TableReading) -> bool:
    """Whether the rows or columns look torn or run together."""
    return any(_is_odd(cell) for cell in reading.cells) or (bool(reading.name) and _misfits(reading.cells))


def _is_odd(cell: TableCell) -> bool:
    """A cell with two figures, a name with a figure in it, a figure without a name."""
    if cell.value is None and cell.value_text and _figures(cell.value_text) > 1:
        return True
    return "no_item" in cell.flags or bool(_EXACT.search(cell.item_text))


def _figures(text: str) -> int:
    """How many amounts stand in a text, apart or run together."""
    apart = sum(parse_number(part) is not None for part in text.split())
    return max(apart, len(_EXACT.findall(squeeze(text))))


def _misfits(cells: Sequence[TableCell]) -> bool:
    """In a standard table: values under no header, or words in a column of figures."""
    columns: dict[tuple[str, str], list[TableCell]] = defaultdict(list)
    for cell in cells:
        if cell.value_text:
            columns[cell.side, cell.column].append(cell)
    for (_, column), own in columns.items():
        figures = sum(c.value is not None for c in own)
        if _UNNAMED.match(column) and figures:
            return True
        words = [c for c in own if c.value is None and any(char.isalnum() for char in squeeze(c.value_text))]
        if words and figures > len(words):
            return True
    return False


def missing(layout: Layout, readings: Sequence[TableReading]) -> tuple[int, ...]:
    """Pages whose running text looks like rows of a table, where a standard table is announced and was not found."""
    if not _announced(layout) - {reading.table_id for reading in readings}:
        return ()
    rows = Counter(line.page for line in layout.prose if line.edges and is_row(line))
    return tuple(sorted(page for page, count in rows.items() if count >= _FEWEST_ROWS))


def _announced(layout: Layout) -> set[str]:
    """The standard tables whose titles stand in the running text: in the contents, in a list, above no grid."""
    titles = {_LEADER.sub("", line.text) for line in layout.prose if "表" in line.text}
    return set(_named(title for title in titles if is_title(title)))


def _named(titles: Iterable[str]) -> Iterator[str]:
    for title in titles:
        plain = bare_title(title)
        yield from (d.id for d in definitions() if d.reads_title(plain))
