"""Single cells that put a table of codes in doubt."""

from __future__ import annotations

import pytest

from jsextract.model.document import Cell, Table
from jsextract.model.geometry import Box
from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from jsextract.tables.arbitration.doubt import torn

ROWS = [
    ["功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "15.50", "12.50", "3.00"],
    ["205", "教育支出", "15.50", "12.50", "3.00"],
    ["20508", "进修及培训", "15.50", "12.50", "3.00"],
]


def count_torn(at: tuple[int, int] | None = None, text: str = "") -> int:
    """How much is torn in a table of expenditures, one cell of which says something else."""
    cells = tuple(
        Cell(
            row=r, col=c, row_span=1, col_span=1, page=1, box=Box(c * 90.0, r * 20.0, c * 90.0 + 90, r * 20.0 + 20),
            text=text if (r, c) == at else own,
        )
        for r, row in enumerate(ROWS)
        for c, own in enumerate(row)
    )  # fmt: skip
    table = Table(
        title="一般公共预算财政拨款支出决算表", unit="万元", notes=(), cells=cells, n_rows=4, n_cols=5, pages=(1,),
        box=Box(0, 0, 450, 80), leftover="", reader="lattice", flags=(), above=(),
    )  # fmt: skip
    [reading] = read_tables([table], load_rules().tables)
    assert reading.table_id == "T5"
    return torn(reading)


def test_a_table_without_a_fault_is_not_torn():
    assert count_torn() == 0


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ((1, 2), ""),
        ((2, 3), "12."),
        ((3, 1), "进修20509及培训"),
        ((3, 1), "—20508进修及培训"),
        ((1, 1), "类款"),
        ((2, 1), "7"),
        ((0, 3), "基本支出12.50"),
        ((0, 1), "功能分类科目编码科目名称"),
        ((3, 1), "进修及培训本年支出合计"),
    ],
)
def test_a_cell_that_says_what_two_should_or_too_little_is_torn(at: tuple[int, int], text: str):
    assert count_torn(at, text) > 0


def test_a_total_that_stands_on_one_side_only_is_torn():
    def both(income: str, expenditure: str) -> int:
        rows = [
            ["项目", "决算数", "项目", "决算数"],
            ["一、一般公共预算财政拨款收入", "3.00", "一、一般公共服务支出", "3.00"],
            ["本年收入合计", "3.00", "本年支出合计", "3.00"],
            ["总计", income, "总计", expenditure],
        ]
        cells = tuple(
            Cell(row=r, col=c, row_span=1, col_span=1, page=1, box=Box(c * 90.0, r * 20.0, c * 90.0 + 90, r * 20.0 + 20),
                 text=text)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        )  # fmt: skip
        table = Table(
            title="收入支出决算总表", unit="万元", notes=(), cells=cells, n_rows=4, n_cols=4, pages=(1,),
            box=Box(0, 0, 360, 80), leftover="", reader="lattice", flags=(), above=(),
        )  # fmt: skip
        [reading] = read_tables([table], load_rules().tables)
        assert reading.table_id == "T1"
        return torn(reading)

    assert both("3.00", "3.00") == both("", "") == 0
    assert both("3.00", "") > 0
