"""What is kept with a result of what its account says, so that others are held against it without reading it again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jsextract.accounts.comparison import Account, Prior, account
from jsextract.check.figure import Figure
from jsextract.model.report import Report

_Json = list[str | int | bool | None]


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account as a note has it; figures stay text until they are asked for.

    Attributes:
        figures, priors, units: as in `Account`, packed.
    """

    document_id: str
    entity: str
    kind: str
    year: int
    region: str
    figures: str
    priors: str
    units: Sequence[str] = ()

    def account(self, file: str) -> Account:
        """The account in full, published under that name."""
        return Account(
            self.document_id, file, self.entity, self.kind, self.year, self.region, _figures(self.figures),
            _priors(self.priors), tuple(self.units),
        )  # fmt: skip


def summary_of(report: Report) -> str:
    """The note of a report; blank if it is no account."""
    own = account(report)
    if own is None:
        return ""
    figures = {item: [_packed(figure) for figure in found] for item, found in own.figures.items()}
    priors = [[prior.item, [[sign, _packed(figure)] for sign, figure in prior.terms]] for prior in own.priors]
    head = [own.document_id, own.entity, own.kind, own.year, own.region]
    return json.dumps([*head, json.dumps(figures), json.dumps(priors) if priors else "", own.units])


def parse_summary(note: str) -> AccountSummary:
    """The note that is no blank one."""
    return AccountSummary(*json.loads(note))


def _packed(figure: Figure) -> _Json:
    value = None if figure.value is None else str(figure.value)
    return [
        figure.name, value, str(figure.step), figure.unit, figure.text, figure.ref, figure.page, figure.total,
    ]  # fmt: skip


def _unpacked(packed: list[str]) -> Figure:
    name, value, step, *rest = packed
    return Figure(name, None if value is None else Decimal(value), Decimal(step), *rest)  # type: ignore[arg-type]


def _figures(text: str) -> dict[str, tuple[Figure, ...]]:
    return {item: tuple(map(_unpacked, found)) for item, found in json.loads(text).items()}


def _priors(text: str) -> tuple[Prior, ...]:
    found = json.loads(text) if text else []
    return tuple(Prior(item, tuple((sign, _unpacked(figure)) for sign, figure in terms)) for item, terms in found)
