"""Five or seven digits are a function code only where no unit follows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jsextract.authoring.examples import read_paragraphs
from jsextract.rules.ruleset import load_rules
from jsextract.rules.tokenize import tokenize
from jsextract.text.normal import normalise


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("本年收入合计21056万元。", ["item", "money"]),
        ("其中：财政拨款收入20805万元，占98.81%。", ["item", "money", "percent"]),
        ("公务接待费支出2100000元。", ["item", "money"]),
        ("共接待20456人次。", ["persons"]),
        ("共接待20456人。", ["persons"]),
        ("保有量20101辆，", ["vehicles"]),
        ("20101人大事务9.10万元，", ["item", "money"]),
        ("20805-行政事业单位养老支出9.10万元，", ["item", "money"]),
        ("2080505机关事业单位基本养老保险缴费支出9.10万元，", ["item", "money"]),
        ("小学教育（2050202），", ["item"]),
    ],
)
def test_what_follows_tells_a_number_from_a_code(text, kinds):
    assert [token.kind for token in tokenize(normalise(text), load_rules().lexicon).tokens.values()] == kinds


def test_whole_amounts_that_look_like_codes_are_stated():
    facts = read_paragraphs(
        ["2023年度本年收入合计21056万元，其中：财政拨款收入20805万元，占98.81%。"], load_rules(), "income"
    )
    assert [(f.item, f.measure, f.value) for f in facts if f.unit == "万元"] == [
        ("本年收入合计", "final", Decimal(21056)),
        ("财政拨款收入", "final", Decimal(20805)),
    ]


def test_a_code_alone_names_its_item():
    text = "2022年度财政拨款支出12.00万元，其中：2080505支出9.10万元，2040201类支出2.50万元，2999901支出0.40万元。"
    assert [(f.item, f.code) for f in read_paragraphs([text], load_rules(), "expenditure")][1:] == [
        ("机关事业单位基本养老保险缴费支出", "2080505"),
        ("行政运行", "2040201"),
        ("2999901", "2999901"),
    ]


@pytest.mark.parametrize("stroke", ["—", "——", "-", "/"])
def test_strokes_between_levels_make_one_item(stroke):
    text = f"1.公共安全支出{stroke}法院{stroke}案件审判：年初预算20.00万元，支出决算19.00万元。"
    facts = read_paragraphs([text], load_rules(), "function")
    assert {(f.item, f.measure) for f in facts} == {
        ("公共安全支出/法院/案件审判", "initial_budget"),
        ("公共安全支出/法院/案件审判", "final"),
    }


def test_what_was_added_from_the_beginning_of_the_year_is_of_this_year():
    text = "2022年收支结余7.40万元，加上年初结余18.20万元，年末累计结余25.60万元。"
    opening = read_paragraphs([text], load_rules(), "totals")[1]
    assert (opening.item, opening.measure, opening.year) == ("年初结转和结余", "final", 2022)


def test_visits_told_after_the_whole_of_three_public_are_not_its_own():
    text = "2022年“三公”经费支出0.36万元，与2021年0.42万元相比下降14.29%，共接待4批次28人次。"
    assert all(f.unit in {"万元", "%"} for f in read_paragraphs([text], load_rules(), "three_public"))
