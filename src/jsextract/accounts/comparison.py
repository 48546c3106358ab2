"""One account against others: last year's own account, the department's, another publication of the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jsextract.accounts.account import Account, Figures, Prior
from jsextract.check.figure import Figure
from jsextract.check.result import result
from jsextract.check.sentences import amount, apart, measured, plain
from jsextract.check.tolerance import Comparison, judge_equal, judge_sum, scale
from jsextract.language.phrase import NOTHING, Phrase, listed, phrase, verbatim
from jsextract.model.report import CheckResult
from jsextract.vocabulary import CheckStatus, Severity

IDS = ("dataset.prior_year", "dataset.duplicate", "dataset.unit_in_department", "dataset.units_sum")
_ADDED = ("财政拨款收入", "一般公共预算财政拨款支出", "“三公”经费合计")
"""Figures of units that add up to the department's: no transfers among them are taken out."""
_SHOWN = 3
_ENOUGH = 3


def prior_year(own: Account, before: Account) -> Iterator[CheckResult]:
    """What the account says of the year before, against that year's own account.

    Where nothing agrees, the two are of different scope, and no row says that a figure is wrong.
    """
    judged = [(prior, *best) for prior in own.priors if (best := _closest(prior, before.figures)) is not None]
    agree = [found for _, _, found in judged if found.status != CheckStatus.FAIL]
    if judged and not agree and (len(judged) > 1 or not own.region):
        yield result(
            IDS[0], CheckStatus.NOT_CHECKABLE, item="prior year", severity=Severity.WARNING,
            pages=(figure.page for prior, _, _ in judged for _, figure in prior.terms), refs=_others(before),
            message=phrase(
                "None of {number} figures of {year} is that of its own account ({file}); the scope may differ.",
                number=len(judged), year=before.year, file=before.file,
            ),
        )  # fmt: skip
        return
    for prior, other, found in judged:
        figure = prior.terms[0][1]
        yield result(
            IDS[0], found.status, item=prior.item, severity=Severity.WARNING, stated=found.computed + found.difference,
            computed=found.computed, difference=found.difference, tolerance=found.tolerance, unit=figure.unit,
            pages=(term.page for _, term in prior.terms),
            refs=(*(term.ref for _, term in prior.terms), *_others(before)),
            message=phrase(
                "{item} of {year}: {stated} as stated here, {own} in that year's own account ({file}){apart}.",
                item=prior.item, year=before.year, stated=measured(prior.said, figure.unit), own=amount(other),
                file=before.file, apart=_apart(found, figure.unit),
            ),
        )  # fmt: skip


def _closest(prior: Prior, theirs: Figures) -> tuple[Figure, Comparison] | None:
    """The figure of the other account that is nearest to what is stated; None where there is none to compare."""
    unit = prior.terms[0][1].unit
    found = [
        (other, judge_sum(prior.terms, [(1, other)]))
        for other in theirs.get(prior.item, ())
        if scale(other.unit, unit) is not None
    ]
    return min(found, key=lambda pair: abs(pair[1].difference), default=None)


def _others(*accounts: Account) -> tuple[str, ...]:
    """What the column `refs` holds for accounts in other documents."""
    return tuple(f"document:{account.document_id}" for account in accounts)


def duplicates(own: Account, others: Sequence[Account]) -> Iterator[CheckResult]:
    """Other publications of the same account: the same entity, year and kind, and mostly the same figures."""
    for other in others:
        common = [item for item in own.figures if item in other.figures]
        differ = [item for item in common if not _agree(own.figures[item], other.figures[item])]
        if len(common) < _ENOUGH or len(differ) * 2 > len(common):
            continue  # parts of one account in two files, or namesakes
        yield result(
            IDS[1], CheckStatus.FAIL if differ else CheckStatus.MINOR, item=own.entity,
            severity=Severity.WARNING, refs=_others(other),
            stated=own.file, computed=other.file,
            message=_published(own, other, differ, len(common)),
        )  # fmt: skip


def _apart(found: Comparison, unit: str) -> Phrase:
    """How far two figures are apart, with what comes before it in a sentence; nothing where they are the same."""
    return NOTHING if found.status == CheckStatus.PASS else phrase(", {apart}", apart=apart(found, unit))


def _published(own: Account, other: Account, differ: Sequence[str], common: int) -> Phrase:
    """That the account has a second file, and the first figures that differ."""
    values = {"entity": own.entity, "year": own.year, "file": other.file}
    if not differ:
        return phrase(
            "The account of {entity} for {year} is also published as {file}; its {number} main figures agree.",
            **values, number=common,
        )  # fmt: skip
    shown = [
        phrase(
            "{name} {one} and {two}", name=item, one=own.figures[item][0].printed, two=other.figures[item][0].printed
        )
        for item in differ[:_SHOWN]
    ]
    return phrase(
        "The account of {entity} for {year} is also published as {file}, with other figures: {shown}.",
        **values, shown=listed(shown, "; ", "；"),
    )  # fmt: skip


def _agree(mine: Iterable[Figure], theirs: Iterable[Figure]) -> bool:
    """Whether two accounts print one figure in common; units that cannot be compared say nothing."""
    pairs = [(a, b) for a in mine for b in theirs if scale(b.unit, a.unit) is not None]
    return not pairs or any(judge_equal(a, b).status != CheckStatus.FAIL for a, b in pairs)


def within_department(own: Account, department: Account) -> Iterator[CheckResult]:
    """A unit's figures, none of which is more than its department's."""
    yield from _at_most(IDS[2], own, [own], department)


def units_within(department: Account, units: Sequence[Account]) -> Iterator[CheckResult]:
    """The sums of the units' figures, none of which is more than the department's."""
    if len(units) > 1:
        yield from _at_most(IDS[3], department, units, department)


def _at_most(check_id: str, own: Account, units: Sequence[Account], department: Account) -> Iterator[CheckResult]:
    """A row for each figure that units and department have: what the units' add up to is not more than its own.

    Args:
        check_id: of the rows.
        own: the account under which they stand, the department's or the only unit's.
        units: one or several; a unit that lacks a figure adds nothing to its sum.
        department: whose figures bound the sums.
    """
    for item in _ADDED:
        whole = department.figures.get(item, ())
        parts = [account.figures[item][0] for account in units if item in account.figures]
        if not whole or not parts or any(scale(f.unit, whole[0].unit) is None for f in parts):
            continue
        found = judge_sum([(1, figure) for figure in parts], [(1, whole[0])], "<=")
        added = " + ".join(figure.printed for figure in parts)
        others = units if own is department else [department]
        yield result(
            check_id, found.status, item=item, severity=Severity.WARNING, stated=found.computed + found.difference,
            computed=found.computed, difference=found.difference, tolerance=found.tolerance, unit=parts[0].unit,
            pages=[f.page for f in (whole if own is department else parts)],
            refs=(*(f.ref for f in (whole[:1] if own is department else parts)), *_others(*others)),
            message=phrase(
                "{item}: {units} {sum}, {department} ({file}) {whole}.",
                item=item, units=_units_in_words(units), sum=measured(added, parts[0].unit), file=department.file,
                department=department.entity, whole=measured(plain(found.computed), parts[0].unit),
            ),
        )  # fmt: skip


def _units_in_words(units: Sequence[Account]) -> Phrase:
    """What a message calls the units: the file of one, the number of several."""
    return verbatim(units[0].file) if len(units) == 1 else phrase("{number} units together", number=len(units))
