"""What is said of figures that were recognised in pictures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.model.document import Line
from jsextract.model.report import Project
from jsextract.rules.ruleset import load_rules
from jsextract.tables.recognised import unknown_amounts, with_confidence, with_doubts
from jsextract.text.amounts import UNKNOWN
from jsextract.vocabulary import Flag
from tests import made


def test_amounts_of_the_text_without_digits_are_counted() -> None:
    lines = [
        Line(1, f"支出{UNKNOWN * 4}"),
        Line(1, f"万元，增加{UNKNOWN * 3}%，共{UNKNOWN}人，比上年减少{UNKNOWN * 2}元。"),
    ]
    assert unknown_amounts(lines) == 2


def test_an_amount_with_other_decimals_than_its_table_is_doubted() -> None:
    known = {"code": "2010301", "item": "行政运行", "reader": "ocr", "flags": ("ocr:1.00",)}
    cells = [made.cell(value=Decimal(f"{n}.50"), value_text=f"{n}.50", **known) for n in range(1, 12)]
    lost = made.cell(value=Decimal("1250"), value_text="1250", **known)
    found = with_doubts([*cells, lost], load_rules())
    assert [c.value for c in found if Flag.LOW_CONFIDENCE in c.flags] == [Decimal("1250")]


def test_a_column_that_is_none_of_the_tables_own_is_doubted() -> None:
    known = {"code": "2010301", "item": "行政运行", "reader": "ocr", "flags": ("ocr:1.00",)}
    cells = [made.cell(column=column, **known) for column in ("基本支出", "基木支出")]
    assert [Flag.LOW_CONFIDENCE in cell.flags for cell in with_doubts(cells, load_rules())] == [False, True]


def test_all_cells_of_a_torn_table_are_doubted() -> None:
    known = {"code": "2010301", "item": "行政运行", "reader": "ocr", "flags": ("ocr:1.00",)}
    cells = [made.cell(**known), made.cell(**(known | {"table": "T5", "column": "合计"}))]
    found = with_doubts(cells, load_rules(), {"T3"})
    assert [Flag.LOW_CONFIDENCE in cell.flags for cell in found] == [True, False]


def test_a_table_of_no_standard_is_as_sure_as_most_of_its_figures() -> None:
    known = {"table": "X2", "item": "行政运行", "reader": "ocr", "flags": ("ocr:1.00",), "column": "1x"}
    plain, odd = made.cell(**known), made.cell(**(known | {"flags": ("ocr:0.60", Flag.LOW_CONFIDENCE)}))
    lost = replace(plain, value=None, value_text=UNKNOWN * 2, flags=("readings_differ:31|3",))
    for cells, told in (([plain, plain, odd], [False, False, True]), ([plain, odd, lost], [True, True, False])):
        assert [Flag.LOW_CONFIDENCE in cell.flags for cell in with_doubts(cells, load_rules())] == told
    native = [replace(cell, reader="pdfium") for cell in (plain, odd, odd)]
    assert with_doubts([*native, replace(plain, table="T3")], load_rules())[:3] == tuple(native)


def test_a_table_of_no_name_with_the_columns_of_a_standard_one_is_doubted() -> None:
    known = {"table": "X1", "code": "2010301", "item": "行政运行", "reader": "ocr", "flags": ("ocr:1.00",)}
    cells = [made.cell(column=column, **known) for column in ("本年支出合计", "基本支出", "说明")]
    assert all(Flag.LOW_CONFIDENCE in cell.flags for cell in with_doubts(cells, load_rules()))
    assert not any(Flag.LOW_CONFIDENCE in cell.flags for cell in with_doubts(cells[1:], load_rules()))


def test_a_table_of_no_name_with_the_rows_of_a_standard_one_is_doubted() -> None:
    known = {"table": "X1", "code": "", "column": "金额", "reader": "ocr", "flags": ("ocr:1.00",)}
    rows = ("上级补助收入", "事业收入", "经营收入", "其他收入")
    cells = [made.cell(item=item, **known) for item in rows]
    assert all(Flag.LOW_CONFIDENCE in cell.flags for cell in with_doubts(cells, load_rules()))
    assert not any(Flag.LOW_CONFIDENCE in cell.flags for cell in with_doubts(cells[1:], load_rules()))


SURE, UNSURE = ("ocr:0.99",), ("ocr:0.62", "low_confidence")
TOLD = made.report().projects[0]
LISTED = replace(TOLD, flags=("from_table",), executed=Decimal("7.5"))


@pytest.mark.parametrize(
    ("project", "flags"),
    [
        (TOLD, ("ocr:0.62", "low_confidence")),
        (LISTED, ("from_table", "ocr:0.99")),
        (replace(LISTED, page=LISTED.page + 1), ("from_table",)),
    ],
)
def test_a_project_has_the_doubt_of_what_it_was_put_together_from(project: Project, flags: tuple[str, ...]) -> None:
    facts = (made.fact(project=TOLD.project, flags=SURE), made.fact(project=TOLD.project, flags=UNSURE))
    cells = (
        made.cell(page=TOLD.page, value=Decimal("7.5"), flags=SURE),
        made.cell(page=TOLD.page, value=Decimal("7.6"), flags=UNSURE),
    )
    (found,) = with_confidence([project], facts, cells)
    assert found.flags == flags
