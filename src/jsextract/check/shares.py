"""Shares of all parts of a list are 100 % together (占比合计)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from jsextract.check.binding import Bound
from jsextract.check.evaluate import compared
from jsextract.check.figure import ZERO, Figure
from jsextract.check.result import judged
from jsextract.check.sentences import amount, item_of, measured, plain
from jsextract.check.text import Statement, Text
from jsextract.check.tolerance import HALF, HUNDRED, Comparison
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult
from jsextract.rules.denominators import Denominators
from jsextract.vocabulary import AGREES, CheckStatus, Measure


def shares(text: Text, denominators: Denominators) -> Iterator[CheckResult]:
    """One result for every list of shares whose amounts add up to what they are shares of."""
    lists: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
    for said in text.numbers:
        if said.fact.measure == Measure.SHARE and not said.fact.project:
            lists[said.fact.section, said.fact.basis].setdefault(said.fact.item, said)
    for (_, basis), own in lists.items():
        for whole, members in _complete(text, basis, list(own.values()), denominators):
            yield _added(whole, [text.figure(said) for said in members])


def _added(whole: Figure, rates: Sequence[Figure]) -> CheckResult:
    total = sum((rate.value or ZERO for rate in rates), ZERO)
    tolerance = HALF * sum((rate.step for rate in rates), ZERO)
    gap = abs(total - HUNDRED)
    status = CheckStatus.PASS if gap == 0 else CheckStatus.ROUNDING if gap <= tolerance else CheckStatus.FAIL
    listed = " + ".join(rate.printed for rate in rates)
    item = item_of(whole)
    message = phrase(
        "{item}: the shares of its parts are {shares} = {total} of {whole}.",
        item=item, shares=listed, total=measured(plain(total), "%"), whole=amount(whole),
    )  # fmt: skip
    stated = replace(rates[0], value=total)
    exact = status == CheckStatus.PASS
    found = Comparison(status, HUNDRED, total - HUNDRED, tolerance, (exact,) * (len(rates) + 1))
    return judged("text.shares_sum", found, [stated, *rates], item=item, message=message)


def _complete(
    text: Text, basis: str, own: Sequence[Statement], denominators: Denominators
) -> Iterator[tuple[Figure, Sequence[Statement]]]:
    """The shares, of one topic or of all, whose amounts add up to their denominator, with that."""
    by_topic: dict[str, list[Statement]] = defaultdict(list)
    for said in own:
        by_topic[said.fact.topic].append(said)
    for members in [*by_topic.values(), own] if len(by_topic) > 1 else [own]:
        amounts = [text.nearest(said, said.fact.item, (Measure.FINAL,)) for said in members]
        names = denominators.meanings(basis)
        whole = next((s for n in names if (s := text.nearest(members[0], n, (Measure.FINAL,)))), None)
        known = [text.figure(amount) for amount in amounts if amount]
        if len(members) < 2 or whole is None or len(known) < len(members):
            continue
        found = compared(Bound(((1, text.figure(whole)),), "=", tuple((1, figure) for figure in known)))
        if found.status in AGREES:
            yield text.figure(whole), members
