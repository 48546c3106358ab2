"""Printed figures to exact numbers, in every form that documents print them in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsextract.text.amounts import parse_number, to_yuan

NUMBERS = st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False)
WIDE = str.maketrans("0123456789.,-()%", "０１２３４５６７８９．，－（）％")


@given(NUMBERS)
def test_every_form_of_a_number_reads_back_as_itself(number):
    plain, grouped, bare = f"{number}", f"{number:,}", f"{abs(number):,}"
    forms = [plain, grouped, plain.translate(WIDE), grouped.translate(WIDE), f" {grouped} ", grouped.replace(",", " ")]
    if number < 0:
        forms += [f"({bare})", f"（{bare}）", f"−{bare}"]
    assert {parse_number(form) for form in forms} == {number}


@given(NUMBERS)
def test_decimals_are_kept_as_printed(number):
    read = parse_number(f"{number:,}")
    assert read is not None
    assert read.as_tuple().exponent == -2
    assert not (read == 0 and read.is_signed())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "—",
        "-",
        "--",
        "/",
        "无",
        "XX",
        "…",
        "12.3 4.5",
        "116 90",
        "1.00\n2.00",
        "1,23",
        "12,3456",
        "1.2.3",
        "2024年",
        "(1",
        "1-2",
    ],
)
def test_what_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2946. 25", "2946.25"),
        ("2 226.5", "2226.5"),
        ("1, 537.4", "1537.4"),
        ("20.51%", "20.51"),
        ("0", "0"),
        (".5", "0.5"),
    ],
)
def test_spaces_and_signs_inside_numbers(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "unit", "yuan"),
    [
        ("1.50", "元", "1.50"),
        ("1.50", "万元", "15000"),
        ("0.0001", "亿元", "10000"),
        ("2940.05", "万元", "29400500"),
        ("0.00001", "万元", "0.1"),
        ("3", "千元", "3000"),
    ],
)
def test_money_in_yuan_loses_no_digit(value, unit, yuan):
    got = to_yuan(Decimal(value), unit)
    assert got == Decimal(yuan)
    assert "E" not in str(got)


@pytest.mark.parametrize("unit", ["", "%", "人", "个", "万条"])
def test_other_units_are_no_money(unit):
    assert to_yuan(Decimal(1), unit) is None


@given(NUMBERS, st.sampled_from(["元", "千元", "万元", "百万元", "亿元"]))
def test_yuan_is_exact(number, unit):
    scale = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}[unit]
    assert to_yuan(number, unit) == number.scaleb(scale)
