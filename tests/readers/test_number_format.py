"""A figure is printed as its cell shows it."""

from __future__ import annotations

import pytest

from jsextract.readers.sheets.number_format import is_red, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
CASES = [
    (1234.5, "General", "1234.5"),
    (2946.2500000000005, "General", "2946.25"),
    (10 / 3, "General", "3.333333333"),
    (116.0, "G/通用格式", "116"),
    (0, "General", "0"),
    (-7.25, "General", "-7.25"),
    (1234.5, "0.00", "1234.50"),
    (2.675, "0.00", "2.68"),
    (1234.5, "#,##0.00", "1,234.50"),
    (12345678.9, "#,##0.00", "12,345,678.90"),
    (0.5, "#,##0.00", "0.50"),
    (0.5, "#.##", ".5"),
    (1234, "#,##0", "1,234"),
    (1234.5, ACCOUNTING, "1,234.50"),
    (-1234.5, ACCOUNTING, "-1,234.50"),
    (0, ACCOUNTING, "-"),
    (-3, "0.00_);(0.00)", "(3.00)"),
    (-3, "0.00;[Red]0.00", "-3.00"),
    (-3, "#,##0.00_);[红色](#,##0.00)", "(3.00)"),
    (0.9551, "0.00%", "95.51%"),
    (1, "0%", "100%"),
    (12345678, '0.00,,"百万"', "12.35百万"),
    (123456, '0!.0,"万"', "12.3万"),
    (1234567, '#,##0.00"元"', "1,234,567.00元"),
    (7, "000", "007"),
    (2010301, "0000000", "2010301"),
    (1234.5, '"￥"#,##0.00', "￥1,234.50"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
    (20000, '[>=10000]0.0,"千";0', "20.0千"),
    (200, '[>=10000]0.0,"千";0', "200"),
    (5, ';;;', ""),
    (0, '0.00;-0.00;', ""),
    (45292, "yyyy-mm-dd", "2024-01-01"),
    (45292, 'yyyy"年"m"月"d"日"', "2024年1月1日"),
    (45292.5, "yyyy/m/d h:mm", "2024/1/1 12:00"),
    (45292, 'yyyy"年度"', "2024年度"),
    (1.5e300, "0.00", "1.5e+300"),
    (float("inf"), "0.00", "inf"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code", "text"), CASES)
def test_a_number_is_printed_as_its_cell_shows_it(number: float, code: str, text: str) -> None:
    assert shown(number, code) == text


def test_days_may_be_counted_from_1904() -> None:
    assert shown(43830, "yyyy-mm-dd", since_1904=True) == "2024-01-01"


def test_a_format_says_what_it_prints_in_red() -> None:
    assert is_red(-3, "0.00;[Red]0.00")
    assert not is_red(3, "0.00;[Red]0.00")
    assert not is_red(-3, "0.00")
