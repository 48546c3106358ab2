"""Tables that were not read and figures in no cell: the account says so, and no check accuses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from jsextract.model.document import Layout, Line, Page
from jsextract.model.geometry import Box
from jsextract.model.report import Report
from jsextract.pipeline import extract
from jsextract.tables.arbitration.doubt import torn
from jsextract.tables.lost import count_unread
from tests.readers.drawn import Sheet, pdf
from tests.tables.made import read

HEAD = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
ROWS = (
    ("", "合计", "812.40", "500.00", "312.40"),
    ("201", "一般公共服务支出", "812.40", "500.00", "312.40"),
    ("20103", "政府办公厅（室）及相关机构事务", "812.40", "500.00", "312.40"),
    ("2010301", "行政运行", "500.00", "500.00", ""),
    ("2010302", "一般行政管理事务", "312.40", "", "312.40"),
)
XS = (40, 100, 260, 340, 420, 500)
YS = tuple(150 + 20 * i for i in range(len(ROWS) + 2))


def cover(sheet: Sheet):
    sheet.text(150, 200, "临江市水务局", 20)
    sheet.text(150, 240, "2023年度部门决算", 20)


def titled(title: str, unit: str = "单位：万元"):
    def draw(sheet: Sheet):
        sheet.text(220, 100, title, 15)
        sheet.text(440, 130, unit, 9)

    return draw


def expenditure(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD):
    def draw(sheet: Sheet):
        titled("支出决算表")(sheet)
        sheet.grid(XS, YS)
        sheet.rows(XS, YS, [head, *(rows or ROWS)])

    return draw


def pasted(sheet: Sheet):
    titled("收入决算表")(sheet)
    sheet.canvas.drawInlineImage(Image.new("RGB", (1000, 500), "gray"), 60, 400, 480, 240)


def listed(sheet: Sheet):
    for i, title in enumerate(("一、收入决算表", "二、支出决算表", "三、收入支出决算总表")):
        sheet.text(60, 100 + 24 * i, title)


@pytest.fixture
def account(tmp_path: Path):
    def read(*pages) -> Report:
        path = tmp_path / "account.pdf"
        path.write_bytes(pdf(cover, *pages))
        return extract(path)

    return read


def state(report: Report) -> tuple[str, str, int]:
    return report.status, report.problem, report.unread_cells


def test_an_account_whose_tables_are_read_is_whole(account):
    assert state(account(expenditure())) == ("ok", "", 0)


def test_a_table_that_is_a_picture_under_its_title_needs_ocr(account):
    report = account(pasted, expenditure())
    assert state(report) == ("partial", "needs-ocr", 0)
    assert "收入决算表 (page 2)" in report.message
    (check,) = [c for c in report.checks if c.check_id == "table.announced"]
    assert (check.status, check.pages) == ("not_checkable", (2,))


def test_a_title_with_a_unit_and_no_table_under_it_was_not_read(account):
    assert state(account(titled("收入决算表"), expenditure())) == ("partial", "", 0)


def test_a_list_of_titles_without_tables_lost_none(account):
    assert state(account(listed)) == ("ok", "", 0)


def test_figures_that_stand_in_no_cell_are_counted(account):
    rows = [*ROWS[:3], ("2010301", "行政运行", "####", "500.00", ""), ROWS[4]]
    assert state(account(expenditure(*rows))) == ("partial", "", 1)


def test_figures_under_a_column_of_no_such_table_are_doubted(account):
    rows = [(*ROWS[0][:4], "999.00"), *ROWS[1:]]
    report = account(expenditure(*rows, head=(*HEAD[:4], "项目数额")))
    assert (report.status, "none of the table's own: T3" in report.message) == ("partial", True)
    assert all(check.origin != "document" for check in report.checks if check.status == "fail")


def test_a_table_that_prints_amounts_and_of_which_none_was_read_is_in_doubt():
    drawing = """
        资金来源|合计|<|因公出国（境）费|<|公务接待费|<
        ^|预算数|决算数|预算数|决算数|预算数|决算数
        一般公共预算财政拨款|9.00|8.00|6.00|5.50|3.00|2.50
        政府性基金预算财政拨款|1.00||1.00|||
    """
    reading = read(drawing, "财政拨款“三公”经费支出决算表")
    assert all(cell.value is None for cell in reading.cells)
    assert torn(reading) == 8


def test_marks_for_none_taken_for_parts_of_names_raise_doubt():
    drawing = """
        科目名称|<|本年收入|本年支出|<|<
        ^|^|^|合计|基本支出|项目支出
        合计|—|135.17|135.17|—|135.17
        城乡社区支出|—|135.17|135.17|—|135.17
    """
    reading = read(drawing, "政府性基金预算财政拨款收入支出决算表")
    assert {cell.item_text for cell in reading.cells} == {"合计/—", "城乡社区支出/—"}
    assert torn(reading) >= len(reading.cells)


@pytest.mark.parametrize(("source", "text", "count"), [
    ("ocr", "总计 28 3145.69 总计 56 3145.69", 2),
    ("native", "总计 28 3145.69 总计 56 3145.69", 0),
    ("ocr", "支出3145.69万元，比上年增加 12.50万元。", 0),
])  # fmt: skip
def test_rows_of_a_picture_that_stand_in_no_grid_are_counted(source: str, text: str, count: int):
    edges, x = [], 60.0
    for char in text:
        wide = 40.0 if char == " " else 9.0
        edges.append((x, x + wide))
        x += wide
    line = Line(1, text, Box(60, 100, x, 110), tuple(edges), 9.0, 0)
    page = Page(number=1, width=595, height=842, source=source, lines=(line,))
    assert count_unread(Layout((page,), (), (line,)), (), ()).total() == count
