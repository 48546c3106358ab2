"""The one place where rows of checks.csv are made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from jsextract.check.figure import Figure
from jsextract.check.sentences import plain
from jsextract.check.tolerance import Comparison
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.report import CheckResult
from jsextract.vocabulary import CHECK_STATUSES, ORIGINS, SEVERITIES, CheckStatus, Origin, Severity

_ID = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


def result(
    check_id: str,
    status: str,
    *,
    item: str,
    message: Phrase,
    severity: str = Severity.ERROR,
    stated: Decimal | str = "",
    computed: Decimal | str = "",
    difference: Decimal | str = "",
    tolerance: Decimal | str = "",
    unit: str = "",
    pages: Iterable[int] = (),
    refs: Iterable[str] = (),
    origin: str = Origin.UNKNOWN,
    confirms: Iterable[str] = (),
) -> CheckResult:
    """A row of checks.csv; numbers become plain decimals, pages are sorted, refs stand once each.

    `check_id` is family.rule in small letters, `item` what was checked, `message` one sentence with the figures as
    printed; the others are as the codebook says.

    Raises:
        ValueError: if id, status, severity or origin are no words of theirs; a fault of the caller.
    """
    if not _ID.fullmatch(check_id):
        raise ValueError(f"{check_id!r} is no check id (family.rule)")
    for value, known in ((status, CHECK_STATUSES), (severity, SEVERITIES), (origin, ORIGINS)):
        if not known.knows(value):
            raise ValueError(f"{check_id}: {value!r} is none of the {known.name}")
    return CheckResult(
        check_id=check_id,
        status=status,
        severity=severity,
        item=item,
        stated=plain(stated),
        computed=plain(computed),
        difference=plain(difference),
        tolerance=plain(tolerance),
        unit=unit,
        pages=tuple(sorted({page for page in pages if page})),
        refs=tuple(dict.fromkeys(filter(None, refs))),
        message=message.en,
        message_zh=message.zh,
        origin=origin,
        confirms=tuple(dict.fromkeys(confirms)),
    )


def at_most_warned(severity: str) -> str:
    """The severity of a row that need not be the document's fault: no error, whatever the check says of others."""
    return Severity.WARNING if severity == Severity.ERROR else severity


def judged(
    check_id: str,
    found: Comparison,
    figures: Iterable[Figure],
    *,
    item: str,
    message: Phrase,
    severity: str = Severity.ERROR,
) -> CheckResult:
    """A row for a comparison; the first figure is the one that was stated."""
    figures = list(figures)
    stated = figures[0]
    return result(
        check_id,
        found.status,
        item=item,
        message=message,
        severity=severity,
        stated="" if stated.value is None else stated.value,
        computed=found.computed,
        difference=found.difference,
        tolerance=found.tolerance,
        unit=stated.unit,
        pages=(f.page for f in figures),
        refs=(f.ref for f in figures),
        confirms=_held(found, figures),
    )


def _held(found: Comparison, figures: Iterable[Figure]) -> tuple[str, ...]:
    """The references of what a comparison holds to its digits; what is blank has none."""
    if not found.holds:
        return ()
    return tuple(f.ref for f, holds in zip(figures, found.holds, strict=True) if holds and not f.blank)


def not_checkable(
    check_id: str, figures: Iterable[Figure], *, item: str, why: Phrase, severity: str = Severity.ERROR
) -> CheckResult:
    """A row for a check that could not be made; `why` names the part that is missing."""
    figures = list(figures)
    stated = figures[0] if figures else None
    value = stated.value if stated and not stated.blank else None
    return result(
        check_id,
        CheckStatus.NOT_CHECKABLE,
        item=item,
        message=phrase("{item}: not checkable, {why}.", item=item, why=why),
        severity=severity,
        stated="" if value is None else value,
        unit=stated.unit if stated else "",
        pages=(f.page for f in figures),
        refs=(f.ref for f in figures),
    )
