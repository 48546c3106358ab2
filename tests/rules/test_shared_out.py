"""Values that 分别 gives to several things reach the right one or none."""

from __future__ import annotations

import pytest

from jsextract.authoring.examples import read_sentence
from jsextract.rules.ruleset import load_rules


def read(say: str, topic: str) -> list[tuple[str, str, str]]:
    return [(f.item, f.measure, f"{f.value:f}") for f in read_sentence(say, load_rules(), topic) if f.value is not None]


@pytest.mark.parametrize(
    ("say", "topic"),
    [
        ("政府采购货物、工程、服务支出分别为10万元、20万元、30万元。", "procurement"),
        ("货物、服务采购分别占政府采购支出总额的40%和60%。", "procurement"),
        ("公务接待费和公务用车运行维护费分别比上年下降10%和5%。", "three_public"),
        ("较上年分别减少0万元、0.5万元、0.2万元。", "three_public"),
        ("行政编制和事业编制分别为10人、12人。", "staffing"),
    ],
)
def test_no_value_goes_to_the_wrong_thing(say, topic):
    assert read(say, topic) == []


def test_counts_of_two_kinds_are_of_one_thing():
    assert read("国内公务接待批次和人次分别为12批次、86人次。", "three_public") == [
        ("国内公务接待", "count", "12"),
        ("国内公务接待", "count", "86"),
    ]


def test_what_a_rule_sees_whole_is_read():
    assert read("公务用车购置数和保有量分别为0辆和2辆。", "three_public") == [
        ("公务用车购置", "count", "0"),
        ("公务用车保有量", "count", "2"),
    ]
