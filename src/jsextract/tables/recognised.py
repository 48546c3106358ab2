"""Rows whose names were recognised in pictures: a name that no list holds may be misread, and with it what it names."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from jsextract.model.report import TableCell
from jsextract.rules.lexicon import Lexicon
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag, Reader


def with_doubted_names(cells: Iterable[TableCell], lexicon: Lexicon) -> tuple[TableCell, ...]:
    """The cells; those recognised under a name that is not known, or not of their code, are of low confidence.

    A misread character makes another name of no list; a misread digit makes a code of another name.
    """
    return tuple(cell if cell.reader != Reader.OCR or _is_sure(cell, lexicon) else _doubted(cell) for cell in cells)


def _is_sure(cell: TableCell, lexicon: Lexicon) -> bool:
    """Whether two readings share the value (a text that lies under a scan is one alone), and the name is known."""
    return any(flag.startswith(Flag.RECOGNISED) for flag in cell.flags) and _is_known(cell, lexicon)


def _is_known(cell: TableCell, lexicon: Lexicon) -> bool:
    """Whether the lists hold the row's name; where it has a code, whether they hold the name for it."""
    name = squeeze(cell.item)
    if not cell.code:
        return name in lexicon.names or name in lexicon.items
    return lexicon.economics.get(cell.code) == name or any(had.code == cell.code for had in lexicon.coded.get(name, ()))


def _doubted(cell: TableCell) -> TableCell:
    if Flag.LOW_CONFIDENCE in cell.flags or cell.value is None:
        return cell
    return replace(cell, flags=(*cell.flags, Flag.LOW_CONFIDENCE))
