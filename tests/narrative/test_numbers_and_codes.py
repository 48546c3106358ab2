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
