"""Figures under a heading that names an item are about that, known or not; never about what was told before."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.authoring.examples import described
from jsextract.model.document import Line
from jsextract.model.report import Fact
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.reader import read_part
from jsextract.outline.flow import join
from jsextract.outline.heading_lines import is_heading
from jsextract.outline.headings import part_about
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Flag

FIGURES = "年初预算4.00万元，决算3.00万元，完成年初预算的75.00%。"


def below(heading: str, *lines: str, topic: str = "three_public") -> list[Fact]:
    """What figures below a heading of the second level say."""
    rules = load_rules()
    part = replace(part_about(topic, rules.sections), heading=heading, level=2)
    return list(read_part(part, [join([Line(0, line)]) for line in lines], ReadingContext(rules, 2022, "万元")))


def items(heading: str, *lines: str, topic: str = "three_public") -> list[str]:
    """The item of each figure below it."""
    return [fact.item for fact in below(heading, *lines, topic=topic)]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("2.公务用车购置及运行维护费用支出情况说明", "公务用车购置及运行维护费"),
        ("（二）公车运行费用支出情况", "公务用车运行维护费"),
        ("3.公务接待费支出决算情况说明。", "公务接待费"),
        ("（一）2022年度因公出国（境）费用情况", "因公出国（境）费"),
        ("4.外地调研费支出情况说明", "外地调研费"),
        ("（一）“三公”经费支出总体情况说明", "“三公”经费合计"),
        ("（一）总体情况", "“三公”经费合计"),
    ],
)
def test_a_heading_names_what_the_figures_below_it_are_about(heading: str, item: str):
    assert items(heading, FIGURES) == [item] * 3


def test_below_words_that_name_nothing_a_figure_is_nobodys():
    assert items("6.外地调研支出情况", FIGURES) == []
    assert items("2.公务接待费及会议费情况", FIGURES) == []


def test_a_line_that_holds_a_name_alone_is_a_heading_too():
    assert items("", FIGURES, "2.公务接待费用", FIGURES) == ["“三公”经费合计"] * 3 + ["公务接待费"] * 3


@pytest.mark.parametrize(
    ("heading", "line", "named"),
    [
        ("2.公务接待费支出情况说明", FIGURES, "headed"),
        ("2.公务接待费支出情况说明", f"公务接待费厉行节约。{FIGURES}", "headed"),
        ("（一）总体情况", FIGURES, "inherited"),  # tells what it is about and does not name it
        ("2.公务接待费和会议费情况", "公务接待费3.00万元。比上年增加1.00万元。", "inherited"),
        ("2.公务接待费支出情况说明", "公务接待费3.00万元，公车购置费8.00万元。比上年增加1.00万元。", "inherited"),
    ],
)
def test_a_name_that_the_heading_gives_is_told_by_the_document(heading: str, line: str, named: str):
    assert below(heading, line)[-1].named == named


def test_a_heading_of_two_sides_names_neither():
    line = "比上年增加1.00万元。"
    (fact,) = below("四、财政拨款收入支出决算总体情况", line, topic="fiscal_totals")
    assert fact.named == "inherited"


def test_a_free_name_is_flagged():
    rules = load_rules()
    part = replace(part_about("three_public", rules.sections), heading="4.外地调研费支出情况", level=2)
    facts = list(read_part(part, [join([Line(0, FIGURES)])], ReadingContext(rules, 2022, "万元")))
    assert [Flag.FREE_NAME in fact.flags for fact in facts] == [True] * 3


def test_a_share_without_a_base_is_of_the_amount_before_it_and_not_of_another_section():
    rules = load_rules()
    part = part_about("three_public", rules.sections)
    line = join([Line(0, "政府采购支出总额90.00万元，图书印刷费占30%。")])
    told = [described(fact) for fact in read_part(part, [line], ReadingContext(rules, 2022, "万元"))]
    assert [one for one in told if "三公" in one] == []


def test_a_chapter_whose_words_tell_a_topic_is_a_heading():
    sections = load_rules().sections
    assert is_heading("六、政府采购与设备", sections)
    assert not is_heading("六、图书与设备", sections)
