"""Documents that give no data: from an error to a report, and back."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.errors import DocumentError, EmptyFile
from jsextract.model.report import Report
from jsextract.vocabulary import DocumentStatus


def failed(report: Report, error: DocumentError) -> Report:
    """The report of a document that gives no data."""
    return replace(report, status=DocumentStatus.FAILED, problem=error.problem, message=str(error))


def failure(report: Report) -> DocumentError:
    """The error that a failed report stands for."""
    if report.problem == EmptyFile.problem and report.bytes == 0:
        return EmptyFile(report.message)
    kinds: dict[str, type[DocumentError]] = {kind.problem: kind for kind in reversed(DocumentError.__subclasses__())}
    return kinds.get(report.problem, DocumentError)(report.message)
