"""What one document says of its account (部门决算、单位决算 as a whole)."""

from __future__ import annotations

from msgspec import Struct

from jsextract.check.text_rules.entity_names import core
from jsextract.model.ids import account_id
from jsextract.model.report import Report
from jsextract.vocabulary import CheckStatus, Kind


class AccountRow(Struct, frozen=True):
    """An account as a row of accounts.csv.

    Attributes:
        documents: the ids of its documents, in the order of the dataset.
        tables: which standard tables are there, in their order.
        status: ok or failed where all documents are, else partial.
    """

    account_id: str
    entity: str
    region: str
    year: int | None
    kind: str
    documents: tuple[str, ...]
    tables: tuple[str, ...]
    cells: int
    facts: int
    projects: int
    checks_fail: int
    checks_minor: int
    status: str
    text_source: str


def account_of(report: Report) -> str:
    """The id of the account that a report belongs to; blank where its entity, year or kind is unknown."""
    return account_id(core(report.entity), report.year, "" if report.kind == Kind.OTHER else report.kind)


def account_row(report: Report) -> AccountRow:
    """The account as this document alone has it."""
    return AccountRow(
        account_id=account_of(report),
        entity=report.entity,
        region=report.region,
        year=report.year,
        kind=report.kind,
        documents=(report.document_id,),
        tables=standard_tables(report),
        cells=len(report.cells),
        facts=len(report.facts),
        projects=len(report.projects),
        checks_fail=sum(check.status == CheckStatus.FAIL and not check.follows for check in report.checks),
        checks_minor=sum(check.status == CheckStatus.MINOR and not check.follows for check in report.checks),
        status=report.status,
        text_source=report.text_source,
    )


def standard_tables(report: Report) -> tuple[str, ...]:
    """Which of the nine standard tables gave cells, in their order."""
    return tuple(sorted({cell.table for cell in report.cells if cell.is_standard}))
