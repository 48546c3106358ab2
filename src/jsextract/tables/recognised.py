"""Rows whose names or figures were recognised in pictures: what speaks against them stands in their flags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from jsextract.model.report import Fact, Project, TableCell
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


def with_confidence(
    projects: Iterable[Project], facts: Sequence[Fact], cells: Sequence[TableCell]
) -> tuple[Project, ...]:
    """The projects, each with how sure the facts and cells of the document are that it was put together from."""
    return tuple(_with_confidence(project, _flags_of(project, facts, cells)) for project in projects)


def _flags_of(project: Project, facts: Sequence[Fact], cells: Sequence[TableCell]) -> set[str]:
    """The flags of a project's facts; those of one that a table tells are its figures' there."""
    if Flag.FROM_TABLE not in project.flags:
        return {flag for fact in facts if fact.project == project.project for flag in fact.flags}
    figures = {project.full_year_budget, project.executed, project.completion_rate, project.score} - {None}
    own = (cell for cell in cells if cell.page == project.page and cell.value in figures)
    return {flag for cell in own for flag in cell.flags}


def _with_confidence(project: Project, said: set[str]) -> Project:
    """The project with the least confidence of several, and with the doubt of any."""
    least = min((flag for flag in said if flag.startswith(Flag.RECOGNISED)), default="")
    doubt = Flag.LOW_CONFIDENCE if Flag.LOW_CONFIDENCE in said else ""
    return replace(project, flags=(*project.flags, *filter(None, (least, doubt))))
