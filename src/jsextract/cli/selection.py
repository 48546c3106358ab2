"""Which findings of a dataset a person asks to see (筛选)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase

from msgspec import Struct

from jsextract.check.findings import is_finding
from jsextract.dataset.read_checks import Checked
from jsextract.model.report import CheckResult
from jsextract.vocabulary import CheckStatus


class Selection(Struct, frozen=True):
    """What is asked for; a blank part asks for everything.

    Attributes:
        documents: ids, or words of file names or entities; one must fit.
        checks: ids, families (`text`) or patterns (`table.*`); one must fit.
        statuses: of checks; blank for findings alone.
        severities: error, warning, info.
        everything: also what agrees but for rounding, and what could not be checked.
    """

    documents: Collection[str] = ()
    checks: Collection[str] = ()
    statuses: Collection[str] = ()
    severities: Collection[str] = ()
    everything: bool = False

    def holds(self, document: Checked) -> bool:
        """Whether a document is asked for."""
        names = (document.file, document.entity, document.path)
        return not self.documents or any(
            wanted == document.document_id or any(wanted in name for name in names) for wanted in self.documents
        )

    def of(self, document: Checked) -> Iterator[CheckResult]:
        """The checks of a document that are asked for, in its order."""
        return filter(self._status, self.counted(document))

    def counted(self, document: Checked) -> Iterator[CheckResult]:
        """The checks of a document that are asked for, whatever they found."""
        return (
            check
            for check in document.checks
            if (not self.severities or check.severity in self.severities)
            and (not self.checks or any(fits(check.check_id, name) for name in self.checks))
        )

    def _status(self, check: CheckResult) -> bool:
        if self.statuses:
            return check.status in self.statuses
        return is_finding(check) or (self.everything and check.status != CheckStatus.PASS)


def fits(check_id: str, name: str) -> bool:
    """Whether an id, a family or a pattern means a check."""
    return check_id == name or check_id.startswith(f"{name}.") or fnmatchcase(check_id, name)
