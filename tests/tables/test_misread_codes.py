"""Codes in one cell, or in three for 类 款 项, of which parts were misread."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from jsextract.tables.misread_names import with_known_names
from tests.tables.made import table

RULES = load_rules()
UNKNOWN = "\N{REPLACEMENT CHARACTER}" * 2
BODY = """
    213 |  |  | 农林水支出 | 9.00
    213 | 03 |  | 水利 | 9.00
    {}
    221 |  |  | 住房保障支出 | 9.00
    221 | 02 |  | 住房改革支出 | 9.00
    221 | 02 | 01 | 住房公积金 | 9.00
    221 | 02 | 03 | 购房补贴 | 9.00
    """


def of_row(row: str, body: str = BODY) -> tuple[str, str]:
    """Code and name of the row between the others."""
    lines = ("项目 | < | < | < | 本年支出合计", "类 | 款 | 项 | 科目名称 | ^", body.format(row).strip())
    (mended,) = with_known_names([replace(table("\n".join(lines), title="支出决算表"), reader="ocr")], RULES)
    (cell,) = [cell for cell in read_tables([mended], RULES.tables)[0].cells if cell.value_text == "5.00"]
    return cell.code, cell.item


@pytest.mark.parametrize(
    "parts",
    [
        f"213 | 03 | {UNKNOWN}",
        f"213 | {UNKNOWN} | 05.",
        f"{UNKNOWN} | {UNKNOWN} | {UNKNOWN}",
        "2l3 | 03 | 05",
        f"213 | ó{UNKNOWN[0]} | 05",
        "213 | 03. | 0S",
        "213 | 03 | .ot",
        f"213 | {UNKNOWN}一 | 5:",
        "213 | 83 | 05",
    ],
)
def test_parts_are_those_of_the_name(parts: str) -> None:
    assert of_row(f"{parts} | 水利工程建设 | 5.00") == ("2130305", "水利工程建设")


def test_one_of_several_codes_of_a_name_is_the_one_under_the_rows_above() -> None:
    assert of_row(f"213 | 03 | {UNKNOWN} | 行政运行 | 5.00") == ("2130301", "行政运行")
    assert of_row(f"{UNKNOWN} | {UNKNOWN} | 01 | 行政运行 | 5.00") == ("2130301", "行政运行")


def test_code_and_name_that_were_both_misread_are_the_next_that_fit() -> None:
    assert of_row(f"213 | {UNKNOWN} | 05 | 水利工程健设 | 5.00") == ("2130305", "水利工程建设")
    assert of_row("213 | 03 | 0S | 水利工程健设 | 5.00") == ("2130305", "水利工程建设")


@pytest.mark.parametrize(
    ("row", "code", "item"),
    [
        # another code of the lists is none that was misread
        ("213 | 03 | 06 | 水利工程建设", "2130306", "水利工程建设"),
        # a name of the lists stays, though its code is another's
        ("208 | 05 |  | 行政单位离退休", "20805", "行政单位离退休"),
        # a code that no list holds beside a name that none holds
        ("213 | 03 | 88 | 某某渠道工程", "2130388", "某某渠道工程"),
        # no code fits: two digits are others
        ("213 | 03 | 88 | 水利工程建设", "2130388", "水利工程建设"),
    ],
)
def test_what_nothing_tells_stays_as_read(row: str, code: str, item: str) -> None:
    assert of_row(f"{row} | 5.00") == (code, item)


def test_a_part_that_could_not_be_told_makes_no_shorter_code() -> None:
    assert of_row(f"208 | 05 | {UNKNOWN} | 某某离退休 | 5.00")[1] != "行政事业单位离退休"


def test_figures_before_a_name_are_no_codes() -> None:
    drawing = "项目 | 决算数 | 项目 | 决算数\n事业收入 | 2.00 | 外交支出 | 1.00\n经营收入 | {} | 国防支出 | 3.00"
    (mended,) = with_known_names([replace(table(drawing.format(UNKNOWN)), reader="ocr")], RULES)
    assert mended.cells[9].text == UNKNOWN
