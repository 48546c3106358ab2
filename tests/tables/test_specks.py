"""Marks that are specks of a copy, and those that are printed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.tables.specks import without_specks
from tests.tables.made import table

UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def cleaned(text: str, column: int = 1) -> str:
    rows = [["201", "一般公共服务支出", "2,300.50", "1"], ["205", "教育支出", "1.00", "2"]]
    rows.append(["204", "公共安全支出", "9.00", "3"])
    rows[-1][column] = text
    grid = table("\n".join(" | ".join(row) for row in rows))
    return without_specks(replace(grid, reader="ocr")).cells[8 + column].text


@pytest.mark.parametrize(
    ("text", "column", "right"),
    [
        ("本年收入合计.", 1, "本年收入合计"),
        ("合计：", 1, "合计"),
        ("四.公共安全支出", 1, "四.公共安全支出"),
        ("、公共安全支出", 1, "、公共安全支出"),
        ("其中：", 1, "其中："),
        ("198.37.", 2, "198.37"),
        (":0.00", 2, "0.00"),
        (".0", 2, "0"),
        ("-0.12.", 2, "-0.12"),
        ("2:008.42", 2, "2,008.42"),
        ("1.203:087.93", 2, "1,203,087.93"),
        (f"{UNKNOWN}{UNKNOWN}.", 2, f"{UNKNOWN}{UNKNOWN}"),
        ("20805.", 0, "20805"),
        # digits may be lost
        ("1250.", 2, "1250."),
        (".57", 2, ".57"),
        ("76.7.3", 2, "76.7.3"),
        ("—", 2, "—"),
    ],
)
def test_specks_are_no_marks(text: str, column: int, right: str) -> None:
    assert cleaned(text, column) == right


def test_a_point_is_no_comma_where_none_are_printed() -> None:
    grid = replace(table("公共安全支出 | 2.008.42\n教育支出 | 2008.42"), reader="ocr")
    assert without_specks(grid) is grid


def test_native_tables_stay() -> None:
    grid = table("公共安全支出. | 198.37.")
    assert without_specks(grid) is grid


def test_a_round_letter_is_zero_where_zeros_are_printed() -> None:
    rows = ["公共安全支出 | 0 | 0 | 0", "教育支出 | 0 | 0 | {}", "科学技术支出 | {} | 9.00 | {}"]
    grid = replace(table("\n".join(rows).format("ó", "o.", "i")), reader="ocr")
    cells = without_specks(grid).cells
    assert [cell.text for cell in cells if cell.col] == ["0", "0", "0", "0", "0", "0", "0", "9.00", "i"]
    assert [cell.text for cell in cells if cell.flags == ("low_confidence",)] == ["0", "0"]
    blank = replace(table("\n".join(rows).replace("0", "-").format("ó", "o", "i")), reader="ocr")
    assert without_specks(blank) is blank
