"""What is kept with a result of what it says of its account, so that others are held against it without reading it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from jsextract.accounts.account import Account, Prior, account
from jsextract.accounts.former_names import former_names
from jsextract.check.figure import Figure
from jsextract.check.text_rules.entity_names import core
from jsextract.dataset.account_row import account_of, standard_tables
from jsextract.model.report import Report

_NO_ACCOUNT: tuple[Any, ...] = ("", "", 0, "", "", "", ())
"""What stands between the head and the body where no other account is held against it."""
_Json = list[str | int | bool | None]


class AccountSummary(Struct, frozen=True):
    """One document of an account; figures stay text until they are asked for.

    Attributes:
        data: a digest of what its cells and facts say; blank where there are none.
        tables: which standard tables it has.
        facts: how many it states.
        entity: as it is compared; blank where no other account is held against it (budgets, failed documents).
        figures, priors, units: as in `Account`, packed.
        body: whose account it is, as names are compared; `of_year` and `of_kind` tell which.
        formerly: names that the body had before.
    """

    document_id: str
    account_id: str
    data: str
    tables: Sequence[str]
    facts: int
    entity: str = ""
    kind: str = ""
    year: int = 0
    region: str = ""
    figures: str = ""
    priors: str = ""
    units: Sequence[str] = ()
    body: str = ""
    of_year: int = 0
    of_kind: str = ""
    formerly: Sequence[str] = ()

    def account(self, file: str) -> Account:
        """The account in full, published under that name."""
        return Account(
            document_id=self.document_id,
            file=file,
            entity=self.entity,
            kind=self.kind,
            year=self.year,
            region=self.region,
            figures=_figures(self.figures),
            priors=_priors(self.priors),
            units=tuple(self.units),
        )


def summary_of(report: Report) -> str:
    """The note of a report; blank if it is not known whose account it is."""
    account_id = account_of(report)
    if not account_id:
        return ""
    head: list[Any] = [
        report.document_id, account_id, data_digest(report), standard_tables(report), len(report.facts)
    ]  # fmt: skip
    own = account(report)
    body = [core(report.entity), report.year, report.kind, former_names(report)]
    if own is None:
        return json.dumps([*head, *_NO_ACCOUNT, *body])
    figures = {item: [_packed(figure) for figure in found] for item, found in own.figures.items()}
    priors = [[prior.item, [[sign, _packed(figure)] for sign, figure in prior.terms]] for prior in own.priors]
    known = [own.entity, own.kind, own.year, own.region]
    return json.dumps([*head, *known, json.dumps(figures), json.dumps(priors) if priors else "", own.units, *body])


def parse_summary(note: str) -> AccountSummary:
    """The note that is no blank one."""
    return AccountSummary(*json.loads(note))


def data_digest(report: Report) -> str:
    """A digest of what cells and facts say, wherever on the page and in whatever order; blank where there are none."""
    cells = [
        f"{cell.place}\t{cell.side}\t{cell.code}\t{cell.item}\t{cell.column}\t{_plain(cell.value)}\t{cell.unit}"
        for cell in report.cells
    ]
    facts = [
        f"{fact.item}\t{fact.measure}\t{fact.basis}\t{fact.project}\t{_plain(fact.value)}\t{fact.unit}\t"
        + ("" if fact.value is not None else fact.value_text)
        for fact in report.facts
    ]
    if not cells and not facts:
        return ""
    return hashlib.sha256("\n".join([*sorted(cells), *sorted(facts)]).encode()).hexdigest()[:16]


def _plain(value: Decimal | None) -> str:
    """The value without exponent, with its printed decimals; blank for none."""
    return "" if value is None else format(value, "f")


def _packed(figure: Figure) -> _Json:
    """A figure as a JSON list, in the order of its fields; numbers are text, so that they stay exact."""
    value = None if figure.value is None else str(figure.value)
    return [
        figure.name, value, str(figure.step), figure.unit, figure.text, figure.ref, figure.page, figure.total,
    ]  # fmt: skip


def _unpacked(packed: list[str]) -> Figure:
    """The figure that `_packed` was given."""
    name, value, step, *rest = packed
    return Figure(name, None if value is None else Decimal(value), Decimal(step), *rest)  # type: ignore[arg-type]


def _figures(text: str) -> dict[str, tuple[Figure, ...]]:
    """Figures by item, from the JSON of `{item: [packed figure, …]}`."""
    return {item: tuple(map(_unpacked, found)) for item, found in json.loads(text).items()}


def _priors(text: str) -> tuple[Prior, ...]:
    """Last year's figures, from the JSON of `[[item, [[sign, packed figure], …]], …]`; none from a blank."""
    found = json.loads(text) if text else []
    return tuple(Prior(item, tuple((sign, _unpacked(figure)) for sign, figure in terms)) for item, terms in found)
