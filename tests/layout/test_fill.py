"""Lines into cells."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.layout.assign import cell_text, fill, in_order, split_line
from jsextract.layout.grid import CellSpan, Grid
from jsextract.model.geometry import Box, union
from tests.layout.made import gapped, line

GRID = Grid(
    1, (0.0, 100.0, 200.0, 300.0), (0.0, 20.0, 40.0), tuple(CellSpan(r, c, 1, 1) for r in (0, 1) for c in (0, 1, 2))
)


def texts(*lines, grid: Grid = GRID) -> list[str]:
    return [c.text for c in fill(grid, lines).cells]


def test_one_line_over_three_cells_is_cut_at_the_rulings():
    assert texts(gapped(("教育支出", 5), ("12.50", 160), ("3.00", 270), y=10)) == [
        "教育支出",
        "12.50",
        "3.00",
        "",
        "",
        "",
    ]


def test_touching_texts_are_cut_between_their_characters():
    found = split_line(line("2010601", 85, 10), [0, 100, 110, 130])
    assert [(column, part.text) for column, part in found] == [(0, "201"), (1, "06"), (2, "01")]


def test_long_name_that_sticks_out_stays_in_its_cell():
    name = "机关事业单位基本养老缴费"
    assert texts(line(name, 5, 10, size=8.2), gapped(("12.50", 160), y=10)) == [name, "12.50", "", "", "", ""]


def test_amount_a_little_above_its_row_lands_in_its_row():
    assert texts(line("教育支出", 5, 30), line("12.50", 160, 24)) == ["", "", "", "教育支出", "12.50", ""]


def test_name_on_two_lines_is_joined_without_a_space():
    assert texts(line("机关事业单位", 5, 6, 8), line("职业年金缴费", 5, 15, 8))[0] == "机关事业单位职业年金缴费"


def test_words_spread_over_their_cell_lose_their_spaces():
    assert texts(gapped(("合", 20), ("计", 60), y=10))[0] == "合计"


def test_latin_words_keep_their_space():
    assert cell_text([line("Total sum", 5, 10), line("of all", 5, 20)]) == "Total sum of all"


def test_two_numbers_under_each_other_stay_two():
    assert cell_text([line("12.50", 5, 10), line("3.00", 5, 20)], width=90) == "12.50\n3.00"


def test_number_that_fills_its_cell_goes_on_below():
    assert cell_text([line("1,234,567.", 5, 10), line("89", 5, 20)], width=55) == "1,234,567.89"


def test_pieces_beside_each_other_are_read_from_left_to_right():
    assert [p.text for p in in_order([line("右", 50, 9), line("左", 5, 11)])] == ["左", "右"]


def test_what_lies_outside_comes_back():
    beside = gapped(("12.50", 260), ("旁注", 330), y=10)
    filled = fill(GRID, [line("上面", 5, -30), beside])
    assert [p.text for p in filled.rest] == ["上面", "旁注"]
    assert filled.cells[2].text == "12.50"


def test_merged_cell_takes_the_lines_of_all_its_slots():
    grid = Grid(
        1, GRID.xs, GRID.ys, (CellSpan(0, 0, 2, 1), CellSpan(0, 1, 1, 2), CellSpan(1, 1, 1, 1), CellSpan(1, 2, 1, 1))
    )
    assert texts(line("科目", 5, 10), line("名称", 5, 30), line("合计", 180, 10), grid=grid) == [
        "科目名称",
        "合计",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("15,072,", "245.15", "15,072,245.15"),
        ("1,232,6", "70.03", "1,232,670.03"),
        ("1,161.9", "5", "1,161.95"),
        ("381998", "7.90", "3819987.90"),
        ("12.00", "13.00", "12.00\n13.00"),
        ("116", "90", "116\n90"),
    ],
)
def test_amounts_that_are_wrapped_in_a_narrow_cell_are_one(first, second, joined):
    assert cell_text([line(first, 5, 10), line(second, 5, 20)], width=len(first) * 5 / 0.7) == joined


def test_an_amount_that_crosses_a_ruling_between_two_figures_stays_whole() -> None:
    """Not 274 in one column and .00 in the next."""
    parts = split_line(line("1234.56", 80, 50), [0, 100, 200])
    assert [(column, part.text) for column, part in parts] == [(0, "1234.56")]
    parts = split_line(line("1234.56", 90, 50), [0, 100, 200])
    assert [(column, part.text) for column, part in parts] == [(1, "1234.56")]


def test_amounts_that_touch_at_a_ruling_are_two_and_codes_are_parted() -> None:
    assert [p.text for _, p in split_line(line("12.503.00", 75, 50), [0, 100, 200])] == ["12.50", "3.00"]
    assert [p.text for _, p in split_line(line("2010601", 85, 50), [0, 100, 110, 200])] == ["201", "06", "01"]


def test_an_amount_that_reaches_into_the_next_name_stays_whole() -> None:
    parts = split_line(line("52,211.39三、国防支出", 60, 50), [0, 100, 200])
    assert [(column, part.text) for column, part in parts] == [(0, "52,211.39"), (1, "三、国防支出")]


def test_a_ruling_in_a_gap_parts_an_amount_from_the_code_beyond_it() -> None:
    """The gap is too narrow for a space, and 3674.52302 would be an amount by its form."""
    amount, code = line("3674.52", 64, 50), line("302", 101, 50)
    touching = replace(amount, text="3674.52302", edges=amount.edges + code.edges, box=union([amount.box, code.box]))
    assert [(c, p.text) for c, p in split_line(touching, [0, 100, 200])] == [(0, "3674.52"), (1, "302")]
    assert [(c, p.text) for c, p in split_line(touching, [0, 86, 200])] == [(1, "3674.52302")], "no ruling in the gap"


def test_a_spread_amount_is_not_parted_by_a_ruling_between_its_figures() -> None:
    edges = tuple((60 + 7.0 * i, 65 + 7.0 * i) for i in range(7))
    spread = replace(line("1234.56", 60, 50), edges=edges, box=Box(60, 45, 107, 55))
    assert [(c, p.text) for c, p in split_line(spread, [0, 87, 200])] == [(0, "1234.56")]
