"""A workbook says what its sheets show."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from jsextract import extract
from jsextract.layout.detect import read_layout
from jsextract.model.report import Report
from jsextract.pipeline import read
from tests.readers.books import ROWS, TITLE, report_of, values, workbook

FIXTURES = Path(__file__).parents[2] / "fixtures"


def claimed(report: Report) -> Counter[tuple[object, ...]]:
    cells = [
        (c.table, c.row, c.side, c.code, c.item, c.column, c.value, c.value_text, c.unit, c.amount_yuan)
        for c in report.cells
        if c.is_standard
    ]
    facts = [(f.topic, f.item, f.code, f.measure, f.basis, f.value, f.value_text, f.unit, f.year) for f in report.facts]
    return Counter([*cells, *facts])


@pytest.mark.parametrize(("book", "pdf"), [("book_hubei.xlsx", "account_hubei"), ("book_yuan.xls", "account_yuan")])
def test_an_account_as_a_workbook_claims_what_it_claims_as_a_pdf(book: str, pdf: str) -> None:
    report, printed = extract(FIXTURES / book), extract(FIXTURES / f"{pdf}.pdf")
    assert claimed(report) == claimed(printed)
    assert not [check for check in report.checks if check.status in ("fail", "minor")]
    assert all(cell.box is None and cell.sheet and cell.cell_ref for cell in report.cells)
    assert all(fact.box is None and fact.sheet and fact.cell_ref for fact in report.facts)


def test_title_unit_and_body_stand_in_the_sheet() -> None:
    (table,) = read_layout(read(workbook(ROWS), file="a.xlsx")).tables
    assert (table.title, table.unit, table.above) == (TITLE, "万元", ("部门：青溪县粮食局",))
    report = report_of(workbook(ROWS))
    assert (report.entity, report.year, report.kind) == ("青溪县粮食局", 2023, "部门决算")
    assert values(workbook(ROWS)) == {"B4": "12.5", "C4": "10", "B5": "12.5", "C5": "10"}


def test_what_is_hidden_is_left_out_and_counted() -> None:
    rows = [(*(*row, None, None)[:3], 999) for row in (*ROWS, ("教育支出", 7, 7))]

    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[6].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet.parent.worksheets[1].sheet_state = "veryHidden"

    report = report_of(workbook(rows, [("不公开", 5)], change=hide))
    assert {cell.cell_ref for cell in report.cells} == {"B4", "C4", "B5", "C5"}
    assert "hidden" in report.flags
    # 教育支出, two figures, 999 in five rows that are seen and one that is not, 不公开 and its figure
    assert report.dropped == {"hidden": 4 + 2 + 6 * 3 + 3 + 1}
    assert report.pages == 1


def test_a_merged_cell_whose_first_column_is_hidden_is_seen_in_the_next() -> None:
    rows = [
        (TITLE,),
        ("单位：万元",),
        ("项目", "支出", None, None),
        (None, "基本支出", "编号", "项目支出"),
        ("合计", 1.5, 9, 2.5),
    ]

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("B3:D3")
        sheet.column_dimensions["B"].hidden = True

    (table,) = read_layout(read(workbook(rows, change=merge), file="a.xlsx")).tables
    heads = {cell.text: (cell.ref, cell.col_span) for cell in table.cells if cell.text == "支出"}
    assert heads == {"支出": ("C3", 2)}


def test_two_tables_in_a_sheet_and_text_between_them() -> None:
    other = [("2023年度支出决算表",), ("单位：元",), ("项目", "本年支出合计", "基本支出"), ("合计", 3, 3)]
    rows = [*ROWS, ("注：本表反映收入。",), (), *other]
    layout = read_layout(read(workbook(rows), file="a.xlsx"))
    assert [(t.title, t.unit, t.notes) for t in layout.tables] == [
        (TITLE, "万元", ("注：本表反映收入。",)),
        ("2023年度支出决算表", "元", ()),
    ]
    assert [len(t.cells) for t in layout.tables] == [9, 6]


def test_two_tables_beside_each_other() -> None:
    rows = [
        (TITLE, None, None, None, "2023年度支出决算表", None, None),
        (None, None, "单位：万元", None, None, None, "单位：元"),
        ("项目", "本年收入合计", "财政拨款收入", None, "项目", "本年支出合计", "基本支出"),
        ("合计", 12.5, 10, None, "合计", 3.5, 3.5),
    ]
    tables = read_layout(read(workbook(rows), file="a.xlsx")).tables
    assert [(t.title, t.unit, [c.text for c in t.cells][3:]) for t in tables] == [
        (TITLE, "万元", ["合计", "12.5", "10"]),
        ("2023年度支出决算表", "元", ["合计", "3.5", "3.5"]),
    ]


def test_a_list_of_the_tables_in_a_sheet_of_its_own_is_no_table() -> None:
    index = [("财决公开01表", "收入支出决算总表"), ("财决公开02表", "收入决算表"), ("财决公开03表", "支出决算表")]
    layout = read_layout(read(workbook(index, ROWS), file="a.xlsx"))
    assert [table.title for table in layout.tables] == [TITLE]
    listed, alone = report_of(workbook(index, ROWS)), report_of(workbook(ROWS))
    assert (listed.message, len(listed.cells)) == (alone.message, len(alone.cells))


def test_the_name_of_a_sheet_is_a_title_where_none_is_printed() -> None:
    def name(sheet: Worksheet) -> None:
        sheet.title = "GK02 收入决算表(公开02表)"

    (table,) = read_layout(read(workbook(ROWS[1:], change=name), file="a.xlsx")).tables
    assert table.title == "GK02 收入决算表"
    assert not read_layout(read(workbook(ROWS[1:]), file="a.xlsx")).tables[0].title


def test_a_cover_whose_labels_have_no_colon_names_the_body_alone() -> None:
    cover = (
        ("2023年度部门决算公开表",),
        ("单位名称", "青溪县粮食局"),
        ("单位负责人", "张三"),
        ("填报日期", "2024-08-01"),
    )
    report = report_of(workbook(cover, ROWS[2:]))
    assert (report.kind, report.entity, report.year) == ("部门决算", "青溪县粮食局", 2023)


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_a_formula_that_failed_is_a_value_that_is_not_known(error: str) -> None:
    def fail(sheet: Worksheet) -> None:
        sheet["B4"] = error
        sheet["B4"].data_type = "e"

    cells = {cell.cell_ref: cell for cell in report_of(workbook(ROWS, change=fail)).cells}
    assert (cells["B4"].value, cells["B4"].item, cells["B4"].column) == (None, "合计", "本年收入合计")
    assert "formula_unevaluated" in cells["B4"].flags
    assert cells["C4"].value == 10


def test_a_cover_alone_tells_what_a_workbook_without_titles_is() -> None:
    report = report_of(workbook((("青溪县粮食局2023年度部门决算",), ("单位负责人：张三",)), ROWS[2:]))
    assert (report.kind, report.entity, report.year) == ("部门决算", "青溪县粮食局", 2023)


def test_a_header_alone_has_a_blank_row_under_it() -> None:
    heads = [(TITLE,), ("单位：万元",), ("合计", "因公出国（境）费", "公务接待费"), (1, 2, 3)]
    (table,) = read_layout(read(workbook([*heads, (), ("注：本表为空。",)]), file="a.xlsx")).tables
    assert [cell.ref for cell in table.cells if not cell.text] == ["A5", "B5", "C5"]
    assert table.notes == ("注：本表为空。",)


def test_names_over_several_columns_need_not_be_merged() -> None:
    heads = [("科目编码", None, "科目名称", "本年支出", None, None), ("类", "款", None, "合计", "基本支出", "项目支出")]
    rows = [("2023年度支出决算表",), *heads, ("201", "03", "政府办公厅", 3.5, 1.5, 2)]
    (table,) = read_layout(read(workbook(rows), file="a.xlsx")).tables
    assert [(c.text, c.col, c.col_span) for c in table.cells if c.row == 0] == [
        ("科目编码", 0, 2),
        ("科目名称", 2, 1),
        ("本年支出", 3, 3),
    ]


def test_the_labels_and_names_of_a_cover_are_words() -> None:
    cover = [("2023年度部门决算",), ("单位名称：", "青溪县粮食局"), ("编报日期：", "2024年8月")]
    layout = read_layout(read(workbook(cover, ROWS), file="a.xlsx"))
    assert len(layout.tables) == 1
    assert [line.text for line in layout.prose][:2] == ["2023年度部门决算", "单位名称：青溪县粮食局"]


def test_a_figure_is_printed_as_it_is_shown() -> None:
    def form(sheet: Worksheet) -> None:
        for place, code in {"B4": "#,##0.00", "C4": "0.0%", "B5": "0.00;[Red]0.00", "C5": '0.00"万元"'}.items():
            sheet[place].number_format = code
        sheet["B4"], sheet["C4"], sheet["B5"], sheet["C5"] = 1234.5, 0.256, -3, 2

    report = report_of(workbook(ROWS, change=form))
    found = {cell.cell_ref: (cell.value_text, str(cell.value), cell.unit) for cell in report.cells}
    assert found["B4"] == ("1,234.50", "1234.50", "万元")
    assert found["C4"][:2] == ("25.6%", "25.6")
    assert found["B5"][:2] == ("-3.00", "-3.00")
    assert found["C5"] == ("2.00万元", "2.00", "万元")


def test_text_that_looks_like_a_number_is_kept_and_told() -> None:
    rows = [*ROWS[:3], ("合计", "1,200.50", 10), ("2010301", "１２", " 7.00")]
    report = report_of(workbook(rows))
    told = {
        cell.cell_ref: (cell.value_text, str(cell.value)) for cell in report.cells if "number_as_text" in cell.flags
    }
    assert told == {"B4": ("1,200.50", "1200.50"), "B5": ("１２", "12"), "C5": ("7.00", "7.00")}


def test_a_formula_is_its_stored_value_or_is_told_to_have_none(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    for at, row in enumerate(ROWS):
        sheet.write_row(at, 0, row)
    sheet.write_formula("B4", "=SUM(B5:B6)", None, 12.5)
    book.close()
    assert values((tmp_path / "a.xlsx").read_bytes())["B4"] == "12.5"
    rows = [*ROWS[:3], ("合计", "=SUM(B5:B6)", 10), ROWS[4]]
    report = report_of(workbook(rows))
    (cell,) = [cell for cell in report.cells if cell.cell_ref == "B4"]
    assert (cell.value, cell.value_text, cell.flags) == (None, "=SUM(B5:B6)", ("formula_unevaluated",))
    assert report.unread_cells == 1


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    def blank(sheet: Worksheet) -> None:
        sheet.sheet_view.showZeros = False

    rows = [*ROWS[:3], ("合计", 0, 10)]
    assert values(workbook(rows)) == {"B4": "0", "C4": "10"}
    assert values(workbook(rows, change=blank)) == {"B4": "", "C4": "10"}
