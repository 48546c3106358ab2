"""Tables that a format itself states are taken as they are, and need no places."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from jsextract.layout.detect import read_layout
from jsextract.model.document import Cell, Document, Line, Page, Table, numbered
from jsextract.model.report import Report
from jsextract.pipeline import read, understand
from jsextract.report.rows import page_rows
from jsextract.rules.ruleset import load_rules
from tests.readers.books import ROWS, workbook

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


def grid(*rows: str, page: int = 1, after: int = 0) -> Table:
    """A grid of cells that are told apart by spaces."""
    texts = [row.split() for row in rows]
    cells = tuple(
        Cell(row=r, col=c, row_span=1, col_span=1, page=page, box=None, text=text, ref=f"{'ABC'[c]}{r + 1}")
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
    )
    n_cols = len(texts[0])
    return Table(
        title="", unit="", notes=(), cells=cells, n_rows=len(rows), n_cols=n_cols, pages=(page,), box=None,
        reader="stated", after=after,
    )  # fmt: skip


def page(*texts: str, grids: tuple[Table, ...], number: int = 1, name: str = "") -> Page:
    lines = numbered(Line(number, text, whole=True, ref=f"A{i + 1}") for i, text in enumerate(texts))
    return Page(number=number, width=0.0, height=0.0, lines=lines, grids=grids, name=name)


HEAD, INCOME, SPENDING = "项目 决算数", "一、财政拨款收入 10.00", "二、事业收入 2.00"


def test_title_unit_and_notes_are_the_lines_around_a_grid() -> None:
    above = ("第二部分 决算表", "收入决算表", "部门：青溪县粮食局", "单位：万元")
    around = page(*above, "注：本表反映收入。", "三、说明", grids=(grid(HEAD, INCOME, after=4),))
    layout = read_layout(Document(pages=(around,)))
    (table,) = layout.tables
    assert (table.title, table.unit, table.notes) == ("收入决算表", "万元", ("注：本表反映收入。",))
    assert table.above == ("部门：青溪县粮食局",)
    assert [line.text for line in layout.prose] == ["第二部分 决算表", "三、说明"]


def test_a_table_goes_on_on_the_next_sheet() -> None:
    first = page("收入决算表", grids=(grid(HEAD, INCOME, after=1),))
    for above in ((), ("收入决算表（续）",), ("收入决算表",)):
        second = page(*above, number=2, grids=(grid(HEAD, SPENDING, page=2, after=len(above)),))
        (table,) = read_layout(Document(pages=(first, second))).tables
        assert [cell.text for cell in table.cells] == [*HEAD.split(), *INCOME.split(), *SPENDING.split()]
        assert table.pages == (1, 2)


def test_another_title_the_same_rows_or_words_between_begin_another_table() -> None:
    first = page("收入决算表", grids=(grid(HEAD, INCOME, after=1),))
    again = page("收入决算表", number=2, grids=(grid(HEAD, INCOME, page=2, after=1),))
    other = page("支出决算表", number=2, grids=(grid(HEAD, SPENDING, page=2, after=1),))
    apart = page("以下为说明。", number=2, grids=(grid(HEAD, SPENDING, page=2, after=1),))
    for second in (again, other, apart):
        assert len(read_layout(Document(pages=(first, second))).tables) == 2


def test_cells_and_facts_of_a_workbook_tell_their_sheet_and_address() -> None:
    above = ("青溪县粮食局2023年度部门决算", "收入决算表", "单位：万元")
    prose = ("第三部分 2023年度部门决算情况说明", "2023年度收入总计12.00万元。")
    sheet = page(*above, *prose, name="表2", grids=(grid(HEAD, INCOME, SPENDING, after=3),))
    report = understand(Document(pages=(sheet,)), load_rules())
    assert [(c.sheet, c.cell_ref, c.value_text) for c in report.cells] == [
        ("表2", "B2", "10.00"),
        ("表2", "B3", "2.00"),
    ]
    assert {(fact.sheet, fact.cell_ref) for fact in report.facts} == {("表2", "A5")}
    assert next(iter(page_rows(report, 1))) == "T2 表2!B2: 财政拨款收入 | 决算数 10.00"


def test_a_table_goes_on_without_its_blank_columns_and_with_names_on_its_right_side() -> None:
    head = [("收入支出决算总表",), ("单位：万元",), ("项目", "决算数", "项目", "决算数")]
    first = [*head, ("一、财政拨款收入", 12.5, "一、一般公共服务支出", 10)]
    second = [(None, None, "二、外交支出", None), (None, None, "三、教育支出", 2.5), ("总计", 12.5, "总计", 12.5)]
    (table,) = read_layout(read(workbook(first, second), file="a.xlsx")).tables
    assert (table.n_rows, table.n_cols, table.pages) == (5, 4, (1, 2))
    assert [cell.text for cell in table.cells if cell.row in (2, 3)] == [
        "",
        "",
        "二、外交支出",
        "",
        "",
        "",
        "三、教育支出",
        "2.5",
    ]


def test_what_follows_without_a_title_and_cannot_be_joined_puts_a_table_in_doubt() -> None:
    further = [(*row, "x") for row in (("九、其他收入", 1.5), ("合计", 14))]
    tables = read_layout(read(workbook(ROWS, further), file="a.xlsx")).tables
    assert [table.flags for table in tables] == [("continued",)]
    beyond = [("九、其他收入", 1.5, 2, 3), ("合计", 14, 2, 3)]
    tables = read_layout(read(workbook(ROWS, beyond), file="a.xlsx")).tables
    assert [table.flags for table in tables] == [("low_confidence",), ()]
