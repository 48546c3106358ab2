"""Rows whose names or figures were recognised in pictures: what speaks against them stands in their flags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from jsextract.model.document import Line, Page
from jsextract.model.report import Fact, Project, TableCell
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.ruleset import RuleSet
from jsextract.text.amounts import UNKNOWN, decimals
from jsextract.text.normal import squeeze
from jsextract.text.tokens import MONEY_UNIT
from jsextract.vocabulary import Flag, Reader

_READ_AS = f"{Flag.NAME_CORRECTED}:"
_UNKNOWN_MONEY = re.compile(rf"{UNKNOWN}+{MONEY_UNIT}")
_FEWEST = 4  # rows of a standard table that no other one has
_USUAL = 0.9  # of the amounts of a table have as many decimals


def with_doubts(cells: Sequence[TableCell], rules: RuleSet, doubtful: Collection[str] = ()) -> tuple[TableCell, ...]:
    """The cells; those recognised in pictures are of low confidence where something speaks against their reading.

    Their name is not known, or not of their code: a misread character makes another name of no list, a misread digit a
    code of another name. Or their column is none of the standard table's. Or they have not as many decimals as the
    other amounts of their table: a point or a digit was lost. Or what stands there is no number although it has digits.
    Of a table of no standard, which no sums hold together, all are where most are.

    Args:
        cells: with the flags of their marks.
        rules: with the names that are known, and the columns of standard tables.
        doubtful: the places of tables whose rows and columns look torn: all of their cells are doubted.
    """
    if not any(cell.reader == Reader.OCR for cell in cells):
        return tuple(cells)
    usual = _usual_decimals(cells)
    columns = {table.id: tuple(name for name, _ in table.columns) for table in rules.tables}
    torn = _torn_off(cells, columns).union(_untitled(cells, rules), doubtful)

    def said(cell: TableCell) -> TableCell:
        whole = cell.place not in torn and _has_own_column(cell, columns)
        sure = whole and _is_sure(cell, rules.lexicon, usual)
        return cell if sure else _doubted(cell)

    found = tuple(said(_named(cell)) if cell.reader == Reader.OCR else cell for cell in cells)
    bad = _mostly_doubted(found)
    return tuple(_doubted(cell) if cell.place in bad else cell for cell in found) if bad else found


def _mostly_doubted(cells: Iterable[TableCell]) -> set[str]:
    """The places of recognised tables of no standard of which more figures are in doubt than are not."""
    sure: Counter[str] = Counter()
    for cell in cells:
        if (
            cell.reader == Reader.OCR
            and not cell.is_standard
            and (cell.value is not None or UNKNOWN in cell.value_text)
        ):
            sure[cell.place] += -1 if cell.value is None or Flag.LOW_CONFIDENCE in cell.flags else 1
    return {place for place, more in sure.items() if more < 0}


def with_doubted_facts(facts: Iterable[Fact], pages: Iterable[Page]) -> tuple[Fact, ...]:
    """The facts; those of a text that lies under a scan, which is one reading alone, are of low confidence."""
    scans = {page.number for page in pages if page.source == "ocr"}

    def said(fact: Fact) -> Fact:
        alone = fact.page in scans and _is_one_reading(fact)
        return replace(fact, flags=(*fact.flags, Flag.LOW_CONFIDENCE)) if alone else fact

    return tuple(map(said, facts))


def _is_one_reading(fact: Fact) -> bool:
    known = any(flag.startswith(Flag.RECOGNISED) for flag in fact.flags) or Flag.LOW_CONFIDENCE in fact.flags
    return any(char.isdigit() for char in fact.value_text) and not known


def unknown_values(cells: Iterable[TableCell]) -> int:
    """How many cells have a figure that could not be told."""
    return sum(cell.value is None and UNKNOWN in cell.value_text for cell in cells)


def unknown_amounts(prose: Iterable[Line]) -> int:
    """How many amounts of money in the running text have no digits, since readings of the picture differ."""
    return len(_UNKNOWN_MONEY.findall("".join(squeeze(line.text) for line in prose)))


def _usual_decimals(cells: Iterable[TableCell]) -> Mapping[str, int]:
    """How many decimals nearly all amounts of a table have; nothing of tables that print several."""
    printed: dict[str, Counter[int]] = {}
    for cell in cells:
        if cell.value and cell.amount_yuan is not None and cell.reader == Reader.OCR:
            printed.setdefault(cell.place, Counter())[decimals(cell.value)] += 1
    most = {place: counts.most_common(1)[0] for place, counts in printed.items()}
    return {place: own for place, (own, count) in most.items() if count >= printed[place].total() * _USUAL}


def _named(cell: TableCell) -> TableCell:
    """The cell with the flag of a corrected name, and the name as it was read."""
    told = next((flag for flag in cell.flags if flag.startswith(_READ_AS)), "")
    if not told:
        return cell
    flags = tuple(Flag.NAME_CORRECTED if flag == told else flag for flag in cell.flags)
    return replace(cell, flags=flags, item_text=told.removeprefix(_READ_AS).removeprefix(cell.code))


def _is_sure(cell: TableCell, lexicon: Lexicon, usual: Mapping[str, int]) -> bool:
    """Whether two readings share the value (a text that lies under a scan is one alone), and nothing is odd."""
    if cell.value is None or not any(flag.startswith(Flag.RECOGNISED) for flag in cell.flags):
        return False
    odd = cell.value and cell.amount_yuan is not None and usual.get(cell.place, -1) not in (-1, decimals(cell.value))
    return not odd and _is_known(cell, lexicon)


def _torn_off(cells: Iterable[TableCell], columns: Mapping[str, Sequence[str]]) -> set[str]:
    """The places of other tables with columns of a standard one: a part of it may have lost its beginning."""
    own: dict[str, set[str]] = {}
    for cell in cells:
        if not cell.is_standard:
            own.setdefault(cell.place, set()).add(cell.column)
    return {place for place, names in own.items() if any(len(names.intersection(c)) > 1 for c in columns.values())}


def _untitled(cells: Iterable[TableCell], rules: RuleSet) -> set[str]:
    """The places of other tables with rows of a standard one: its title may have been misread."""
    own: dict[str, set[str]] = {}
    for cell in cells:
        if not cell.is_standard:
            own.setdefault(cell.place, set()).add(cell.item)
    rows = [frozenset(table.rows) for table in rules.tables]
    return {place for place, names in own.items() if any(len(names & known) >= _FEWEST for known in rows)}


def _has_own_column(cell: TableCell, columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether a standard table's cell stands in a column that such a table has, or in a part of one."""
    own = columns.get(cell.table, ())
    return not own or any(cell.column == name or cell.column.startswith(f"{name}/") for name in own)


def _is_known(cell: TableCell, lexicon: Lexicon) -> bool:
    """Whether the lists hold the row's name; where it has a code, whether they hold the name for it."""
    name = squeeze(cell.item)
    if not cell.code:
        return name in lexicon.names or name in lexicon.items
    return lexicon.economics.get(cell.code) == name or any(had.code == cell.code for had in lexicon.coded.get(name, ()))


def _doubted(cell: TableCell) -> TableCell:
    """The cell with low confidence; what is blank has nothing to be doubted."""
    has_digits = any(char.isdigit() for char in cell.value_text)
    if Flag.LOW_CONFIDENCE in cell.flags or (cell.value is None and not has_digits):
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
