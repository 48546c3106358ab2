"""What a report says at its end: documents that give no data, and those that are no final account."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from jsextract.errors import DocumentError, EmptyFile, JsextractError
from jsextract.language.phrase import Phrase, noted, phrase
from jsextract.model.document import Health
from jsextract.model.report import Report
from jsextract.vocabulary import DocumentStatus, Kind, Problem

_NO_ACCOUNT: Mapping[str, str] = {
    Kind.OTHER: noted("This is neither a final account nor a budget of a department or unit."),
    Kind.GOVERNMENT_ACCOUNT: noted("This is the final account of a government or a whole region, not of a department."),
    Kind.GOVERNMENT_BUDGET: noted("This is the budget of a government or a whole region, not of a department."),
}
_BUDGET = noted("This is a budget: no facts are taken from its text, and none of its amounts counts as unread.")
_TEXT_UNREAD: Mapping[str, str] = {Kind.DEPARTMENT_BUDGET: _BUDGET, Kind.UNIT_BUDGET: _BUDGET}


def concluded(report: Report, health: Health) -> Report:
    """The report with its status; one of another kind says so, unless something worse is the matter."""
    if not health.problem and report.kind in _NO_ACCOUNT:
        problem, told = Problem.NOT_FINAL_ACCOUNT.value, phrase(_NO_ACCOUNT[report.kind])
    elif not health.message and report.kind in _TEXT_UNREAD:
        problem, told = health.problem, phrase(_TEXT_UNREAD[report.kind])
    else:
        problem, told = health.problem, health.message
    return replace(report, status=health.status, problem=problem, message=told.en, message_zh=told.zh)


def failed(report: Report, error: JsextractError) -> Report:
    """The report of a document that gives no data."""
    told = error.told
    return replace(report, status=DocumentStatus.FAILED, problem=error.problem, message=told.en, message_zh=told.zh)


def failure(report: Report) -> DocumentError:
    """The error that a failed report stands for."""
    told = Phrase(report.message, report.message_zh)
    if report.problem == EmptyFile.problem and report.bytes == 0:
        return EmptyFile(told)
    kinds: dict[str, type[DocumentError]] = {kind.problem: kind for kind in reversed(DocumentError.__subclasses__())}
    return kinds.get(report.problem, DocumentError)(told)
