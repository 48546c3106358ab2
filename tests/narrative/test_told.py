"""How a fact was told: its name, its basis, its year by its own clause, or by what was said before."""

from __future__ import annotations

import pytest

from jsextract.authoring.examples import read_paragraphs
from jsextract.model.report import Fact
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Flag


def read(*paragraphs: str, topic: str = "three_public") -> list[Fact]:
    return list(read_paragraphs(paragraphs, load_rules(), topic, 2022))


def named(*paragraphs: str, topic: str = "three_public") -> list[str]:
    return [str(fact.named) for fact in read(*paragraphs, topic=topic) if fact.value is not None]


def flagged(flag: str, *paragraphs: str, topic: str = "three_public") -> list[str]:
    return [fact.value_text for fact in read(*paragraphs, topic=topic) if flag in fact.flags]


def test_figures_of_one_clause_stand_under_its_name_and_those_of_the_next_sentence_do_not():
    text = "公务接待费支出决算为1.20万元，比上年减少0.30万元，下降20.00%。比年初预算减少0.10万元。"
    assert named(text) == ["own", "own", "own", "inherited"]


def test_figures_of_an_entry_stand_under_its_head():
    text = "1.教育支出（类）普通教育（款）小学教育（项）。主要用于：教学开支。年初预算为3.00万元，支出决算为2.00万元。"
    assert named(text, topic="function") == ["own", "own"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("本年支出合计10.00万元，其中：基本支出6.00万元，占60.00%。", "expenditure"),
        ("使用政府性基金财政拨款安排基本支出3.00万元。", "fiscal_basic"),
    ],
)
def test_names_that_mean_another_thing_beside_other_words_are_short(text: str, topic: str):
    assert named(text, topic=topic)[-1] == "short"


def test_a_basis_of_the_same_sentence_is_its_own():
    assert flagged(Flag.BASIS_INHERITED, "与2021年度相比，公务接待费减少0.30万元，下降20.00%。") == []
    assert flagged(Flag.BASIS_INHERITED, "公务接待费比上年减少0.30万元。公务用车运行维护费增加0.50万元。") == ["0.50"]
    assert flagged(Flag.BASIS_INHERITED, "公务接待费支出1.20万元，完成预算的80.00%，增加0.30万元。") == ["0.30"]


def test_a_figure_after_another_year_is_this_years_by_guess():
    assert flagged(Flag.YEAR_INFERRED, "2020年公务接待费决算数为1.20万元，公务用车运行维护费决算数为3.00万元。") == [
        "3.00"
    ]
    assert flagged(Flag.YEAR_INFERRED, "与2021年度相比，公务接待费减少0.30万元，支出决算为1.20万元。") == []


def test_a_name_after_words_that_nobody_knows_may_be_the_end_of_a_longer_one():
    assert named("其中：霓裳项目支出6.00万元。", topic="expenditure") == ["partial"]
    assert named("霓裳在职实有人数75人。", topic="staffing") == ["partial"]
    assert named("其中：用于公务接待费6.00万元。") == ["own"]
