"""Which failing checks follow from another one: each error is told once (同源差异)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from jsextract.check.result import at_most_warned, result
from jsextract.language.phrase import NOTHING, Phrase, phrase
from jsextract.model.report import CheckResult
from jsextract.text.amounts import to_yuan
from jsextract.vocabulary import DIFFERS, CheckStatus, Origin, Severity

COLUMN = "table.column"
# So many errors that rest on one column, each of which no other figure explains, are the column's.
_MANY = 3
_OF_TABLES = ("table.", "cross.")
# Limits: by how much they are exceeded is not by how much a figure is wrong.
_LIMITS = frozenset(
    {"text.project_budget", "text.procurement_sme", "text.procurement_micro", "text.procurement_won",
     "text.problems_mended", "text.vehicles_kept", "text.three_public_over_budget"}
)  # fmt: skip
# Statements that are wrong whatever their figures are.
_ALONE = frozenset({"text.rate_base", "text.rate", "text.change_rate"})
Column = tuple[str, str]
Rested = tuple[str, bool]


def with_roots(checks: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """The checks, each failing one that follows from another with that one's id and item in `follows`.

    One misprint fails every check that rests on it: these follow from the most direct. A column whose checks fail all
    over has its figures in the wrong places: that is one finding, a row of its own, and they all follow from it.
    """
    failing = [at for at, check in enumerate(checks) if check.status in DIFFERS and check.refs and not check.follows]
    # what agrees as rates do says little of an amount, and the other way round
    passing = Counter((ref, c.unit == "%") for c in checks if c.status == CheckStatus.PASS for ref in c.refs)
    groups: list[list[int]] = []
    while failing:
        groups.append(_of_one_figure(failing, checks, passing))
        failing = [at for at in failing if at not in groups[-1]]
    follows: dict[int, str] = {}
    more: list[CheckResult] = []
    while shifted := _shifted(groups, checks):
        own = [group for group in groups if _is_of(shifted, [_columns(checks[at]) for at in group])]
        groups = [group for group in groups if group not in own]
        followers = [at for group in own for at in group]
        more.append(_column(shifted, [checks[at] for at in sorted(followers)]))
        follows |= dict.fromkeys(followers, f"{COLUMN} {more[-1].item}")
    for first, *others in groups:
        follows |= dict.fromkeys(others, f"{checks[first].check_id} {checks[first].item}")
    told = (_following(c, follows[at]) if at in follows else c for at, c in enumerate(checks))
    return (*told, *more)


def _is_of(shifted: Sequence[Column], rest: Sequence[frozenset[Column]]) -> bool:
    """Whether an error is one of a shifted column: a check rests on it, or all rest on its table, now in doubt."""
    tables = {table for table, _ in shifted}
    return any(not columns.isdisjoint(shifted) for columns in rest) or all(
        any(table in tables for table, _ in columns) for columns in rest
    )


def _following(check: CheckResult, root: str) -> CheckResult:
    """The check, saying what it follows from; what rests on a shifted column does not accuse the document."""
    told = following(check, root)
    if not root.startswith(f"{COLUMN} "):
        return told
    origin = Origin.UNKNOWN if check.origin == Origin.DOCUMENT else check.origin
    return replace(told, severity=at_most_warned(check.severity), origin=origin)


def told_alone(check: CheckResult) -> CheckResult:
    """The check without what it follows from."""
    said = said_to_follow(check.follows)
    message, zh = check.message.removesuffix(said.en), check.message_zh.removesuffix(said.zh)
    return replace(check, follows="", message=message, message_zh=zh)


def following(check: CheckResult, root: str) -> CheckResult:
    """The check, saying at its end what it follows from."""
    said = said_to_follow(root)
    return replace(check, follows=root, message=f"{check.message}{said.en}", message_zh=f"{check.message_zh}{said.zh}")


def said_to_follow(root: str) -> Phrase:
    """The sentence at the end of a message that names what a check follows from, by id and item."""
    return phrase(" It follows from {root}.", root=root) if root else NOTHING


# ---- one figure


def _of_one_figure(failing: Sequence[int], checks: Sequence[CheckResult], passing: Mapping[Rested, int]) -> list[int]:
    """The failing checks that one wrong figure explains, the most direct first.

    The figure to blame is the one that most of them rest on and fewest others.
    """
    resting: dict[str, list[int]] = defaultdict(list)
    for at in failing:
        for ref in checks[at].refs:
            resting[ref].append(at)

    def blame(ref: str) -> tuple[int, int, int]:
        fails = Counter(checks[at].unit == "%" for at in resting[ref])
        surplus = sum(max(0, number - passing[ref, of_rates]) for of_rates, number in fails.items())
        return surplus, sum(checks[at].status == CheckStatus.FAIL for at in resting[ref]), len(resting[ref])

    suspect = max(resting, key=blame)
    first = min(resting[suspect], key=lambda at: _directness(checks[at], at))
    return [first, *(at for at in resting[suspect] if at != first and _alike(checks[first], checks[at]))]


def _directness(check: CheckResult, at: int) -> tuple[bool, bool, int, int]:
    """A key that sorts first what names the error best: failing, no matter of form, on few figures."""
    weak = check.severity == Severity.INFO or check.check_id in _LIMITS
    return check.status != CheckStatus.FAIL, weak, len(check.refs), at


def _alike(one: CheckResult, other: CheckResult) -> bool:
    """Whether one wrong figure may explain both: by the same difference in money, but for rounding.

    A limit is exceeded by no more than the figure is wrong by.
    """
    if any(check.check_id in _ALONE and not check.difference for check in (one, other)):
        return False
    a, b = _yuan(one), _yuan(other)
    if a is None or b is None:
        return True
    slack, apart = a[1] + b[1], abs(b[0]) - abs(a[0])
    if other.check_id in _LIMITS:
        return apart <= slack
    return abs(apart) <= slack


def _yuan(check: CheckResult) -> tuple[Decimal, Decimal] | None:
    """Difference and tolerance in 元; None for what is no money, or has no figures."""
    if not check.difference:
        return None
    found, slack = to_yuan(Decimal(check.difference), check.unit), to_yuan(Decimal(check.tolerance or 0), check.unit)
    return None if found is None or slack is None else (found, slack)


# ---- one column


def _columns(check: CheckResult) -> frozenset[Column]:
    """The columns of tables that a check rests on."""
    cells = (ref.removeprefix("cell:").split("/") for ref in check.refs if ref.startswith("cell:"))
    return frozenset((parts[0], _of(parts)) for parts in cells)


def _of(parts: Sequence[str]) -> str:
    """The column's name, that of its group before it (本年支出/合计)."""
    return "/".join(parts[-2:]) if parts[-2] == "本年支出" else parts[-1]


def _shifted(groups: Sequence[Sequence[int]], checks: Sequence[CheckResult]) -> list[Column]:
    """The column that several errors rest on which tables show without the text; all that as many rest on, in order."""
    errors: Counter[Column] = Counter()
    for group in groups:
        shown = (checks[at] for at in group if checks[at].check_id.startswith(_OF_TABLES))
        errors.update({column for check in shown for column in _columns(check)})
    most = max(errors.values(), default=0)
    worst = sorted(column for column, number in errors.items() if number == most and most >= _MANY)
    return [column for column in worst if column[0] == worst[0][0]]


def _column(columns: Sequence[Column], group: Sequence[CheckResult]) -> CheckResult:
    table, name = columns[0][0], "、".join(column for _, column in columns)
    readings = any(check.origin == Origin.READING for check in group)
    return result(
        COLUMN,
        CheckStatus.FAIL,
        item=f"{table} {name}",
        message=phrase(
            "Table {table}: {number} checks fail that rest on {name}; figures may stand in the wrong rows or columns.",
            table=table,
            number=len(group),
            name=name,
        ),
        severity=Severity.WARNING,
        pages=[page for check in group for page in check.pages],
        refs=[ref for check in group for ref in check.refs if ref.startswith(f"cell:{table}/")],
        origin=Origin.READING if readings else Origin.UNKNOWN,
    )
