"""Charts as SVG: text stays text, whatever it is; bars can be told apart without colour."""

from __future__ import annotations

import re
from decimal import Decimal

from jsextract.report.charts import Bars, svg

HOSTILE = r"<script>alert(1)</script> $\frac{1}$ $x^"


def test_names_are_text_whatever_they_are() -> None:
    chart = svg(Bars("c", HOSTILE, [HOSTILE, "水务局 & 财政局"], [("收入", [Decimal("1.50"), Decimal(2)])]))
    assert "<script" not in chart
    assert r"$\frac{1}$ $x^" in chart
    assert "水务局 &amp; 财政局" in chart
    assert ">1.50<" in chart


def test_series_differ_without_colour() -> None:
    chart = svg(Bars("c", "t", ["a"], [(name, [1]) for name in "wxyz"]))
    bars = re.findall(r'style="fill: ([^;"]+); stroke: #1a1a1a; stroke-width: 0.7', chart)
    assert len(set(bars)) == 4, "a fill or a hatch of its own for each"
    assert "<pattern" in chart


def test_a_missing_number_has_no_bar_and_nothing_is_not_zero() -> None:
    chart = svg(Bars("c", "t", ["a", "b"], [("x", [None, 0]), ("y", [5, 7])]))
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", chart)
    assert [text for text in texts if text.isdigit()] == ["0", "5", "7"]


def test_counts_have_their_sum_at_the_end_and_shares_have_none() -> None:
    counts = svg(Bars("c", "t", ["a"], [("x", [30]), ("y", [12])], stacked=True))
    assert ">42<" in counts
    shares = svg(Bars("c", "t", ["a"], [("x", [Decimal(60)]), ("y", [Decimal(40)])], stacked=True, shares=True))
    assert ">60%<" in shares
    assert ">100<" not in shares


def test_two_drawings_are_equal() -> None:
    bars = Bars("c", "t", ["a"], [("x", [1]), ("y", [2])])
    assert svg(bars) == svg(bars)
