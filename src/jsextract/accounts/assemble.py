"""Puts a dataset together: from the results that are kept to its CSV files, accounts held against each other."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from jsextract.accounts.account_index import AccountFile, AccountIndex
from jsextract.accounts.account_summary import summary_of
from jsextract.accounts.copies import checks_of_copies, repeated, with_copies
from jsextract.accounts.corrected_results import Results
from jsextract.accounts.entity_keys import EntityKeys
from jsextract.accounts.files import checks_over, complementary, evidence_over, fits, pure_parts
from jsextract.accounts.whole import RESOURCES as OF_ACCOUNTS
from jsextract.accounts.whole import MemberDocument, whole_rows
from jsextract.dataset import written
from jsextract.dataset.columns_cells import CELLS
from jsextract.dataset.columns_facts import FACTS
from jsextract.dataset.columns_other import CHECKS
from jsextract.dataset.fingerprint import form_id
from jsextract.dataset.index import KnownFile
from jsextract.dataset.package import datapackage_text
from jsextract.dataset.rendered import CHILDREN, check_rows, csv_text, document_row, rows_text
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.stamp import FILES
from jsextract.model.report import CheckResult, Report

BOM = "\ufeff"
_JUDGED = (CELLS, FACTS)
_OWN = tuple(resource for resource in CHILDREN if resource not in OF_ACCOUNTS)


class _OutOfTime(Exception):  # noqa: N818 (a reason to leave the files as they are, no error)
    """Putting together would take longer than there is time for."""


def assemble(store: Results, until: float = math.inf, form: str = "") -> bool:
    """Replaces every file of the dataset; False if `until` (on the monotonic clock) came first.

    Two calls over the same results write the same bytes; the rows of one document at a time are in memory.

    Args:
        store: the results.
        until: when to give up.
        form: what makes rows of a result now, `form_id()` unless given; rows that something else made are made anew.

    Raises:
        OSError: if a file cannot be written; all stay as they were.
        DatasetDamaged: if a result cannot be understood; all stay as they were.
    """
    try:
        with AccountIndex() as accounts, EntityKeys() as keys:
            _Assembler(store, accounts, keys, form or form_id(), until).write()
    except _OutOfTime:
        return False
    return True


class _Assembler:
    """One putting together; the arguments are those of `assemble`."""

    def __init__(self, store: Results, accounts: AccountIndex, keys: EntityKeys, form: str, until: float) -> None:
        self.store = store
        self.accounts = accounts
        self.keys = keys
        self.form = form
        self.until = until

    def write(self) -> None:
        """Learns what accounts there are, then writes all files and replaces the old ones together."""
        for known in self._files():
            if known.first:
                note = self.store.note(known.key, self.form)
                note = summary_of(self.store.report(known.key)) if note is None else note
                self.accounts.add(known.file, known.key, note)
                self.keys.add(note)
        self._check_over_files()
        # what says what was written comes first: whoever is killed in between leaves no file that nobody wrote
        with self.store.out.replacing([written.NAME, *FILES]) as (says, *handles):
            files = dict(zip(FILES, map(written.Digested, handles), strict=True))
            to = {resource.name: files[resource.file] for resource in RESOURCES}
            for resource in RESOURCES:
                to[resource.name].write(BOM + csv_text([resource.header]))
            for known in self._files():
                self._write_file(to, known)
            files["datapackage.json"].write(datapackage_text())
            new = {name: file.hexdigest() for name, file in files.items()}
            says.write(written.with_new(written.known_digests(self.store.out), new))

    def _check_over_files(self) -> None:
        """Reads the reports of accounts that lie in several files, one account at a time."""
        for account_id in self.accounts.shared():
            files = tuple(self.accounts.files(account_id))
            parts, copies = complementary(files), repeated(files)
            if not parts and not copies:
                continue
            if time.monotonic() > self.until:
                raise _OutOfTime
            reports = {file.key: self.store.report(file.key) for file in (*parts, *copies)}
            judged = dict(reports)
            checks: dict[str, list[CheckResult]] = defaultdict(list)
            if parts:
                self._check_parts(parts, judged, checks)
            if copies:
                found = checks_of_copies(copies, [reports[file.key] for file in copies])
                _collect(checks, found)
                judged = {key: with_copies(report, found) for key, report in judged.items()}
            for document_id, own in checks.items():
                self.accounts.keep(document_id, own)
            for key, report in reports.items():
                self._keep_evidence(report, judged[key])

    def _check_parts(
        self, files: Sequence[AccountFile], reports: dict[str, Report], checks: dict[str, list[CheckResult]]
    ) -> None:
        """The checks over the parts of an account, and what these say of the reports, which are replaced."""
        own = [reports[file.key] for file in files]
        found = checks_over(files, own)
        _collect(checks, found)
        if not fits(found):
            self.accounts.keep_strangers(files[1:])
            return
        self.accounts.keep_parts(pure_parts(files))
        for file, (_, judged) in zip(files, evidence_over(own, found) if found else (), strict=False):
            reports[file.key] = judged

    def _keep_evidence(self, before: Report, judged: Report) -> None:
        """The rows of cells and facts whose evidence is another with the account's other files."""
        if judged is before:
            return
        changed = [resource for resource in _JUDGED if tuple(resource.rows(before)) != tuple(resource.rows(judged))]
        self.accounts.keep_rows(
            judged.document_id, {resource.name: rows_text(resource, judged) for resource in changed}
        )

    def _files(self) -> Iterator[KnownFile]:
        """The files in the dataset's order, as long as there is time; raises _OutOfTime."""
        for known in self.store.files():
            if time.monotonic() > self.until:
                raise _OutOfTime
            yield known

    def _write_file(self, to: dict[str, written.Digested], known: KnownFile) -> None:
        """The rows of one file; those of its account where it is the account's first."""
        rendered, of_account = self.store.rendered(known.key, self.form), self.accounts.file(known.key)
        further = self.accounts.checks(known.file, known.key)
        duplicate_of = of_account.duplicate_of if of_account else ""
        if not known.first:
            duplicate_of = duplicate_of or rendered.document[0]
        row = document_row(rendered, known.file, known.path, further, duplicate_of, self.keys.key)
        to["documents"].write(csv_text([row]))
        if not known.first:
            return
        judged = self.accounts.rows(of_account.document_id) if of_account else {}
        for resource, text in zip(CHILDREN, rendered.rows, strict=True):
            if resource in _OWN:
                to[resource.name].write(judged.get(resource.name, text))
        to[CHECKS.name].write(check_rows(rendered, further))
        for resource, text in zip(OF_ACCOUNTS, self._whole(of_account, MemberDocument(rendered, further)), strict=True):
            to[resource.name].write(text)

    def _whole(self, known: AccountFile | None, own: MemberDocument) -> Sequence[str]:
        """The rows of the account, where the document is the first of it; blank ones elsewhere."""
        if known is None or self.accounts.is_alone(known.account_id):
            return whole_rows([own])
        files = self.accounts.files(known.account_id)
        if next(files).key != known.key:
            return [""] * len(OF_ACCOUNTS)
        return whole_rows(self._parts(replace(own, is_stranger=known.is_stranger), files))

    def _parts(self, own: MemberDocument, others: Iterator[AccountFile]) -> Iterator[MemberDocument]:
        """The documents of one account, `own` first."""
        yield own
        for other in others:
            further = self.accounts.checks(other.file, other.key)
            rendered = self.store.rendered(other.key, self.form)
            yield MemberDocument(rendered, further, bool(other.duplicate_of), other.is_stranger)


def _collect(checks: dict[str, list[CheckResult]], found: Mapping[str, Sequence[CheckResult]]) -> None:
    """Adds what was found of each document."""
    for document_id, own in found.items():
        checks[document_id] += own
