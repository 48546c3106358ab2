"""The envelope follows from the printed digits alone."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from jsextract.check.figure import ZERO, Figure, precision
from jsextract.check.tolerance import judge_equal, judge_ratio, judge_sum
from tests.made import cell, fact

EXACT = st.decimals(min_value=0, max_value=10**7, places=7, allow_nan=False, allow_infinity=False)


def figure(value: Decimal | str, places: int | None = None, unit: str = "万元", total: bool = False) -> Figure:
    number = Decimal(value)
    step = Decimal(1).scaleb(-(places if places is not None else -int(number.as_tuple().exponent)))
    return Figure("x", number, step, unit, str(value), "cell:x", 1, total)


def printed(value: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Figure:
    return figure(value.quantize(Decimal(1).scaleb(-places), rounding), places)


def added(total: Figure, parts: list[Figure], relation: str = "=") -> str:
    return judge_sum([(1, total)], [(1, p) for p in parts], relation).status


@given(st.lists(EXACT, min_size=1, max_size=30), st.integers(0, 4), st.integers(0, 4))
def test_rounded_parts_of_a_true_sum_never_fail(exact: list[Decimal], total_places: int, part_places: int) -> None:
    total = printed(sum(exact, ZERO), total_places)
    assert added(total, [printed(v, part_places) for v in exact]) in {"pass", "rounding"}


@given(st.lists(EXACT, min_size=1, max_size=30), st.integers(0, 4), st.integers(2, 10**4), st.sampled_from([1, -1]))
def test_beyond_the_envelope_never_passes(exact: list[Decimal], places: int, units: int, sign: int) -> None:
    parts = [printed(v, places) for v in exact]
    step = Decimal(1).scaleb(-places)
    envelope = step * (len(parts) + 1) / 2
    beyond = (envelope // step + 1) * step
    true = sum((p.value or ZERO for p in parts), ZERO)
    assert added(figure(true + sign * beyond, places), parts) == "minor"
    assert added(figure(true + sign * (beyond + (units - 1) * step), places), parts) == "fail"
    assert added(figure(true + sign * envelope, places + 1), parts) in {"rounding", "minor"}


def test_blanks_bring_no_tolerance() -> None:
    blank = Figure("x", ZERO, ZERO, "万元", "", "cell:x", 1)
    assert added(figure("10.02"), [figure("10.00"), blank, blank, blank]) == "minor"
    assert added(figure("10.02"), [figure("10.00"), figure("0.00"), figure("0.00"), figure("0.00")]) == "rounding"


def test_a_limit_is_broken_on_one_side_only() -> None:
    assert added(figure("9.00"), [figure("10.00")], "<=") == "pass"
    assert added(figure("11.00"), [figure("10.00")], "<=") == "fail"
    assert added(figure("11.00"), [figure("10.00")], ">=") == "pass"


def test_counts_are_exact() -> None:
    count = [Figure("x", Decimal(n), ZERO, "辆", str(n), "fact:x", 1) for n in (3, 2, 2)]
    assert added(count[0], count[1:]) == "fail"


def test_equality_at_the_coarser_precision() -> None:
    assert judge_equal(figure("1.23", unit="亿元"), figure("12345.67")).status == "pass"
    assert judge_equal(figure("1.23", unit="亿元"), figure("12351.67")).status == "minor"
    assert judge_equal(figure("12345.67"), figure("123456700.00", unit="元")).status == "pass"


def test_a_last_digit_apart_is_rounding_only_for_sums() -> None:
    assert judge_equal(figure("326.71", total=True), figure("326.72", total=True)).status == "rounding"
    assert judge_equal(figure("326.71"), figure("326.72")).status == "minor"
    assert judge_equal(figure("326.71"), figure("326.72", total=True)).status == "minor"
    assert judge_equal(figure("326.71", total=True), figure("326.73", total=True)).status == "fail"


@given(
    st.decimals(min_value=1, max_value=10**6, places=6, allow_nan=False, allow_infinity=False),
    st.decimals(min_value=1, max_value=10**6, places=6, allow_nan=False, allow_infinity=False),
    st.integers(1, 4),
    st.integers(0, 4),
    st.integers(3, 10**4),
    st.sampled_from([1, -1]),
)
def test_a_true_ratio_never_fails(
    part: Decimal, whole: Decimal, money: int, places: int, units: int, sign: int
) -> None:
    top, base = printed(part, money), printed(whole, money)
    rate = printed(100 * part / whole, places)
    found = judge_ratio(figure(rate.value or ZERO, places, "%"), top, base)
    assert found is not None
    assert found.status in {"pass", "rounding"}
    off = (rate.value or ZERO) + sign * (2 * found.tolerance + units * rate.step)
    wrong = judge_ratio(figure(off, places, "%"), top, base)
    assert wrong is not None
    assert wrong.status == "fail"


def test_a_truncated_rate_is_minor() -> None:
    found = judge_ratio(printed(Decimal("9.5575"), 2, ROUND_DOWN), figure("29.42"), figure("307.82"))
    assert found is not None
    assert (found.status, found.computed) == ("minor", Decimal("9.5575"))


def test_a_ratio_to_nothing_is_undefined() -> None:
    assert judge_ratio(figure("100.00", unit="%"), figure("5.00"), figure("0.00")) is None


def test_money_takes_the_decimals_of_its_place_and_rates_their_own() -> None:
    cells = [cell(value=Decimal(v)) for v in ("90", "116.5", "20.25", "7", "8")]
    facts = [fact(value=Decimal("2226.5")), fact(value=Decimal("24"), unit="%", amount_yuan=None)]
    places = precision(cells, facts)
    assert places.step("T3", "万元", Decimal(90)) == Decimal("0.01")
    assert places.step("text", "万元", Decimal(116)) == Decimal("0.01"), "few figures: as the whole document"
    assert places.step("text", "%", Decimal(24)) == Decimal(1)
    assert places.step("text", "辆", Decimal(24)) == 0
