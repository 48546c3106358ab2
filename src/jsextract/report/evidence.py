"""What a finding shows of its documents: pictures to be drawn, and rows and sentences for what has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from jsextract.check.figure import is_nothing, parted
from jsextract.language.phrase import Phrase, listed, phrase
from jsextract.model.report import Fact, TableCell
from jsextract.report import labels
from jsextract.report.found import Finding
from jsextract.report.places import Evidence, Places, Row
from jsextract.report.view import Compared, Quote, TableRow

_MOST_PICTURES = 3
_MOST_COMPARED = 40
_MOST_NAMED = 3
_FEW = 3  # rows among which a blank one may be what the finding is about

Reports = Callable[[str], Places | None]
"""The places of a document by its id; None where the dataset has no result of it."""


class Plan(Struct, frozen=True):
    """A finding with what it rests on.

    Attributes:
        rows: the cells and facts, the one that is stated first, each with the document that it stands in.
        wanted: the pictures that are to be drawn.
    """

    finding: Finding
    rows: Sequence[tuple[str, Row]]
    wanted: Sequence[Evidence]


def planned(finding: Finding, reports: Reports) -> Plan:
    """What a finding rests on."""
    rows: list[tuple[str, Row]] = []
    for ref in finding.check.refs:
        owner, own = parted(ref)
        document_id = owner or finding.document_id
        places = reports(document_id)
        row = places.row(own) if places else None
        if row is not None:
            rows.append((document_id, row))
    wanted: list[Evidence] = []
    for document_id in dict.fromkeys(document for document, _ in rows):
        places = reports(document_id)
        there = [row for document, row in rows if document == document_id]
        wanted += places.evidence(_told(there)) if places else []
    own_places = reports(finding.document_id)
    if not wanted and own_places is not None and not rows:
        wanted += own_places.quotes(finding.check)
    return Plan(finding, rows, wanted[:_MOST_PICTURES])


def _told(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without blank cells, where there are many: what is not there adds nothing to a sum."""
    if len(rows) <= _FEW:
        return rows
    return [row for at, row in enumerate(rows) if at == 0 or not is_nothing(row.value_text)]


def compared(plan: Plan) -> list[Compared]:
    """The figures that a finding rests on."""
    return [
        Compared(str(labels.place(row)), labels.printed(row), str(labels.spot(row)))
        for _, row in plan.rows[:_MOST_COMPARED]
    ]


def caption(evidence: Evidence, file: str) -> Phrase:
    """File, page, and what is framed."""
    return listed((file, labels.page(evidence.cut.page), _named(evidence.rows)), ", ", "，")


def alt(evidence: Evidence) -> Phrase:
    """What is to be seen."""
    if not evidence.rows:
        return phrase("The words “{quote}” as printed, framed.", quote=evidence.cut.quote)
    values = listed((labels.printed(row) for row in evidence.rows), ", ", "、")
    return phrase("Cut out of the page; framed: {values}.", values=values)


def as_text(plan: Plan, reports: Reports, names: Callable[[str], str]) -> tuple[list[Quote], list[TableRow]]:
    """Sentences and rows of tables in the place of pictures, each once."""
    said: dict[tuple[str, int, str], list[Fact]] = {}
    lines: dict[tuple[str, str, int, str], list[TableCell]] = {}
    for document_id, row in plan.rows[:_MOST_COMPARED]:
        if isinstance(row, Fact):
            said.setdefault((document_id, row.page, row.sentence), []).append(row)
        else:
            lines.setdefault((document_id, row.place, row.row, row.side), []).append(row)
    quotes = [_quote(facts, _where(names(key[0]), facts)) for key, facts in said.items()]
    if not plan.rows:
        quotes = _passage(plan, reports, names)
    rows = [_table_row(cells, reports(key[0]), _where(names(key[0]), cells)) for key, cells in lines.items()]
    return quotes, rows


def _passage(plan: Plan, reports: Reports, names: Callable[[str], str]) -> list[Quote]:
    """The words that a finding quotes, with those around them."""
    places = reports(plan.finding.document_id)
    found = places.passage(plan.finding.check.stated) if places else None
    if found is None:
        return []
    before, quote, after, heading = found
    where = str(listed((names(plan.finding.document_id), heading), ", ", "，"))
    return [Quote([(before, False), (quote, True), (after, False)], where)]


def _where(file: str, rows: Sequence[Row]) -> str:
    return str(listed((file, labels.spot(rows[0]), _named(rows)), ", ", "，"))


def _named(rows: Sequence[Row]) -> Phrase:
    more = "…" if len(rows) > _MOST_NAMED else ""
    return listed((*map(labels.place, rows[:_MOST_NAMED]), more), "; ", "；")


def _quote(facts: Sequence[Fact], where: str) -> Quote:
    """A sentence in parts, the figures of the facts among them."""
    sentence, parts, at = facts[0].sentence, [], 0
    for start, end in sorted({(fact.start, fact.end) for fact in facts}):
        if start >= at:
            parts += [(sentence[at:start], False), (sentence[start:end], True)]
            at = end
    return Quote([*parts, (sentence[at:], False)], where)


def _table_row(meant: Sequence[TableCell], places: Places | None, where: str) -> TableRow:
    cell = meant[0]
    row = places.table_row(cell) if places else [cell]
    wanted = {id(other) for other in meant}
    heads = [str(phrase("item")), *(other.column for other in row)]
    values = [" ".join(filter(None, (cell.code, cell.item_text or cell.item))), *(o.value_text for o in row)]
    return TableRow(heads, values, [at for at, other in enumerate(row, 1) if id(other) in wanted], where)
