"""The findings of a dataset by account, as its CSV files tell them (核对结果)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from jsextract.check.findings import is_finding, names, seriousness
from jsextract.dataset.csvfile import understood
from jsextract.dataset.csvtext import unescape_formula
from jsextract.dataset.read_checks import read_checks, read_rows
from jsextract.errors import SourceNotFound
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult
from jsextract.vocabulary import SEVERITIES, DocumentStatus, Problem

_NEEDED = (
    "document_id", "file", "path", "sha256", "kind", "entity", "year", "status", "problem", "message", "account_id",
    "unread_amounts", "unread_cells", "pages", "format",
)  # fmt: skip


class DocumentEntry(Struct, frozen=True):
    """A file of the dataset, without its rows."""

    document_id: str
    file: str
    path: str
    sha256: str
    kind: str
    entity: str
    year: str
    status: str
    problem: str
    message: str
    message_zh: str
    account_id: str
    unread_amounts: int
    unread_cells: int
    format: str

    @property
    def lacks(self) -> bool:
        """Whether something of it was not read."""
        return bool(self.unread_amounts or self.unread_cells) or self.status != DocumentStatus.OK

    @property
    def needs_ocr(self) -> bool:
        """Whether pages would have to be recognised."""
        return self.problem == Problem.NEEDS_OCR


class Finding(Struct, frozen=True):
    """A finding with what to call it within its document."""

    name: str
    document_id: str
    check: CheckResult


class AccountFindings(Struct, frozen=True):
    """An account with its documents, and the findings of all of them, the worst first."""

    documents: tuple[DocumentEntry, ...]
    findings: tuple[Finding, ...]

    @property
    def is_rest(self) -> bool:
        """Whether these are no account, but the files that gave none and of which nothing was found."""
        return not self.findings and not self.documents[0].account_id

    @property
    def id(self) -> str:
        """The account's; the document's where it belongs to no account."""
        return "rest" if self.is_rest else self.documents[0].account_id or self.documents[0].document_id

    @property
    def severities(self) -> Counter[str]:
        """How many findings have which severity."""
        return Counter(finding.check.severity for finding in self.findings)

    @property
    def unread(self) -> int:
        """Printed figures that are in no row."""
        return sum(document.unread_amounts + document.unread_cells for document in self.documents)


def accounts(out: Path, chosen: Collection[str] = ()) -> list[AccountFindings]:
    """The accounts of a dataset, those with the worst findings first.

    Args:
        out: the dataset's folder.
        chosen: ids of documents, or words of their files or entities; all unless given.

    Raises:
        SourceNotFound: if there is no dataset, or a name means none of its documents.
        DatasetDamaged: if a file of it is missing or is none of ours.
    """
    found: dict[str, list[Finding]] = {}
    for document in read_checks(out):
        pairs = zip(names(document.checks), document.checks, strict=True)
        found[document.document_id] = [Finding(name, document.document_id, c) for name, c in pairs if is_finding(c)]
    groups: dict[str, list[DocumentEntry]] = {}
    seen: set[str] = set()
    with understood(out / "documents.csv"):
        entries = [_entry(row) for row in read_rows(out / "documents.csv", _NEEDED)]
    for entry in _chosen(out, entries, chosen):
        if entry.document_id not in seen or not entry.document_id:
            own = entry.account_id or (entry.document_id if found.get(entry.document_id) else "")
            groups.setdefault(own, []).append(entry)
        seen.add(entry.document_id)
    made = [_account(documents, found) for documents in groups.values()]
    return sorted(made, key=_order)


def _account(documents: Sequence[DocumentEntry], found: dict[str, list[Finding]]) -> AccountFindings:
    findings = [finding for document in documents for finding in found.get(document.document_id, ())]
    ordered = sorted(findings, key=lambda f: (SEVERITIES.words.index(f.check.severity), seriousness(f.check)))
    return AccountFindings(tuple(documents), tuple(ordered))


def _order(account: AccountFindings) -> tuple[bool, list[int], str, str]:
    """A key that sorts first what has the worst findings, then by entity and year; files without an account go last."""
    counts, first = account.severities, account.documents[0]
    return account.is_rest, [-counts[severity] for severity in SEVERITIES.words], first.entity, first.year


def _chosen(out: Path, entries: Sequence[DocumentEntry], chosen: Collection[str]) -> Iterable[DocumentEntry]:
    """The entries that names mean, with the others of their accounts."""
    if not chosen:
        return entries
    meant = []
    for name in chosen:
        own = [entry for entry in entries if _is_called(entry, name)]
        if not own:
            raise SourceNotFound(
                phrase("{out} has no document {name}.", out=out, name=name),
                phrase("See the columns file and path of documents.csv."),
            )
        meant += own
    ids = {entry.document_id for entry in meant}
    of_accounts = {entry.account_id for entry in meant if entry.account_id}
    return [entry for entry in entries if entry.document_id in ids or entry.account_id in of_accounts]


def _is_called(entry: DocumentEntry, name: str) -> bool:
    """Whether a name is the document's id, or words of its file, path or entity."""
    return name == entry.document_id or any(name in own for own in (entry.file, entry.path, entry.entity))


def _entry(row: dict[str, str]) -> DocumentEntry:
    """The entry that a row of documents.csv is."""
    texts: dict[str, Any] = {name: unescape_formula(row.get(name) or "") for name in DocumentEntry.__struct_fields__}
    for name in ("unread_amounts", "unread_cells"):
        texts[name] = int(texts[name] or 0)
    return DocumentEntry(**texts)
