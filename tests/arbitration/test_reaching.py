"""Cells that take in rows that are not theirs, and rows that no table holds."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.model.document import Cell, Layout, Table
from jsextract.tables import TableReading
from jsextract.tables.arbitration.doubt import gone_on
from jsextract.tables.arbitration.reaching import count_reaching
from tests.layout.made import gapped

Spec = tuple[int, int, int, str]


def table(*cells: Spec) -> Table:
    """A table of row, column, rows reached over and text of each cell."""
    made = tuple(Cell(row=r, col=c, row_span=n, col_span=1, page=1, box=None, text=text) for r, c, n, text in cells)
    rows, cols = max(c.row + c.row_span for c in made), max(c.col for c in made) + 1
    return Table(
        title="", unit="", notes=(), cells=made, n_rows=rows, n_cols=cols, pages=(1,), box=None, leftover="",
        reader="lattice", flags=(), above=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (((0, 0, 1, "一、教育支出"), (1, 0, 1, "二、科学技术支出"), (0, 1, 2, "")), 1),
        (((0, 0, 1, "一、教育支出"), (1, 0, 1, "二、科学技术支出"), (0, 1, 2, "12.50")), 1),
        (((0, 0, 2, "教育支出"), (0, 1, 2, "")), 0),
        (((0, 0, 1, ""), (1, 0, 1, ""), (0, 1, 2, "")), 0),
        (((0, 0, 1, "小计"), (0, 1, 1, "基本支出"), (0, 2, 2, "项目支出"), (1, 0, 1, ""), (1, 1, 1, "")), 1),
        (((0, 0, 2, "某局"), (0, 1, 1, "12.50"), (0, 2, 1, ""), (1, 1, 1, "3.25"), (1, 2, 1, "")), 0),
        (((0, 0, 1, "205"), (1, 0, 1, "206"), (0, 1, 2, "教育支出"), *((1, c, 1, "1.50") for c in (2, 3, 4))), 1),
        (((0, 0, 1, "1"), (0, 1, 2, "款"), (1, 0, 1, "0.00")), 0),
    ],
)
def test_what_reaches_into_rows_of_others(cells: tuple[Spec, ...], count: int):
    assert count_reaching(table(*cells)) == count


@pytest.mark.parametrize(
    ("parts", "found"),
    [((("公用经费合计", 60), ("155.39", 300)), {0: 2}), ((("本表反映公用经费155.39万元。", 60),), {})],
)
def test_a_row_at_the_top_of_the_next_page_goes_on_the_table(
    parts: tuple[tuple[str, float], ...], found: dict[int, int]
):
    line = replace(gapped(*parts, y=60), page=2)
    layout = Layout((), (), (line,), (), 0)
    reading = TableReading("T6", table((0, 0, 1, "人员经费"), (0, 1, 1, "12.50")), (), "", "")
    assert gone_on(layout, [reading]) == found
