"""One grammar of printed tokens: what is a number, a value, an amount, a code, an ordinal, a unit, a year."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jsextract.text.amounts import parse_number, to_yuan
from jsextract.text.normal import normalise, squeeze
from jsextract.text.tokens import (
    amount_edges,
    amounts_within,
    begins_part,
    count_cents,
    fold_years,
    glued_code,
    is_amount,
    is_cents,
    is_code,
    is_exact,
    is_number,
    is_threshold,
    money_places,
    money_unit,
    ordinal_level,
    ordinal_number,
    strip_ordinal,
    without_ordinals,
    without_unit,
)

# n number, a amount, e exact, c to the cent, k code; and what it is worth.
PRINTED = [
    ("3.50", "naec", "3.50"),
    ("-3.50", "naec", "-3.50"),
    ("－3.50", "naec", "-3.50"),
    ("−3.50", "naec", "-3.50"),
    ("(3.50)", "naec", "-3.50"),
    ("（3.50）", "naec", "-3.50"),
    ("+3.50", "nae", "3.50"),
    ("３．５０", "naec", "3.50"),
    ("1,234", "na", "1234"),
    ("1，234", "na", "1234"),
    ("１，２３４", "na", "1234"),
    ("1,234,567", "na", "1234567"),
    ("1,234.50", "naec", "1234.50"),
    ("1 234.50", "naec", "1234.50"),
    ("-1,234.5", "nae", "-1234.5"),
    ("1.234567", "nae", "1.234567"),
    ("1.2", "nae", "1.2"),
    ("0.00", "naec", "0.00"),
    ("0", "na", "0"),
    (".5", "nae", "0.5"),
    ("12", "n", "12"),
    ("-12", "n", "-12"),
    ("1", "n", "1"),
    ("２０", "n", "20"),
    ("2024", "n", "2024"),
    ("201", "nk", "201"),
    ("20101", "nk", "20101"),
    ("2010601", "nk", "2010601"),
    ("２０１", "nk", "201"),
    ("2010", "n", "2010"),
    ("201060", "n", "201060"),
    ("20106010", "n", "20106010"),
    ("29129900", "n", "29129900"),
    ("5%", "n", "5"),
    ("５％", "n", "5"),
    ("12.5%", "nae", "12.5"),
    ("-2.24%", "nae", "-2.24"),
    ("100.00%", "nae", "100.00"),
    # amounts by their form, whose value nobody can tell
    ("12,3456.00", "nae", None),
    ("1,23", "na", None),
    ("—3.50", "nae", None),
    ("(3.50", "naec", None),
    ("3.50）", "naec", None),
    # a mark of a note is no digit of its figure
    ("234.56①", "nae", "234.56"),
    ("234.56¹", "nae", "234.56"),
    # no numbers
    ("", "", None),
    ("—", "", None),
    ("——", "", None),
    ("-", "", None),
    ("〇", "", None),
    ("○", "", None),
    ("/", "", None),
    ("…", "", None),
    ("无", "", None),
    ("XX", "", None),
    ("△", "", None),
    ("△3.50", "", None),
    ("########", "", None),
    ("%", "", None),
    ("1.2.3", "", None),
    ("1-2", "", None),
    ("2024年", "", None),
    ("2024-06-30", "", None),
    ("2024.6.30", "", None),
    ("6月30日", "", None),
    ("12:30", "", None),
    ("二〇二四", "n", "2024"),
    ("十二", "", None),
    ("1、", "", None),
    ("（1）", "n", "-1"),
    ("（一）", "", None),
    ("1,234.56万元", "", None),
    ("3.50元", "", None),
    ("￥3.50", "", None),
    ("12人次", "", None),
    ("310资本性支出", "", None),
    ("A4", "", None),
]


@pytest.mark.parametrize(("text", "kinds", "value"), PRINTED, ids=[repr(text) for text, _, _ in PRINTED])
def test_what_a_printed_text_is(text, kinds, value):
    normal = squeeze(text)
    asked = {"n": is_number, "a": is_amount, "e": is_exact, "c": is_cents, "k": is_code}
    assert "".join(kind for kind, holds in asked.items() if holds(normal)) == kinds
    assert parse_number(text) == (None if value is None else Decimal(value))


@given(st.text(alphabet="0123456789.,，-—（）()%年 ", max_size=12))
@example(".0%")  # what is left of a rate that was wrapped before its point
def test_each_question_is_narrower_than_the_one_before(text):
    normal = squeeze(text)
    answers = [is_number(normal), is_amount(normal), is_exact(normal)]
    assert answers == sorted(answers, reverse=True)
    if parse_number(text) is not None:
        assert is_number(normal)


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("1,234.50", ["1,234.50"]),
        ("－3.50", ["－3.50"]),
        ("３．５０", ["３．５０"]),
        ("12.5%", ["12.5%"]),
        ("1.002.00", ["1.00", "2.00"]),
        ("合计1,234.50", ["1,234.50"]),
        ("20101", []),
        ("行政运行", []),
    ],
)
def test_where_amounts_stand_in_a_raw_run(run, found):
    assert [run[a:b] for a, b in amounts_within(run)] == found


@pytest.mark.parametrize(
    ("raw", "parts"),
    [("1.002.00", ["1.00", "2.00"]), ("1.00行政运行", ["1.00", "行政运行"]), ("公用经费-3.50", ["公用经费", "-3.50"])],
)
def test_where_amounts_part_from_what_they_touch(raw, parts):
    edges = [0, *amount_edges(raw), len(raw)]
    assert [raw[a:b] for a, b in pairwise(edges)] == parts


def test_figures_to_the_cent_are_counted_among_words():
    assert [count_cents(t) for t in ("3.50合计1.00", "合计3.50", "3.5", "20101", "1.234")] == [2, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("310资本性支出", "310"),
        ("20101人大事务", "20101"),
        ("2080501行政单位离退休", "2080501"),
        ("20805人力资源事务", "20805"),
        # a number that a unit follows is no code
        ("21056万元", ""),
        ("21056元", ""),
        ("20456人次", ""),
        ("20456人", ""),
        ("301辆", ""),
        ("20101.5万元", ""),
        ("201年", ""),
        ("2010行政运行", ""),
        ("行政运行", ""),
    ],
)
def test_a_code_that_touches_its_name(text, code):
    assert glued_code(text) == code


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("第一部分部门概况", 0, "部门概况"),
        ("第 十二 部 分 附件", 0, " 附件"),
        ("一、收入支出决算总体情况", 1, "收入支出决算总体情况"),
        ("二十四、债务还本支出", 1, "债务还本支出"),
        ("（一）支出决算总体情况", 2, "支出决算总体情况"),
        ("( 三 )公务接待费", 2, "公务接待费"),
        ("1、行政运行", 3, "行政运行"),
        ("12．行政运行", 3, "行政运行"),
        ("（2）公务用车", 4, "公务用车"),
        ("①培训费", 5, "培训费"),
        ("⑫培训费", 5, "培训费"),
        ("一、（一）总体情况", 1, "总体情况"),
        ("3.50万元", 6, "3.50万元"),
        ("2024年度", 6, "2024年度"),
        ("一般公共服务支出", 6, "一般公共服务支出"),
        ("123、行政运行", 6, "123、行政运行"),
    ],
)
def test_ordinals_of_headings(text, level, words):
    assert (ordinal_level(text), without_ordinals(text)) == (level, words)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("二十四、债务还本支出", "债务还本支出"),
        ("一：收入", "收入"),
        ("（一）、支出", "支出"),
        ("（1）公务用车购置费", "公务用车购置费"),
        ("1.公务接待费", "公务接待费"),
        ("1.5倍", "1.5倍"),
        ("第一部分", "第一部分"),
        ("一般公共服务支出", "一般公共服务支出"),
    ],
)
def test_ordinals_of_rows(name, bare):
    assert strip_ordinal(name) == bare


def test_parts_are_told_from_names_that_begin_alike():
    assert begins_part("第三部分情况说明")
    assert begins_part("第三章情况说明")
    assert not begins_part("第三季度")


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位：元", "元"),
        ("（单位：人民币元）", "元"),
        ("货币单位：亿元", "亿元"),
        ("单位 ： 千 元", "千元"),
        ("单位：十万元", "十万元"),
        ("（万元）", "万元"),
        ("（百万元）", "百万元"),
        ("部门：临江市水务局 单位：万元", "万元"),
        ("单位：辆", ""),
        ("编制单位：临江市水务局", ""),
        ("12万元", ""),
    ],
)
def test_the_unit_that_a_line_names(line, unit):
    assert money_unit(squeeze(line)) == unit
    assert not unit or to_yuan(Decimal(1), unit)


def test_a_unit_line_is_cut_off_raw_text():
    assert without_unit("部门：临江市水务局 单位： 万元").strip() == "部门：临江市水务局"
    assert without_unit("支出决算表（万元）") == "支出决算表"
    assert without_unit("支出决算表") == "支出决算表"


def test_money_is_looked_for_within_bounds_only():
    text = "共3人。支出5.00万元。"
    assert list(money_places(text, 0, len(text))) == [text.index("0万元")]
    assert not list(money_places(text, 0, text.index("。")))


def test_each_figure_of_a_list_may_be_money_whose_unit_stands_behind_the_last():
    text = "分别为12.30、4.50万元，共2项。"
    assert list(money_places(text, 0, len(text))) == [text.index("0、"), text.index("0万元")]


@pytest.mark.parametrize("bound", ["以上", "（含）以上", "及以上", "以下", "以内", "（含）及以上"])
def test_a_bound_is_no_amount(bound):
    text = f"单价100万元{bound}设备"
    assert is_threshold(text, text.index("元") + 1)
    assert not is_threshold("支出100万元，以上为合计", 7)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("二〇二〇年度", "2020年度"),
        ("二0二0年度", "2020年度"),
        ("二○二○年度", "2020年度"),
        ("二零二零年", "2020年"),
        ("二Ｏ二Ｏ年", "2020年"),
        ("二OO八年", "2008年"),
        ("贰零贰壹年度", "2021年度"),
        ("二０一九年度", "2019年度"),
        ("一九九八年", "1998年"),
        ("二〇二〇部门决算", "2020部门决算"),
        ("二〇二〇—二〇二二年", "2020—2022年"),
        ("二 〇 二 一 年 度", "2021年度"),
        ("２０２３年", "2023年"),
        # no years
        ("二〇二医院", "二〇二医院"),
        ("二〇二〇一二三四", "二〇二〇一二三四"),
        ("二十年", "二十年"),
        ("一九八四万元", "一九八四万元"),
        ("二零四八", "2048"),
        ("二〇二", "二〇二"),
        ("一二三四", "一二三四"),
        ("第二〇号", "第二〇号"),
    ],
)
def test_years_in_chinese_digits(printed, read):
    normal = normalise(printed)
    assert normal.text == squeeze(printed) == read
    assert normal.raw == printed
    assert "".join(normal.raw_text(0, len(read)).split()) == "".join(printed.split())


def test_a_year_in_chinese_digits_leads_back_to_its_characters():
    normal = normalise("截至“二 〇 二 〇”年末")
    at = normal.text.index("2020")
    assert normal.raw_text(at, at + 5) == "“二 〇 二 〇”年"


def test_only_years_are_folded():
    text = "一般公共服务支出，共二十一项，一九与二〇号楼"
    assert fold_years(text) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二、采购", 12),
        ("（二十一）其他", 21),
        ("三、收入", 3),
        ("20.接待", 20),
        ("第二部分 说明", 2),
        ("九月以来", 0),
        ("采购", 0),
    ],
)
def test_the_number_of_an_ordinal(text: str, number: int):
    assert ordinal_number(text) == number
