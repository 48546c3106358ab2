"""Economic items that the text lists (主要包括：…) against the amounts of T6."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from jsextract.check.figure import cell_ref
from jsextract.check.sentences import printed as printed_text
from jsextract.check.text_rules.finding import Finding
from jsextract.check.text_rules.passages import Passage, Printed
from jsextract.language.phrase import Phrase, listed, phrase
from jsextract.model.report import TableCell
from jsextract.rules.table_definitions import TableKind, with_kind
from jsextract.rules.wordings import WordingRules
from jsextract.text.amounts import UNKNOWN
from jsextract.text.normal import squeeze
from jsextract.vocabulary import SectionKind, SectionTopic, Severity, Side, Topic

_SEPARATORS = regex.compile(r"[、，]|以及|和(?!服务|家庭|其他交通)")
_BRACKETS, _END = regex.compile(r"[（）]"), regex.compile(r"(?:支出|费用|费)$")
_BASIC_TOPICS = frozenset({SectionTopic.FISCAL_BASIC, Topic.EXPENDITURE, Topic.FUNCTION})


def listed_items(printed: Printed) -> Iterator[Finding]:
    """Items under 人员经费 or 公用经费 that T6 shows without money, and items with money that a whole list leaves out.

    One finding a list; a list that ends with 等, or is introduced as 主要包括, is no whole one.
    """
    sides = _sides(printed)
    if not any(cell.value for side in sides.values() for cell in side.values()):
        return
    for passage in printed.texts():
        if passage.topic not in _BASIC_TOPICS or passage.kind != SectionKind.NARRATIVE:
            continue
        for wording in printed.rules.wordings.listed:
            for found in wording.find(passage.text):
                side = sides[_side_name(found["side"])]
                yield from _judge(passage, found, side, printed.rules.wordings)


def _side_name(printed: str) -> str:
    return Side.OPERATING if "公用" in printed else Side.STAFF


def _sides(printed: Printed) -> dict[str, dict[str, TableCell]]:
    """The items (款, five digits) of basic expenditure by side and bare name."""
    economic = with_kind(printed.rules.tables, TableKind.ECONOMIC)
    sides: dict[str, dict[str, TableCell]] = {Side.STAFF: {}, Side.OPERATING: {}}
    for cell in printed.report.cells:
        if cell.place in economic and cell.side in sides and len(cell.code) == 5:
            sides[cell.side][bare(cell.item)] = cell
    return sides


def bare(name: str) -> str:
    """An economic item's name as it is compared: without 支出, 费用 or 费 at its end and without brackets."""
    return _END.sub("", _BRACKETS.sub("", squeeze(name)))


def _judge(
    passage: Passage, found: regex.Match[str], side: dict[str, TableCell], wordings: WordingRules
) -> Iterator[Finding]:
    names = [name for name in _SEPARATORS.split(found["list"]) if name]
    cells = [(name, side.get(bare(wordings.list_open.sub("", name)))) for name in names]
    known = [(name, cell) for name, cell in cells if cell is not None]
    if not side or len(known) * 2 < len(names):
        return  # no list of economic items, or T6 was not read
    empty = [(name, cell) for name, cell in known if not cell.value and UNKNOWN not in cell.value_text]
    left_out = _left_out(found, known, side, wordings) if len(known) == len(names) else []
    if not empty and not left_out:
        return
    said = []
    if empty:
        shown = _shown(cell for _, cell in empty)
        said.append(phrase("the text lists {items}, which have no money in table T6", items=shown))
    if left_out:
        said.append(phrase("the text leaves out {items}", items=_shown(left_out)))
    cells_named = [cell for _, cell in empty] + left_out
    yield Finding(
        item=_side_name(found["side"]), severity=Severity.WARNING,
        stated="、".join(name for name, _ in empty), computed="、".join(cell.item for cell in left_out),
        pages=(passage.page_of(*found.span("list")), *(cell.page for cell in cells_named)),
        refs=tuple(cell_ref(cell) for cell in cells_named),
        message=phrase("{side}: {said}.", side=_side_name(found["side"]), said=listed(said, "; ", "；")),
    )  # fmt: skip


def _shown(cells: Iterable[TableCell]) -> Phrase:
    """Items with their codes and what is printed of them."""
    return listed(
        (phrase("{item} ({code}: {value})", item=c.item, code=c.code, value=printed_text(c.value_text)) for c in cells),
        "、",
    )


def _left_out(
    found: regex.Match[str],
    known: list[tuple[str, TableCell]],
    side: dict[str, TableCell],
    wordings: WordingRules,
) -> list[TableCell]:
    """Items with money that a list leaves out which by its words is whole."""
    if found["how"] not in wordings.list_complete or wordings.list_open.search(found["list"]):
        return []
    named = {id(cell) for _, cell in known}
    return [cell for cell in side.values() if cell.value and id(cell) not in named]
