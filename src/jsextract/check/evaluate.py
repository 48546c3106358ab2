"""From an equation with its figures to a row of checks.csv, or to none where nothing is stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jsextract.check.binding import Bound, Scope, bind
from jsextract.check.figure import ZERO, Figure
from jsextract.check.result import judged, not_checkable, plain
from jsextract.check.tolerance import Comparison, judge_equal, judge_sum, scale
from jsextract.model.report import CheckResult
from jsextract.rules.equation_rules import EquationRule
from jsextract.text.amounts import decimals, is_money, parse_number
from jsextract.vocabulary import DIFFERS, CheckStatus, Severity

_SHOWN = 14
_WORDS = {"=": "differs from", "<=": "is more than", ">=": "is less than"}


def status_of(rule: EquationRule, bound: Bound) -> tuple[str, Comparison | None, str]:
    """Status, comparison and, where it is not checkable, why; a blank status where nothing is stated.

    A total that is not printed is no zero, and parts that were not read are no zeros either.
    """
    if not bound.left or not bound.right or all(f.blank for f in bound.figures):
        return "", None, ""
    if any(name in bound.absent for name in rule.needs):
        return "", None, ""
    unread = [f for f in bound.figures if f.unread]
    if unread:
        return CheckStatus.NOT_CHECKABLE, None, f"{unread[0].name} was not read ({unread[0].text})"
    unit = bound.left[0][1].unit
    if any(scale(f.unit, unit) is None for f in bound.figures if not f.blank):
        return CheckStatus.NOT_CHECKABLE, None, "its figures have different units"
    found = compared(bound)
    blank = next((side[0][1] for side in (bound.left, bound.right) if all(f.blank for _, f in side)), None)
    if (
        blank
        and found.status != CheckStatus.PASS
        and (blank is bound.left[0][1] or bound.same or bound.relation != "=")
    ):
        return CheckStatus.NOT_CHECKABLE, None, f"{blank.name} is blank"
    return found.status, found, ""


def compared(bound: Bound) -> Comparison:
    """Two statements of one quantity are compared as such, everything else as a sum."""
    if bound.same:
        return judge_equal(bound.left[0][1], bound.right[0][1])
    return judge_sum(bound.left, bound.right, bound.relation)


def outcome(rule: EquationRule, bound: Bound, item: str, doubt: str = "") -> CheckResult | None:
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
        doubt = f"{said(bound.left)} and {said(bound.right)} need not agree"
    if doubt and status in DIFFERS:
        return not_checkable(rule.id, bound.figures, item=item, why=doubt, severity=rule.severity)
    message = _message(rule, bound, item, found)
    return judged(rule.id, found, bound.figures, item=item, message=message, severity=rule.severity)


def _message(rule: EquationRule, bound: Bound, item: str, found: Comparison) -> str:
    stated, parts = said(bound.left), said(bound.right)
    unit = bound.left[0][1].unit
    if found.status == CheckStatus.PASS:
        return f"{item}: {rule.says}; {stated} {unit} agrees with {len(bound.right)} figure(s)."
    adds = f" = {plain(found.computed)}" if len(bound.right) > 1 else ""
    apart = f"{plain(abs(found.difference))} apart, {plain(found.tolerance)} may come of rounding"
    return f"{item}: {rule.says}; {stated} {unit} {_WORDS[bound.relation]} {parts}{adds} {unit} ({apart})."


def said(terms: Sequence[tuple[int, Figure]]) -> str:
    """Figures as printed with their signs, blanks and zeros left out: `95.36 + 10.23`."""
    filled = [(sign, figure) for sign, figure in terms if figure.value]
    words = [f"{'- ' if sign < 0 else '+ '}{figure.printed}" for sign, figure in filled[:_SHOWN]]
    more = f" + {len(filled) - _SHOWN} more" if len(filled) > _SHOWN else ""
    return (" ".join(words).removeprefix("+ ") or terms[0][1].printed) + more


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
