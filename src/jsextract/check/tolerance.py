"""How far figures may differ, from their printed digits alone (误差范围).

A figure printed with d decimals stands for anything within half of its last digit. A sum may differ by the halves of
all its figures; a ratio is right where its interval meets the one of the printed rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct
from msgspec.structs import replace

from jsextract.check.figure import ZERO, Figure
from jsextract.text.amounts import to_yuan
from jsextract.vocabulary import CheckStatus

HALF = Decimal("0.5")
HUNDRED = Decimal(100)
Terms = Iterable[tuple[int, Figure]]


class Comparison(Struct, frozen=True):
    """What a comparison says, in the unit of what was stated.

    Attributes:
        computed: what follows from the other figures.
        difference: stated less computed.
        tolerance: what the printed decimals allow.
        holds: for each figure, in order, whether another one in its place would not have agreed so well.
    """

    status: str
    computed: Decimal
    difference: Decimal
    tolerance: Decimal
    holds: tuple[bool, ...] = ()


def _graded(difference: Decimal, tolerance: Decimal, step: Decimal) -> str:
    """The status of a difference: one last digit more than the envelope holds is minor, as truncation leaves it."""
    far = abs(difference)
    if far == 0:
        return CheckStatus.PASS
    if far <= tolerance:
        return CheckStatus.ROUNDING
    return CheckStatus.MINOR if step and far <= (tolerance // step + 1) * step else CheckStatus.FAIL


def scale(of: str, to: str) -> Decimal | None:
    """What turns a value in unit `of` into unit `to`; None where they measure different things."""
    if of == to:
        return Decimal(1)
    one, other = to_yuan(Decimal(1), of), to_yuan(Decimal(1), to)
    return None if one is None or other is None else one / other


def converted(figure: Figure, unit: str) -> tuple[Decimal, Decimal]:
    """Value and step of a figure that was read, in another unit; its own where the units are not comparable."""
    if figure.unit == unit:
        return figure.value or ZERO, figure.step
    factor = scale(figure.unit, unit) or Decimal(1)
    return (figure.value or ZERO) * factor, figure.step * factor


def judge_sum(stated: Terms, parts: Terms, relation: str = "=") -> Comparison:
    """Stated figures against the sum of others; blanks are zero and bring no tolerance.

    Args:
        stated: (sign, figure) pairs; all figures read, all of comparable units.
        parts: the same, of what they are compared with.
        relation: `=`, or `<=` or `>=` for what is stated against the sum.
    """
    left, right = list(stated), list(parts)
    unit = left[0][1].unit
    total, steps = _added(left, unit)
    computed, others = _added(right, unit)
    steps += others
    tolerance = HALF * sum(steps, ZERO)
    difference = total - computed
    step = max(steps)
    beyond = difference
    if relation == "<=":
        beyond = max(difference, ZERO)
    elif relation == ">=":
        beyond = min(difference, ZERO)
    status = _graded(beyond, tolerance, step)
    holds = _held_by_sum(status, steps, tolerance + abs(difference)) if relation == "=" else ()
    return Comparison(status, computed, difference, tolerance, holds)


def _held_by_sum(status: str, steps: Sequence[Decimal], slack: Decimal) -> tuple[bool, ...]:
    """Which figures a sum holds to their digits: all of an exact one, else those whose last digit but one shows."""
    if status == CheckStatus.PASS:
        return (True,) * len(steps)
    if status == CheckStatus.ROUNDING:
        return tuple(10 * step > slack for step in steps)
    return ()


def _added(terms: Terms, unit: str) -> tuple[Decimal, list[Decimal]]:
    """The sum in a unit, and the step of each term."""
    value, steps = ZERO, []
    for sign, figure in terms:
        amount, step = converted(figure, unit)
        value += sign * amount
        steps.append(step)
    return value, steps


def judge_equal(stated: Figure, other: Figure) -> Comparison:
    """Two statements of one quantity: equal at the coarser precision.

    A last digit apart is rounding where both are sums, each of parts that were rounded; one print of a figure is no
    rounding of another, so that it is minor where the text quotes a table or a table repeats an item of another.
    """
    value, step = converted(stated, stated.unit)
    computed, other_step = converted(other, stated.unit)
    coarse = max(step, other_step)
    difference = value - computed
    sums = stated.total and other.total
    tolerance = coarse if sums else HALF * (step + other_step) if step != other_step else ZERO
    far = abs(difference)
    if far == 0 or (step != other_step and coarse and _rounded(value, coarse) == _rounded(computed, coarse)):
        status = CheckStatus.PASS
    elif far <= tolerance:
        status = CheckStatus.ROUNDING
    else:
        status = CheckStatus.MINOR if far <= coarse else CheckStatus.FAIL
    holds = (step == coarse or not far, other_step == coarse or not far) if status == CheckStatus.PASS else ()
    return Comparison(status, computed, difference, tolerance, holds)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP)


def judge_ratio(rate: Figure, part: Figure, whole: Figure) -> Comparison | None:
    """A printed rate in per cent against part / whole; None where the whole may be zero.

    The envelope is the half digit of the rate and what the digits of part and whole leave open.
    """
    top, top_step = converted(part, whole.unit)
    base, base_step = converted(whole, whole.unit)
    low, high = abs(base) - HALF * base_step, abs(base) + HALF * base_step
    if low <= 0:
        return None
    sign = 1 if base > 0 else -1
    nominal = HUNDRED * top / base
    near, far = HUNDRED * sign * (top - HALF * top_step), HUNDRED * sign * (top + HALF * top_step)
    ends = [near / low, near / high, far / low, far / high]
    found = within(rate, nominal, min(ends), max(ends))
    return held(found, rate, lambda a, b: HUNDRED * a / b if b else None, (top, top_step), (base, base_step))


Digits = tuple[Decimal, Decimal]
"""A value and the worth of its last digit."""


def held(
    found: Comparison, rate: Figure, ratio: Callable[[Decimal, Decimal], Decimal | None], part: Digits, whole: Digits
) -> Comparison:
    """A comparison of a rate with the two figures that it follows from, and which of the three it holds.

    The rate is held where the comparison is exact to its last digit or but one; part and whole only as far as another
    last digit of theirs would show in the rate.

    Args:
        found: the comparison.
        rate: in per cent.
        ratio: the rate that two values give; None where there is none.
        part: with its digits.
        whole: with its digits.
    """
    if found.status == CheckStatus.ROUNDING:
        return replace(found, holds=(10 * rate.step > found.tolerance + abs(found.difference), False, False))
    if found.status != CheckStatus.PASS:
        return found
    (a, a_step), (b, b_step) = part, whole
    a_step, b_step = a_step or Decimal(1), b_step or Decimal(1)  # the last digit of a count is worth one

    def differs(made: Decimal | None) -> bool:
        return made is None or _rounded(made, rate.step) * rate.step != rate.value

    return replace(
        found,
        holds=(
            True,
            all(differs(ratio(a + shift, b)) for shift in (a_step, -a_step)),
            all(differs(ratio(a, b + shift)) for shift in (b_step, -b_step)),
        ),
    )


def within(rate: Figure, nominal: Decimal, least: Decimal, most: Decimal) -> Comparison:
    """A printed figure against the interval that what it follows from leaves open."""
    value, step = rate.value or ZERO, rate.step
    gap = max(least - (value + HALF * step), (value - HALF * step) - most, ZERO)
    if _rounded(nominal, step) * step == value:
        status = CheckStatus.PASS
    elif gap == 0:
        status = CheckStatus.ROUNDING
    else:
        status = CheckStatus.MINOR if gap <= step else CheckStatus.FAIL
    tolerance = HALF * step + max(most - nominal, nominal - least)
    shown = nominal.quantize(step.scaleb(-2), ROUND_HALF_UP)
    return Comparison(status, shown, value - shown, tolerance.quantize(step.scaleb(-2), ROUND_HALF_UP))
