from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsextract.dataset.csvtext import (
    decimal_text,
    escape_formula,
    field_text,
    is_formula,
    rows_as_text,
    stripped,
    unescape_formula,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("307.82", "307.82"),
        ("0.00", "0.00"),
        ("-0.97", "-0.97"),
        ("1E+3", "1000"),
        ("3.078200E+6", "3078200"),
        ("1E-7", "0.0000001"),
        ("123456789012345678901234567890.12", "123456789012345678901234567890.12"),
    ],
)
def test_numbers_are_plain_and_keep_their_decimals(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text
    assert field_text(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        decimal_text(Decimal(value))


@pytest.mark.parametrize(
    "text", ["=1+1", "  =1+1", "＝1+1", "@SUM(A1)", "+86 10", "-cmd|' /C calc'!A0", "\u3000=1", "'=1", "\n=1", "﹢1a"]
)
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert escape_formula(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["-123.45", "-1,234.00", "+5", "-12.5%", "-", "--", "—", "——", "", "'", "一、合计", "10-5", "(123.45)"]
)
def test_numbers_dashes_and_plain_text_stay_as_printed(text: str) -> None:
    assert escape_formula(text) == text


def test_control_characters_go_and_the_row_says_so() -> None:
    assert stripped("a\x00b\x1b\u0085c\r\nd\te\ud800") == "abc\nd e\ufffd"
    columns = [["x\x07y", "xy", None], [Decimal(1), Decimal("2.0"), None], [("a",), ("a",), ()]]
    assert list(rows_as_text(columns, 2)) == [("xy", "1", "a;control_characters"), ("xy", "2.0", "a"), ("", "", "")]
    assert list(rows_as_text([["x\x07y"]], None)) == [("xy",)]


def test_a_tab_or_return_before_a_formula_does_not_hide_it() -> None:
    assert field_text("\t=1+1") == "' =1+1"
    assert field_text("\r=1+1") == "'=1+1"


@given(st.text())
def test_nothing_that_is_written_can_run_and_everything_comes_back(text: str) -> None:
    written = field_text(text)
    assert not is_formula(written) or written.startswith("'")
    assert unescape_formula(written) == stripped(text)
    written.encode("utf-8")


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_written(value: Decimal) -> None:
    text = decimal_text(value)
    assert "e" not in text.lower()
    assert Decimal(text) == value
