"""Which reading of a table is kept, and what becomes of readers that fail."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.layout.detect import read_layout
from jsextract.model.document import Cell, Document, Page, Table
from jsextract.model.report import TableCell
from jsextract.readers.limit import TooSlow, at_most
from jsextract.readers.pdf import plumber
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.rules.ruleset import load_rules
from jsextract.tables.arbitration import Arbitrated, second_opinions
from jsextract.tables.arbitration.reread import READERS, Other, Read, read_again
from tests.faults.workers import spin
from tests.readers.drawn import Sheet, pdf

RULES = load_rules()

XS, YS = [60, 150, 250, 350, 450], [100, 120, 140, 160, 180]
ROWS = [
    ["科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["行政运行", "15.50", "12.50", "3.00"],
    ["培训支出", "2.25", "0.25", "2.00"],
    ["合计", "17.75", "12.75", "5.00"],
]


@dataclass(frozen=True)
class Sums:
    """Each row's first figure is the sum of the others."""

    satisfied: int
    failed: int


def judge(cells: Sequence[TableCell], table: str) -> Sums:
    rows: dict[int, list[Decimal | None]] = {}
    for c in cells:
        if c.table == table:
            rows.setdefault(c.row, []).append(c.value)
    whole = [[v for v in row if v is not None] for row in rows.values() if None not in row]
    good = sum(row[0] == sum(row[1:]) for row in whole if len(row) > 1)
    return Sums(good, sum(len(row) > 1 for row in whole) - good)


def draw(rows: list[list[str]], skip: Sequence[float] = ()) -> bytes:
    def page(sheet: Sheet) -> None:
        sheet.text(180, 70, "2023年度支出决算表", 14)
        sheet.text(400, 90, "单位：万元", 9)
        sheet.grid(XS, YS, lambda *at: None if at[0] == at[2] and at[0] in skip else sheet.line(*at))
        sheet.rows(XS, YS, rows)

    return pdf(page)


def changed(source: Document, old: str, new: str) -> Document:
    """The source as a reader with a fault in one cell gives it."""
    pages = tuple(
        replace(p, lines=tuple(replace(line, text=line.text.replace(old, new)) for line in p.lines))
        for p in source.pages
    )
    return replace(source, pages=pages)


def hear(data: bytes, source: Document | None = None, readers: Sequence[tuple[str, Read]] = READERS) -> Arbitrated:
    source = source or read_pdf(data)
    return second_opinions(
        source, read_layout(source), RULES.tables, judge, lambda pages: read_again(data, None, pages, readers)
    )


def figures(heard: Arbitrated) -> dict[tuple[str, str], str]:
    return {(c.item, c.column): c.value_text for r in heard.readings for c in r.cells}


def test_a_sound_table_is_read_once() -> None:
    source = read_pdf(draw(ROWS))
    heard = second_opinions(
        source, read_layout(source), RULES.tables, judge, lambda _: pytest.fail("nothing is in doubt")
    )
    assert len(figures(heard)) == 9
    assert not heard.opinions


def test_a_wrong_cell_of_the_first_reader_is_restored_by_another() -> None:
    data = draw(ROWS)
    source = changed(read_pdf(data), "12.50", "72.50")
    heard = hear(data, source)
    assert figures(heard)["行政运行", "基本支出"] == "12.50"
    cells = [c for r in heard.readings for c in r.cells]
    assert {c.reader for c in cells} == {"pdfplumber"}
    assert all("arbitrated" in c.flags and "low_confidence" not in c.flags for c in cells)
    first, second, third, inferred, _ = heard.opinions
    assert (first.reader, first.satisfied, first.failed, first.chosen) == ("lattice", 2, 1, False)
    assert (second.reader, second.satisfied, second.failed, second.chosen) == ("pdfplumber", 3, 0, True)
    assert (inferred.satisfied, inferred.failed, inferred.chosen) == (2, 1, False)
    assert (third.reader, third.satisfied, third.chosen, third.doubt) == ("camelot", 3, False, ("identity",))


def test_an_error_that_all_readers_see_stays_with_the_first() -> None:
    data = draw([*ROWS[:3], ["合计", "17.75", "99.75", "5.00"]])
    heard = hear(data)
    cells = [c for r in heard.readings for c in r.cells]
    assert {c.reader for c in cells} == {"lattice"}
    assert all("low_confidence" not in c.flags for c in cells)
    assert [o.chosen for o in heard.opinions] == [True, False, False, False, False]
    assert len(heard.others["T3"]) == 2


def test_readers_that_disagree_leave_the_table_marked() -> None:
    def third(pdf: bytes, pages: Sequence[Page]) -> Iterator[tuple[int, tuple[Table, ...]]]:
        for number, tables in plumber.reread_tables(pdf, pages):
            yield number, tuple(replace(t, cells=tuple(map(spoil, t.cells))) for t in tables)

    def spoil(cell: Cell) -> Cell:
        lines = tuple(replace(line, text=line.text.replace("0.25", "0.95")) for line in cell.lines)
        return replace(cell, lines=lines)

    data = draw(ROWS)
    heard = hear(data, changed(read_pdf(data), "12.50", "72.50"), [("pdfplumber", third)])
    cells = [c for r in heard.readings for c in r.cells]
    assert all({"arbitrated", "low_confidence"} <= set(c.flags) for c in cells)


@pytest.mark.parametrize(
    "fault", [ValueError("x"), StopIteration(), MemoryError(), RecursionError(), AssertionError(), KeyError(1)]
)
def test_a_reader_that_fails_is_a_value(fault: BaseException) -> None:
    def broken(pdf: bytes, pages: Sequence[Page]) -> Iterator[tuple[int, tuple[Table, ...]]]:
        raise fault
        yield  # a generator, like the real ones

    data = draw(ROWS)
    heard = hear(data, changed(read_pdf(data), "12.50", "72.50"), [("pdfplumber", broken)])
    assert figures(heard)["行政运行", "基本支出"] == "72.50"
    kept = {o.reader: (o.chosen, o.problem) for o in heard.opinions}
    assert kept["lattice"] == (True, "")
    assert kept["pdfplumber"][0] is False
    assert kept["pdfplumber"][1] in {type(fault).__name__, "RuntimeError"}
    assert all("low_confidence" in c.flags for r in heard.readings for c in r.cells)


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(pdf: bytes, pages: Sequence[Page]) -> Iterator[tuple[int, tuple[Table, ...]]]:
        spin()
        yield 1, ()

    monkeypatch.setattr("jsextract.tables.arbitration.reread.SECONDS", 0.1)
    (other,) = read_again(draw(ROWS), None, read_pdf(draw(ROWS)).pages, [("slow", slow)])
    assert other == Other("slow", {}, "TooSlow")


def test_time_that_is_not_over_is_given_back() -> None:
    with at_most(60.0):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    with pytest.raises(TooSlow), at_most(0.05):
        spin()


def test_pages_that_cannot_be_copied_are_a_value() -> None:
    pages = read_pdf(draw(ROWS)).pages
    others = read_again(b"%PDF-1.4 nothing", None, pages)
    assert [(o.reader, bool(o.problem)) for o in others] == [("pdfplumber", True), ("camelot", True)]


def test_a_table_that_only_another_reader_sees_is_taken_where_it_was_announced() -> None:
    data = draw(ROWS)
    source = read_pdf(data)
    blind = replace(source, pages=tuple(replace(p, rulings=()) for p in source.pages))
    layout = replace(read_layout(blind), tables=(), prose=blind.pages[0].lines)
    heard = second_opinions(blind, layout, RULES.tables, judge, lambda pages: (Other("pdfplumber", _tables(data)),))
    assert figures(heard)["培训支出", "项目支出"] == "2.00"
    assert {o.doubt for o in heard.opinions} == {("missing",)}
    assert not [line for line in heard.layout.prose if "2.00" in line.text]


def _tables(data: bytes) -> dict[int, tuple[Table, ...]]:
    return dict(plumber.reread_tables(data, read_pdf(data).pages))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: [rows[0], ["行政运行", "15.50 12.50", "", "3.00"], *rows[2:]],
        lambda rows: [rows[0], ["行政运行15.50", "", "12.50", "3.00"], *rows[2:]],
        lambda rows: [rows[0], ["行政运行", "15.50", "12.503.00", ""], *rows[2:]],
        lambda rows: [rows[0], ["", "15.50", "12.50", "3.00"], *rows[2:]],
    ],
)
def test_torn_rows_put_a_table_in_doubt(spoil: Callable[[list[list[str]]], list[list[str]]]) -> None:
    heard = hear(draw(spoil(ROWS)))
    assert heard.opinions
    assert all("torn" in o.doubt for o in heard.opinions)
    assert all("low_confidence" in c.flags for r in heard.readings for c in r.cells)


def test_a_table_on_pages_that_nobody_else_reads_speaks_for_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first reading of a page that the others were not asked about is no witness of itself."""
    monkeypatch.setattr("jsextract.tables.arbitration.arbiter.MAX_PAGES", 1)
    data = draw([*ROWS[:3], ["合计", "17.75", "99.75", "5.00"]])
    source = read_pdf(data)
    page = source.pages[0]
    second = replace(page, number=2, lines=tuple(replace(line, page=2) for line in page.lines))
    twice = replace(source, pages=(page, second))
    heard = second_opinions(twice, read_layout(twice), RULES.tables, judge, lambda pages: read_again(data, None, pages))
    assert [(o.reader, o.pages) for o in heard.opinions] == [("lattice", (1, 2))]
    cells = [c for r in heard.readings for c in r.cells]
    assert cells
    assert all("low_confidence" in c.flags for c in cells)
