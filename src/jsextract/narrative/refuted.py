"""A name that is inherited must bear all that its clause says in one breath (承前省略的主语).

2022年预算3万元，决算2万元 behind 结余0万元: the final is none of 结余, and so the budget is not either.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import takewhile

import regex

from jsextract.narrative.matches import Match, inherits
from jsextract.narrative.resolve import ReferenceResolver
from jsextract.narrative.stated import refuted
from jsextract.rules.file_types import Claim
from jsextract.text.amounts import to_yuan
from jsextract.vocabulary import Measure

BREATH = 6
"""Clauses that one thing is told in, its budgets and what came of them."""
_PARTED = regex.compile(r"[。；（]")


def is_refuted(ahead: Iterable[Match], naming: ReferenceResolver) -> bool:
    """Whether a final that follows a figure without a name is not that of what was named before.

    Args:
        ahead: the clause with the figure and those behind it.
        naming: knows what was named, and what was said of it.
    """
    context = naming.context
    subject = context.subject
    if subject is None or context.top.unknown:
        return False
    named_nothing = list(takewhile(inherits, ahead))
    breath = [hit for hit in named_nothing if not _PARTED.search(naming.coded.text, named_nothing[0].start, hit.start)]
    finals = (_final(hit, claim, naming) for hit in breath[1:] for claim in hit.rule.claims)
    item = subject.name.item
    return any(final is not None and refuted(context.stated, item, Measure.FINAL, *final) for final in finals)


def _final(hit: Match, claim: Claim, naming: ReferenceResolver) -> tuple[int | None, Decimal] | None:
    """The year and the amount in yuan of a final that a clause states of what was named before; None elsewhere."""
    token = naming.token(hit, claim.value)
    if claim.item or token is None or token.value is None or naming.measure(hit, claim) != Measure.FINAL:
        return None
    amount = to_yuan(token.value, token.unit)
    if amount is None or naming.years.is_prior(hit, claim):
        return None
    return naming.years.told(hit, claim) or naming.setting.year, amount
