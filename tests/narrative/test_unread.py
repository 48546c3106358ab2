"""Each amount of money that the text states and no fact carries is counted, and nothing else is."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from jsextract import extract
from jsextract.model.document import Line
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.prose import read_prose
from jsextract.narrative.reader import read_part
from jsextract.narrative.unread import find_unread
from jsextract.outline.flow import join
from jsextract.outline.headings import part_about
from jsextract.pipeline import analyse, read
from jsextract.rules.ruleset import load_rules
from jsextract.text.tokens import MONEY_SCALE

FIXTURES = Path(__file__).parents[2] / "fixtures"
BODY = "第三部分 2023年度单位决算情况说明\n一、收入支出决算总体情况说明\n"


def missed(sentence: str, topic: str = "totals") -> list[str]:
    rules = load_rules()
    paragraph = join([Line(0, sentence)])
    part = part_about(topic, rules.sections, (paragraph,))
    facts = list(read_part(part, [paragraph], ReadingContext(rules, 2023, "万元")))
    return [amount for one in find_unread(part, [paragraph], facts, rules) for amount in one.amounts]


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("苗圃抚育折合人民币45.60万元，又折合3.40万元。", ["45.60万元", "3.40万元"]),
        ("收入支出总计7.00万元，苗圃抚育折合人民币45.60万元。", ["45.60万元"]),
        ("收入支出总计7.00万元。苗圃抚育折合人民币 45.60 万元。", ["45.60 万元"]),
        ("苗圃抚育与林道养护折合人民币分别为12.30、4.50万元。", ["12.30", "4.50万元"]),
        ("苗圃抚育折合人民币1,045.60万元，树木3棵、4.50米。", ["1,045.60万元"]),
        ("苗圃抚育中单价50万元以上、100万元（含）以上的器具共3件，折合60万元。", ["60万元"]),
        ("收入支出总计7.00万元，比上年增加1.00万元，主要是增加苗圃抚育投入0.80万元。", ["0.80万元"]),
        ("一般公共服务支出、教育支出合计9.00万元。", []),  # of several things at once: of none of them
        ("苗圃抚育3次，成活率98.50%。", []),
    ],
)
def test_amounts_without_a_fact(sentence: str, amounts: list[str]):
    assert missed(sentence) == amounts


def test_a_sentence_printed_twice_is_missed_twice():
    assert missed("苗圃抚育折合人民币4.00万元。苗圃抚育折合人民币4.00万元。") == ["4.00万元"] * 2


@pytest.mark.parametrize(
    ("title", "heading", "count"),
    [
        ("青屏县林场2023年度单位决算", "第三部分 2023年度单位决算情况说明", 2),
        ("青屏县林场2023年度单位决算", "第四部分 收支执行", 2),  # a heading that tells nothing
        ("青屏县林场2023年度单位决算", "第一部分 单位概况\n一、主要职责", 0),
        ("青屏县林场2023年度单位决算", "第四部分 名词解释", 0),
        ("青屏县林场2023年单位预算", "第三部分 2023年单位预算情况说明", 0),
        ("青屏县林场植树通知", "第三部分 说明", 0),
    ],
)
def test_where_amounts_are_counted(tmp_path: Path, title: str, heading: str, count: int):
    path = tmp_path / "a.txt"
    path.write_text(f"{title}\n{heading}\n苗圃抚育折合人民币45.60万元，又折合3.40万元。\n", encoding="utf-8")
    assert extract(path).unread_amounts == count


def test_a_budget_says_that_its_text_is_not_read(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("青屏县林场2023年单位预算\n第一部分 单位概况\n青屏县林场收入9.00万元。\n", encoding="utf-8")
    report = extract(path)
    assert (report.kind, report.status, report.problem) == ("单位预算", "ok", "")
    assert report.message.startswith("This is a budget: no facts are taken from its text")


@pytest.mark.parametrize("name", ["hubei", "links", "shanghai", "sichuan", "yuan", "yunnan"])
def test_what_is_counted_is_what_is_missing(name: str):
    """With half of the rules taken out that read an account, the amounts that are missing are those that count."""
    with (FIXTURES / f"account_{name}.expected.facts.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unit"] in MONEY_SCALE and row["value_text"]]
    stated = Counter((abs(Decimal(row["value"])), row["unit"]) for row in rows)
    found = analyse(read(FIXTURES / f"account_{name}.pdf"), load_rules())
    whole = found.setting.rules
    ids = sorted({fact.pattern for fact in read_prose(found.outline, found.setting).facts})
    out = Random(name).sample(ids, len(ids) // 2)
    fewer = replace(whole, facts=tuple(rule for rule in whole.facts if rule.id not in out))
    reading = read_prose(found.outline, replace(found.setting, rules=fewer))
    given = Counter((abs(f.value), f.unit) for f in reading.facts if f.value is not None and f.unit in MONEY_SCALE)
    missing = (stated - given).total()
    assert missing > 5
    assert abs(sum(len(one.spans) for one in reading.unread) - missing) <= missing / 10
