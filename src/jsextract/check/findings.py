"""Which checks are findings, which are the worst, and how a person names one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jsextract.model.report import CheckResult
from jsextract.vocabulary import SEVERITIES, CheckStatus, Severity

FOUND = (CheckStatus.FAIL, CheckStatus.MINOR)
"""Statuses of what a person should look at; `rounding` agrees, and `not_checkable` says nothing."""


def is_finding(check: CheckResult) -> bool:
    """Whether the check found something that no other one tells."""
    return check.status in FOUND and not check.follows


def counted(checks: Iterable[CheckResult]) -> Counter[str]:
    """How many checks have which status; what follows from another one is counted with that."""
    return Counter(check.status for check in checks if not check.follows)


def seriousness(check: CheckResult) -> tuple[int, int, int]:
    """A key that sorts the worst first: not what is for information, then what fails, then by severity."""
    return (
        check.severity == Severity.INFO,
        FOUND.index(check.status) if check.status in FOUND else len(FOUND),
        SEVERITIES.words.index(check.severity),
    )


def worst(checks: Iterable[CheckResult], count: int) -> tuple[CheckResult, ...]:
    """The `count` worst findings, those of equal weight in their own order."""
    return tuple(sorted(filter(is_finding, checks), key=seriousness)[:count])


def names(checks: Sequence[CheckResult]) -> list[str]:
    """What to call each check: its id where that is the only one, else the id with its number: `text.share/2`."""
    ids = [check.check_id for check in checks]
    return [
        check_id if ids.count(check_id) == 1 else f"{check_id}/{ids[: at + 1].count(check_id)}"
        for at, check_id in enumerate(ids)
    ]


def fitting(checks: Sequence[CheckResult], name: str) -> list[tuple[str, CheckResult]]:
    """The checks that `name` may mean, each with what to call it: ID, ID/NUMBER, or ID/words of its item.

    A name that fits findings means one of those; one that fits no finding means what passed.
    """
    check_id, _, which = name.partition("/")
    called = [pair for pair in zip(names(checks), checks, strict=True) if pair[1].check_id == check_id]
    exact = [pair for pair in called if which and pair[0] == name]
    found = exact or [pair for pair in called if which in pair[1].item]
    return [pair for pair in found if is_finding(pair[1])] or found
