"""Names that the document's own tables give, and cells that tell whose a figure is (表格为名，数字为锚).

Words that no list of names holds may be the name of a row, a project or a unit of this very document. A figure whose
name was inherited, and is not that of its cell, is the figure of the one other name whose cell it fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.report import Fact, Project, TableCell
from jsextract.narrative.codes import CodeBook
from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.table_definitions import TableDef, TableKind, with_kind
from jsextract.tables.named_cells import NamedCell, named_cells
from jsextract.text.normal import squeeze
from jsextract.vocabulary import TAKEN_UP, Flag, Named

_ENDS = regex.compile(r"(?:支出|项目|（[类款项]）)+$")
_TOTALS = regex.compile(r"合计|总计|小计|其他")


class RowName(Struct, frozen=True):
    """What the tables call something: its canonical name, and its code where they tell it."""

    item: str
    code: str = ""


def document_names(
    cells: Iterable[TableCell], projects: Iterable[Project], codes: CodeBook, tables: Iterable[TableDef]
) -> Mapping[str, RowName]:
    """Every name that the document itself gives, as it is compared; one that two codes have is nobody's."""
    coded = with_kind(tables, TableKind.CODED)
    found: dict[str, set[RowName]] = {}
    for cell in cells:
        name = squeeze(cell.item)
        if cell.table in coded and cell.code and codes.names.get(cell.code) == cell.item:
            found.setdefault(_bare(name), set()).add(RowName(codes.path(cell.code), cell.code))
        elif name and not _TOTALS.search(name):
            found.setdefault(_bare(name), set()).add(RowName(name))
    for project in projects:
        found.setdefault(_bare(squeeze(project.project)), set()).add(RowName(project.project))
    return {name: one for name, rows in found.items() if name and (one := _only(rows)) is not None}


def _bare(name: str) -> str:
    return _ENDS.sub("", name)


def _only(rows: Iterable[RowName]) -> RowName | None:
    """The one that is meant: the item of a 类 and 款 of the same name, or the only one there is."""
    by_length = sorted(rows, key=lambda row: len(row.code))
    longest = [row for row in by_length if len(row.code) == len(by_length[-1].code)]
    return longest[0] if len(longest) == 1 else None


def with_document_names(facts: Iterable[Fact], names: Mapping[str, RowName]) -> Iterator[Fact]:
    """Facts under words that no list holds, under the name of the row that these words are."""
    for fact in facts:
        row = names.get(_bare(squeeze(fact.item_text))) if Flag.FREE_NAME in fact.flags else None
        if row is None:
            yield fact
        else:
            flags = tuple(flag for flag in fact.flags if flag != Flag.FREE_NAME)
            yield replace(fact, item=row.item, code=row.code, flags=flags)


def anchored(
    facts: Sequence[Fact], cells: Iterable[TableCell], rules: Iterable[EquationRule], codes: CodeBook
) -> Sequence[Fact]:
    """The facts, those under an inherited name that their figures refute under the one name that these fit.

    Only one name may fit, of the same topic and measure; the facts that follow it in its sentence under the same
    inherited name go with it. What stands under its own name is left there, whatever its figure is.
    """
    if not any(fact.named in TAKEN_UP and fact.value is not None for fact in facts):
        return facts
    places = named_cells(cells, rules)
    found: list[Fact] = []
    moved: tuple[str, str, str] | None = None
    to = RowName("")
    for fact in facts:
        here = fact.section, fact.sentence, fact.item
        if fact.named in TAKEN_UP and not fact.project:
            other = _by_cell(fact, places, codes)
            if other is not None:
                moved, to = here, other
            if here == moved:
                found.append(_under(fact, to))
                continue
        found.append(fact)
    return found


def _under(fact: Fact, name: RowName) -> Fact:
    flags = (*fact.flags, Flag.ARBITRATED)
    return replace(fact, item=name.item, code=name.code, flags=flags, named=Named.ARBITRATED)


def _by_cell(fact: Fact, places: Sequence[NamedCell], codes: CodeBook) -> RowName | None:
    """The one other name whose cell holds the amount, where the fact's own cell does not."""
    if not fact.amount_yuan:
        return None
    near = [
        cell
        for cell in places
        if cell.topic == fact.topic and cell.measure == fact.measure and cell.may_stand_in(fact.section)
    ]
    own = [cell for cell in near if cell.is_of(fact.item, fact.code)]
    if not own or any(cell.amount == fact.amount_yuan for cell in own):
        return None
    others = {
        RowName(codes.path(cell.code) if cell.code else cell.item, cell.code)
        for cell in near
        if cell.amount == fact.amount_yuan and len(cell.code) == len(own[0].code)
    }
    return others.pop() if len(others) == 1 else None
