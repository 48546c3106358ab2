"""One table of an account in two of its files, as PDF and as workbook, compared cell by cell (同表核对)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.accounts.account_index import AccountFile
from jsextract.check.doubted import misread_tables
from jsextract.check.figure import Precision, cell_ref, from_cell, precision
from jsextract.check.result import result
from jsextract.check.tolerance import Comparison, judge_equal, scale
from jsextract.language.phrase import listed, phrase
from jsextract.model.report import CheckResult, Report, TableCell
from jsextract.vocabulary import CheckStatus, Evidence, Flag, Severity

ID = "dataset.table_copy"
_UNSURE = frozenset(
    {Flag.LOW_CONFIDENCE, Flag.NO_ITEM, Flag.SEVERAL_VALUES, Flag.UNIT_INFERRED, Flag.RULING_INFERRED, Flag.ARBITRATED}
    | {Flag.COLUMN_INFERRED}
)
_ENOUGH = 3  # cells that have to agree for each that differs: else the tables are not of one account, or one is misread
_Key = tuple[str, str, str, str, str]


class _Pair(Struct, frozen=True):
    """A cell, the one of the other file, and how they compare."""

    own: TableCell
    other: TableCell
    found: Comparison

    @property
    def differs(self) -> bool:
        return self.found.status == CheckStatus.FAIL


def repeated(files: Iterable[AccountFile]) -> tuple[AccountFile, ...]:
    """The documents of an account that have a standard table which another of them has, too."""
    files = tuple(files)
    times = Counter(table for file in files for table in file.tables)
    return tuple(file for file in files if any(times[table] > 1 for table in file.tables))


def checks_of_copies(files: Sequence[AccountFile], reports: Sequence[Report]) -> dict[str, list[CheckResult]]:
    """What the copies of each standard table say of each other, by the document with the later one.

    A cell that differs is a finding; where either reading is in doubt, or most cells differ, nothing is said to be
    wrong.

    Args:
        files: what `repeated` gives.
        reports: theirs, in the same order.
    """
    first: dict[str, tuple[AccountFile, Report]] = {}
    found: dict[str, list[CheckResult]] = defaultdict(list)
    for file, report in zip(files, reports, strict=True):
        for table in file.tables:
            base = first.setdefault(table, (file, report))
            if base[0] is not file:
                found[file.document_id] += _checks(table, report, *base)
    return {document: checks for document, checks in found.items() if checks}


def _checks(table: str, own: Report, file: AccountFile, other: Report) -> Iterator[CheckResult]:
    """The rows about one table in two documents: one for each cell that differs, and one for all that agree."""
    pairs = _pairs(table, own, other)
    differ = [pair for pair in pairs if pair.differs]
    same = [pair for pair in pairs if not pair.differs]
    if not pairs:
        return
    doubted = table in misread_tables(own, other) or len(differ) * _ENOUGH > len(same)
    for pair in differ:
        yield _different(pair, file, is_doubted=doubted or not _UNSURE.isdisjoint((*pair.own.flags, *pair.other.flags)))
    if same and own.format != other.format:  # one reader makes one mistake twice
        told = phrase("{table}: {number} cells are those of {file}.", table=table, number=len(same), file=file.file)
        yield result(
            ID, CheckStatus.PASS, item=table, severity=Severity.WARNING, refs=(f"document:{file.document_id}",),
            pages=(pair.own.page for pair in same), message=told,
            confirms=(ref for pair in same if pair.found.status == CheckStatus.PASS
                      for ref in (cell_ref(pair.own), f"{file.document_id}:{cell_ref(pair.other)}")),
        )  # fmt: skip


def _pairs(table: str, own: Report, other: Report) -> list[_Pair]:
    """The cells that both documents have under one name, each once, with a figure in each."""
    mine, theirs = _cells(table, own), _cells(table, other)
    places, elsewhere = _places(own), _places(other)
    return [
        _Pair(cell, theirs[key], judge_equal(from_cell(cell, places), from_cell(theirs[key], elsewhere)))
        for key, cell in mine.items()
        if key in theirs and scale(theirs[key].unit, cell.unit) is not None
    ]


def _places(report: Report) -> Precision:
    return precision(report.cells, report.facts)


def _cells(table: str, report: Report) -> Mapping[_Key, TableCell]:
    """The cells of a table with a value, by what they are called; a name that several have tells none of them."""
    cells = [cell for cell in report.cells if cell.table == table and cell.value is not None]
    times = Counter(map(_key, cells))
    return {_key(cell): cell for cell in cells if times[_key(cell)] == 1}


def _key(cell: TableCell) -> _Key:
    return cell.place, cell.side, cell.code, cell.item, cell.column


def _different(pair: _Pair, file: AccountFile, *, is_doubted: bool) -> CheckResult:
    """The row for a cell that has another figure in the other document."""
    own, other = pair.own, pair.other
    name = listed(filter(None, (own.table, own.side, own.item or own.code, own.column)), " ", " ")
    return result(
        ID, CheckStatus.NOT_CHECKABLE if is_doubted else CheckStatus.FAIL, item=str(name.zh), severity=Severity.WARNING,
        stated=own.value or "", computed=pair.found.computed, difference=pair.found.difference,
        tolerance=pair.found.tolerance, unit=own.unit, pages=(own.page,),
        refs=(cell_ref(own), f"{file.document_id}:{cell_ref(other)}"),
        message=phrase(
            "{name}: {own} here, {other} in {file}.", name=name, own=_printed(own), other=_printed(other),
            file=file.file,
        ),
    )  # fmt: skip


def _printed(cell: TableCell) -> str:
    return " ".join(filter(None, (cell.value_text, cell.unit)))


def with_copies(report: Report, found: Mapping[str, Iterable[CheckResult]]) -> Report:
    """The report with the evidence that copies of its tables give: what agrees confirms, what differs contradicts.

    Args:
        report: of one of the documents.
        found: what `checks_of_copies` gives.
    """
    confirmed: set[str] = set()
    contradicted: set[str] = set()
    for document, checks in found.items():
        for check in checks:
            own = set(_own_refs(check.confirms, document, report.document_id))
            confirmed |= own
            if check.status == CheckStatus.FAIL:
                contradicted |= set(_own_refs(check.refs, document, report.document_id))
    return replace(report, cells=tuple(_judged(cell, confirmed, contradicted) for cell in report.cells))


def _own_refs(refs: Iterable[str], under: str, document: str) -> Iterator[str]:
    """Those of the refs of a check under one document that are of another, as they are in that one."""
    for ref in refs:
        owner, _, rest = ref.partition(":")
        if owner == document:
            yield rest
        elif under == document and owner == "cell":
            yield ref


def _judged(cell: TableCell, confirmed: set[str], contradicted: set[str]) -> TableCell:
    ref = cell_ref(cell)
    if ref in contradicted:
        return replace(cell, evidence=Evidence.CONTRADICTED, confirmed_by=())
    if ref in confirmed and cell.evidence != Evidence.CONTRADICTED and ID not in cell.confirmed_by:
        return replace(cell, evidence=Evidence.CONFIRMED, confirmed_by=(*cell.confirmed_by, ID))
    return cell
