"""Tables that are none of the nine, and what every table has in common."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from tests.tables.made import by_place, read, table


def test_words_are_kept_as_values_to_the_right_of_the_first_name():
    got = read("序号 | 单位名称 | 备注\n1 | 甲局（本级） | \n2 | 乙中心 | 二级单位", "", "")
    assert [(c.item, c.column, c.value_text, c.value) for c in got.cells] == [
        ("甲局（本级）", "备注", "", None),
        ("乙中心", "备注", "二级单位", None),
    ]


def test_row_names_in_two_columns_make_a_path():
    got = read(
        """
        项目名称 | < | 金额
        收入总计 | < | 9.00
        一般公共预算资金 | 小计 | 9.00
        ^ | 专项收入 |
        """,
        "收入预算总表",
    )
    assert [c.item for c in got.cells] == ["收入总计", "一般公共预算资金/小计", "一般公共预算资金/专项收入"]


def test_unit_is_the_tables_own_and_inferred_only_where_none_is_printed():
    rows = "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 经营支出\n205 | 教育支出 | 1.50 | 1.50 | |"
    with_unit, without = table(rows, "支出决算表", "万元"), table(rows, "一般公共预算财政拨款支出决算表", "")
    first, second = read_tables([with_unit, without], load_rules().tables)
    assert (first.unit, first.cells[0].amount_yuan, first.cells[0].flags) == ("万元", Decimal(15000), ())
    assert (second.unit, second.cells[0].amount_yuan) == ("万元", Decimal(15000))
    assert "unit_inferred" in second.cells[0].flags


def test_unit_in_a_header_cell_goes_before_the_tables():
    got = read("项目 | 金额（元） | 占比 | 数量\n甲 | 20.00 | 50.00 | 3", "某某表", "万元")
    assert [(c.unit, c.amount_yuan) for c in got.cells] == [("元", Decimal(20)), ("%", None), ("", None)]


def test_two_numbers_in_one_cell_are_none():
    got = read("项目 | 决算数\n甲 | 1.00", "某某表")
    drawn = table("项目 | 决算数\n甲 | 1.00", "某某表")
    stacked = replace(drawn, cells=tuple(replace(c, text="1.00\n2.00") if c.text == "1.00" else c for c in drawn.cells))
    assert got.cells[0].value == Decimal("1.00")
    cell = read_tables([stacked], load_rules().tables)[0].cells[0]
    assert cell.value is None
    assert "several_values" in cell.flags


def test_number_without_a_row_name_is_kept_and_flagged():
    got = read("项目 | 决算数\n甲 | 1.00\n | 7.00", "某某表")
    assert [(c.item, c.value_text, c.flags) for c in got.cells] == [("甲", "1.00", ()), ("", "7.00", ("no_item",))]


def test_placeholder_rows_of_a_template_are_no_data():
    got = read(
        """
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 经营支出
        合计 | < |  |  |  |
        205 | 教育支出 |  |  |  |
        … | … |  |  |  |
        """,
        "支出决算表",
    )
    assert {c.item for c in got.cells} == {"合计", "教育支出"}


HEAD = "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 经营支出\n"
FIRST = "208 | 社会保障和就业 | 2.00 | 2.00 | |"


def _pages(*drawings: str, title: str) -> list:
    """One table whose rows stand on several pages, as the layout joins them."""
    joined = table("\n".join(d.strip() for d in drawings), title)
    first = len(drawings[0].strip().splitlines())
    cells = tuple(replace(c, page=1 if c.row < first else 2) for c in joined.cells)
    return [replace(joined, cells=cells, pages=(1, 2))]


def test_name_torn_by_the_page_break_is_one_row():
    got = read_tables(
        _pages(HEAD + FIRST, " | 等支出 | | | |\n210 | 卫生健康支出 | 3.00 | 3.00 | |", title="支出决算表"),
        load_rules().tables,
    )[0]
    assert list(dict.fromkeys(c.item_text for c in got.cells)) == ["社会保障和就业等支出", "卫生健康支出"]
    assert by_place(got.cells)["", "208", "本年支出合计"] == "2.00"


def test_total_row_at_the_top_of_a_page_is_a_row_of_its_own():
    got = read_tables(_pages(HEAD + FIRST, " | 合计 | | | |", title="支出决算表"), load_rules().tables)[0]
    assert list(dict.fromkeys(c.item for c in got.cells)) == ["社会保障和就业", "合计"]
    assert [c.flags for c in got.cells if c.item == "合计"] == [("continued",)] * 4


def test_header_repeated_on_a_later_page_gives_no_cells():
    again = HEAD + "210 | 卫生健康支出 | 3.00 | 3.00 | |"
    got = read_tables(_pages(HEAD + FIRST, again, title="支出决算表"), load_rules().tables)[0]
    assert {c.code for c in got.cells} == {"208", "210"}
