"""Glossary entries in every numbering: the term is what stands before the first colon or before 指."""

from __future__ import annotations

import pytest

from jsextract.model.document import Line
from jsextract.narrative.glossary import read_glossary
from jsextract.outline.flow import join
from jsextract.outline.headings import part_about
from jsextract.rules.ruleset import load_rules


def terms(*paragraphs: str) -> list[tuple[str, str]]:
    part = part_about("glossary", load_rules().sections, tuple(join([Line(1, text)]) for text in paragraphs))
    return [(term.term, term.definition) for term in read_glossary(part)]


@pytest.mark.parametrize(
    "number",
    ["（一）", "(一)", "一、", "十二、", "1.", "1．", "12、", "（1）", "(12)", "①", "1 . ", "（ 一 ）", ""],
)
def test_every_numbering(number):
    assert terms(f"{number}财政拨款收入：指本级财政当年拨付的资金。") == [
        ("财政拨款收入", "指本级财政当年拨付的资金。")
    ]


@pytest.mark.parametrize("means", ["是指", "指的是", "指", "，是指", "，指"])
def test_a_numbered_entry_without_a_colon(means):
    ((term, definition),) = terms(f"三、基本支出{means}为保障机构正常运转而发生的支出。")
    assert (term, definition) == ("基本支出", f"{means}为保障机构正常运转而发生的支出。")


def test_entries_follow_each_other_and_run_over_paragraphs():
    assert terms(
        "一、“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
        "其中，因公出国（境）费反映单位公务出国（境）的国际旅费。",
        "二、机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。",
    ) == [
        (
            "“三公”经费",
            "指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。其中，因公出国（境）费反映单位公务出国（境）的国际旅费。",
        ),
        ("机关运行经费", "指为保障行政单位运行用于购买货物和服务的各项资金。"),
    ]  # fmt: skip


def test_a_term_may_be_a_function_item():
    ((term, definition),) = terms("（五）一般公共服务支出（类）财政事务（款）行政运行（项）：反映行政单位的基本支出。")
    assert term == "一般公共服务支出（类）财政事务（款）行政运行（项）"
    assert definition == "反映行政单位的基本支出。"


def test_justified_text_and_half_width_colons():
    assert terms("2.项 目 支 出:指 为 完 成 特 定 任 务 所 发 生 的 支 出。") == [
        ("项目支出", "指为完成特定任务所发生的支出。")
    ]


def test_running_text_before_the_first_entry_is_none():
    assert terms("以下名词在本文件中使用。", "一、年末结转和结余：指本年度未用完的资金。") == [
        ("年末结转和结余", "指本年度未用完的资金。")
    ]
