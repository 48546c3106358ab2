"""Figures whose name was taken up from before go to the one that they follow from."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.model.document import Line
from jsextract.model.report import Fact
from jsextract.narrative.arithmetic import by_arithmetic
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.reader import read_part
from jsextract.narrative.stated import Stated
from jsextract.outline.flow import join
from jsextract.outline.headings import part_about
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Flag, Named
from tests.check.made import said


def read(line: str, topic: str = "expenditure") -> list[Fact]:
    """What a sentence says, its figures held against each other."""
    rules = load_rules()
    part = part_about(topic, rules.sections)
    return list(by_arithmetic(list(read_part(part, [join([Line(0, line)])], ReadingContext(rules, 2022, "万元")))))


def items(line: str, topic: str = "expenditure") -> dict[str, str]:
    """Value → item."""
    return {fact.value_text: fact.item for fact in read(line, topic) if fact.value is not None}


SPENT = "本年支出合计100.00万元，其中基本支出60.00万元，项目支出40.00万元，"


def test_a_change_behind_a_list_is_the_wholes_where_only_that_gives_its_rate():
    found = items(f"{SPENT}比上年增加10.00万元，增长11.11%。")
    assert (found["10.00"], found["11.11"]) == ("本年支出合计", "本年支出合计")


@pytest.mark.parametrize(
    ("rest", "value"),
    [
        ("比上年增加10.00万元，增长33.33%。", "10.00"),  # its own figures give it
        ("比上年增加10.00万元，增长27.91%。", "10.00"),  # those of nobody: a fault of the document
        ("比上年增加10.00万元。", "10.00"),  # nothing tells
    ],
)
def test_what_is_not_refuted_or_fits_nobody_stays(rest: str, value: str):
    assert items(SPENT + rest)[value] == "项目支出"


def test_a_name_between_is_its_name():
    assert items(f"{SPENT}项目支出比上年增加10.00万元，增长11.11%。")["10.00"] == "项目支出"


def test_a_rise_that_a_part_cannot_have_is_the_wholes():
    found = items("收入总计900.00万元，其中年初结转和结余30.00万元，较上年增加50.00万元，增长6.00%。", "totals")
    assert (found["50.00"], found["6.00"]) == ("收入总计", "收入总计")


def test_a_rise_that_two_others_may_have_stays():
    found = items("收入总计900.00万元，支出总计800.00万元，年初结转和结余30.00万元，较上年增加50.00万元。", "totals")
    assert found["50.00"] == "年初结转和结余"


def test_a_name_of_two_meanings_is_what_its_figures_follow_from():
    found = items("收入总计900.00万元。收入合计600.00万元，总收入较上年决算数增加120.00万元，增长25.00%。", "totals")
    assert (found["120.00"], found["25.00"]) == ("本年收入合计", "本年收入合计")


def test_a_name_of_two_meanings_that_its_figures_bear_out_stays():
    found = items("收入总计900.00万元。收入合计600.00万元，总收入较上年决算数增加180.00万元，增长25.00%。", "totals")
    assert (found["180.00"], found["25.00"]) == ("收入总计", "收入总计")


def test_where_two_names_fit_nothing_is_moved():
    found = items(
        "收入总计100.00万元，支出总计100.00万元，年初结转和结余40.00万元，比上年增加10.00万元，增长11.11%。", "totals"
    )
    assert found["10.00"] == "年初结转和结余"


def test_a_budget_and_its_rate_go_together():
    line = "“三公”经费10.00万元，其中公务接待费3.00万元，公务用车运行维护费7.00万元，完成预算12.00万元的83.33%。"
    found = items(line, "three_public")
    assert (found["12.00"], found["83.33"]) == ("“三公”经费合计", "“三公”经费合计")


def test_a_reason_goes_with_what_it_explains():
    facts = read(f"{SPENT}比上年增加10.00万元，增长11.11%，主要原因是新建校舍。")
    assert [fact.item for fact in facts if fact.measure == "reason"] == ["本年支出合计"]


def test_across_sentences_a_name_that_was_taken_up_gives_way_to_the_one_that_fits():
    line = "公务用车运行维护费7.13万元，公务接待费3.24万元。较上年减少1.02万元，下降12.52%。"
    assert items(line, "three_public")["1.02"] == "公务用车运行维护费"
    coarse = line.replace("12.52", "13")
    assert items(coarse, "three_public")["1.02"] == "公务接待费"  # too few digits to tell


def test_a_share_is_of_the_amount_that_gives_it():
    facts = read("基本支出共1488.25万元，人员经费占87.49%，计1302.11万元；公用经费占12.51%，计186.14万元。")
    shares = [(fact.item, fact.basis, Flag.ARBITRATED in fact.flags) for fact in facts if fact.measure == "share"]
    assert shares == [("人员经费", "基本支出", False), ("公用经费", "基本支出", True)]


def test_a_rate_goes_to_the_name_whose_figures_give_it():
    def spent(item: str, amount: str) -> Fact:
        return said(item, "final", amount, topic="expenditure", sentence="…")

    def bound(rate: str) -> tuple[str, str]:
        share = said("基本支出", "share", rate, "%", topic="expenditure", sentence="…", basis="本年支出合计",
                     named=Named.INHERITED)  # fmt: skip
        amounts = [spent("本年支出合计", "8.00"), spent("基本支出", "4.90"), spent("项目支出", "3.10")]
        last = by_arithmetic([*amounts, share])[-1]
        return last.item, str(last.named)

    assert bound("38.75") == ("项目支出", "arbitrated")
    assert bound("61.25") == ("基本支出", "inherited")
    assert bound("70.25") == ("基本支出", "inherited")


def test_of_a_long_list_the_names_told_last_are_asked():
    (final,) = read("材料费1.00万元。", "operating")
    stated = Stated()
    for n in range(300):
        stated.add(replace(final, item=f"材料费{n}"))
    asked = [fact.item for fact in stated.owners("材料费299")]
    assert len(asked) < 100
    assert asked[0] == "材料费298"
