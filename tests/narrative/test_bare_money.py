"""Figures without a unit, in a text that names one for all of them."""

from __future__ import annotations

import pytest

from jsextract.authoring.examples import described
from jsextract.model.document import Line
from jsextract.model.report import Fact
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.reader import read_part
from jsextract.outline.flow import join
from jsextract.outline.headings import part_about
from jsextract.rules.bare_money import unit_of_all
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Flag


def read(line: str, topic: str) -> list[Fact]:
    rules = load_rules()
    part = part_about(topic, rules.sections)
    return list(read_part(part, [join([Line(0, line)])], ReadingContext(rules, 2022, unit_of_all="万元")))


def told(line: str, topic: str) -> list[str]:
    return [described(fact).removesuffix(" (2022)") for fact in read(line, topic)]


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["（本说明金额单位均为万元，下同）"], "万元"),
        (["单位：元，下同"], "元"),
        (["金额单位：万元"], ""),  # of one table
        (["金额单位均为万元", "金额单位均为元"], ""),
    ],
)
def test_the_unit_of_all_figures(lines: list[str], unit: str):
    assert unit_of_all(lines) == unit


def test_bare_amounts_are_read_by_all_rules_and_flagged():
    line = "财政拨款支出31.60，比2021年29.80增加1.80，增长6.04%。"
    with_units = "财政拨款支出31.60万元，比2021年29.80万元增加1.80万元，增长6.04%。"
    assert told(line, "function") == told(with_units, "function")
    amounts = [fact for fact in read(line, "function") if fact.unit == "万元"]
    assert [(fact.value_text, Flag.UNIT_INFERRED in fact.flags) for fact in amounts] == [
        ("31.60", True),
        ("29.80", True),
        ("1.80", True),
    ]


@pytest.mark.parametrize("line", ["公务接待费3.20万元，比上年下降2.10。", "公务接待费3.20万元，占比12.50。"])
def test_rates_and_shares_without_a_sign_are_no_money(line: str):
    assert [fact.value_text for fact in read(line, "three_public") if fact.unit == "万元"] == ["3.20"]
