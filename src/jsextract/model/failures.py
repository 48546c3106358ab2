"""What a report says at its end: documents that give no data, and those that are no final account."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from jsextract.errors import DocumentError, EmptyFile
from jsextract.model.document import Health
from jsextract.model.report import Report
from jsextract.vocabulary import DocumentStatus, Kind, Problem

_NO_ACCOUNT: Mapping[str, str] = {
    Kind.OTHER: "This is neither a final account nor a budget of a department or unit.",
    Kind.GOVERNMENT_ACCOUNT: "This is the final account of a government or a whole region, not of a department.",
    Kind.GOVERNMENT_BUDGET: "This is the budget of a government or a whole region, not of a department.",
}
_BUDGET = "This is a budget: no facts are taken from its text, and none of its amounts counts as unread."
_TEXT_UNREAD: Mapping[str, str] = {Kind.DEPARTMENT_BUDGET: _BUDGET, Kind.UNIT_BUDGET: _BUDGET}


def concluded(report: Report, health: Health) -> Report:
    """The report with its status; one of another kind says so, unless something worse is the matter."""
    if not health.problem and report.kind in _NO_ACCOUNT:
        message = _NO_ACCOUNT[report.kind]
        return replace(report, status=health.status, problem=Problem.NOT_FINAL_ACCOUNT, message=message)
    message = health.message or _TEXT_UNREAD.get(report.kind, "")
    return replace(report, status=health.status, problem=health.problem, message=message)


def failed(report: Report, error: DocumentError) -> Report:
    """The report of a document that gives no data."""
    return replace(report, status=DocumentStatus.FAILED, problem=error.problem, message=str(error))


def failure(report: Report) -> DocumentError:
    """The error that a failed report stands for."""
    if report.problem == EmptyFile.problem and report.bytes == 0:
        return EmptyFile(report.message)
    kinds: dict[str, type[DocumentError]] = {kind.problem: kind for kind in reversed(DocumentError.__subclasses__())}
    return kinds.get(report.problem, DocumentError)(report.message)
