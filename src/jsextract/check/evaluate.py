"""From an equation with its figures to a row of checks.csv, or to none where nothing is stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jsextract.check.binding import Bound, Scope, bind
from jsextract.check.figure import ZERO, Figure
from jsextract.check.result import judged, not_checkable
from jsextract.check.sentences import (
    added,
    amount,
    apart,
    called,
    is_of_table,
    measured,
    name,
    place,
    plain,
    stated,
    table,
)
from jsextract.check.tolerance import Comparison, judge_equal, judge_sum, scale
from jsextract.language.phrase import NOTHING, Phrase, noted, phrase
from jsextract.model.report import CheckResult
from jsextract.rules.equation_rules import EquationRule
from jsextract.text.amounts import decimals, is_money, parse_number
from jsextract.vocabulary import DIFFERS, CheckStatus, Severity

_AGREES = {
    "=": noted("{item}: {left}, {right}; they agree."),
    "<=": noted("{item}: {left}, {right}; it is no more."),
    ">=": noted("{item}: {left}, {right}; it is no less."),
}
_DIFFERS = {
    "=": noted("{item}: {left}, {right}, {by}."),
    "<=": noted("{item}: {left}, {right}; the first is {by} more."),
    ">=": noted("{item}: {left}, {right}; the first is {by} less."),
}


def status_of(rule: EquationRule, bound: Bound) -> tuple[str, Comparison | None, Phrase]:
    """Status, comparison and, where it is not checkable, why; a blank status where nothing is stated.

    A total that is not printed is no zero, and parts that were not read are no zeros either.
    """
    if not bound.left or not bound.right or all(f.blank for f in bound.figures):
        return "", None, NOTHING
    if any(needed in bound.absent for needed in rule.needs):
        return "", None, NOTHING
    unread = [f for f in bound.figures if f.unread]
    if unread:
        return CheckStatus.NOT_CHECKABLE, None, _not_read(unread[0])
    unit = bound.left[0][1].unit
    if any(scale(f.unit, unit) is None for f in bound.figures if not f.blank):
        return CheckStatus.NOT_CHECKABLE, None, phrase("its figures have different units")
    found = compared(bound)
    blank = next((side[0][1] for side in (bound.left, bound.right) if all(f.blank for _, f in side)), None)
    if (
        blank
        and found.status != CheckStatus.PASS
        and (blank is bound.left[0][1] or bound.same or bound.relation != "=")
    ):
        return CheckStatus.NOT_CHECKABLE, None, phrase("{name} is blank", name=name(blank))
    return found.status, found, NOTHING


def _not_read(figure: Figure) -> Phrase:
    return phrase("{name} was not read ({printed})", name=name(figure), printed=figure.text)


def compared(bound: Bound) -> Comparison:
    """Two statements of one quantity are compared as such, everything else as a sum."""
    if bound.same:
        return judge_equal(bound.left[0][1], bound.right[0][1])
    return judge_sum(bound.left, bound.right, bound.relation)


def outcome(rule: EquationRule, bound: Bound, item: str, doubt: Phrase = NOTHING) -> CheckResult | None:
    """The row for one equation; None where nothing is stated.

    Args:
        rule: the equation.
        bound: its figures.
        item: what was checked.
        doubt: why a difference would not mean an error; blank when nothing speaks against it.
    """
    status, found, why = status_of(rule, bound)
    if not status:
        return None
    if found is None:
        return not_checkable(rule.id, bound.figures, item=item, why=why, severity=rule.severity)
    if status in DIFFERS and rule.severity == Severity.INFO:
        doubt = phrase("{left} and {right} need not agree", left=added(bound.left), right=added(bound.right))
    if doubt and status in DIFFERS:
        return not_checkable(rule.id, bound.figures, item=item, why=doubt, severity=rule.severity)
    message = _message(rule, bound, item, found)
    return judged(rule.id, found, bound.figures, item=item, message=message, severity=rule.severity)


def _message(rule: EquationRule, bound: Bound, item: str, found: Comparison) -> Phrase:
    """One sentence with what is stated, what it is held against, and how far they are apart."""
    first, other = bound.left[0][1], bound.right[0][1]
    agree, one = found.status == CheckStatus.PASS, len(bound.left) == 1
    if agree and one and len(bound.right) > 1:
        own = called(first, rule.equation.left[0].name) if rule.each == "row" else amount(first)
        return phrase(
            "{item}: {own}, which follows from {number} figures.", item=item, own=own, number=len(bound.right)
        )
    if agree and one and bound.relation == "=" and rule.each != "row" and place(first) != place(other):
        both = {"one": place(first), "other": place(other), "amount": amount(first)}
        return phrase("{item}: {one} and {other} state {amount}.", item=item, **both)
    left = _side(rule, bound, item, found.computed + found.difference)
    right = _side(rule, bound, item, found.computed, right=True)
    if agree:
        return phrase(_AGREES[bound.relation], item=item, left=left, right=right)
    by = apart(found, first.unit) if bound.relation == "=" else measured(plain(abs(found.difference)), first.unit)
    return phrase(_DIFFERS[bound.relation], item=item, left=left, right=right, by=by)


def _side(rule: EquationRule, bound: Bound, item: str, total: Decimal, *, right: bool = False) -> Phrase:
    """One side of an equation: where its figure stands, or what its figures add up to."""
    terms, equal = (bound.right, rule.equation.right) if right else (bound.left, rule.equation.left)
    figure = terms[0][1]
    if len(terms) > 1:
        sum_ = measured(plain(total), bound.left[0][1].unit)
        return (
            phrase("its parts {parts} = {sum}", parts=added(terms), sum=sum_)
            if right
            else phrase("{parts} = {sum}", parts=added(terms), sum=sum_)
        )
    if rule.each == "row":
        return called(figure, equal[0].name)
    # within one table each is told by its row and column; what is checked names the first already
    own = is_of_table(figure) and table(bound.left[0][1]) == table(bound.right[0][1])
    if own and (right or bound.same):
        return called(figure, figure.name)
    return stated(figure, item)


def example_status(rule: EquationRule, figures: dict[str, list[Figure]]) -> str:
    """The status that the figures of an example give; not_checkable for what is not stated."""
    scope = Scope(
        lambda name: next(iter(figures.get(name, ())), None),
        lambda name: figures.get(f"{name}.*", ()),
    )
    status, _, _ = status_of(rule, bind(rule.equation, scope))
    return status or CheckStatus.NOT_CHECKABLE


def example_figures(values: Mapping[str, str | Sequence[str]], unit: str) -> dict[str, list[Figure]]:
    """The figures of an example: what is no number was not read, blanks are blank, money has the finest decimals."""
    listed = {name: [value] if isinstance(value, str) else list(value) for name, value in values.items()}
    read = [n for texts in listed.values() for text in texts if (n := parse_number(text)) is not None]
    step = Decimal(1).scaleb(-max(map(decimals, read), default=0)) if is_money(unit) else ZERO

    def figure(name: str, text: str) -> Figure:
        value = parse_number(text) if text else ZERO
        return Figure(name, value, step if text else ZERO, unit, text, f"example:{name}", 1)

    return {name: [figure(name, text) for text in texts] for name, texts in listed.items()}
