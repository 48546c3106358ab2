"""Headers of which characters were lost or misread for sure: the word of the form, or as read."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.rules.ruleset import load_rules
from jsextract.tables import TableReading, read_tables
from jsextract.tables.misread_heads import right_title
from jsextract.tables.misread_names import with_known_names
from tests.tables.made import table

RULES = load_rules()
SPENT = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
INCOME = ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]


def read(heads: list[str], title: str = "支出决算表", more: str = "") -> TableReading:
    amounts = " | ".join(["9.00", *["1.00"] * (len(heads) - 1)])
    drawing = f"""
        项目 | < | {" | ".join(heads)}
        科目编码 | 科目名称 | {" | ".join("^" for _ in heads)}
        合计 | < | {amounts}
        204 | 公共安全支出 | {amounts}
        {more}
        205 | 教育支出 | {amounts}
        """
    (mended,) = with_known_names([replace(table(drawing, title=title), reader="ocr")], RULES)
    return read_tables([mended], RULES.tables)[0]


def columns(reading: TableReading) -> list[str]:
    return list(dict.fromkeys(cell.column for cell in reading.cells))


@pytest.mark.parametrize(
    ("right", "misread"),
    [
        ("上缴上级支出", "上上级支出"),
        ("上缴上级支出", "上数上级支出"),
        ("基本支出", "基木支出"),
        ("项目支出", "项目支出."),
        ("项目支出", "项目支出hok"),
        ("对附属单位补助支出", "对附单位补助支出"),
        ("对附属单位补助支出", "对附驾单位补肋支出"),
        ("本年支出合计", "本年支出台计"),
    ],
)
def test_a_misread_word_is_that_of_the_form(right: str, misread: str) -> None:
    found = read([misread if head == right else head for head in SPENT])
    assert (found.table_id, columns(found)) == ("T3", SPENT)
    mended = [cell for cell in found.cells if cell.column == right]
    if misread.strip(".") != right:
        assert {cell.column_text for cell in mended} == {misread}
        assert all("ocr_corrected" in cell.flags for cell in mended)
        assert not any("ocr_corrected" in cell.flags for cell in found.cells if cell.column != right)


@pytest.mark.parametrize(
    ("right", "misread"),
    [
        ("附属单位上缴收入", "附驾单位上数收入"),
        ("财政拨款收入", "财政拨救收人"),
    ],
)
def test_two_characters_of_a_long_word_may_be_misread(right: str, misread: str) -> None:
    assert columns(read([misread if head == right else head for head in INCOME], "收入决算表")) == INCOME


@pytest.mark.parametrize(
    "heads",
    [
        # words of the lists stay, whatever form they stand in
        ["本年支出合计", "项目支出", "基本支出", "上级补助收入", "经营支出", "对附属单位补助支出"],
        # as near to one word as to another
        ["本年支出合计", "基目支出", "其他", "上缴上级支出", "经营支出", "对附属单位补助支出"],
        # in another place than the word of the form
        ["本年支出合计", "基本支出", "项目支出", "经营支出", "上上级支出", "对附属单位补助支出"],
        # the word stands elsewhere
        ["本年支出合计", "基本支出", "基木支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
        # years and other numbers
        ["2022年支出合计", "2023年支出合计", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
        ["小计", "合计", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
    ],
)
def test_another_column_keeps_its_name(heads: list[str]) -> None:
    found = read(heads)
    assert not any("ocr_corrected" in cell.flags for cell in found.cells)
    assert list(dict.fromkeys(cell.column_text for cell in found.cells)) == heads


def test_a_header_that_is_repeated_is_the_one_above() -> None:
    again = ["本年支出合计", "基本支出", "项目支出", "上墩上汲支出", "经営支出", "对附属单位补助支出"]
    below = f"科目编码 | 科目名称 | {' | '.join('^' for _ in again)}"
    found = read(SPENT, more=f"项目 | < | {' | '.join(again)}\n{below}")
    assert {cell.item for cell in found.cells} == {"合计", "公共安全支出", "教育支出"}
    assert columns(found) == SPENT


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("支出决算衰", "支出决算表"),
        ("2024年度部门支出决算麦", "2024年度部门支出决算表"),
        ("公用03表", ""),
        # known, of another table, or near to none
        ("支出决算表", "支出决算表"),
        ("收入决算衰", "收入决算衰"),
        ("项目支出决算表", "项目支出决算表"),
        ("支出预算衰", "支出预算衰"),
        ("部门情况表", "部门情况表"),
    ],
)
def test_a_misread_title_is_that_of_the_table_whose_words_it_has(title: str, right: str) -> None:
    assert right_title(title, "".join(SPENT), RULES.tables) == right


def test_one_without_a_title_is_known_by_its_words() -> None:
    drawing = "\n".join((" | ".join(["科目编码", "科目名称", *SPENT[:3], "上上级支出", *SPENT[4:]]),
                         "204 | 公共安全支出 | 6.00 | 1.00 | 2.00 | 1.00 | 1.00 | 1.00"))  # fmt: skip
    (mended,) = with_known_names([replace(table(drawing), reader="ocr")], RULES)
    assert [cell.text for cell in mended.cells[2:8]] == SPENT
