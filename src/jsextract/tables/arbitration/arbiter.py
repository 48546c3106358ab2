"""Tables in doubt are read again; the reading that agrees most with itself is kept whole (复核)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from jsextract.layout.detect import read_layout
from jsextract.model.document import Document, Layout, Page, Table
from jsextract.model.geometry import Box
from jsextract.model.report import Opinion, TableCell
from jsextract.rules.table_definitions import TableDef
from jsextract.tables import TableReading, read_tables
from jsextract.tables.arbitration.areas import at_one_place, ink_within, places
from jsextract.tables.arbitration.doubt import (
    IDENTITY,
    LEFTOVER,
    MISSING,
    TORN,
    doubts,
    gone_on,
    missing,
    torn,
    unsound,
)
from jsextract.tables.arbitration.placements import with_placements
from jsextract.tables.arbitration.reread import MAX_PAGES, Other, Reread, readable
from jsextract.tables.arbitration.seen import only_seen
from jsextract.tables.arbitration.verdict import Judge
from jsextract.vocabulary import Flag

FIRST, INFERRED, COLUMNS = "lattice", "lattice, rulings inferred", "columns"
Readings = tuple[TableReading, ...]
Group = Mapping[str, tuple[int, ...]]
"""Tables at one place: for each reader the indices of its own."""


class Arbitrated(Struct, frozen=True):
    """A document's tables after all were heard.

    Attributes:
        layout: with the tables that were kept.
        readings: of those tables, in order.
        opinions: what each reader said of each table in doubt.
        others: for each such table, by its name, its cells as every other reader saw them.
        doubtful: the standard tables that stay in doubt, by their places.
    """

    layout: Layout
    readings: Readings
    opinions: tuple[Opinion, ...] = ()
    others: Mapping[str, tuple[tuple[TableCell, ...], ...]] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()


class _ReaderTables(Struct, frozen=True):
    """One reader's tables at one place."""

    reader: str
    tables: tuple[Table, ...]
    readings: Readings = ()
    satisfied: int = 0
    failed: int = 0
    torn: int = 0
    leftover: int = 0
    problem: str = ""

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """The higher, the better it agrees with itself."""
        return bool(self.tables), self.satisfied, -self.failed - self.torn, -self.leftover

    @property
    def figures(self) -> Counter[tuple[str, ...]]:
        """Its cells with what names them, to compare two readings."""
        return Counter(
            (c.side, c.code, c.item, c.column, c.value_text) for reading in self.readings for c in reading.cells
        )


def second_opinions(
    source: Document, layout: Layout, definitions: Sequence[TableDef], judge: Judge, reread: Reread
) -> Arbitrated:
    """The tables of a layout, those in doubt as the reader saw them that agrees most with itself.

    A table is taken whole from one reader. Where readers do equally well the first one's reading stays.

    Args:
        source: the pages.
        layout: of the first reading.
        definitions: of the standard tables.
        judge: how well a table's cells agree with one another.
        reread: asks the other readers about some pages; called only where something is in doubt.
    """
    layout = replace(layout, tables=with_placements(layout.tables, definitions, judge))
    readings = read_tables(layout.tables, definitions)
    doubted = {i: d for i, r in enumerate(readings) if (d := doubts(r, judge(r.cells, r.table_id)))}
    after = gone_on(layout, readings)
    doubted |= {i: (*doubted.get(i, ()), LEFTOVER) for i in after}
    lost = missing(layout, readings, definitions)
    if not doubted and not lost:
        return Arbitrated(layout, readings)
    wanted = {*lost, *after.values(), *(p for i in doubted for p in readings[i].table.pages)}
    pages = _pages_to_reread(source, readings, wanted)
    if not pages:
        return Arbitrated(layout, readings, doubtful=unsound(readings[i] for i in doubted))
    asked = frozenset(page.number for page in pages)
    arbiter = _Arbiter(
        source=source,
        layout=layout,
        definitions=definitions,
        first=tuple(reading.table for reading in readings),
        judge=judge,
        others=[_whole(other, pages) for other in reread(pages)],
        inferred=read_layout(source, inferred=asked, definitions=definitions).tables,
        columns=read_layout(source, definitions=definitions, loose=asked).tables,
        asked=asked,
    )
    return arbiter.arbitrate(doubted, frozenset(lost))


def _whole(other: Other, pages: Sequence[Page]) -> Other:
    """The same with no tables on the pages that it did not come to: the first reading must not speak for it there."""
    return replace(other, tables={page.number: only_seen(other.tables.get(page.number, ()), page) for page in pages})


def _pages_to_reread(source: Document, readings: Readings, wanted: set[int]) -> tuple[Page, ...]:
    """The pages to read again: those in doubt and all others of the tables on them, so that no table is mixed."""
    while (wider := wanted | {p for r in readings if wanted & set(r.table.pages) for p in r.table.pages}) != wanted:
        wanted = wider
    found = tuple(page for page in source.pages if page.number in wanted and readable(page))
    return found[:MAX_PAGES]


class _Arbiter:
    """All readers' tables of one document, compared place by place."""

    def __init__(
        self,
        *,
        source: Document,
        layout: Layout,
        definitions: Sequence[TableDef],
        first: tuple[Table, ...],
        judge: Judge,
        others: Sequence[Other],
        inferred: tuple[Table, ...],
        columns: tuple[Table, ...],
        asked: frozenset[int],
    ) -> None:
        self.asked, self.definitions = asked, definitions
        self.read: dict[str, dict[int, TableReading]] = {}
        self.source, self.layout, self.first, self.judge = source, layout, first, judge
        self.problems = {other.reader: other.problem for other in others}
        self.tables = {FIRST: first} | {
            o.reader: read_layout(source, o.tables, definitions=definitions).tables for o in others
        }
        # What is inferred comes last: it is kept only where it is better than all that was seen.
        self.tables[INFERRED] = tuple(
            replace(t, flags=tuple(sorted({*t.flags, Flag.RULING_INFERRED}))) for t in inferred
        )
        self.tables[COLUMNS] = columns

    def arbitrate(self, doubted: Mapping[int, tuple[str, ...]], lost: frozenset[int]) -> Arbitrated:
        """The best reading of each table in doubt, and of each that the first reading lost."""
        at_issue = [(group, why) for group in at_one_place(self.tables) if (why := self._why(group, doubted, lost))]
        self._understand([group for group, _ in at_issue])
        kept = list(self.first)
        new: list[Table] = []
        opinions: list[Opinion] = []
        compared: list[tuple[_ReaderTables, list[_ReaderTables]]] = []
        for group, why in at_issue:
            mine = group.get(FIRST, ())
            readers = self.tables if self._covered(group) else (FIRST,)
            candidates = [self._candidate(reader, group) for reader in readers]
            best = max(candidates, key=lambda candidate: candidate.rank)  # the first of equals
            if not mine and not best.satisfied:
                continue
            opinions += [_opinion_of(c, why, chosen=c is best) for c in candidates]
            others = [c for c in candidates if c is not best and c.tables and c.reader not in _no_witness(best)]
            compared.append((best, others))
            chosen = self._marked(best, others)
            for i in mine:
                kept[i] = replace(kept[i], cells=())
            if mine:
                kept[mine[0]] = chosen[0]
            new += chosen[1:] if mine else chosen
        return self._settled(_in_order([t for t in kept if t.cells], new), opinions, compared)

    def _why(self, group: Group, doubted: Mapping[int, tuple[str, ...]], lost: frozenset[int]) -> tuple[str, ...]:
        """What speaks against the first reading at this place; nothing where it is sound."""
        mine = group.get(FIRST, ())
        if not mine and any(set(t.pages) & lost for t in self._at(group)):
            return (MISSING,)
        return tuple(sorted({d for i in mine for d in doubted.get(i, ())}))

    def _at(self, group: Group) -> list[Table]:
        """The tables of all readers at one place."""
        return [self.tables[reader][i] for reader, own in group.items() for i in own]

    def _covered(self, group: Group) -> bool:
        """Whether the other readers were asked about all pages of this place."""
        return all(self.asked.issuperset(table.pages) for table in self._at(group))

    def _understand(self, places: Sequence[Group]) -> None:
        """Each reader's tables at these places, understood beside the first reading's tables everywhere else."""
        for reader, tables in self.tables.items():
            own = [group for group in places if reader == FIRST or self._covered(group)]
            gone = {i for group in own for i in group.get(FIRST, ())}
            rest = [t for i, t in enumerate(self.first) if i not in gone]
            new = [tables[i] for group in own for i in group.get(reader, ())]
            self.read[reader] = {id(r.table): r for r in read_tables(_in_order(rest, new), self.definitions)}

    def _candidate(self, reader: str, group: Group) -> _ReaderTables:
        """One reader's tables at one place, judged."""
        own = tuple(self.tables[reader][i] for i in group.get(reader, ()))
        readings = tuple(self.read[reader][id(table)] for table in own if id(table) in self.read[reader])
        verdicts = [self.judge(r.cells, r.table_id) for r in readings]
        return _ReaderTables(
            reader=reader,
            tables=own,
            readings=readings,
            satisfied=sum(v.satisfied for v in verdicts),
            failed=sum(v.failed for v in verdicts),
            torn=sum(torn(r) for r in readings),
            leftover=self._leftover(group, own),
            problem=self.problems.get(reader, ""),
        )

    def _leftover(self, group: Group, own: Sequence[Table]) -> int:
        """How many characters at this place, wherever a reader saw a table, are in none of these cells."""
        areas: dict[int, list[Box]] = defaultdict(list)
        for reader, found in group.items():
            for index in found:
                for page, box in places(self.tables[reader][index]).items():
                    areas[page].append(box)
        ink = Counter(char for page in self.source.pages for char in ink_within(page, areas.get(page.number, ())))
        read = Counter(char for table in own for cell in table.cells for char in cell.text if not char.isspace())
        return (ink - read).total()

    def _marked(self, best: _ReaderTables, others: Sequence[_ReaderTables]) -> list[Table]:
        """The chosen tables flagged: `low_confidence` where a doubt remains that the document does not explain."""
        left = {d for r in best.readings for d in doubts(r, self.judge(r.cells, r.table_id))}
        agreed = bool(others) and all(candidate.figures == best.figures for candidate in others)
        unsure = bool(left & {LEFTOVER, TORN}) or (IDENTITY in left and not agreed)
        flags = {Flag.ARBITRATED, *((Flag.LOW_CONFIDENCE,) if unsure else ())}
        return [replace(t, flags=tuple(sorted({*t.flags, *flags}))) for t in best.tables]

    def _settled(
        self,
        tables: tuple[Table, ...],
        opinions: list[Opinion],
        compared: Sequence[tuple[_ReaderTables, list[_ReaderTables]]],
    ) -> Arbitrated:
        """The outcome: all tables understood together, and the other readings of those that were in doubt."""
        readings = read_tables(tables, self.definitions)
        others = {
            reading.place: tuple(tuple(c for r in v.readings for c in r.cells) for v in rest)
            for best, rest in compared
            for reading in best.readings
        }
        doubtful = unsound(r for r in readings if Flag.ARBITRATED in r.table.flags)
        return Arbitrated(self._without(tables), readings, tuple(opinions), others, doubtful)

    def _without(self, tables: tuple[Table, ...]) -> Layout:
        """The layout with these tables; lines that have come to stand in one are no prose any more."""
        added = [(p, b) for t in tables if t not in self.first for p, b in places(t).items()]
        prose = tuple(
            line
            for line in self.layout.prose
            if line.box is None or not any(p == line.page and b.holds(line.box.cx, line.box.cy) for p, b in added)
        )
        return replace(self.layout, tables=tables, prose=prose)


def _no_witness(candidate: _ReaderTables) -> tuple[str, ...]:
    """Readings by the same reader are no witnesses of each other."""
    own = (FIRST, INFERRED, COLUMNS)
    return own if candidate.reader in own else (INFERRED, COLUMNS)


def _opinion_of(candidate: _ReaderTables, why: tuple[str, ...], *, chosen: bool) -> Opinion:
    """What a candidate says, as the log keeps it."""
    names = ";".join(r.table_id for r in candidate.readings)
    pages = tuple(sorted({p for t in candidate.tables for p in t.pages}))
    return Opinion(
        table=names, pages=pages, doubt=why, reader=candidate.reader, satisfied=candidate.satisfied,
        failed=candidate.failed, leftover=candidate.leftover, chosen=chosen, problem=candidate.problem,
    )  # fmt: skip


def _in_order(tables: Sequence[Table], new: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with the new ones where they stand on their page."""
    if not new:
        return tuple(tables)
    return tuple(sorted([*tables, *new], key=lambda t: (t.pages[0], t.box.y0 if t.box else 0.0)))
