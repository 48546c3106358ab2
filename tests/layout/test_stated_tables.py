"""Tables that a format itself states are taken as they are, and need no places."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from jsextract.layout.detect import read_layout
from jsextract.model.document import Document, Line, Page, Table, numbered
from jsextract.model.report import Report
from jsextract.pipeline import read, understand
from jsextract.rules.ruleset import load_rules

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_shanghai.pdf"


def without_places(document: Document) -> Document:
    """The same account as a web page would give it: one page, lines of text, and grids as the format states them."""
    layout = read_layout(document)
    lines = numbered(Line(1, line.text) for line in layout.prose)
    return Document(
        pages=(Page(number=1, width=0.0, height=0.0, lines=lines, grids=tuple(map(stated, layout.tables))),)
    )


def stated(table: Table) -> Table:
    cells = tuple(replace(cell, page=1, box=None, lines=()) for cell in table.cells)
    return replace(table, cells=cells, pages=(1,), box=None, flags=())


def claimed(report: Report) -> set[tuple[str, ...]]:
    return {(c.table, c.side, c.code, c.item, c.column, c.value_text, c.unit) for c in report.cells}


def test_tables_without_places_give_the_same_cells() -> None:
    document, rules = read(FIXTURE), load_rules()
    printed, report = understand(document, rules), understand(without_places(document), rules)
    assert len(report.cells) == len(printed.cells) == 650
    assert claimed(report) == claimed(printed)
    assert {(cell.page, cell.box) for cell in report.cells} == {(1, None)}
    assert (report.kind, report.entity, report.year) == (printed.kind, printed.entity, printed.year)
    assert not [check for check in report.checks if check.status == "fail" and check.check_id.startswith("table.")]


def test_a_title_in_the_first_row_of_a_sheet_is_no_data() -> None:
    (table, *_) = read_layout(read(FIXTURE)).tables
    title = replace(table.cells[0], row=0, col=0, row_span=1, col_span=table.n_cols, text=table.title, lines=())
    lower = tuple(replace(cell, row=cell.row + 1) for cell in table.cells)
    sheet = replace(stated(table), title="", cells=stated(replace(table, cells=(title, *lower))).cells)
    page = Page(number=1, width=0.0, height=0.0, grids=(replace(sheet, n_rows=table.n_rows + 1),))
    (found,) = read_layout(Document(pages=(page,))).tables
    assert (found.title, found.n_rows) == (table.title, table.n_rows)
