"""What the page says of a place, said of the value that stands there: typed over, set as an annotation, red (标注)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from jsextract.model.document import Mark, Page
from jsextract.model.geometry import Box
from jsextract.model.report import Fact, TableCell
from jsextract.tables.arbitration.verdict import Judge
from jsextract.vocabulary import Flag

Placed = TypeVar("Placed", TableCell, Fact)

_UNKNOWN = (Flag.OVERPRINTED, Flag.READINGS_DIFFER, Flag.UNRECOGNISED)
_MARGIN = 1.0  # points around a value


def marked(values: Iterable[Placed], pages: Iterable[Page]) -> tuple[Placed, ...]:
    """The cells or facts, each with the flags of the marks that lie on it.

    Args:
        values: with the boxes of what is printed.
        pages: of the document, with their marks.
    """
    marks = {page.number: page.marks for page in pages if page.marks}
    return tuple(_marked(value, marks) for value in values) if marks else tuple(values)


def marked_facts(facts: Iterable[Fact], pages: Iterable[Page]) -> tuple[tuple[Fact, ...], int]:
    """The facts as `marked` gives them, and how many others have a figure that cannot be told and are none."""
    found = marked(facts, pages)
    kept = tuple(fact for fact in found if not any(flag.startswith(_UNKNOWN) for flag in fact.flags))
    return kept, len(found) - len(kept)


def on_sheets(values: tuple[Placed, ...], pages: Iterable[Page]) -> tuple[Placed, ...]:
    """The cells or facts, each with the name of its sheet, where the pages are sheets of a workbook."""
    names = {page.number: page.name for page in pages if page.name}
    return tuple(replace(value, sheet=names.get(value.page, "")) for value in values) if names else values


def _marked(value: Placed, marks: Mapping[int, Sequence[Mark]]) -> Placed:
    """One cell or fact with the flags of its marks."""
    box = value.box
    if box is None or value.page not in marks:
        return value
    said: list[str] = [mark.flag for mark in marks[value.page] if mark.flag not in value.flags and _on(mark.box, box)]
    if isinstance(value, Fact):
        said = [flag for flag in said if flag != Flag.COLOUR_NEGATIVE]  # the words tell the sign
    if not said:
        return value
    value = replace(value, flags=(*value.flags, *dict.fromkeys(said)))
    return replace(value, value=None, amount_yuan=None) if any(flag.startswith(_UNKNOWN) for flag in said) else value


def _on(mark: Box, box: Box) -> bool:
    """Whether the middle of a mark lies on a box."""
    return box.x0 - _MARGIN <= mark.cx <= box.x1 + _MARGIN and box.y0 - _MARGIN <= mark.cy <= box.y1 + _MARGIN


def with_signs(cells: Sequence[TableCell], judge: Judge) -> tuple[TableCell, ...]:
    """The cells, red figures negative where their table adds up only so (红字).

    Red that is no sign (the table adds up as printed, the figure has a sign of its own) is not told of.

    Args:
        cells: with the flags of their marks.
        judge: how well the cells of a table agree with one another.
    """
    settled = {i: cell for i, cell in enumerate(cells) if _is_red(cell)}
    for table in {cell.table for cell in settled.values()}:
        red = {i: _negated(cell) for i, cell in settled.items() if cell.table == table and cell.value}
        printed = judge(cells, table)
        turned = judge([red.get(i, cell) for i, cell in enumerate(cells)], table)
        if (turned.failed, -turned.satisfied) < (printed.failed, -printed.satisfied):
            settled |= red
        elif printed.satisfied and not printed.failed:
            settled |= {i: _plain(cell) for i, cell in settled.items() if cell.table == table}
    return tuple(settled.get(i, cell) for i, cell in enumerate(cells)) if settled else tuple(cells)


def _is_red(cell: TableCell) -> bool:
    return Flag.COLOUR_NEGATIVE in cell.flags


def _negated(cell: TableCell) -> TableCell:
    """The cell with a negative value; one that is negative as printed stays."""
    if cell.value is None or cell.value <= 0:
        return cell
    amount = -cell.amount_yuan if cell.amount_yuan is not None else None
    return replace(cell, value=-cell.value, amount_yuan=amount)


def _plain(cell: TableCell) -> TableCell:
    return replace(cell, flags=tuple(flag for flag in cell.flags if flag != Flag.COLOUR_NEGATIVE))
